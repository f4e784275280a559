//! Tests that unreadable files are never treated as missing.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use tempfile::TempDir;

use super::tests::site;
use super::{Folder, SitePath, Source, read};
use crate::diagnostic::{Format, Report, Severity, Stop, print};
use crate::machine::fault::{Fault, FaultKind, watch};

const GALLERY: (&str, &str) = ("a/settings.yaml", "title: A\n");
const ROOT: (&str, &str) = ("settings.yaml", "title: Site\ninclude: [.well-known, docs]\n");

/// Reads a site of which a previous build published these paths.
fn read_after(root: &Path, before: &[&str]) -> (Result<Source, Stop>, Report) {
    let mut report = Report::default();
    let source = read(root, &[], &|path| before.contains(&path.as_str()), &mut report);
    (source, report)
}

fn said(report: &Report) -> String {
    let mut out = Vec::new();
    print(report, Format::Short, &mut out).expect("a vector can be written");
    String::from_utf8(out).expect("UTF-8")
}

fn galleries(folders: &[Folder]) -> Vec<String> {
    let inside = folders.iter().flat_map(|folder| galleries(&folder.children));
    folders.iter().map(|folder| folder.path.to_string()).chain(inside).collect()
}

fn whole_site() -> TempDir {
    let root = site(&[
        ROOT,
        GALLERY,
        ("a/1.jpg", "x"),
        ("a/raw/2.jpg", "x"),
        ("b/settings.yaml", "title: B\n"),
        ("b/c/settings.yaml", "title: C\n"),
        ("b/c/3.jpg", "x"),
        ("static/logo.svg", "x"),
        ("docs/manual.txt", "x"),
        (".well-known/security.txt", "x"),
        ("shared/deep/4.jpg", "x"),
        ("templates/base.html", "x"),
        ("custom.css", "x"),
    ]);
    symlink("a", root.path().join("linked")).expect("linked");
    symlink("../../shared/deep/4.jpg", root.path().join("b/c/4.jpg")).expect("linked");
    root
}

/// Returns whether a file is listed, or known as unusable with a reason.
fn is_known(source: &Source, path: &SitePath) -> bool {
    let mut on_the_way = std::iter::successors(Some(path.clone()), SitePath::parent);
    source.files.contains_key(path) || on_the_way.any(|part| source.unusable.contains_key(&part))
}

#[test]
fn whichever_call_fails_nothing_is_left_out_without_an_error() {
    let root = whole_site();
    let path = fs::canonicalize(root.path()).expect("there");
    let (whole, report) = read_after(&path, &[]);
    let whole = whole.expect("a site");
    assert_eq!(report.diagnostics(), []);
    for kind in [FaultKind::Io, FaultKind::Denied, FaultKind::TooManyFiles, FaultKind::ShortRead] {
        let mut at = 1;
        loop {
            let watching = watch(&path, Fault { kind, at, lasting: false });
            let (source, report) = read_after(&path, &[]);
            let met = watching.calls() >= at;
            drop(watching);
            if report.count(Severity::Error) == 0 {
                let source = source.expect("no error");
                assert_eq!(galleries(&source.galleries), galleries(&whole.galleries), "{kind:?} {at}");
                assert_eq!(source.templates.len(), whole.templates.len(), "{kind:?} {at}");
                for path in whole.files.keys() {
                    assert!(is_known(&source, path), "{kind:?} {at}: {path}");
                    let is_published = ["static", "docs", ".well-known", "custom.css"]
                        .iter()
                        .any(|folder| path.as_str().starts_with(folder));
                    // Paths in `include` become errors as soon as names are looked up.
                    let is_named = source.unusable.contains_key(&SitePath::root().child(".well-known"));
                    let is_listed = source.files.contains_key(path) || (is_named && path.as_str().starts_with('.'));
                    assert!(!is_published || is_listed, "{kind:?} {at}: {path}");
                }
            } else if kind == FaultKind::TooManyFiles {
                assert!(said(&report).contains("`ulimit -n`"), "{at}: {}", said(&report));
            } else if kind == FaultKind::Io {
                assert!(said(&report).contains("the disk reports an error"), "{at}: {}", said(&report));
            }
            if !met {
                break;
            }
            at += 1;
        }
        assert!(at > 1, "no call was met by {kind:?}");
    }
}

#[test]
fn settings_that_cannot_be_used_are_an_error_and_say_why() {
    type Make = fn(&Path);
    let cases: [(Make, &str); 7] = [
        (|path| symlink("gone.yaml", path).expect("linked"), "broken link"),
        (|path| symlink("/etc/hostname", path).expect("linked"), "a link out of the site, to `/etc/hostname`"),
        (|path| symlink("settings.yaml", path).expect("linked"), "broken link"),
        (|path| symlink(built(path), path).expect("linked"), "a link into a folder that is not read"),
        (|path| fs::create_dir(path).expect("made"), "expected a regular file, found a folder"),
        (|path| make_fifo(path), "expected a regular file, found a FIFO"),
        (
            |path| drop(std::os::unix::net::UnixListener::bind(path).expect("made")),
            "expected a regular file, found a socket",
        ),
    ];
    for (make, why) in cases {
        let root = site(&[ROOT, GALLERY, ("build/settings.yaml", ""), ("b/1.jpg", "x"), ("a/in/1.jpg", "x")]);
        for gallery in ["b", "a/in"] {
            make(&root.path().join(gallery).join("settings.yaml"));
        }
        let (_, report) = read_after(root.path(), &[]);
        for gallery in ["b", "a/in"] {
            let error = format!("{gallery}/settings.yaml: error[file/unusable]: {why}");
            assert!(said(&report).contains(&error), "{error}: {}", said(&report));
        }
        assert_eq!(report.count(Severity::Error), 2, "{}", said(&report));
    }
}

