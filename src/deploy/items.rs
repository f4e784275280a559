//! rsync's report of its actions, line by line.

/// Line format of rsync's report: eleven characters for the action, and the name.
pub(super) const FORMAT: &str = "--out-format=%i %n";

/// Length of the action, including the following space.
const SIGNS: usize = 12;

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RsyncItem {
    pub(super) what: RsyncAction,
    /// Path at the destination; folders end with a slash.
    pub(super) path: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RsyncAction {
    /// Not in the site; deleted at the destination.
    Deleted,
    /// A file that is sent to the destination.
    Sent {
        /// Whether the destination had no file of this name.
        new: bool,
    },
    /// A file that is up to date at the destination.
    Unchanged,
}

impl RsyncItem {
    /// Parses a line; `None` if it is not about a file, such as the creation of a folder.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let (signs, name) = line.split_at_checked(SIGNS)?;
        let path = unescaped(name);
        if signs.starts_with(b"*deleting ") {
            return Some(Self { what: RsyncAction::Deleted, path });
        }
        let what = match (signs[0], signs[1]) {
            // A symlink is created, not transferred.
            (b'<' | b'>', b'f') | (b'c', b'L') => RsyncAction::Sent { new: signs.contains(&b'+') },
            (b'.', b'f' | b'L') => RsyncAction::Unchanged,
            _ => return None,
        };
        (signs[SIGNS - 1] == b' ').then_some(Self { what, path })
    }
}

/// Decodes a name: rsync writes control characters as `\#012`, and escapes a backslash that would look like one.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((&first, behind)) = rest.split_first() {
        let digits = rest.strip_prefix(br"\#").and_then(|rest| rest.get(..3));
        let byte = digits.and_then(|digits| u8::from_str_radix(str::from_utf8(digits).ok()?, 8).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &rest[5..] } else { behind };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_what_was_done_with_which_file() {
        let parse =
            |line: &str| RsyncItem::parse(line.as_bytes()).map(|item| (item.what, String::from_utf8(item.path)));
        for (line, what, path) in [
            ("<f+++++++++ a/1 2.jpg", RsyncAction::Sent { new: true }, "a/1 2.jpg"),
            (">f.st...... index.html", RsyncAction::Sent { new: false }, "index.html"),
            (".f          x", RsyncAction::Unchanged, "x"),
            (".f..t......  x ", RsyncAction::Unchanged, " x "),
            ("*deleting   old.jpg", RsyncAction::Deleted, "old.jpg"),
            ("*deleting    x\\#012y", RsyncAction::Deleted, " x\ny"),
            ("*deleting   b\\#134#101\\#", RsyncAction::Deleted, "b\\#101\\#"),
            ("*deleting   a/", RsyncAction::Deleted, "a/"),
            ("cL+++++++++ link", RsyncAction::Sent { new: true }, "link"),
        ] {
            assert_eq!(parse(line), Some((what, Ok(path.to_owned()))), "{line}");
        }
        for line in
            [".d..t...... a/", "cd+++++++++ b/", "", "created directory /srv/www", "short", "sending incremental"]
        {
            assert_eq!(parse(line), None, "{line}");
        }
    }

    #[test]
    fn no_line_is_a_panic() {
        for line in [
            &b"*deleting   \\#"[..],
            b"*deleting   \\#9",
            b"*deleting   \\#999",
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        ] {
            let _ = RsyncItem::parse(line);
        }
    }
}
