//! Files that cannot be read, and files that must not be read.

use std::fs;

use crate::support::{SiteBuilder, quadrants};

fn site() -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))])
        .photo("b/2.png", quadrants(30, 40))
        .settings("b/settings.yaml", "title: B\ncover: 2.png\n")
}

/// Asserts that a build fails with this message, and leaves the output unchanged.
#[cfg(unix)]
fn fails_and_keeps_the_output(site: &SiteBuilder, said: &str) {
    let before = site.output();
    for command in ["check", "build"] {
        let run = site.run(&[command, "--format", "short"]).exit(1);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    site.output().assert_equal(&before, "output");
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn settings_that_cannot_be_read_never_make_a_gallery_vanish() {
        let site = site();
        site.build();
        let settings = site.root().join("b/settings.yaml");
        for (target, why) in [("gone.yaml", "broken link"), ("/etc/hostname", "a link out of the site")] {
            fs::remove_file(&settings).expect("removed");
            symlink(target, &settings).expect("linked");
            fails_and_keeps_the_output(&site, &format!("b/settings.yaml: error[file/unusable]: {why}"));
        }
        fs::remove_file(&settings).expect("removed");
        fs::create_dir(&settings).expect("made");
        fails_and_keeps_the_output(
            &site,
            "b/settings.yaml: error[file/unusable]: expected a regular file, found a folder",
        );
        assert!(site.root().join("build/b/index.html").exists());
    }

    #[test]
    fn a_gallery_on_a_disk_that_is_not_mounted_stays_published() {
        let site = site().settings("settings.yaml", "title: S\nsettings: {follow_links: true}\n");
        let disk = site.root().join("../usb");
        fs::rename(site.root().join("b"), &disk).expect("moved");
        symlink("../usb", site.root().join("b")).expect("linked");
        symlink("/nowhere/at/all", site.root().join("notes")).expect("linked");
        let run = site.run(&["build", "--format", "short"]).success();
        assert!(run.stderr.contains("\nnotes: warning[file/unusable]: broken link"), "{}", run.stderr);
        fs::rename(&disk, site.root().join("../unmounted")).expect("moved");
        fails_and_keeps_the_output(&site, "b: error[file/unusable]: broken link");
        // The link itself is removed, and the gallery with it.
        fs::remove_file(site.root().join("b")).expect("removed");
        site.build();
        assert!(!site.root().join("build/b").exists());
    }

    #[test]
    fn no_command_replaces_settings_that_are_elsewhere() {
        let site = site();
        let settings = site.root().join("c/settings.yaml");
        site.write("c/3.png", &quadrants(20, 20).encode("png"));
        symlink("/mnt/usb/settings.yaml", &settings).expect("linked");
        let run = site.run(&["autogen", "-d", "c", "--format", "short"]).exit(1);
        assert!(run.stderr.contains("c/settings.yaml: error[file/unusable]: broken link"), "{}", run.stderr);
        assert!(fs::symlink_metadata(&settings).expect("there").is_symlink());
        site.delete("settings.yaml");
        site.run(&["init"]).success();
        assert!(fs::symlink_metadata(&settings).expect("there").is_symlink());
    }

    #[test]
    fn a_fifo_is_named_as_what_it_is_and_holds_nobody_up() {
        let story =
            "title: A\ncover: 1.png\nsections:\n- {type: bordered-picture, image: {name: v.mp4, type: video}}\n";
        let site = site().settings("a/settings.yaml", story).file("site/static/x.txt", b"x");
        for name in ["a/v.mp4", "static/pipe"] {
            let made = std::process::Command::new("mkfifo").arg(site.root().join(name)).status().expect("it runs");
            assert!(made.success());
        }
        let run = site.run(&["build", "--format", "short"]).exit(1);
        let named = "error[file/invalid-path]: cannot use `v.mp4`: expected a regular file, found a FIFO";
        assert!(run.stderr.contains(named), "{}", run.stderr);
        assert!(
            run.stderr.contains("static/pipe: warning[file/unusable]: expected a regular file, found a FIFO"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn an_emptied_folder_is_an_error_and_a_removed_one_a_wish() {
    let site = site();
    site.build();
    site.delete("b/2.png");
    site.delete("b/settings.yaml");
    let run = site.run(&["build", "--format", "short"]).exit(1);
    assert!(run.stderr.starts_with("b: error[gallery/not-mounted]: the folder is empty"), "{}", run.stderr);
    assert!(site.root().join("build/b/index.html").exists());
    site.write("b/notes.txt", b"x");
    let run = site.run(&["build", "--format", "short"]).success();
    assert!(
        run.stderr.starts_with("b: warning[gallery/removed]: the folder was a gallery in the last build"),
        "{}",
        run.stderr
    );
    assert!(!site.root().join("build/b").exists());
    assert_eq!(site.run(&["build", "--format", "short"]).success().stderr, "");
}

#[test]
fn deleted_and_hidden_photos_are_named_by_no_command() {
    let photos = [".trashed-1799999999-2.png", ".pending-1799999999-3.png", ".4.png", "@eaDir/5.png", "._1.png"];
    let site = photos.iter().fold(SiteBuilder::new().photo("a/1.png", quadrants(40, 30)), |site, name| {
        site.photo(&format!("a/{name}"), quadrants(30, 40))
    });
    let site = site.photo("#recycle/6.png", quadrants(9, 9)).photo(".private/7.png", quadrants(9, 9));
    site.delete("settings.yaml");
    let named = |site: &SiteBuilder| fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
    site.run(&["init"]).success();
    assert!(named(&site).contains("[1.png]") && named(&site).matches(".png").count() == 2, "{}", named(&site));
    assert!(!site.root().join("#recycle/settings.yaml").exists());
    site.run(&["autogen", "-d", "a", "--force"]).success();
    assert_eq!(named(&site).matches(".png").count(), 2, "{}", named(&site));
    let run = site.run(&["sync", "--all"]).success();
    assert!(run.stdout.contains("no new photos") && run.stderr.is_empty(), "{}{}", run.stdout, run.stderr);
    site.build();
    assert_eq!(site.output().0.keys().filter(|path| path.contains("trashed")).count(), 0);
}

#[test]
fn an_author_may_name_a_deleted_photo_and_is_warned() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30)), (".trashed-1-2.png", quadrants(30, 40))]);
    let run = site.run(&["build", "--format", "short"]).success();
    let warning = "warning[file/leftover]: `.trashed-1-2.png` is a file that was deleted, and is published";
    assert_eq!(run.stderr.matches(warning).count(), 1, "{}", run.stderr);
}

