//! Folders of photos without settings: the made-up site, and the same site written down.

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
        "no `settings.yaml` here: showing the folder as the site `site` with 8 galleries; `cimaise init` writes the settings"
    );
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(run.stdout.starts_with("8 galleries, 7 photos: "), "{}", run.stdout);
    let page = site.page("2024/Rome & more/index.html");
    let at = |name: &str| page.find(name).unwrap_or_else(|| panic!("{name}: {page}"));
    assert!(page.contains("Rome &amp; more"), "{page}");
    assert!(at("href=\"b-") < at("href=\"a-"), "by time: {page}");
    assert!(site.page("2024/index.html").contains("2024-07-01 Oslo"));
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
    assert!(root.contains("\ntitle: site\n# sub_title:"), "{root}");
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
    assert!(text.contains("title: site\n") && text.contains("- [../2.jpg, ../1.jpg]"), "{text}");
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
        "This folder has no settings.yaml. cimaise can show the folder as the site `site` with 8 galleries (7 photos and videos):\n\n  \
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
    assert!(run.stdout.contains("2 photos are on no page: `cimaise check` lists them"), "{}", run.stdout);
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

mod gaps {
    use super::*;

    fn gallery(settings: &str) -> SiteBuilder {
        SiteBuilder::new()
            .settings("a/settings.yaml", settings)
            .photo("a/2.jpg", taken(1, "2024:05:01 10:00:00"))
            .photo("a/1.jpg", taken(2, "2024:05:02 10:00:00"))
    }

    #[test]
    fn a_gallery_without_sections_shows_its_photos() {
        let site = gallery("title: A\n");
        let run = site.build();
        assert_eq!(
            run.stderr,
            "showing all photos of the gallery without `sections`: `a` (2); `sections: []` shows none\n"
        );
        assert!(run.stdout.starts_with("1 gallery, 2 photos"), "{}", run.stdout);
        let page = site.page("a/index.html");
        let at = |name| page.find(name).unwrap_or_else(|| panic!("{name}: {page}"));
        assert!(at("href=\"2-") < at("href=\"1-"), "by time: {page}");
        let site = gallery("title: A\ncover: 1.jpg\nsections: []\n");
        assert!(!site.build().stderr.contains("showing"));
        assert!(!site.page("a/index.html").contains("<img"), "{}", site.page("a/index.html"));
    }

    #[test]
    fn static_pages_and_sites_of_other_programs_show_only_what_they_name() {
        let empty = |site: &SiteBuilder| {
            let run = site.build();
            assert!(!run.stderr.contains("showing"), "{}", run.stderr);
            assert!(!site.output().0.keys().any(|path| path.contains("/2-")), "{:?}", site.output().0.keys());
        };
        let settings = "title: A\ncover: 1.jpg\n";
        empty(&gallery(&format!("{settings}static: true\n")));
        empty(&gallery(settings).file("site/.recitale_cache", b"{}"));
        empty(&gallery(settings).file("site/.prosopopee_cache", b"{}"));
        empty(&gallery(settings).file("site/.gitignore", b"build\n.recitale_cache\n"));
        empty(&gallery(settings).file("site/templates/readme.txt", b"x"));
        empty(&gallery(settings).settings("settings.yaml", "title: S\nsettings: {gm: {quality: 80}}\n"));
        let said = gallery("title: A\n")
            .file("site/.recitale_cache", b"{}")
            .run(&["build", "--format", "short"])
            .exit(1)
            .stderr;
        assert!(said.contains("error[gallery/no-cover]"), "{said}");
    }

    #[test]
    fn a_gallery_without_cover_takes_one_of_its_own() {
        let sections = "sections:\n- {type: bordered-picture, image: 1.jpg}\n";
        let site = gallery(&format!("title: A\n{sections}"));
        assert_eq!(site.build().stderr, "");
        assert!(site.page("index.html").contains("a/1-"), "{}", site.page("index.html"));
        let site = gallery("title: A\nsections:\n- {type: text, text: Words}\n");
        assert_eq!(site.build().stderr, "");
        assert!(site.page("index.html").contains("a/2-"), "{}", site.page("index.html"));
    }

    #[test]
    fn no_protected_photo_becomes_a_cover_by_itself() {
        let said = gallery("title: A\npassword: open sesame\n").run(&["build", "--format", "short"]).exit(1).stderr;
        assert!(said.contains("error[gallery/no-cover]"), "{said}");
    }

