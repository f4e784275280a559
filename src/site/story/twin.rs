//! Files that show the same as another file of their folder.
//!
//! In: candidates. Out: those without copies, and the copies. Pure.

use std::collections::BTreeMap;

use crate::cache::Digest;
use crate::site::story::candidate::Candidate;
use crate::source::{SitePath, natural};

/// A file that shows the same as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// The file that a story omits.
    pub left_out: SitePath,
    /// The file that it shows.
    pub of: SitePath,
}

/// Separates candidates from those with the bytes of another one. Of equal files, one of `named` remains, or else the first by name.
#[must_use]
pub fn without_copies(candidates: Vec<Candidate>, named: &dyn Fn(&SitePath) -> bool) -> (Vec<Candidate>, Vec<Twin>) {
    let mut first: BTreeMap<Digest, SitePath> = BTreeMap::new();
    let rank = |path: &SitePath| !named(path);
    for Candidate { path, digest, .. } in &candidates {
        let Some(digest) = digest else { continue };
        let best = first.entry(*digest).or_insert_with(|| path.clone());
        if rank(path).cmp(&rank(best)).then_with(|| natural(path, best)).is_lt() {
            *best = path.clone();
        }
    }
    let (mut kept, mut twins) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let of = candidate.digest.and_then(|digest| first.get(&digest)).filter(|of| **of != candidate.path);
        match of.filter(|_| !named(&candidate.path)) {
            Some(of) => twins.push(Twin { left_out: candidate.path, of: of.clone() }),
            None => kept.push(candidate),
        }
    }
    (kept, twins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::story::candidate::PhotoMarks;
    use pixels::Size;

    fn candidate(name: &str, content: Option<&str>) -> Candidate {
        let time = "2024-05-01T10:00:00".parse().expect("a time");
        let (size, digest) = (Size { width: 3, height: 2 }, content.map(|content| Digest::of(content.as_bytes())));
        let marks = PhotoMarks::default();
        Candidate {
            path: SitePath::root().child(name),
            video: false,
            time,
            offset: None,
            dated: true,
            size,
            marks,
            digest,
        }
    }

    fn parted(named: &[&str]) -> (Vec<String>, Vec<String>) {
        let files =
            [("10.jpg", "x"), ("9.jpg", "x"), ("9 (1).jpg", "x"), ("a.mp4", "film"), ("b.mp4", "film"), ("c.jpg", "y")];
        let mut files: Vec<_> = files.iter().map(|(name, content)| candidate(name, Some(content))).collect();
        files.extend(["d.jpg", "e.jpg"].map(|name| candidate(name, None)));
        let (kept, twins) = without_copies(files, &|path| named.contains(&path.as_str()));
        let twin = |twin: &Twin| format!("{} of {}", twin.left_out, twin.of);
        (kept.iter().map(|kept| kept.path.to_string()).collect(), twins.iter().map(twin).collect())
    }

    #[test]
    fn the_first_name_remains_of_equal_files_unless_the_story_names_another() {
        let (kept, twins) = parted(&[]);
        assert_eq!(kept, ["9.jpg", "a.mp4", "c.jpg", "d.jpg", "e.jpg"]);
        assert_eq!(twins, ["10.jpg of 9.jpg", "9 (1).jpg of 9.jpg", "b.mp4 of a.mp4"]);
        let (kept, twins) = parted(&["10.jpg", "b.mp4", "a.mp4"]);
        assert_eq!(kept, ["10.jpg", "a.mp4", "b.mp4", "c.jpg", "d.jpg", "e.jpg"]);
        assert_eq!(twins, ["9.jpg of 10.jpg", "9 (1).jpg of 10.jpg"]);
    }
}
