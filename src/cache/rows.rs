//! File format of a ledger: one line of JSON for each entry, with its own checksum.
//!
//! In: rows. Out: text, and the reverse. The first line contains the version and a checksum of everything that follows. If that check
//! fails, the checksum of each entry decides: a flipped bit or a truncation loses only the entries that it hit. Checksums protect
//! against damage, not against tampering. Must not know what the facts are.

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::reading::Reading;
use super::{Digest, Stat};

/// Format version; increase it when the format changes, and when the same photo would give other facts than before.
const VERSION: u32 = 12;

/// The entry of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row<Path, T> {
    pub(super) path: Path,
    pub(super) stat: Stat,
    pub(super) digest: Digest,
    pub(super) at: i64,
    pub(super) former: Option<Reading>,
    pub(super) facts: Option<T>,
}

/// The first line of the file.
#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    sum: String,
}

/// The stored form of an entry: path; length, modified, changed, device, inode; digest, time of reading, former digest and time of
/// its reading, facts.
#[derive(Serialize, Deserialize)]
struct RowFields<Path, T>(Path, (u64, i128, i128, u64, u64), Digest, i64, Option<(Digest, i64)>, Option<T>);

/// Text around the checksum and the fields of an entry.
const BEFORE_SUM: &str = r#"{"sum":""#;
const BEFORE_FIELDS: &str = r#"","entry":"#;
const AFTER_FIELDS: &str = "}";

fn sum(text: &str) -> String {
    Digest::of(text.as_bytes()).half()
}

/// Formats a ledger with these rows.
pub(super) fn text<'a, T: Serialize>(rows: impl Iterator<Item = Row<&'a str, T>>) -> io::Result<String> {
    let mut lines = String::new();
    for Row { path, stat, digest, at, former, facts } in rows {
        let (device, inode) = stat.inode;
        let stat = (stat.len, stat.modified, stat.changed, device, inode);
        let former = former.map(|former| (former.digest, former.at));
        let fields = serde_json::to_string(&RowFields(path, stat, digest, at, former, facts))?;
        for part in [BEFORE_SUM, &sum(&fields), BEFORE_FIELDS, &fields, AFTER_FIELDS, "\n"] {
            lines.push_str(part);
        }
    }
    let head = serde_json::to_string(&Head { version: VERSION, sum: sum(&lines) })?;
    Ok(format!("{head}\n{lines}"))
}

/// Parses the intact rows of a ledger; none if it is of another version.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Vec<Row<String, T>> {
    let mut parts = bytes.splitn(2, |&byte| byte == b'\n');
    let (head, lines) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Ok(Head { version: VERSION, sum: expected }) = serde_json::from_slice(head) else { return Vec::new() };
    let whole = Digest::of(lines).half() == expected;
    // A flipped bit can turn a line into invalid UTF-8.
    let lines = lines.split(|&byte| byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    lines.filter_map(|line| row(line, whole)).collect()
}

/// Parses one entry; `None` if it is damaged. The checksum is not computed if that of the `whole` file was right.
fn row<T: DeserializeOwned>(line: &str, whole: bool) -> Option<Row<String, T>> {
    let (expected, rest) = line.strip_prefix(BEFORE_SUM)?.split_at_checked(32)?;
    let fields = rest.strip_prefix(BEFORE_FIELDS)?.strip_suffix(AFTER_FIELDS)?;
    if !whole && sum(fields) != expected {
        return None;
    }
    let RowFields(path, (len, modified, changed, device, inode), digest, at, former, facts) =
        serde_json::from_str(fields).ok()?;
    let stat = Stat { len, modified, changed, inode: (device, inode) };
    let former = former.map(|(digest, at)| Reading { digest, at });
    Some(Row { path, stat, digest, at, former, facts })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows() -> Vec<Row<String, String>> {
        ["a/1.jpg", "é.jpg", "b\n.jpg"]
            .into_iter()
            .enumerate()
            .map(|(number, path)| Row {
                path: path.to_owned(),
                stat: Stat { len: number as u64, modified: -5, changed: 7, inode: (1, 2) },
                digest: Digest::of(path.as_bytes()),
                at: 1_700_000_000,
                former: (number == 1).then(|| Reading { digest: Digest::of(b"before"), at: 5 }),
                facts: (number > 0).then(|| "turned".to_owned()),
            })
            .collect()
    }

    fn written() -> String {
        let rows = rows();
        let borrowed = rows.iter().map(|row| Row {
            path: row.path.as_str(),
            stat: row.stat,
            digest: row.digest,
            at: row.at,
            former: row.former,
            facts: row.facts.clone(),
        });
        text(borrowed).expect("text")
    }

    #[test]
    fn rows_are_read_as_they_were_written() {
        assert_eq!(parse::<String>(written().as_bytes()), rows());
    }

    #[test]
    fn one_damaged_entry_costs_that_entry() {
        let text = written();
        // A wrong fact in text that is still valid JSON.
        let damaged = text.replacen("turned", "Turned", 1);
        let expected: Vec<_> = [0, 2].into_iter().map(|number| rows().swap_remove(number)).collect();
        assert_eq!(parse::<String>(damaged.as_bytes()), expected);
        let cut = &text[..text.len() - 5];
        assert_eq!(parse::<String>(cut.as_bytes()), rows()[..2]);
        let start = text.find("\"sum\":\"").expect("the sum of the file") + 7;
        let without_sum = text.replacen(&text[start..start + 4], "xxxx", 1);
        assert_eq!(parse::<String>(without_sum.as_bytes()), rows());
    }

    #[test]
    fn another_version_is_not_read() {
        assert!(
            parse::<String>(written().replacen(&format!("\"version\":{VERSION}"), "\"version\":8", 1).as_bytes())
                .is_empty()
        );
    }

    proptest! {
        /// Whatever bits are flipped, cut off or inserted: no row is read that was not written.
        #[test]
        fn no_damage_makes_another_row(at in 0_usize..2000, bit in 0_u8..8, cut in any::<bool>()) {
            let mut bytes = written().into_bytes();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            if cut {
                bytes.truncate(at);
            }
            let original = rows();
            for row in parse::<String>(&bytes) {
                prop_assert!(original.contains(&row), "{row:?}");
            }
        }
    }
}