#[test]
fn root_settings_that_cannot_be_used_say_why() {
    let root = site(&[GALLERY]);
    symlink("/etc/hostname", root.path().join("settings.yaml")).expect("linked");
    let (source, report) = read_after(root.path(), &[]);
    assert!(source.is_err());
    assert!(
        said(&report).starts_with("settings.yaml: error[file/unusable]: a link out of the site"),
        "{}",
        said(&report)
    );
}

#[test]
fn a_link_without_a_target_is_an_error_where_the_last_build_published() {
    let root = site(&[ROOT, GALLERY]);
    for link in ["lofoten", "a/manual.pdf", "new", "a/new.jpg"] {
        symlink("/mnt/usb/nowhere", root.path().join(link)).expect("linked");
    }
    let (_, report) = read_after(root.path(), &["lofoten", "a", "a/index.html", "a/manual.pdf"]);
    let said = said(&report);
    for (path, severity) in
        [("lofoten", "error"), ("a/manual.pdf", "error"), ("new", "warning"), ("a/new.jpg", "warning")]
    {
        assert!(said.contains(&format!("{path}: {severity}[file/unusable]: broken link")), "{said}");
    }
}

#[test]
fn what_the_root_holds_for_the_whole_site_is_never_passed_over() {
    for name in ["static", "templates", "custom.css", "custom.js"] {
        let root = site(&[ROOT, GALLERY]);
        symlink("/mnt/usb/nowhere", root.path().join(name)).expect("linked");
        let (_, report) = read_after(root.path(), &[]);
        assert!(said(&report).starts_with(&format!("{name}: error[file/unusable]: broken link")), "{}", said(&report));
    }
}

#[test]
fn a_folder_that_is_no_gallery_any_more_is_told_of() {
    let root = site(&[ROOT, GALLERY, ("c/1.jpg", "x"), ("d/index.html", "x"), ("e/1.jpg", "x")]);
    fs::create_dir(root.path().join("b")).expect("made");
    let (_, report) = read_after(root.path(), &["a/index.html", "b/index.html", "c/index.html", "d/index.html"]);
    let said = said(&report);
    assert!(
        said.starts_with("b: error[gallery/not-mounted]: the folder is empty, but was a gallery in the last build"),
        "{said}"
    );
    assert!(said.contains("c: warning[gallery/removed]: the folder was a gallery in the last build"), "{said}");
    assert_eq!(report.diagnostics().len(), 2, "{said}");
}

#[test]
fn folders_that_systems_make_are_not_entered() {
    let gallery = "title: G\n";
    let root = site(&[
        ROOT,
        GALLERY,
        ("#recycle/settings.yaml", gallery),
        ("a/@eaDir/1.jpg/SYNOPHOTO_THUMB_XL.jpg", "x"),
        ("__MACOSX/settings.yaml", gallery),
        ("lost+found/settings.yaml", gallery),
    ]);
    let (source, report) = read_after(root.path(), &[]);
    assert_eq!(report.diagnostics(), []);
    let source = source.expect("a site");
    assert_eq!(galleries(&source.galleries), ["a", "lost+found"]);
    assert_eq!(source.files.len(), 3, "{:?}", source.files.keys());
}

#[test]
fn lost_and_found_is_passed_over_only_if_it_is_the_file_system_s() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let root = site(&[ROOT, GALLERY, ("lost+found/1.jpg", "x")]);
    let folder = root.path().join("lost+found");
    let own = fs::metadata(&folder).expect("there").uid();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o0)).expect("changed");
    let privileged = fs::read_dir(&folder).is_ok();
    let (_, report) = read_after(root.path(), &[]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("changed");
    if !privileged && own != 0 {
        assert!(
            said(&report).starts_with("lost+found: error[file/unreadable]: cannot read the folder"),
            "{}",
            said(&report)
        );
    }
}

#[test]
fn special_files_are_named_as_what_they_are() {
    let root = site(&[ROOT, GALLERY, ("static/x", "x")]);
    for name in ["a/v.mp4", "static/pipe", "a/.hidden"] {
        make_fifo(&root.path().join(name));
    }
    let (source, report) = read_after(root.path(), &[]);
    let said = said(&report);
    for name in ["a/v.mp4", "static/pipe"] {
        assert!(
            said.contains(&format!("{name}: warning[file/unusable]: expected a regular file, found a FIFO")),
            "{said}"
        );
    }
    assert_eq!(report.diagnostics().len(), 2, "{said}");
    assert_eq!(source.expect("a site").unusable.len(), 2);
}

/// Returns the settings of a site whose output contains this path.
fn built(path: &Path) -> std::path::PathBuf {
    let output = path.ancestors().map(|above| above.join("build")).find(|build| build.is_dir());
    output.expect("an output").join("settings.yaml")
}

fn make_fifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
    assert!(made.success());
}
