//! Memory limits of this process: those of the machine, of its control groups, and its own.
//!
//! In: the root of the file system. Out: free bytes, and the number of bytes beyond which the process does not survive.

use std::fmt;
use std::path::Path;

use super::groups;
use crate::machine::fs;

/// An upper bound on the memory that this process can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Size in bytes.
    pub bytes: u64,
    /// The origin of the limit.
    pub by: Limiter,
}

/// The origin of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limiter {
    /// The machine has no more free memory, including swap.
    Machine,
    /// A control group of a container or a service.
    Group,
    /// A limit of the process itself (`ulimit -v`, `ulimit -d`).
    Process,
}

/// Text that completes "more than …".
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = match self.by {
            Limiter::Machine => "this machine has free",
            Limiter::Group => "the container or service may use",
            Limiter::Process => "`ulimit` leaves to this process",
        };
        write!(f, "the {} MiB that {who}", self.bytes >> 20)
    }
}

impl Limiter {
    /// Advice on raising the limit.
    #[must_use]
    pub fn cure(self) -> &'static str {
        match self {
            Self::Machine => "close other programs or add swap",
            Self::Group => "raise its memory limit (`podman run --memory`, `MemoryMax=`)",
            Self::Process => "raise the limit (`ulimit -v`)",
        }
    }
}

/// Memory in bytes that this process may use without swapping. `root` is `/`.
pub(super) fn available(root: &Path) -> Option<u64> {
    let memory = Memory::read(root).map(|memory| memory.free);
    let groups = groups::allowed(root, 0).map(|allowed| allowed.memory);
    memory.into_iter().chain(groups).chain(of_process(root)).min()
}

/// The lowest limit beyond which this process is ended or hangs.
pub(super) fn hard(root: &Path) -> Option<Limit> {
    let memory = Memory::read(root);
    let swap = memory.as_ref().map_or(0, |memory| memory.swap);
    let machine = memory.map(|memory| Limit { bytes: memory.free.saturating_add(swap), by: Limiter::Machine });
    let groups = groups::allowed(root, swap).map(|allowed| Limit { bytes: allowed.with_swap, by: Limiter::Group });
    let process = of_process(root).map(|bytes| Limit { bytes, by: Limiter::Process });
    machine.into_iter().chain(groups).chain(process).min_by_key(|limit| limit.bytes)
}

/// Free memory and swap of the machine, in bytes.
struct Memory {
    free: u64,
    swap: u64,
}

impl Memory {
    /// Reads `/proc/meminfo`. Kernels before 3.14 have no `MemAvailable`; `MemTotal` replaces it.
    fn read(root: &Path) -> Option<Self> {
        let text = fs::read_to_string(root.join("proc/meminfo")).ok()?;
        let free = field(&text, "MemAvailable").or_else(|| field(&text, "MemTotal"))?;
        Some(Self { free, swap: field(&text, "SwapFree").unwrap_or(0) })
    }
}

/// Parses a field of a file in `/proc`, in bytes.
fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

/// Bytes left below the limits on address space and data.
fn of_process(root: &Path) -> Option<u64> {
    let limits = fs::read_to_string(root.join("proc/self/limits")).ok()?;
    let status = fs::read_to_string(root.join("proc/self/status")).unwrap_or_default();
    let left = |(limit, used): (&str, &str)| {
        // The line has "Max address space", the soft limit, the hard limit, "bytes". "unlimited" is not a number.
        let line = limits.lines().find_map(|line| line.strip_prefix(limit))?;
        let soft: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(soft.saturating_sub(field(&status, used).unwrap_or(0)))
    };
    [("Max address space", "VmSize"), ("Max data size", "VmData")].into_iter().filter_map(left).min()
}

#[cfg(test)]
#[path = "limit_tests.rs"]
mod tests;
