//! How much this machine can take, and how users say it.
//!
//! Out: a number of threads and a number of bytes. What counts is what this process may use, not what the machine has: in
//! a container both differ, and whoever ignores it is killed.

use std::path::Path;

use crate::machine::fs;

/// Taken where nothing is known of the machine.
const FALLBACK: u64 = 1 << 30;

/// One thread for each processor that this process may use; quotas of control groups count.
#[must_use]
pub fn default_jobs() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Half of the memory that this process may use.
#[must_use]
pub fn default_memory() -> u64 {
    available(Path::new("/")).map_or(FALLBACK, |bytes| bytes / 2)
}

/// Reads an amount of memory: `512m`, `2g`, `1.5GiB`, or bytes without a unit. Units are powers of 1024.
///
/// # Errors
/// What was expected, ready to stand behind the name of the option.
pub fn parse_memory(text: &str) -> Result<u64, String> {
    let expected = || format!("`{text}` is no amount of memory; expected something like `512m` or `2g`");
    let trimmed = text.trim();
    let digits = trimmed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(trimmed.len());
    let (number, unit) = trimmed.split_at(digits);
    let shift = match unit.trim_start().to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return Err(expected()),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    // Nine decimals are more than anybody means; so everything stays in integers.
    if whole.is_empty() || fraction.is_empty() || fraction.len() > 9 || fraction.contains('.') {
        return Err(expected());
    }
    let whole: u64 = whole.parse().map_err(|_| expected())?;
    let fraction = format!("{fraction:0<9}").parse::<u64>().map_err(|_| expected())?;
    let unit = 1_u128 << shift;
    let bytes = u128::from(whole) * unit + u128::from(fraction) * unit / 1_000_000_000;
    match u64::try_from(bytes) {
        Ok(0) => Err(format!("`{text}` is no memory at all; expected something like `512m` or `2g`")),
        Ok(bytes) => Ok(bytes),
        Err(_) => Err(expected()),
    }
}

/// The memory that is free, or the smallest limit of the control groups that this process is in. `root` is `/`.
fn available(root: &Path) -> Option<u64> {
    let free = fs::read_to_string(root.join("proc/meminfo")).ok().and_then(|text| free_memory(&text));
    let groups = fs::read_to_string(root.join("proc/self/cgroup")).unwrap_or_default();
    let limits = groups.lines().filter_map(|line| group_limit(root, line));
    free.into_iter().chain(limits).min()
}

/// `MemAvailable` in bytes; kernels before 3.14 only tell `MemTotal`.
fn free_memory(meminfo: &str) -> Option<u64> {
    let field = |name: &str| {
        let line = meminfo.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
    };
    field("MemAvailable").or_else(|| field("MemTotal"))
}

/// The smallest memory limit of a control group and of all that it is in; `line` is one of `/proc/self/cgroup`.
///
/// Inside a container the path is often that of the host, which is not to be seen from there: then the root of the mounted
/// tree is the container's own group, and the walk up ends there.
fn group_limit(root: &Path, line: &str) -> Option<u64> {
    let mut fields = line.splitn(3, ':');
    let (number, controllers, path) = (fields.next()?, fields.next()?, fields.next()?);
    let (mounted, files): (&[&str], &[&str]) = if number == "0" && controllers.is_empty() {
        (&["sys/fs/cgroup", "sys/fs/cgroup/unified"], &["memory.max", "memory.high"])
    } else if controllers.split(',').any(|name| name == "memory") {
        (&["sys/fs/cgroup/memory"], &["memory.limit_in_bytes"])
    } else {
        return None;
    };
    let path = Path::new(path.trim_start_matches('/'));
    let groups = mounted.iter().flat_map(|mounted| path.ancestors().map(move |group| root.join(mounted).join(group)));
    let limits = groups.flat_map(|group| files.iter().map(move |file| group.join(file)));
    // "max", no limit, is not a number.
    limits.filter_map(|file| fs::read_to_string(file).ok()?.trim().parse().ok()).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1 << 30;

    fn machine(files: &[(&str, &str)]) -> Option<u64> {
        let root = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        available(root.path())
    }

    const MEMINFO: (&str, &str) = ("proc/meminfo", "MemTotal:  16777216 kB\nMemFree: 1 kB\nMemAvailable: 8388608 kB\n");

    #[test]
    fn free_memory_counts_not_all_of_it() {
        assert_eq!(machine(&[MEMINFO]), Some(8 * GIB));
        assert_eq!(machine(&[("proc/meminfo", "MemTotal: 16777216 kB\n")]), Some(16 * GIB));
        assert_eq!(machine(&[]), None);
        assert_eq!(machine(&[("proc/meminfo", "MemTotal: lots\n")]), None);
    }

    #[test]
    fn the_smallest_limit_on_the_way_up_counts() {
        let group = ("proc/self/cgroup", "0::/user.slice/app\n");
        let free = ("sys/fs/cgroup/user.slice/app/memory.max", "max\n");
        let above = ("sys/fs/cgroup/user.slice/memory.max", "1073741824\n");
        assert_eq!(machine(&[MEMINFO, group, free, above]), Some(GIB));
        assert_eq!(machine(&[MEMINFO, group, free]), Some(8 * GIB));
        let high = ("sys/fs/cgroup/user.slice/app/memory.high", "2147483648\n");
        assert_eq!(machine(&[MEMINFO, group, free, high]), Some(2 * GIB));
    }

    #[test]
    fn a_container_that_sees_the_path_of_its_host_finds_its_limit() {
        let first = ("proc/self/cgroup", "5:cpu,cpuacct:/docker/ab\n4:memory:/docker/ab\n0::/\n");
        let limit = ("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
        assert_eq!(machine(&[MEMINFO, first, limit]), Some(GIB / 2));
        let unlimited = ("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assert_eq!(machine(&[MEMINFO, first, unlimited]), Some(8 * GIB));
    }

    #[test]
    fn amounts_are_read_with_and_without_unit() {
        for (text, bytes) in [
            ("512m", GIB / 2),
            ("2g", 2 * GIB),
            ("2GiB", 2 * GIB),
            ("2 GB", 2 * GIB),
            ("1.5g", 3 * GIB / 2),
            ("1048576", 1 << 20),
            ("64K", 1 << 16),
            ("1t", 1 << 40),
        ] {
            assert_eq!(parse_memory(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_an_example() {
        for text in
            ["", "g", "-1g", "1.g", ".5g", "1..5g", "2x", "2gg", "1e9", "99999999999999999999", "18014398509481984t"]
        {
            let message = parse_memory(text).expect_err(text);
            assert_eq!(message, format!("`{text}` is no amount of memory; expected something like `512m` or `2g`"));
        }
        assert!(parse_memory("0").expect_err("nothing").contains("no memory at all"));
    }

    #[test]
    fn there_is_always_a_thread_and_some_memory() {
        assert!(default_jobs() >= 1);
        assert!(default_memory() > 0);
    }
}
