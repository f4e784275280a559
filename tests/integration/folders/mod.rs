//! Folders of photos without settings: the made-up site, and the same site written down.

mod choosing;
#[cfg(unix)]
mod films;
mod gaps;
mod moving;
mod order;
mod syncing;

use std::fs;
use std::process::Command;

use crate::support::picture::seeded;
use crate::support::{Picture, Run, SiteBuilder, Tree, every_link_leads_somewhere, quadrants};

/// A folder without settings.
fn folder() -> SiteBuilder {
    let site = SiteBuilder::new();
    site.delete("settings.yaml");
    site
}

fn taken(seed: u32, time: &str) -> Picture {
    seeded(64, 48, seed).taken(time)
}

fn nested() -> SiteBuilder {
    folder()
        .photo("2024/Rome & more/b.jpg", taken(1, "2024:05:02 10:00:00"))
        .photo("2024/Rome & more/a.jpg", taken(2, "2024:05:03 10:00:00"))
        .photo("2024/Rome & more/wide.jpg", seeded(1500, 1000, 3).taken("2024:05:04 10:00:00"))
        .photo("2024/2024-07-01_Oslo/1.jpg", taken(4, "2024:07:01 10:00:00"))
        .photo("2023/1.png", quadrants(60, 40))
        .photo("2023/deep/er/2.jpg", taken(5, "2023:01:01 10:00:00"))
        .photo("loose.jpg", taken(6, "2022:01:01 10:00:00"))
        .file("site/2023/notes.txt", b"x")
        .file("site/2023/paper.pdf", b"%PDF-1.4")
        .file("site/.DS_Store", b"x")
        .file("site/empty/.DS_Store", b"x")
        .file("site/@eaDir/1.jpg", b"x")
}

