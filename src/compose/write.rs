//! Replacing a settings file by its changed version.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::cache::atomic::Temporary;
use crate::diagnostic::Failure;
use crate::machine::fs;

/// Byte order mark, with which a text file may begin.
const MARK: &str = "\u{feff}";

/// Reads the text of a file, and whether a byte order mark precedes it; `None` if there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<(String, bool)>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(match text.strip_prefix(MARK) {
            Some(rest) => (rest.to_owned(), true),
            None => (text, false),
        })),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::on("read", path)(error)),
    }
}

/// Writes a file completely or not at all, with the permissions of the old file. Fails if the old file no longer contains `old`.
pub(super) fn write(path: &Path, old: Option<&(String, bool)>, new: &str) -> Result<(), Failure> {
    let failed = || Failure::on("write", path);
    // Write through a symlink, so that it stays one.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new(""));
    let (temporary, mut file) = Temporary::create_in(folder).map_err(failed())?;
    let mark = if old.is_some_and(|(_, mark)| *mark) { MARK } else { "" };
    file.write_all(mark.as_bytes()).and_then(|()| file.write_all(new.as_bytes())).map_err(failed())?;
    file.sync_all().map_err(failed())?;
    drop(file);
    if let Ok(metadata) = fs::metadata(path) {
        fs::set_permissions(temporary.path(), metadata.permissions()).map_err(failed())?;
    }
    if read(path)?.as_ref() != old {
        return Err(failed()(io::Error::other("it was changed meanwhile")));
    }
    temporary.rename(path).map_err(failed())
}
