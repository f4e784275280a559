use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Source, read};
use crate::diagnostic::{Format, Report, Stop, print};

/// A site made of (path, content).
fn site(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (path, content) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }
    root
}

fn read_site(root: &Path) -> (Result<Source, Stop>, String) {
    let mut report = Report::default();
    let source = read(root, &[], &mut report);
    let mut out = Vec::new();
    print(&report, Format::Short, &mut out).expect("a vector can be written");
    (source, String::from_utf8(out).expect("UTF-8"))
}

const ROOT: (&str, &str) = ("settings.yaml", "title: Site\n");

#[test]
fn galleries_are_found_at_any_depth_and_sorted_by_name() {
    let gallery = "title: G\n";
    let root = site(&[
        ROOT,
        ("b/settings.yaml", gallery),
        ("b/2/settings.yaml", gallery),
        ("b/10/settings.yaml", gallery),
        ("b/10/x/settings.yaml", gallery),
        ("a/settings.yaml", gallery),
        ("a/photos/raw/1.jpg", "x"),
        ("shared/2.jpg", "x"),
        ("build/old/settings.yaml", gallery),
        (".hidden/settings.yaml", gallery),
    ]);
    let (source, problems) = read_site(root.path());
    assert_eq!(problems, "");
    let source = source.expect("no mistakes");
    let names = |folders: &[super::Folder]| folders.iter().map(|folder| folder.path.to_string()).collect::<Vec<_>>();
    assert_eq!(names(&source.galleries), ["a", "b"]);
    assert_eq!(names(&source.galleries[1].children), ["b/10", "b/2"]);
    assert_eq!(names(&source.galleries[1].children[0].children), ["b/10/x"]);
    let files: Vec<String> =
        source.files.keys().map(ToString::to_string).filter(|path| path.ends_with("jpg")).collect();
    assert_eq!(files, ["a/photos/raw/1.jpg", "shared/2.jpg"]);
}
