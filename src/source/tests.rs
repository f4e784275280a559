use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Source, read};
use crate::diagnostic::{Format, Report, Stop, print};

/// Creates a site from (path, content).
pub(super) fn site(files: &[(&str, &str)]) -> TempDir {
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
    let source = read(root, &[], &|_| false, &mut report);
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

#[test]
fn mistakes_of_all_files_are_told_in_the_order_of_the_folders() {
    let root = site(&[
        ("settings.yaml", "title: Site\nrss: maybe\n"),
        ("b/settings.yaml", "date: 2016-01-01\n"),
        ("a/settings.yaml", "title: A\nsections:\n- type: text\n  text: a\n- type: nosuch\n"),
        ("a/sub/settings.yaml", "just words\n"),
    ]);
    let (source, problems) = read_site(root.path());
    let source = source.expect("something to go on with");
    assert_eq!(source.galleries.iter().map(|folder| folder.path.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let starts: Vec<&str> = problems.lines().map(|line| line.split(';').next().unwrap_or("")).collect();
    assert_eq!(
        starts,
        [
            "settings.yaml:2:6: error[settings/invalid-value]: expected `true` or `false` for `rss`, found the text `maybe`",
            "a/settings.yaml:5:9: error[settings/unknown-section]: unknown section type `nosuch`",
            "a/settings.yaml:2:1: error[gallery/sections]: a gallery that contains galleries cannot have `sections`",
            "a/sub/settings.yaml:1:1: error[settings/invalid-value]: expected keys and values, found the text `just words`",
            "b/settings.yaml:1:1: error[settings/missing-key]: missing key `title`",
        ]
    );
}

#[test]
fn sections_beside_galleries_are_an_error_at_the_key() {
    let sections = "title: A\nsections:\n- {type: text, text: a}\n";
    let root = site(&[ROOT, ("a/settings.yaml", sections), ("a/sub/settings.yaml", "title: S\n")]);
    let (_, problems) = read_site(root.path());
    assert!(
        problems.starts_with(
            "a/settings.yaml:2:1: error[gallery/sections]: a gallery that contains galleries cannot have `sections`"
        ),
        "{problems}"
    );
    assert_eq!(problems.lines().count(), 1);

    let root = site(&[ROOT, ("a/settings.yaml", "title: A\nsections:\n"), ("a/sub/settings.yaml", "title: S\n")]);
    assert_eq!(read_site(root.path()).1, "");
}

#[test]
fn what_is_missing_is_said_with_what_to_create() {
    let (_, problems) = read_site(site(&[("a/settings.yaml", "title: A\n")]).path());
    let expected =
        "settings.yaml: error[site/no-settings]: the folder has no `settings.yaml`, but `a/settings.yaml` is inside";
    assert!(problems.starts_with(expected) && problems.contains("run `cimaise init`"), "{problems}");
    let (_, problems) = read_site(site(&[("settings.yml", "title: A\n")]).path());
    assert!(problems.ends_with("; rename `settings.yml` to `settings.yaml`\n"), "{problems}");
    let (_, problems) = read_site(site(&[ROOT, ("photos/a.jpg", "x")]).path());
    assert!(problems.starts_with("settings.yaml: error[site/no-gallery]: the site has no gallery"), "{problems}");
    let empty = tempfile::tempdir().expect("a folder");
    let (_, problems) = read_site(empty.path());
    assert!(problems.starts_with("error[site/empty-folder]: no site found: the folder `"), "{problems}");
    // Tests also run in containers.
    let help =
        if crate::machine::container::is_inside() { "-v FOLDER:/" } else { "is empty; name the folder of a site" };
    assert!(problems.contains(help), "{problems}");
    let (_, problems) = read_site(Path::new("/no/such/folder"));
    assert!(problems.starts_with("error[file/unreadable]: cannot read the folder `/no/such/folder`: "), "{problems}");
}

#[test]
fn settings_that_nobody_will_read_are_warned_about() {
    let root = site(&[
        ROOT,
        ("a/settings.yaml", "title: A\n"),
        ("a/plain/deep/settings.yaml", "title: A\n"),
        ("b/settings.yml", "title: B\n"),
    ]);
    let (source, problems) = read_site(root.path());
    assert!(source.is_ok());
    let starts: Vec<&str> = problems.lines().map(|line| line.split(';').next().unwrap_or("")).collect();
    assert_eq!(
        starts,
        [
            "a/plain/deep/settings.yaml: warning[gallery/not-reached]: ignoring this gallery: the folder `a/plain` that contains it is not a gallery",
            "b/settings.yml: warning[gallery/not-reached]: ignoring this file: its name is not `settings.yaml`",
        ]
    );
}

#[test]
fn the_output_and_the_caches_are_not_read() {
    let root = site(&[
        ROOT,
        ("a/settings.yaml", "title: A\n"),
        ("public/a/settings.yaml", "title: copy\n"),
        ("public/settings.yaml", "title: copy\n"),
        ("a/build/1.jpg", "x"),
    ]);
    let mut report = Report::default();
    let exclude = [root.path().join("public"), root.path().join("not-there"), Path::new("/").to_owned()];
    let source = read(root.path(), &exclude, &|_| false, &mut report).expect("no mistakes");
    assert_eq!(source.galleries.len(), 1);
    let files: Vec<&str> = source.files.keys().map(super::SitePath::as_str).collect();
    assert_eq!(files, ["a/build/1.jpg", "a/settings.yaml", "settings.yaml"]);
}

#[test]
fn a_huge_or_undecodable_settings_file_is_refused_before_it_is_parsed() {
    let root = site(&[ROOT, ("a/settings.yaml", "")]);
    let file = fs::File::create(root.path().join("a/settings.yaml")).expect("a file can be made");
    file.set_len(100 << 20).expect("a hole takes no room");
    let (_, problems) = read_site(root.path());
    assert!(
        problems.starts_with("a/settings.yaml: error[yaml/too-large]: the file is larger than 1024 KiB"),
        "{problems}"
    );

    fs::write(root.path().join("a/settings.yaml"), b"title: A\nsub_title: caf\xe9\n").expect("written");
    let (_, problems) = read_site(root.path());
    assert!(
        problems.starts_with("a/settings.yaml:2:15: error[yaml/encoding]: the file is not UTF-8 text"),
        "{problems}"
    );

    fs::write(root.path().join("a/settings.yaml"), b"\xef\xbb\xbftitel: A\ntitle: B\n").expect("written");
    let (_, problems) = read_site(root.path());
    assert!(
        problems.starts_with("a/settings.yaml:1:1: warning[settings/unknown-key]: unknown key `titel`"),
        "{problems}"
    );
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::{ROOT, fs, read_site, site};

    const GALLERY: (&str, &str) = ("a/settings.yaml", "title: A\n");

    #[test]
    fn links_inside_the_site_are_followed() {
        let root = site(&[ROOT, GALLERY, (".git/annex/1.jpg", "x"), ("b/settings.yaml", "title: B\n")]);
        symlink("../.git/annex/1.jpg", root.path().join("a/1.jpg")).expect("linked");
        symlink("b", root.path().join("c")).expect("linked");
        let (source, problems) = read_site(root.path());
        assert_eq!(problems, "");
        let source = source.expect("no mistakes");
        assert_eq!(source.galleries.iter().map(|folder| folder.path.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        let photo = source.files.iter().find(|(path, _)| path.as_str() == "a/1.jpg").expect("listed").1;
        assert_eq!(photo.absolute, source.root.join(".git/annex/1.jpg"));
    }

    #[test]
    fn links_out_of_the_site_are_followed_only_if_it_asks() {
        let outside = site(&[("1.jpg", "x"), ("more/2.jpg", "x")]);
        let root = site(&[ROOT, GALLERY]);
        symlink(outside.path().join("1.jpg"), root.path().join("a/1.jpg")).expect("linked");
        symlink(outside.path().join("more"), root.path().join("a/more")).expect("linked");
        let (source, problems) = read_site(root.path());
        assert_eq!(problems.matches("warning[file/unusable]: a link out of the site, to `").count(), 2, "{problems}");
        assert_eq!(source.expect("only warnings").files.len(), 2);

        fs::write(root.path().join("settings.yaml"), "title: A\nsettings: {follow_links: true}\n").expect("written");
        let (source, problems) = read_site(root.path());
        assert_eq!(problems, "");
        assert_eq!(source.expect("no mistakes").files.len(), 4);
    }

    #[test]
    fn loops_and_links_to_nothing_are_left_out() {
        let root = site(&[ROOT, GALLERY]);
        symlink("..", root.path().join("a/up")).expect("linked");
        symlink(".", root.path().join("a/here")).expect("linked");
        symlink("self", root.path().join("a/self")).expect("linked");
        symlink("gone.jpg", root.path().join("a/broken.jpg")).expect("linked");
        let (source, problems) = read_site(root.path());
        assert!(source.is_ok());
        let found: Vec<&str> = problems.lines().map(|line| line.split(';').next().unwrap_or("")).collect();
        assert_eq!(
            found,
            [
                "a/broken.jpg: warning[file/unusable]: broken link",
                "a/here: warning[file/unusable]: a link to a folder that contains it",
                "a/self: warning[file/unusable]: broken link",
                "a/up: warning[file/unusable]: a link to a folder that contains it",
            ]
        );
    }

    #[test]
    fn links_among_siblings_do_not_multiply_without_end() {
        let root = site(&[ROOT, GALLERY]);
        for level in 0..40 {
            let folder = root.path().join(format!("a/{level}"));
            fs::create_dir(&folder).expect("made");
            for name in ["x", "y"] {
                symlink(format!("../{}", level + 1), folder.join(name)).expect("linked");
            }
        }
        fs::create_dir(root.path().join("a/40")).expect("made");
        let (_, problems) = read_site(root.path());
        assert!(
            problems.contains("error[site/too-large]: the site has more than 1000 links to folders"),
            "{}",
            problems.len()
        );
        assert!(problems.lines().count() < 10, "{problems}");
    }

    #[test]
    fn names_that_are_not_utf_8_are_left_out() {
        use std::os::unix::ffi::OsStrExt;
        let root = site(&[ROOT, GALLERY]);
        fs::write(root.path().join("a").join(std::ffi::OsStr::from_bytes(b"caf\xe9.jpg")), "x").expect("written");
        let (source, problems) = read_site(root.path());
        assert_eq!(
            problems,
            "a: warning[file/name]: ignoring the file \"caf\\xE9.jpg\": its name is not UTF-8; rename the file\n"
        );
        assert_eq!(source.expect("only a warning").files.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
        use std::os::unix::fs::PermissionsExt;
        let root =
            site(&[ROOT, ("a/settings.yaml", "title: A\n"), ("b/settings.yaml", "titel: B\n"), ("a/x/1.jpg", "x")]);
        let (file, folder) = (root.path().join("a/settings.yaml"), root.path().join("a/x"));
        for path in [&file, &folder] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o0)).expect("changed");
        }
        let privileged = fs::read(&file).is_ok();
        let (_, problems) = read_site(root.path());
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("changed");
        assert!(
            problems.contains("b/settings.yaml:1:1: error[settings/missing-key]: missing key `title`"),
            "{problems}"
        );
        if !privileged {
            assert!(problems.contains("a/settings.yaml: error[file/unreadable]: cannot read the file"), "{problems}");
            assert!(problems.contains("a/x: error[file/unreadable]: cannot read the folder"), "{problems}");
        }
    }
}

#[test]
fn templates_are_read_and_their_sections_are_types() {
    let root = site(&[
        ROOT,
        ("a/settings.yaml", "title: A\nmood: quiet\nsections:\n- type: strip\n  frames: [1.jpg]\n"),
        ("templates/sections/strip.html", "x"),
        ("templates/base.html", "y"),
        ("templates/notes.md", "z"),
    ]);
    let (source, problems) = read_site(root.path());
    let source = source.expect("a site");
    let names: Vec<&str> = source.templates.iter().map(|template| template.name.as_str()).collect();
    assert_eq!(names, ["base.html", "sections/strip.html"]);
    assert!(
        problems.starts_with("templates/notes.md: warning[template/not-a-template]: ") && problems.lines().count() == 1,
        "{problems}"
    );
    let settings = &source.galleries[0].settings;
    assert!(settings.data.get("mood").is_some(), "{:?}", settings.data);
    let sections = &settings.sections.as_ref().expect("sections").value;
    assert_eq!(sections[0].data.texts(), ["1.jpg", "strip"]);
}
