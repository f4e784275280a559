//! A file that needs more memory than there is.

use super::{Code, Diagnostic};
use crate::machine::memory::Limit;

/// The error of something ("rendering this photo") for which the process needs so many bytes, more than it can have.
#[must_use]
pub fn too_much_memory(what: &str, need: u64, limit: &Limit) -> Diagnostic {
    let message = format!("{what} needs {} MiB, more than {limit}", need.div_ceil(1 << 20));
    let error = Diagnostic::new(Code::MachineMemory, message);
    error.help(format!("{}, or save a smaller version", limit.by.cure()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::memory::Limiter;

    #[test]
    fn need_limit_and_cure_are_named() {
        let limit = Limit { bytes: 512 << 20, by: Limiter::Group };
        let error = too_much_memory("rendering this photo", (512 << 20) + 1, &limit);
        let message = "rendering this photo needs 513 MiB, more than the 512 MiB that the container or service may use";
        assert_eq!(error.message, message);
        let help = "raise its memory limit (`podman run --memory`, `MemoryMax=`), or save a smaller version";
        assert_eq!(error.help.as_deref(), Some(help));
    }
}
