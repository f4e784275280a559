//! The output folder.

use std::fs;

use crate::support::picture::seeded;
use crate::support::{SiteBuilder, quadrants};

fn site() -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.png", quadrants(64, 48))])
}

#[test]
fn a_foreign_folder_is_refused_before_any_work_is_done() {
    let site = site();
    site.write("build/precious.txt", b"mine");
    let run = site.run(&["build"]).exit(1);
    assert!(run.stderr.contains("help: ") && run.stderr.contains("--output"), "{}", run.stderr);
    assert_eq!(site.output().paths(), ["precious.txt"]);
}

#[test]
fn foreign_files_in_our_folder_are_left_alone() {
    let site = site();
    site.build();
    site.write("build/CNAME", b"example.org");
    site.write("build/a/notes/x.txt", b"mine");
    site.delete("a");
    let site = site.photo("b/1.png", quadrants(64, 48)).settings("b/settings.yaml", "title: B\ncover: 1.png\n");
    site.build();
    let output = site.output();
    assert!(output.0.contains_key("CNAME") && output.0.contains_key("a/notes/x.txt"));
    assert!(
        !output.paths().iter().any(|path| path.starts_with("a/1-") || *path == "a/index.html"),
        "{:?}",
        output.paths()
    );
}

#[test]
fn the_site_itself_is_no_output_folder() {
    let site = site();
    for output in [".", "a", ".."] {
        site.run(&["build", "--output", output]).exit(1);
    }
    assert!(!site.root().join("index.html").exists());
    assert!(!site.root().join("a/index.html").exists());
}

#[test]
fn originals_are_never_written_to() {
    let site = site();
    let path = site.root().join("a/1.png");
    let mut read_only = fs::metadata(&path).expect("a photo").permissions();
    read_only.set_readonly(true);
    fs::set_permissions(&path, read_only).expect("set");
    let before = crate::support::Tree::read(&site.root().join("a"));
    site.build();
    crate::support::Tree::read(&site.root().join("a")).assert_equal(&before, "originals");
}

#[test]
fn the_output_folder_does_not_list_private_galleries() {
    let site = site().photo("hidden-wedding/1.png", quadrants(30, 30)).settings(
        "hidden-wedding/settings.yaml",
        "title: Secret\npublic: false\nsections:\n- type: bordered-picture\n  image: 1.png\n",
    );
    site.build();
    for (path, bytes) in &site.output().0 {
        if !path.starts_with("hidden-wedding/") {
            assert!(!String::from_utf8_lossy(bytes).contains("hidden-wedding"), "{path}");
        }
    }
    assert!(site.page("hidden-wedding/index.html").contains("Secret"));
}

#[cfg(unix)]
#[test]
fn no_permission_is_exit_code_3() {
    use std::os::unix::fs::PermissionsExt;
    let site = site();
    fs::set_permissions(site.root(), fs::Permissions::from_mode(0o555)).expect("set");
    let writable = fs::write(site.root().join("probe"), b"").is_ok();
    let run = site.run(&["build"]);
    fs::set_permissions(site.root(), fs::Permissions::from_mode(0o755)).expect("set");
    // The superuser may write anywhere, so there is no error to test.
    if !writable {
        let run = run.exit(3);
        assert!(run.stderr.contains("ermission"), "{}", run.stderr);
        assert!(run.stderr.contains("--cache-dir") && run.stderr.contains("chmod u+rwX"), "{}", run.stderr);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_exit_code_3() {
    let site = site();
    let run = site.run(&["build", "--cache-dir", "/dev/full/cache"]).exit(3);
    assert!(run.stderr.contains("]: cannot "), "{}", run.stderr);
}

#[test]
fn an_edited_output_is_repaired() {
    let site = site();
    site.build();
    let before = site.output();
    let photo = before.only("a/1-", "-64x48.jpg").to_owned();
    for path in [photo.as_str(), "index.html"] {
        fs::write(site.root().join("build").join(path), b"scribbled").expect("written");
    }
    site.build();
    site.output().assert_equal(&before, "after editing");
}

#[cfg(unix)]
#[test]
fn a_run_that_waited_does_not_publish_what_its_author_has_changed_meanwhile() {
    use std::io::{BufRead, BufReader, Read};
    let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(64, 48, 1))]);
    site.build();
    let before = site.output();
    let folder = std::fs::File::open(site.root().join("build")).expect("a folder");
    folder.lock().expect("locked");
    let mut waiting = site.command(&["build"]).stderr(std::process::Stdio::piped()).spawn().expect("started");
    let mut said = BufReader::new(waiting.stderr.take().expect("piped"));
    let mut line = String::new();
    while !line.contains("waiting for another run") {
        line.clear();
        assert!(said.read_line(&mut line).expect("read") > 0, "it did not wait");
    }
    let settings = std::fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
    site.write("a/settings.yaml", format!("{settings}password: lantern gravel oboe thirty maple\n").as_bytes());
    folder.unlock().expect("unlocked");
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("read");
    assert_eq!(waiting.wait().expect("ended").code(), Some(1));
    assert!(rest.contains("a/settings.yaml: error[file/changed]: the file changed during the build"), "{rest}");
    site.output().assert_equal(&before, "nothing is published");
    site.build();
    assert!(!site.page("a/index.html").contains("<img"));
}

#[test]
fn a_picture_in_static_may_be_named_by_a_page_as_well() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(64, 48, 1))])
        .photo("static/logo.jpg", seeded(20, 20, 2).located())
        .settings(
            "b/settings.yaml",
            "title: B\npublic: false\nsections:\n- {type: html, html: '<img src=\"../static/logo.jpg\">'}\n",
        );
    site.run(&["check"]).success();
    site.build();
    let published = std::fs::read(site.root().join("build/static/logo.jpg")).expect("there");
    let source = std::fs::read(site.root().join("static/logo.jpg")).expect("there");
    assert!(published != source && !published.windows(4).any(|bytes| bytes == b"Exif"));
}

#[test]
fn names_that_are_cimaises_own_are_refused() {
    for name in [".cimaise-tmp-1-2-3", ".cimaise-manifest"] {
        let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(64, 48, 1))]).file("site/notes/x.txt", b"x");
        let settings = std::fs::read_to_string(site.root().join("settings.yaml")).expect("there");
        site.write("settings.yaml", format!("{settings}include: [{name}]\n").as_bytes());
        site.write(name, b"mine");
        let run = site.run(&["build"]).exit(1);
        assert!(run.stderr.contains("is reserved for cimaise"), "{}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn the_time_of_an_original_that_somebody_links_into_the_output_stays() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(64, 48, 1))]);
    site.build();
    let tree = site.output();
    let picture = tree.paths().into_iter().find(|path| path.ends_with(".jpg")).expect("a picture");
    let picture = site.root().join("build").join(picture);
    let original = site.root().join("original.jpg");
    std::fs::copy(&picture, &original).expect("copied");
    let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    std::fs::File::options().write(true).open(&original).expect("there").set_modified(time).expect("set");
    std::fs::remove_file(&picture).expect("removed");
    std::fs::hard_link(&original, &picture).expect("linked");
    site.build();
    assert_eq!(std::fs::metadata(&original).expect("there").modified().expect("known"), time);
    site.output().assert_equal(&tree, "the same site");
}
