//! Pointers that version control leaves in the place of large files: Git LFS, and git-annex.
//!
//! In: a short file. Out: a diagnostic if it is a pointer, whatever its name promises. Must not know what the file is for.

use std::io::Read as _;

use crate::diagnostic::{Code, Diagnostic};
use crate::machine::fs::File;
use crate::source::FileEntry;

/// Maximum length of a pointer in bytes, by the specification of Git LFS.
const LONGEST: u64 = 1024;

/// First lines of pointers of Git LFS; the second is that of its first versions.
const LFS: [&[u8]; 2] = [b"version https://git-lfs.github.com/spec/", b"version https://hawser.github.com/spec/"];

/// Folder of git-annex, with which its pointers begin.
const ANNEX: &[u8] = b"/annex/objects/";

/// Returns an error if the file is a pointer whose content was not fetched. A file that cannot be read is none.
pub(super) fn pointer(file: &FileEntry) -> Option<Diagnostic> {
    if file.stat.len > LONGEST {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(&file.absolute).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
    let (program, help) = match () {
        () if LFS.iter().any(|line| bytes.starts_with(line)) => {
            ("Git LFS", "run `git lfs pull`; in GitHub Actions, write `lfs: true` below `with:` of `actions/checkout`")
        }
        () if bytes.starts_with(ANNEX) => ("git-annex", "run `git annex get .`"),
        () => return None,
    };
    let message = format!("the file is a pointer of {program}: its content was not fetched");
    Some(Diagnostic::new(Code::FileNotFetched, message).help(help))
}
