//! Detects whether this process runs in a container.
//!
//! In: the root of the file system, and the environment. Out: a guess, because no system call reports it. Only the wording of messages
//! may depend on the guess, never the output. Must not know any message.

use std::ffi::OsString;
use std::path::Path;
use std::sync::OnceLock;

use super::fs;

/// The image that contains cimaise, ffmpeg, rsync and ssh: the target `full` of the `Containerfile`.
pub const IMAGE_WITH_PROGRAMS: &str = "ghcr.io/cimaise/cimaise:full";

/// Podman and systemd-nspawn set this variable to their name. An empty value means that this is not a container, whatever files exist.
const VARIABLE: &str = "container";

/// Files that podman and docker put into each container.
const FILES: [&str; 2] = ["run/.containerenv", ".dockerenv"];

/// Parts of the names of the first process's control groups in containers, where groups of version 1 show them.
const GROUPS: [&str; 5] = ["docker", "kubepods", "containerd", "libpod", "/lxc"];

/// Whether this process runs in a container.
#[must_use]
pub fn is_inside() -> bool {
    static INSIDE: OnceLock<bool> = OnceLock::new();
    *INSIDE.get_or_init(|| found(Path::new("/"), &|name| std::env::var_os(name)))
}

/// Detects a container with `root` in place of `/`.
fn found(root: &Path, variable: &dyn Fn(&str) -> Option<OsString>) -> bool {
    if let Some(value) = variable(VARIABLE) {
        return !value.is_empty();
    }
    if FILES.iter().any(|file| fs::exists(root.join(file)).unwrap_or(false)) {
        return true;
    }
    let groups = fs::read_to_string(root.join("proc/1/cgroup")).unwrap_or_default();
    variable("KUBERNETES_SERVICE_HOST").is_some() || GROUPS.iter().any(|name| groups.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Result of the detection with one file of this content, and one environment variable.
    fn with(file: &str, text: &str, variable: Option<(&str, &str)>) -> bool {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
        found(root.path(), &|name| variable.filter(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn a_container_shows_by_the_files_of_its_engine() {
        assert!(!with("proc/1/cgroup", "0::/init.scope\n", None));
        assert!(with("run/.containerenv", "", None));
        assert!(with(".dockerenv", "", None));
        for group in ["4:memory:/docker/ab\n", "0::/kubepods.slice/x\n", "2:cpu:/lxc/c1\n", "0::/libpod_parent/x\n"] {
            assert!(with("proc/1/cgroup", group, None), "{group}");
        }
    }

    #[test]
    fn the_environment_says_so_as_well() {
        assert!(with("x", "", Some(("container", "podman"))));
        assert!(with("x", "", Some(("KUBERNETES_SERVICE_HOST", "10.0.0.1"))));
        assert!(!with("x", "", Some(("HOME", "podman"))));
    }

    #[test]
    fn an_empty_variable_says_that_this_is_no_container() {
        assert!(!with(".dockerenv", "", Some(("container", ""))));
    }
}