    #[test]
    fn what_no_page_shows_is_counted_and_listed() {
        let site = gallery("title: A\ncover: 1.jpg\nsections:\n- {type: bordered-picture, image: 1.jpg}\n")
            .photo("spare/1.jpg", seeded(64, 48, 7))
            .photo("spare/2.jpg", seeded(64, 48, 8))
            .photo("static/logo.png", quadrants(60, 40))
            .photo("logo.png", quadrants(60, 40));
        let run = site.build();
        assert!(
            run.stdout.contains("\n2 photos and 1 folder of photos are on no page: `cimaise check` lists them\n"),
            "{}",
            run.stdout
        );
        let said = site.run(&["check"]).success().stdout;
        assert!(
            said.ends_with(
                "\n2 photos and 1 folder of photos are on no page:\n  a/2.jpg\n  logo.png\n  spare/ (2 photos)\n"
            ) || said.ends_with(
                "\n2 photos and 1 folder of photos are on no page:\n  logo.png\n  a/2.jpg\n  spare/ (2 photos)\n"
            ),
            "{said}"
        );
    }
}

mod choosing {
    use super::*;

    const NAMES: &str = "xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'";

    fn sidecar(rating: i8, keyword: &str) -> Vec<u8> {
        let bag = format!("<dc:subject><rdf:Bag><rdf:li>{keyword}</rdf:li></rdf:Bag></dc:subject>");
        format!(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
             <rdf:Description {NAMES} xmp:Rating='{rating}'>{bag}</rdf:Description></rdf:RDF></x:xmpmeta>"
        )
        .into_bytes()
    }

    fn rated() -> SiteBuilder {
        SiteBuilder::new()
            .settings("a/settings.yaml", "title: A\n")
            .photo("a/1.jpg", taken(1, "2024:05:01 10:00:00"))
            .photo("a/2.jpg", taken(2, "2024:05:02 10:00:00"))
            .photo("a/3.jpg", taken(3, "2024:05:03 10:00:00"))
            .file("site/a/1.xmp", &sidecar(5, "Holiday"))
            .file("site/a/2.jpg.xmp", &sidecar(3, "work"))
            .file("site/a/3.xmp", &sidecar(-1, "holiday"))
    }

    fn text(site: &SiteBuilder) -> String {
        fs::read_to_string(site.root().join("a/settings.yaml")).expect("there")
    }

    #[test]
    fn stars_and_keywords_choose_what_enters() {
        let site = rated();
        assert_eq!(site.run(&["autogen", "-d", "a", "--min-rating", "4"]).success().stdout, "a: added 1 photo\n");
        assert!(text(&site).contains("- [1.jpg]"), "{}", text(&site));
        assert_eq!(site.run(&["sync", "-d", "a", "--keyword", "WORK"]).success().stdout, "a: added 1 photo\n");
        assert!(text(&site).contains("- [2.jpg]"), "{}", text(&site));
        // A rejected photo enters only if its author names it.
        assert_eq!(site.run(&["sync", "-d", "a"]).success().stdout, "a: unchanged: no new photos\n");
        let site = rated();
        let said = site.run(&["autogen", "-d", "a", "--keyword", "none", "--keyword", "holiday"]).success().stdout;
        assert_eq!(said, "a: added 1 photo\n");
        let said = rated().run(&["autogen", "-d", "a", "--keyword", "sea"]).success().stdout;
        assert_eq!(said, "a: unchanged: the folder contains no photo with these stars and keywords\n");
        assert!(rated().run(&["autogen", "-d", "a", "--min-rating", "6"]).exit(2).stderr.contains("6"));
    }
}

mod syncing {
    use super::*;

    fn text(site: &SiteBuilder) -> String {
        fs::read_to_string(site.root().join("a/settings.yaml")).expect("there")
    }

    const TEXT: &str = "title: A # mine\ncover: '1.jpg'\nsections:\n- type: pictures-group\n  images:\n  - [1.jpg, 3.jpg]   # two\n  - [5.jpg]\n- {type: bordered-picture, image: {name: \"1.jpg\", text: 1.jpg}}\n";

