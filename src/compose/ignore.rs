//! `.gitignore` of a site: git keeps neither the output nor the cache.

use std::path::Path;

use super::write::{read, write};
use crate::diagnostic::Failure;

/// Patterns for the output and the cache.
const PATTERNS: [&str; 2] = ["/build/", "/.cimaise-cache/"];

/// Adds the output and the cache to the `.gitignore` of a site. Returns whether the file was changed.
///
/// # Errors
/// If the file cannot be read or written.
pub fn ignore(site: &Path) -> Result<bool, Failure> {
    let path = site.join(".gitignore");
    let old = read(&path)?;
    let text = old.as_ref().map_or("", |(text, _)| text.as_str());
    let has = |pattern: &str| text.lines().any(|line| line.trim().trim_matches('/') == pattern.trim_matches('/'));
    let missing: Vec<&str> = PATTERNS.into_iter().filter(|pattern| !has(pattern)).collect();
    if missing.is_empty() {
        return Ok(false);
    }
    let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    write(&path, old.as_ref(), &format!("{text}{newline}{}\n", missing.join("\n")))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::fs;

    #[test]
    fn what_is_ignored_already_is_not_added() {
        let folder = tempfile::tempdir().expect("a folder");
        let said = || fs::read_to_string(folder.path().join(".gitignore")).expect("there");
        assert_eq!(ignore(folder.path()).ok(), Some(true));
        assert_eq!(said(), "/build/\n/.cimaise-cache/\n");
        assert_eq!(ignore(folder.path()).ok(), Some(false));
        std::fs::write(folder.path().join(".gitignore"), "*.tmp\nbuild").expect("written");
        assert_eq!(ignore(folder.path()).ok(), Some(true));
        assert_eq!(said(), "*.tmp\nbuild\n/.cimaise-cache/\n");
    }
}
