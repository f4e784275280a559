//! Resources that a program and its children have used, as the system reports them.
//!
//! In: a process number. Out: processor time and bytes, from Linux's `/proc`; nothing on other systems. A wrapper script waits while
//! the program that it calls works, so children count, and are ended together with it.

use super::watch::Effort;

/// Largest number of processes that are examined.
#[cfg(target_os = "linux")]
const PROCESSES: usize = 64;

/// Milliseconds per tick: Linux reports processor time to all programs in hundredths of a second.
#[cfg(target_os = "linux")]
const TICK: u64 = 10;

/// Sums up the effort of a process and its children so far; `None` if the system does not report it.
#[cfg(target_os = "linux")]
pub(super) fn of(process: u32) -> Option<Effort> {
    use crate::machine::fs::read_to_string;

    let mut sum = None;
    for process in family(process) {
        let cpu = read_to_string(format!("/proc/{process}/stat")).ok().as_deref().and_then(cpu);
        let bytes = read_to_string(format!("/proc/{process}/io")).ok().as_deref().and_then(bytes);
        if cpu.is_some() || bytes.is_some() {
            let all: &mut Effort = sum.get_or_insert_default();
            all.cpu = all.cpu.saturating_add(cpu.unwrap_or(0));
            all.bytes = all.bytes.saturating_add(bytes.unwrap_or(0));
        }
    }
    sum
}

#[cfg(not(target_os = "linux"))]
pub(super) fn of(_: u32) -> Option<Effort> {
    None
}

/// Returns a process, its children and all their descendants.
#[cfg(target_os = "linux")]
pub(super) fn family(process: u32) -> Vec<u32> {
    let mut all = vec![process];
    let mut next = 0;
    while let Some(&process) = all.get(next)
        && all.len() < PROCESSES
    {
        next += 1;
        let children = format!("/proc/{process}/task/{process}/children");
        let children = crate::machine::fs::read_to_string(children).unwrap_or_default();
        all.extend(children.split_whitespace().filter_map(|child| child.parse::<u32>().ok()));
    }
    all
}

/// Processor time in milliseconds, including that of children that have ended.
#[cfg(target_os = "linux")]
fn cpu(stat: &str) -> Option<u64> {
    // The name, in parentheses, may contain any characters.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(4);
    let ticks = fields.try_fold(0_u64, |sum, ticks| Some(sum.saturating_add(ticks.parse().ok()?)))?;
    Some(ticks.saturating_mul(TICK))
}

/// Number of bytes read and written, whether or not they came from a disk.
#[cfg(target_os = "linux")]
fn bytes(io: &str) -> Option<u64> {
    let field = |name: &str| io.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok());
    Some(field("rchar:")?.saturating_add(field("wchar:")?))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_what_linux_says() {
        let stat = "12 (a) b c) S 1 12 12 0 -1 4194304 111 0 0 0 7 3 20 1 20 0 1 0 100 0 0";
        assert_eq!(cpu(stat), Some(310));
        assert_eq!(cpu("12 (a"), None);
        assert_eq!(bytes("rchar: 100\nwchar: 23\nsyscr: 4\n"), Some(123));
        assert_eq!(bytes("rchar: 100\n"), None);
    }

    #[test]
    fn this_process_has_done_something() {
        assert!(of(std::process::id()).is_some_and(|effort| effort.bytes > 0));
        assert_eq!(of(u32::MAX), None);
    }
}
