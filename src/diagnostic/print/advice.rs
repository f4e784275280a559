//! What can be done about a failure of the machine.
//!
//! Inside a container the folder that cannot be written to is nearly always the mount, and what helps is said when the
//! container is started. Nothing tells a process reliably that it is in one, so the words fit both.

use std::io::ErrorKind;

use crate::diagnostic::{Failure, cure};

/// One line, if anything is known to help.
pub(super) fn on(failure: &Failure) -> Option<&'static str> {
    match failure.cause.kind() {
        ErrorKind::PermissionDenied if matches!(failure.action, "read" | "find") => Some(
            "let the user who runs cimaise read it; \
             in a container, be its owner with `--user`, and where SELinux is on, mount it with `:Z`",
        ),
        ErrorKind::PermissionDenied => Some(
            "let the user who runs cimaise write there, or name other folders with `--output` and `--cache-dir`; \
             in a container, be their owner with `--user`, and where SELinux is on, mount them with `:Z`",
        ),
        _ => cure(&failure.cause),
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    use super::*;

    fn advice(action: &'static str, kind: ErrorKind) -> &'static str {
        on(&Failure::on(action, Path::new("build"))(kind.into())).unwrap_or("")
    }

    #[test]
    fn what_cannot_be_written_can_be_written_elsewhere_or_mounted_otherwise() {
        let denied = advice("make the folder", ErrorKind::PermissionDenied);
        for way in ["--output", "--cache-dir", "--user", ":Z"] {
            assert!(denied.contains(way), "{denied}");
        }
        let read_only = advice("write", ErrorKind::ReadOnlyFilesystem);
        for way in ["--output", "--cache-dir", ":ro"] {
            assert!(read_only.contains(way), "{read_only}");
        }
    }

    #[test]
    fn what_cannot_be_read_needs_no_other_output() {
        let denied = advice("read", ErrorKind::PermissionDenied);
        assert!(denied.contains("--user") && !denied.contains("--output"), "{denied}");
    }

    #[test]
    fn what_is_not_known_gets_no_advice() {
        assert!(on(&Failure::on("write", Path::new("x"))(io::Error::other("odd"))).is_none());
    }
}