#[test]
fn what_systems_leave_in_published_folders_is_left_out() {
    let mut site = site().settings("settings.yaml", "title: S\ninclude: [docs, docs/.trashed-1-b.txt]\n");
    for file in ["Thumbs.db", ".DS_Store", "._x", ".trashed-1-x.jpg", "__MACOSX/x", ".htaccess", "x.txt"] {
        site = site.file(&format!("site/static/{file}"), b"x");
    }
    for file in ["desktop.ini", "@eaDir/a.txt", "a.txt", ".trashed-1-b.txt", ".trashed-2-c.txt"] {
        site = site.file(&format!("site/docs/{file}"), b"x");
    }
    let run = site.run(&["build", "--format", "short"]).success();
    assert!(run.stderr.contains("`.trashed-1-b.txt` is a file that was deleted"), "{}", run.stderr);
    let output = site.output();
    let published: Vec<_> = output.0.keys().filter(|path| path.starts_with("docs/")).collect();
    assert_eq!(published, ["docs/.trashed-1-b.txt", "docs/a.txt"]);
    for (file, stays) in [
        (".htaccess", true),
        ("x.txt", true),
        ("Thumbs.db", false),
        (".DS_Store", false),
        ("._x", false),
        (".trashed-1-x.jpg", false),
        ("__MACOSX/x", false),
    ] {
        assert_eq!(output.0.contains_key(&format!("static/{file}")), stays, "{file}");
    }
}

#[cfg(unix)]
#[test]
fn names_with_control_characters_never_make_settings_that_are_refused() {
    let site = SiteBuilder::new()
        .photo("a\u{7}\nb/1.png", quadrants(40, 30))
        .photo("a\u{7}\nb/2\u{1b}[1m.png", quadrants(30, 40));
    site.delete("settings.yaml");
    let run = site.run(&["init", "--format", "short"]).success();
    assert!(run.stderr.contains("leaving out this file: its name holds a control character"), "{}", run.stderr);
    assert!(!(run.stdout.clone() + &run.stderr).contains(['\u{7}', '\u{1b}']), "{}", run.stdout);
    site.build();
    assert!(site.page("a\u{7}\nb/index.html").contains("A  b"));
}

#[test]
fn names_of_folders_become_titles_and_no_markup() {
    let folder = "<img src=x onerror=alert(1)> & co: #1";
    let site = SiteBuilder::new().photo(&format!("{folder}/1.png"), quadrants(40, 30));
    site.delete("settings.yaml");
    site.run(&["init"]).success();
    site.build();
    for page in ["index.html".to_owned(), format!("{folder}/index.html")] {
        let page = site.page(&page);
        assert!(!page.contains("<img src=x"), "{page}");
        assert!(page.contains("&lt;img src=x onerror=alert(1)&gt; &amp; co: #1"), "{page}");
    }
}
