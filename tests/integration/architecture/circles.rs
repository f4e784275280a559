//! Circles of files: groups in which each file refers, directly or through others, to every other one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::references::References;

/// Returns all circles of more than one file, the largest first.
pub(super) fn of(references: &References) -> Vec<Vec<&Path>> {
    let files: Vec<&PathBuf> = references.keys().collect();
    let reached: Vec<BTreeSet<&Path>> = files.iter().map(|file| reachable(references, file)).collect();
    let mut circles: BTreeSet<Vec<&Path>> = BTreeSet::new();
    for (file, reached_from) in files.iter().zip(&reached) {
        let together = files.iter().zip(&reached).filter(|(other, reached_from_other)| {
            reached_from.contains(other.as_path()) && reached_from_other.contains(file.as_path())
        });
        let circle: Vec<_> = together.map(|(other, _)| other.as_path()).collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    let mut circles: Vec<_> = circles.into_iter().collect();
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

fn reachable<'a>(references: &'a References, from: &Path) -> BTreeSet<&'a Path> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Path> = references.get(from).into_iter().flatten().map(PathBuf::as_path).collect();
    while let Some(file) = open.pop() {
        if reached.insert(file) {
            open.extend(references.get(file).into_iter().flatten().map(PathBuf::as_path));
        }
    }
    reached
}
