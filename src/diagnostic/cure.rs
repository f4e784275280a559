//! Advice on errors of the file system.
//!
//! In: the error. Out: one line of advice. All such advice lives here, so that an exhausted limit or a broken disk never leads to
//! "change the permissions". Must not know which file was read or written.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::denied::{self, Access};

/// Returns advice that holds for every operation and path; `None` if there is none. Advice on a missing permission depends on the path.
#[must_use]
pub fn cure(error: &io::Error) -> Option<&'static str> {
    if let Some(cure) = by_number(error) {
        return Some(cure);
    }
    match error.kind() {
        ErrorKind::StorageFull => Some("free some space, then run cimaise again; it continues from here"),
        ErrorKind::QuotaExceeded => Some("free some of your quota, then run cimaise again; it continues from here"),
        ErrorKind::ReadOnlyFilesystem => Some(
            "mount the file system writable (in a container: without `:ro`), \
             or name writable folders with `--output` and `--cache-dir`",
        ),
        ErrorKind::StaleNetworkFileHandle => Some("mount the network file system again, then run cimaise again"),
        ErrorKind::TimedOut | ErrorKind::HostUnreachable | ErrorKind::NetworkDown | ErrorKind::NetworkUnreachable => {
            Some("check the connection to the server that holds the files, then run cimaise again")
        }
        ErrorKind::UnexpectedEof => Some("wait until the file is written or copied completely, then run cimaise again"),
        // Only threads and processes are refused in this way: files are opened without waiting for them.
        ErrorKind::WouldBlock => Some(
            "raise the limit on processes and threads (`ulimit -u`; in a container `--pids-limit`), or end other programs",
        ),
        ErrorKind::OutOfMemory => Some("lower `--memory` or `--jobs`, or end other programs"),
        _ => None,
    }
}

/// What helps when a file or folder of the site, `path`, cannot be read; `otherwise` if nothing better is known.
#[must_use]
pub fn cure_reading(error: &io::Error, path: &Path, otherwise: &str) -> String {
    let known = cure(error).map(str::to_owned);
    known.unwrap_or_else(|| match error.kind() {
        ErrorKind::PermissionDenied => denied::advice(Access::Read, path),
        ErrorKind::NotFound => "build again when no other program moves or removes files of the site".to_owned(),
        _ => otherwise.to_owned(),
    })
}

/// Errors that Rust has no name for.
#[cfg(unix)]
fn by_number(error: &io::Error) -> Option<&'static str> {
    use rustix::io::Errno;
    match Errno::from_io_error(error)? {
        Errno::MFILE => Some("raise the limit of open files with `ulimit -n`, or use fewer jobs with `--jobs`"),
        Errno::NFILE => {
            Some("all programs together have too many files open: end some, or use fewer jobs with `--jobs`")
        }
        Errno::IO => {
            Some("the disk reports an error: copy your photos to another disk, and check the disk and its connection")
        }
        _ => None,
    }
}

#[cfg(not(unix))]
fn by_number(_: &io::Error) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn an_exhausted_limit_and_a_broken_disk_are_no_matter_of_permissions() {
        use rustix::io::Errno;
        for (errno, word) in [
            (Errno::MFILE, "`ulimit -n`"),
            (Errno::NFILE, "`--jobs`"),
            (Errno::IO, "check the disk"),
            (Errno::STALE, "mount"),
            (Errno::NOSPC, "free some space"),
            (Errno::DQUOT, "quota"),
            (Errno::ROFS, "`:ro`"),
            (Errno::TIMEDOUT, "connection"),
        ] {
            let error = io::Error::from(errno);
            assert!(cure(&error).is_some_and(|cure| cure.contains(word)), "{error}: {:?}", cure(&error));
            assert_eq!(cure(&error), Some(cure_reading(&error, Path::new("x"), "remove it").as_str()), "{error}");
        }
    }

    #[test]
    fn missing_permission_is_cured_where_the_file_is() {
        let denied = io::Error::from(ErrorKind::PermissionDenied);
        assert_eq!(cure(&denied), None);
        let folder = tempfile::tempdir().expect("a folder");
        let said = cure_reading(&denied, folder.path(), "remove it");
        assert!(said.contains(&format!("`{}`", folder.path().display())), "{said}");
        assert_eq!(cure_reading(&io::Error::other("odd"), folder.path(), "remove it"), "remove it");
    }
}
