//! Limits of control groups, of version 1 and 2.
//!
//! In: the root of the file system, and the amount of free swap. Out: the lowest limit of the groups that this process is in.

use std::path::{Path, PathBuf};

use crate::machine::fs;

/// Memory that a group allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowed {
    /// Bytes of memory.
    pub(super) memory: u64,
    /// Bytes of memory, plus the swap that the group may use and the machine has.
    pub(super) with_swap: u64,
}

/// Returns the lowest limits of all groups that this process is in. `root` is `/`.
pub(super) fn allowed(root: &Path, free_swap: u64) -> Option<Allowed> {
    let groups = fs::read_to_string(root.join("proc/self/cgroup")).unwrap_or_default();
    let found = groups.lines().flat_map(|line| folders(root, line));
    let allowed = found.filter_map(|(version, group)| match version {
        Version::One => first(&group, free_swap),
        Version::Two => second(&group, free_swap),
    });
    allowed.reduce(|a, b| Allowed { memory: a.memory.min(b.memory), with_swap: a.with_swap.min(b.with_swap) })
}

#[derive(Debug, Clone, Copy)]
enum Version {
    One,
    Two,
}

/// Returns the folders of a group and of all groups around it; `line` is one of `/proc/self/cgroup`.
///
/// Inside a container the path is often that of the host, which is not visible there. The root of the mounted tree is then the
/// container's own group, and the walk up ends there.
fn folders(root: &Path, line: &str) -> Vec<(Version, PathBuf)> {
    let mut fields = line.splitn(3, ':');
    let (Some(number), Some(controllers), Some(path)) = (fields.next(), fields.next(), fields.next()) else {
        return Vec::new();
    };
    let (version, mounted): (_, &[&str]) = if number == "0" && controllers.is_empty() {
        (Version::Two, &["sys/fs/cgroup", "sys/fs/cgroup/unified"])
    } else if controllers.split(',').any(|name| name == "memory") {
        (Version::One, &["sys/fs/cgroup/memory"])
    } else {
        return Vec::new();
    };
    // For a process outside the container's groups, the kernel shows "/..".
    let path = Path::new(path.trim_start_matches('/').trim_start_matches("../"));
    let groups = mounted.iter().flat_map(|mounted| path.ancestors().map(move |group| root.join(mounted).join(group)));
    groups.map(|group| (version, group)).collect()
}

/// Limits of a group of version 2. Beyond `memory.high` a process is slowed down until it seems to hang, so this is a limit, too.
fn second(group: &Path, free_swap: u64) -> Option<Allowed> {
    let limits = ["memory.max", "memory.high"].into_iter().filter_map(|file| number(&group.join(file)));
    let memory = limits.min()?;
    let swap = number(&group.join("memory.swap.max")).unwrap_or(u64::MAX).min(free_swap);
    Some(Allowed { memory, with_swap: memory.saturating_add(swap) })
}

/// Limits of a group of version 1. It also shows the lowest limit of all groups around it, even those that a container cannot see.
fn first(group: &Path, free_swap: u64) -> Option<Allowed> {
    let stat = fs::read_to_string(group.join("memory.stat")).unwrap_or_default();
    let around = |name: &str| {
        let line = stat.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|number| number.trim().parse().ok()).unwrap_or(u64::MAX)
    };
    let memory = number(&group.join("memory.limit_in_bytes"))?.min(around("hierarchical_memory_limit"));
    let with_swap = number(&group.join("memory.memsw.limit_in_bytes")).unwrap_or(u64::MAX);
    let with_swap = with_swap.min(around("hierarchical_memsw_limit"));
    Some(Allowed { memory, with_swap: with_swap.max(memory).min(memory.saturating_add(free_swap)) })
}

/// Reads a number from a file; "max", for no limit, is not a number.
fn number(file: &Path) -> Option<u64> {
    fs::read_to_string(file).ok()?.trim().parse().ok()
}
