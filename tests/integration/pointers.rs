//! Files that version control has not fetched: pointers of Git LFS and git-annex.

use crate::support::{SiteBuilder, quadrants};

const OID: &str = "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";

fn gallery() -> SiteBuilder {
    SiteBuilder::new().photo("a/1.jpg", quadrants(60, 40)).settings(
        "a/settings.yaml",
        "title: A\ncover: 1.jpg\nsections:\n- type: pictures-group\n  images: [[1.jpg, 2.heic, 3.jpg]]\n\
         - type: audio\n  image: a.mp3\n",
    )
}

#[test]
fn pointers_are_named_whatever_the_file_should_be() {
    let lfs = format!("version https://git-lfs.github.com/spec/v1\n{OID}");
    let site = gallery()
        .file("site/a/2.heic", lfs.as_bytes())
        .file("site/a/3.jpg", format!("version https://hawser.github.com/spec/v1\n{OID}").as_bytes())
        .file("site/a/a.mp3", b"/annex/objects/SHA256E-s31390--f50d7ac4.mp3\n")
        .file("site/static/b.pdf", lfs.replace("v1\n", "v1\next-0-x sha256:00\n").as_bytes());
    let said = site.run(&["build", "--format", "short"]).exit(1).stderr;
    for (file, program, cure) in [
        ("a/2.heic", "Git LFS", "git lfs pull"),
        ("a/3.jpg", "Git LFS", "git lfs pull"),
        ("a/a.mp3", "git-annex", "git annex get"),
        ("static/b.pdf", "Git LFS", "git lfs pull"),
    ] {
        let line = said.lines().find(|line| line.starts_with(file)).unwrap_or_else(|| panic!("{file}: {said}"));
        assert!(line.contains(&format!("error[file/not-fetched]: the file is a pointer of {program}")), "{line}");
        assert!(line.contains(cure), "{line}");
    }
    assert!(!site.root().join("build/index.html").exists());
}

#[test]
fn a_photo_that_is_fetched_later_is_read() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    site.write("a/1.jpg", format!("version https://git-lfs.github.com/spec/v1\n{OID}").as_bytes());
    site.run(&["build"]).exit(1);
    site.photo("a/1.jpg", quadrants(60, 40)).build();
}

#[test]
fn texts_about_pointers_are_no_pointers() {
    let notes = b"Our photos: version https://git-lfs.github.com/spec/v1";
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]).file("site/static/notes.txt", notes);
    site.build();
}

#[test]
fn a_story_is_not_written_without_what_was_not_fetched() {
    let site = SiteBuilder::new().settings("a/settings.yaml", "title: A\n").photo("a/1.jpg", quadrants(60, 40));
    site.write("a/2.jpg", format!("version https://git-lfs.github.com/spec/v1\n{OID}").as_bytes());
    let said = site.run(&["autogen", "-d", "a"]).exit(1).stderr;
    assert!(said.contains("file/not-fetched"), "{said}");
}