    fn site() -> SiteBuilder {
        let day = |day: u32| taken(day, &format!("2024:05:0{day} 10:00:00"));
        let site = SiteBuilder::new().settings("a/settings.yaml", TEXT);
        site.photo("a/1.jpg", day(1)).photo("a/3.jpg", day(3)).photo("a/5.jpg", day(5))
    }

    #[test]
    fn a_renamed_photo_is_recognised_and_its_name_corrected() {
        let site = site();
        // The ledger does not trust files that changed a moment before.
        std::thread::sleep(std::time::Duration::from_millis(2100));
        site.build();
        fs::rename(site.root().join("a/1.jpg"), site.root().join("a/first one.jpg")).expect("renamed");
        assert!(site.run(&["build", "--format", "short"]).exit(1).stderr.contains("file `1.jpg` not found"));
        let site = site.photo("a/2.jpg", taken(2, "2024:05:02 10:00:00"));
        let run = site.run(&["sync", "--all"]).success();
        assert_eq!(
            (run.stdout.as_str(), run.stderr.as_str()),
            ("a: corrected the names of 1 renamed file, added 1 photo\n", "")
        );
        let expected = TEXT
            .replace("'1.jpg'", "'first one.jpg'")
            .replace("[1.jpg, ", "[first one.jpg, ")
            .replace("\"1.jpg\"", "\"first one.jpg\"");
        assert_eq!(text(&site), format!("{expected}- type: pictures-group\n  images:\n  - [2.jpg]\n"));
        site.build();
        assert_eq!(site.run(&["sync", "--all"]).success().stdout, "a: unchanged: no new photos\n");
    }

    #[test]
    fn new_photos_go_to_their_place_by_time_on_request() {
        let site = site()
            .photo("a/4.jpg", taken(4, "2024:05:04 10:00:00"))
            .photo("a/6.jpg", taken(6, "2024:05:06 10:00:00"))
            .photo("a/0.jpg", taken(9, "2024:04:01 10:00:00"));
        assert_eq!(site.run(&["sync", "-d", "a", "--by-time"]).success().stdout, "a: added 3 photos\n");
        let expected = TEXT
            .replace("  - [1.jpg", "  - [0.jpg]\n  - [1.jpg")
            .replace("# two\n", "# two\n  - [4.jpg]\n")
            .replace("  - [5.jpg]\n", "  - [5.jpg]\n  - [6.jpg]\n");
        assert_eq!(text(&site), expected);
        site.build();
    }
}

#[cfg(unix)]
mod films {
    use super::*;
    use crate::videos::ffmpeg;

    #[test]
    fn videos_are_among_the_photos() {
        let list = Command::new("ffmpeg").args(["-v", "error", "-encoders"]).output();
        if !list.is_ok_and(|list| String::from_utf8_lossy(&list.stdout).contains("libx264")) {
            println!("skipped: there is no ffmpeg here with libx264");
            return;
        }
        let site = folder().photo("a/1.jpg", taken(1, "2024:05:01 10:00:00"));
        let clip = site.root().join("a/VID_20240502_101010.mp4");
        ffmpeg(
            &site.root().join("a"),
            "-f lavfi -i testsrc=d=1:s=64x48:r=5 -pix_fmt yuv420p -c:v libx264 VID_20240502_101010.mp4",
        );
        let run = site.build();
        assert!(run.stdout.starts_with("1 gallery, 1 photo, 1 video"), "{}", run.stdout);
        let before: Tree = site.output();
        let said = site.run(&["init"]).success().stdout;
        assert!(said.contains("a: created a gallery with 1 photo, 1 video\n"), "{said}");
        site.build();
        site.output().assert_equal(&before, "the site written down");
        let site = site.photo("a/2.jpg", taken(2, "2024:05:03 10:00:00"));
        fs::copy(&clip, site.root().join("a/other.mp4")).expect("copied");
        assert_eq!(site.run(&["sync", "--all"]).success().stdout, "a: added 1 photo, 1 video\n");
    }

    #[test]
    fn without_ffmpeg_videos_are_left_out_with_a_warning() {
        let site = folder().photo("a/1.jpg", quadrants(60, 40)).file("site/a/film.mp4", b"x");
        let mut command = site.command(&["build", "--format", "short"]);
        let run = Run::new(command.env("PATH", "/nowhere").output().expect("runs")).exit(0);
        assert!(run.stderr.contains("warning[video/no-ffmpeg]: leaving out 1 video"), "{}", run.stderr);
    }
}
