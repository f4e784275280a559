use super::*;

const GIB: u64 = 1 << 30;

const MEMINFO: (&str, &str) =
    ("proc/meminfo", "MemTotal:  16777216 kB\nMemFree: 1 kB\nMemAvailable: 8388608 kB\nSwapFree: 0 kB\n");
const WITH_SWAP: (&str, &str) = ("proc/meminfo", "MemAvailable: 8388608 kB\nSwapFree: 1048576 kB\n");

/// Free memory and limit of a machine with these files.
fn machine(files: &[(&str, &str)]) -> (Option<u64>, Option<(u64, Limiter)>) {
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    (available(root.path()), hard(root.path()).map(|limit| (limit.bytes, limit.by)))
}

fn both(bytes: u64, by: Limiter) -> (Option<u64>, Option<(u64, Limiter)>) {
    (Some(bytes), Some((bytes, by)))
}

#[test]
fn free_memory_counts_not_all_of_it() {
    assert_eq!(machine(&[MEMINFO]), both(8 * GIB, Limiter::Machine));
    assert_eq!(machine(&[("proc/meminfo", "MemTotal: 16777216 kB\n")]), both(16 * GIB, Limiter::Machine));
    assert_eq!(machine(&[]), (None, None));
    assert_eq!(machine(&[("proc/meminfo", "MemTotal: lots\n")]), (None, None));
}

#[test]
fn swap_is_room_but_no_room_to_plan_with() {
    assert_eq!(machine(&[WITH_SWAP]), (Some(8 * GIB), Some((9 * GIB, Limiter::Machine))));
}

#[test]
fn the_lowest_limit_on_the_way_up_counts() {
    let group = ("proc/self/cgroup", "0::/user.slice/app\n");
    let free = ("sys/fs/cgroup/user.slice/app/memory.max", "max\n");
    let above = ("sys/fs/cgroup/user.slice/memory.max", "1073741824\n");
    assert_eq!(machine(&[MEMINFO, group, free, above]), both(GIB, Limiter::Group));
    assert_eq!(machine(&[MEMINFO, group, free]), both(8 * GIB, Limiter::Machine));
    let inside = ("sys/fs/cgroup/user.slice/app/memory.max", "536870912\n");
    assert_eq!(machine(&[MEMINFO, group, inside, above]), both(GIB / 2, Limiter::Group));
    let beside = ("sys/fs/cgroup/user.slice/other/memory.max", "1024\n");
    assert_eq!(machine(&[MEMINFO, group, beside, above]), both(GIB, Limiter::Group), "a neighbour's limit");
}

#[test]
fn the_limit_that_slows_a_process_down_counts_if_it_is_lower() {
    let group = ("proc/self/cgroup", "0::/app\n");
    let max = ("sys/fs/cgroup/app/memory.max", "4294967296\n");
    let high = ("sys/fs/cgroup/app/memory.high", "2147483648\n");
    assert_eq!(machine(&[MEMINFO, group, max, high]), both(2 * GIB, Limiter::Group));
    let high = ("sys/fs/cgroup/app/memory.high", "max\n");
    assert_eq!(machine(&[MEMINFO, group, max, high]), both(4 * GIB, Limiter::Group));
}

#[test]
fn a_group_may_swap_what_it_is_allowed_and_the_machine_has() {
    let group = ("proc/self/cgroup", "0::/app\n");
    let max = ("sys/fs/cgroup/app/memory.max", "2147483648\n");
    let limit = |swap: &'static str| {
        machine(&[WITH_SWAP, group, max, ("sys/fs/cgroup/app/memory.swap.max", swap)]).1.expect("a limit").0
    };
    assert_eq!(limit("0\n"), 2 * GIB);
    assert_eq!(limit("max\n"), 3 * GIB);
    assert_eq!(limit("536870912\n"), 2 * GIB + GIB / 2);
    assert_eq!(machine(&[WITH_SWAP, group, max]), (Some(2 * GIB), Some((3 * GIB, Limiter::Group))));
}

