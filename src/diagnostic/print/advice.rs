//! What can be done about a failure of the machine.

use std::io::ErrorKind;

use crate::diagnostic::denied::{self, Access};
use crate::diagnostic::{Failure, cure};

/// One line, if anything is known to help.
pub(super) fn on(failure: &Failure) -> Option<String> {
    let access = if matches!(failure.action, "read" | "find") { Access::Read } else { Access::Write };
    match failure.cause.kind() {
        ErrorKind::PermissionDenied => Some(denied::advice(access, &failure.path)),
        _ => cure(&failure.cause).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    use super::*;

    fn advice(action: &'static str, kind: ErrorKind) -> String {
        on(&Failure::on(action, Path::new("build"))(kind.into())).unwrap_or_default()
    }

    #[test]
    fn what_cannot_be_written_can_be_written_elsewhere_or_mounted_otherwise() {
        assert!(!advice("create the folder", ErrorKind::PermissionDenied).is_empty());
        let read_only = advice("write", ErrorKind::ReadOnlyFilesystem);
        for way in ["--output", "--cache-dir", ":ro"] {
            assert!(read_only.contains(way), "{read_only}");
        }
    }

    #[test]
    fn what_cannot_be_read_needs_no_other_output() {
        let denied = advice("read", ErrorKind::PermissionDenied);
        assert!(!denied.is_empty() && !denied.contains("--output"), "{denied}");
    }

    #[test]
    fn what_is_not_known_gets_no_advice() {
        assert!(on(&Failure::on("write", Path::new("x"))(io::Error::other("odd"))).is_none());
    }
}
