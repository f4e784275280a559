//! Replacing a settings file by its changed version.
//!
//! In: a folder, and a change. Out: the file on disk, written completely or not at all.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::cache::atomic::Temporary;
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop};
use crate::machine::fs;
use crate::source::{Edit, SETTINGS, SitePath, Source};

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

/// Returns whether a folder has settings. A symlink to settings elsewhere counts, and so do unreadable settings: neither may be replaced.
#[must_use]
pub fn has_settings(source: &Source, folder: &SitePath) -> bool {
    match fs::symlink_metadata(settings_path(source, folder)) {
        Ok(_) => true,
        Err(error) => error.kind() != ErrorKind::NotFound,
    }
}

pub(super) fn settings_path(source: &Source, folder: &SitePath) -> PathBuf {
    folder.child(SETTINGS).under(&source.root)
}

/// Changes the settings of a folder; `edit` returns why it cannot, as the rest of a sentence that begins with "the file".
pub(super) fn change(
    source: &Source,
    folder: &SitePath,
    report: &mut Report,
    edit: impl FnOnce(&mut Edit) -> Result<(), &'static str>,
) -> Result<(), Stop> {
    let path = settings_path(source, folder);
    let old = read(&path)?;
    let text = old.as_ref().map_or("", |(text, _)| text);
    let changed = Edit::new(text).and_then(|mut editor| {
        edit(&mut editor)?;
        editor.finish()
    });
    match changed {
        Ok(new) => Ok(write(&path, old.as_ref(), &new)?),
        Err(why) => {
            let error =
                Diagnostic::new(Code::SettingsNotEditable, format!("cannot change the settings: the file {why}"));
            report.push(error.in_file(folder.child(SETTINGS).to_string()).help("change the file by hand"));
            Err(Stop::Site)
        }
    }
}