#[test]
fn a_container_that_sees_the_path_of_its_host_finds_its_limit() {
    let first = ("proc/self/cgroup", "5:cpu,cpuacct:/docker/ab\n4:memory:/docker/ab\n0::/\n");
    let limit = ("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
    assert_eq!(machine(&[MEMINFO, first, limit]), both(GIB / 2, Limiter::Group));
    let unlimited = ("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assert_eq!(machine(&[MEMINFO, first, unlimited]), both(8 * GIB, Limiter::Machine));
    let second = ("proc/self/cgroup", "0::/../../docker-ab.scope\n");
    assert_eq!(machine(&[MEMINFO, second, ("sys/fs/cgroup/memory.max", "1073741824")]), both(GIB, Limiter::Group));
}

#[test]
fn version_1_nests_and_counts_swap_with_memory() {
    let group = ("proc/self/cgroup", "4:hugetlb:/x\n3:memory:/a/b\n");
    let outer = ("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "1073741824\n");
    let inner = ("sys/fs/cgroup/memory/a/b/memory.limit_in_bytes", "2147483648\n");
    assert_eq!(machine(&[MEMINFO, group, outer, inner]), both(GIB, Limiter::Group));
    let both_limits = ("sys/fs/cgroup/memory/a/memory.memsw.limit_in_bytes", "1610612736\n");
    let found = machine(&[WITH_SWAP, group, outer, both_limits]);
    assert_eq!(found, (Some(GIB), Some((GIB + GIB / 2, Limiter::Group))));
    // Without swap on the machine, or without accounting of swap.
    assert_eq!(machine(&[MEMINFO, group, outer, both_limits]), both(GIB, Limiter::Group));
    assert_eq!(machine(&[WITH_SWAP, group, outer]).1, Some((2 * GIB, Limiter::Group)));
}

#[test]
fn limits_of_groups_around_the_container_are_told_by_version_1() {
    let group = ("proc/self/cgroup", "4:memory:/pod/ab\n");
    let own = ("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    let stat = |text: &'static str| ("sys/fs/cgroup/memory/memory.stat", text);
    let of_the_pod = "cache 0\nhierarchical_memory_limit 536870912\nhierarchical_memsw_limit 9223372036854771712\n";
    assert_eq!(machine(&[MEMINFO, group, own, stat(of_the_pod)]), both(GIB / 2, Limiter::Group));
    let unlimited = "hierarchical_memory_limit 9223372036854771712\n";
    assert_eq!(machine(&[MEMINFO, group, own, stat(unlimited)]), both(8 * GIB, Limiter::Machine));
    let with_swap = "hierarchical_memory_limit 1073741824\nhierarchical_memsw_limit 1610612736\n";
    let found = machine(&[WITH_SWAP, group, own, stat(with_swap)]);
    assert_eq!(found, (Some(GIB), Some((GIB + GIB / 2, Limiter::Group))));
}

#[test]
fn a_process_has_limits_of_its_own() {
    let limits = |space: &str, data: &str| {
        format!(
            "Limit                     Soft Limit           Hard Limit           Units     \n\
             Max data size             {data}            unlimited            bytes     \n\
             Max address space         {space}            unlimited            bytes     \n"
        )
    };
    let status = ("proc/self/status", "Name:\tcimaise\nVmSize:\t  524288 kB\nVmData:\t  1024 kB\n");
    let with = |text: &str| machine(&[MEMINFO, ("proc/self/limits", text), status]);
    assert_eq!(with(&limits("unlimited", "unlimited")), both(8 * GIB, Limiter::Machine));
    assert_eq!(with(&limits("1073741824", "unlimited")), both(GIB / 2, Limiter::Process));
    assert_eq!(with(&limits("1073741824", "1048576")), both(0, Limiter::Process));
}

#[test]
fn a_limit_says_who_sets_it() {
    let text = |by| Limit { bytes: 512 << 20, by }.to_string();
    assert_eq!(text(Limiter::Group), "the 512 MiB that the container or service may use");
    assert_eq!(text(Limiter::Machine), "the 512 MiB that this machine has free");
    assert_eq!(text(Limiter::Process), "the 512 MiB that `ulimit` leaves to this process");
}
