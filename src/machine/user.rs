//! The user of this process, with regard to file permissions.
//!
//! In: the root of the file system. Out: the ids of the process, and whether permissions apply to it at all. Known on Linux only. Must
//! not know what is done with a file.

use std::path::Path;

use super::fs::{self, Metadata};

/// The capability to read and write regardless of permissions, as a bit of `CapEff`.
const DAC_OVERRIDE: u64 = 1 << 1;

/// The id that files have whose user does not exist in a user namespace.
const UNKNOWN: u32 = 65534;

/// A user and a group, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ids {
    /// User id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
}

/// The user that this process runs as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    /// The ids, as the process sees them.
    pub ids: Ids,
    /// Whether permissions do not apply to the user, as usual for root.
    pub overrides: bool,
    /// Whether the ids belong to a user namespace, so that the host uses other numbers: a rootless container.
    pub is_mapped: bool,
}

impl User {
    /// Returns the user of this process; `None` if unknown.
    #[must_use]
    pub fn current() -> Option<Self> {
        Self::read(Path::new("/"))
    }

    /// Reads the user of this process. `root` is `/`.
    fn read(root: &Path) -> Option<Self> {
        let status = fs::read_to_string(root.join("proc/self/status")).ok()?;
        let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        // The real id comes first, then the effective one, which counts.
        let effective = |name| field(name)?.split_whitespace().nth(1)?.parse().ok();
        let capabilities = u64::from_str_radix(field("CapEff").unwrap_or("0").trim(), 16).unwrap_or(0);
        let map = fs::read_to_string(root.join("proc/self/uid_map")).unwrap_or_default();
        let whole = ["0", "0", "4294967295"];
        Some(Self {
            ids: Ids { uid: effective("Uid")?, gid: effective("Gid")? },
            overrides: capabilities & DAC_OVERRIDE != 0,
            is_mapped: !map.is_empty() && !map.split_whitespace().eq(whole),
        })
    }

    /// Whether the owner of a file does not exist in this user's namespace.
    #[must_use]
    pub fn does_not_know(&self, owner: Ids) -> bool {
        self.is_mapped && owner.uid == UNKNOWN
    }
}

/// Owner and permissions of a file; `None` where the system has none.
#[must_use]
pub fn owner(metadata: &Metadata) -> Option<(Ids, u32)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((Ids { uid: metadata.uid(), gid: metadata.gid() }, metadata.mode() & 0o7777))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(status: &str, map: &str) -> Option<User> {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(root.path().join("proc/self")).expect("made");
        fs::write(root.path().join("proc/self/status"), status).expect("written");
        fs::write(root.path().join("proc/self/uid_map"), map).expect("written");
        User::read(root.path())
    }

    const HOST: &str = "         0          0 4294967295\n";

    #[test]
    fn the_effective_ids_count_and_capabilities_override() {
        let status =
            "Name:\tcimaise\nUid:\t1000\t1001\t1000\t1000\nGid:\t100\t101\t100\t100\nCapEff:\t0000000000000000\n";
        let ids = Ids { uid: 1001, gid: 101 };
        assert_eq!(user(status, HOST), Some(User { ids, overrides: false, is_mapped: false }));
        let root = "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nCapEff:\t00000000800405fb\n";
        let ids = Ids { uid: 0, gid: 0 };
        assert_eq!(user(root, HOST), Some(User { ids, overrides: true, is_mapped: false }));
        let dropped = root.replace("800405fb", "00000001");
        assert!(user(&dropped, HOST).is_some_and(|user| !user.overrides));
        assert_eq!(user("", HOST), None);
    }

    #[test]
    fn a_user_namespace_knows_some_users_only() {
        let root = "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nCapEff:\t0\n";
        let stranger = Ids { uid: 65534, gid: 65534 };
        let rootless = user(root, "0 1000 1\n1 100000 65536\n").expect("known");
        assert!(rootless.is_mapped && rootless.does_not_know(stranger));
        let host = user(root, HOST).expect("known");
        assert!(!host.is_mapped && !host.does_not_know(stranger));
    }

    #[test]
    fn this_process_is_somebody() {
        assert_eq!(User::current().is_some(), cfg!(target_os = "linux"));
    }
}
