//! Detects folders that outlive a container.
//!
//! In: a path. Out: whether the path is on a mounted file system, such as a folder of the host. Must not know the contents of the folder.

use std::path::{Path, PathBuf};

use super::fs;

/// Whether `path` is on another file system than the root; `None` if the machine does not report it.
#[must_use]
pub fn is_mounted(path: &Path) -> Option<bool> {
    let table = fs::read_to_string("/proc/self/mountinfo").ok()?;
    Some(lies_on_a_mount(&table, &fs::whole(path).ok()?))
}

fn lies_on_a_mount(table: &str, path: &Path) -> bool {
    // Fields: id, id of the parent, device, folder on that device, mount point.
    let points = table.lines().filter_map(|line| line.split(' ').nth(4)).map(unescaped);
    points.filter(|point| point != Path::new("/")).any(|point| path.starts_with(point))
}

/// Returns the type of the file system that contains `path`, such as `ext4`; `None` if the machine does not report it.
#[must_use]
pub fn file_system(path: &Path) -> Option<String> {
    let table = fs::read_to_string("/proc/self/mountinfo").ok()?;
    type_at(&table, &fs::whole(path).ok()?)
}

fn type_at(table: &str, path: &Path) -> Option<String> {
    let mounts = table.lines().filter_map(|line| {
        let (mount, file_system) = line.split_once(" - ")?;
        Some((unescaped(mount.split(' ').nth(4)?), file_system.split(' ').next()?))
    });
    // The innermost mount point counts, and of those at the same place the last.
    let around = mounts.filter(|(point, _)| path.starts_with(point));
    around.max_by_key(|(point, _)| point.components().count()).map(|(_, kind)| kind.to_owned())
}

/// Decodes a path of the table, which escapes blanks and line ends as in `\040`.
fn unescaped(text: &str) -> PathBuf {
    let mut parts = text.split('\\');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) if byte.is_ascii() => {
                path.push(byte.into());
                path.push_str(&part[3..]);
            }
            _ => path.extend(["\\", part]),
        }
    }
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
592 571 0:62 / / rw,relatime - overlay overlay rw,lowerdir=/l
593 592 0:65 / /proc rw,nosuid - proc proc rw
604 592 254:1 /home/a/my\\040photos /my\\040site rw,relatime - ext4 /dev/vda1 rw
605 592 254:1 /home/a/www /var/www rw,relatime - ext4 /dev/vda1 rw
";

    #[test]
    fn what_lies_below_a_mount_point_is_mounted() {
        let on = |path: &str| lies_on_a_mount(TABLE, Path::new(path));
        assert!(on("/my site") && on("/my site/build") && on("/var/www"));
        assert!(!on("/") && !on("/site") && !on("/var") && !on("/var/wwwx"));
    }

    #[test]
    fn the_innermost_mount_tells_the_file_system() {
        let at = |path: &str| type_at(TABLE, Path::new(path));
        assert_eq!(at("/my site/a").as_deref(), Some("ext4"));
        assert_eq!(at("/proc/self").as_deref(), Some("proc"));
        assert_eq!(at("/srv").as_deref(), Some("overlay"));
    }

    #[test]
    fn escaped_characters_are_read() {
        assert_eq!(unescaped("/a\\040b\\134c\\9"), Path::new("/a b\\c\\9"));
    }

    #[test]
    fn this_machine_says_something() {
        assert_eq!(is_mounted(Path::new("/proc/self")), cfg!(target_os = "linux").then_some(true));
    }
}