#[test]
fn a_folder_builds_and_the_first_line_says_so() {
    let site = nested();
    let run = site.build();
    let first = run.stderr.lines().next().unwrap_or_default();
    assert_eq!(
        first,
        "no `settings.yaml` here: showing the folder as the site `Site` with 8 galleries; `cimaise init` writes the settings"
    );
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(run.stdout.starts_with("8 galleries, 7 photos: "), "{}", run.stdout);
    let page = site.page("2024/Rome & more/index.html");
    let at = |name: &str| page.find(name).unwrap_or_else(|| panic!("{name}: {page}"));
    assert!(page.contains("Rome &amp; more"), "{page}");
    assert!(at("href=\"b-") < at("href=\"a-"), "by time: {page}");
    assert!(site.page("2024/index.html").contains(">Oslo<"));
    assert!(site.page("photos/index.html").contains("loose"));
    assert!(!site.root().join("build/empty").exists());
    every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn the_same_folder_gives_the_same_site() {
    let (one, other) = (nested(), nested());
    one.build();
    other.build();
    one.output().assert_equal(&other.output(), "another folder");
}

#[test]
fn init_writes_down_the_site_that_was_shown() {
    let site = nested();
    site.build();
    let before = site.output();
    let said = site.run(&["init"]).success();
    assert_eq!(said.stderr, "");
    assert_eq!(
        said.stdout,
        "settings.yaml: created a site\n\
         .gitignore: git ignores the output and the cache\n\
         2023: created an index of the galleries inside\n\
         2023/deep: created an index of the galleries inside\n\
         2023/deep/er: created a gallery with 1 photo\n\
         2023/photos: created a gallery with 1 photo\n\
         2024: created an index of the galleries inside\n\
         2024/2024-07-01_Oslo: created a gallery with 1 photo\n\
         2024/Rome & more: created a gallery with 3 photos\n\
         photos: created a gallery with 1 photo\n\
         next: cimaise serve, then cimaise build\n"
    );
    let run = site.build();
    assert_eq!(run.stderr, "");
    site.output().assert_equal(&before, "the site written down");
    let text = fs::read_to_string(site.root().join("2024/Rome & more/settings.yaml")).expect("there");
    assert!(text.contains("\ntitle: \"Rome &amp; more\"\ndate: 2024-05-02\ncover: wide.jpg\n# sub_title:"), "{text}");
    assert!(text.contains("  - [b.jpg, a.jpg]\n"), "{text}");
    assert_eq!(fs::read_to_string(site.root().join(".gitignore")).expect("there"), "/build/\n/.cimaise-cache/\n");
    let root = fs::read_to_string(site.root().join("settings.yaml")).expect("there");
    assert!(root.contains("\ntitle: Site\n# sub_title:"), "{root}");
}

#[test]
fn init_again_adds_the_folders_that_are_new() {
    let site = nested();
    site.run(&["init"]).success();
    let said = site.run(&["init"]).success();
    assert_eq!(said.stdout, "nothing to do: every folder of photos in this site is a gallery\n");
    let site = site
        .photo("2024/Bern/1.jpg", taken(9, "2024:09:01 10:00:00"))
        .photo("2025/x/1.jpg", taken(8, "2025:01:01 10:00:00"));
    let before = fs::read(site.root().join("2024/settings.yaml")).expect("there");
    let said = site.run(&["init"]).success();
    assert!(
        said.stdout.starts_with(
            "2024/Bern: created a gallery with 1 photo\n2025: created an index of the galleries inside\n2025/x: created a gallery with 1 photo\n"
        ),
        "{}",
        said.stdout
    );
    assert_eq!(fs::read(site.root().join("2024/settings.yaml")).expect("there"), before, "settings stay as they are");
    assert!(fs::read_to_string(site.root().join("2025/settings.yaml")).expect("there").contains("date: 2025-01-01\n"));
    assert_eq!(site.build().stderr, "");
    // The photo beside the folders is in a gallery already.
    let site = site.photo("loose too.jpg", taken(7, "2022:02:01 10:00:00"));
    assert!(site.run(&["init"]).success().stdout.starts_with("nothing to do"));
    assert_eq!(site.run(&["sync", "-d", "photos"]).success().stdout, "photos: added 1 photo\n");
    assert!(
        fs::read_to_string(site.root().join("photos/settings.yaml")).expect("there").contains("[../loose too.jpg]")
    );
}

#[test]
fn init_inside_a_site_says_so() {
    let site = SiteBuilder::new().photo("2024/a/1.jpg", quadrants(60, 40));
    for folder in ["2024", "2024/a", "new"] {
        let said = site.run(&["init", folder, "--format", "short"]).exit(1).stderr;
        assert!(said.contains("error[site/exists]") && said.contains("is inside the site"), "{said}");
    }
    assert!(!site.root().join("2024/settings.yaml").exists());
}

#[test]
fn a_flat_folder_is_one_gallery() {
    let site = folder().photo("1.jpg", taken(1, "2024:05:02 10:00:00")).photo("2.jpg", taken(2, "2024:05:01 10:00:00"));
    let run = site.build();
    assert!(run.stdout.starts_with("1 gallery, 2 photos"), "{}", run.stdout);
    let before = site.output();
    site.run(&["init"]).success();
    let text = fs::read_to_string(site.root().join("photos/settings.yaml")).expect("there");
    assert!(text.contains("title: Site\n") && text.contains("- [../2.jpg, ../1.jpg]"), "{text}");
    site.build();
    site.output().assert_equal(&before, "the site written down");
}

#[test]
fn folders_that_were_not_meant_are_refused() {
    let site = folder().photo("photos/1.jpg", quadrants(60, 40));
    let home = |home: &str, args: &[&str]| {
        let mut command: Command = site.command(args);
        Run::new(command.env("HOME", site.root().join(home)).output().expect("runs")).exit(1).stderr
    };
    assert!(
        home("", &["build", "--format", "short"]).contains("is the home folder: cimaise does not make a site of it")
    );
    assert!(home("photos", &["build", "--format", "short"]).contains("is a folder around the home folder"));
    assert!(home("", &["init", "--format", "short"]).contains("is the home folder"));
    assert!(!site.root().join("settings.yaml").exists() && !site.root().join("build").exists());
    let said = site.run(&["build", "/", "--output", "out", "--format", "short"]).exit(1).stderr;
    assert!(said.contains("`/` is the root folder"), "{said}");
    let site = site.settings("a/deep/site/settings.yaml", "title: A site\n");
    for command in ["build", "check"] {
        let said = site.run(&[command, "--format", "short"]).exit(1).stderr;
        assert!(said.contains("`a/deep/site/settings.yaml` is inside: it is not shown as a site"), "{said}");
    }
    assert!(!site.root().join("build").exists());
}

#[test]
fn a_folder_without_photos_is_no_site() {
    let site = folder().file("site/text/notes.txt", b"x");
    let said = site.run(&["build", "--format", "short"]).exit(1).stderr;
    assert!(
        said.contains("error[site/no-settings]: the site has no `settings.yaml`, and the folder has no photos"),
        "{said}"
    );
    let said = site.run(&["init"]).success().stdout;
    assert!(
        said.ends_with("next: create a folder for each gallery, copy photos into it, then run cimaise init\n"),
        "{said}"
    );
}

#[test]
fn without_a_command_it_says_what_it_would_do() {
    let site = nested();
    let run = site.run(&[]).exit(1);
    assert_eq!(
        run.stdout,
        "This folder has no settings.yaml. cimaise can show the folder as the site `Site` with 8 galleries (7 photos):\n\n  \
         cimaise serve     show it in the browser\n  \
         cimaise build     make the website, in build\n  \
         cimaise init      write the settings, to change titles, order and texts\n\n\
         Nothing was done.\n"
    );
    assert!(!site.root().join("build").exists());
    site.run(&["init"]).success();
    assert!(site.run(&[]).success().stdout.contains("7 photos"));
}

#[test]
fn files_that_no_page_can_show_are_left_out_with_a_warning() {
    let site = folder()
        .photo("a/1.jpg", quadrants(60, 40))
        .file("site/a/broken.jpg", b"no picture")
        .file("site/a/2.avif", b"x");
    let run = site.run(&["build", "--format", "short"]).success();
    let warnings = |text: &str| text.lines().filter(|line| line.contains("warning[photo/left-out]")).count();
    assert_eq!(warnings(&run.stderr), 2, "{}", run.stderr);
    assert!(!run.stderr.contains("listed here"), "there are no settings: {}", run.stderr);
    assert!(run.stdout.contains("2 photos are on no page: `cimaise check` lists them"), "{}", run.stdout);
}

#[test]
fn a_heic_beside_its_jpeg_is_shown_once_and_the_other_is_said() {
    let site = folder()
        .photo("a/IMG_1.JPG", quadrants(60, 40))
        .file("site/a/IMG_1.HEIC", b"x")
        .photo("b/img_2.jpeg", quadrants(60, 40))
        .file("site/b/IMG_2.heif", b"x")
        .photo("c/3.png", quadrants(60, 40))
        .file("site/c/3.heic", b"x");
    let run = site.run(&["build", "--format", "short"]).success();
    let left_out: Vec<&str> = run.stderr.lines().filter(|line| line.contains("photo/left-out")).collect();
    assert!(left_out.len() == 1 && left_out[0].starts_with("c/3.heic"), "a screenshot beside a photo: {left_out:?}");
    let said = site.run(&["check"]).success().stdout;
    assert!(said.contains("a/IMG_1.HEIC") && said.contains("b/IMG_2.heif"), "{said}");
}

#[test]
fn autogen_takes_a_folder_whose_name_begins_with_a_dash() {
    let site = SiteBuilder::new().photo("-a/1.jpg", quadrants(60, 40)).settings("-a/settings.yaml", "title: A\n");
    assert_eq!(site.run(&["autogen", "-d", "-a"]).success().stdout, "-a: added 1 photo\n");
}

#[test]
fn a_raw_file_beside_its_jpeg_is_shown_once() {
    let site =
        folder().photo("a/IMG_1.jpg", quadrants(60, 40)).file("site/a/IMG_1.CR2", b"x").file("site/a/img_1.MOV", b"x");
    let run = site.run(&["build", "--format", "short"]).success();
    assert!(run.stdout.starts_with("1 gallery, 1 photo:"), "{}", run.stdout);
    let said = site.run(&["check"]).success().stdout;
    assert!(said.ends_with("2 photos are on no page:\n  a/IMG_1.CR2\n  a/img_1.MOV\n"), "{said}");
}

#[test]
fn a_photo_of_which_most_is_missing_is_left_out_with_a_warning() {
    let site = folder().photo("a/1.jpg", quadrants(320, 240)).photo("a/2.jpg", quadrants(320, 240));
    let bytes = fs::read(site.root().join("a/2.jpg")).expect("a photo");
    site.write("a/2.jpg", &bytes[..bytes.len() / 5]);
    let run = site.run(&["build", "--format", "short"]).exit(0);
    assert!(run.stderr.contains("a/2.jpg: warning[photo/left-out]"), "{}", run.stderr);
    let page = site.page("a/index.html");
    assert!(page.contains("\"1-") && !page.contains("\"2-"), "{page}");
}
