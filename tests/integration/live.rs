//! `cimaise serve`: the site while it is written.

use std::fs;
use std::time::{Duration, Instant};

use crate::support::http::Answer;
use crate::support::server::ServedSite;
use crate::support::{SiteBuilder, quadrants};

const SCRIPT: &str = "<script src=\"/.cimaise/live.js\" data-snapshot=\"";

fn serve(site: SiteBuilder) -> ServedSite {
    let command = site.command(&["serve", "-p", "0"]);
    ServedSite::of(site, command)
}

/// Asks for a path until the answer is as expected.
fn until(server: &ServedSite, path: &str, expected: impl Fn(&Answer) -> bool) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = server.get(path, "");
        if expected(&answer) {
            return answer;
        }
        let text = answer.text();
        assert!(begun.elapsed() < Duration::from_secs(60), "{path} is still {}: {text}", answer.status);
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until nothing is left to do.
fn idle(server: &ServedSite) {
    until(server, "/.cimaise/state", |answer| answer.text().contains("\"idle\":true"));
}

/// Removes the element that the preview adds.
fn without_script(page: &str) -> String {
    let Some(at) = page.find(SCRIPT) else { return page.to_owned() };
    let end = page[at..].find("</script>").expect("an end") + at + "</script>".len();
    format!("{}{}", &page[..at], &page[end..])
}

#[test]
fn a_site_that_was_never_built_is_shown_and_the_output_stays_away() {
    let server = serve(SiteBuilder::gallery_of(&[("1.jpg", quadrants(640, 480)), ("2.png", quadrants(60, 40))]));
    let page = server.get("/a/", "");
    assert_eq!(page.status, 200);
    assert_eq!(page.text().matches(SCRIPT).count(), 1, "{}", page.text());
    let picture = page.text().split('"').find(|link| link.ends_with("-640x480.jpg")).expect("a link").to_owned();
    let picture = server.get(&format!("/a/{}", picture.trim_start_matches("../a/")), "");
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/jpeg")));
    assert!(picture.body.starts_with(&[0xff, 0xd8]));
    assert_eq!(server.get("/a", "").status, 301);
    assert_eq!(server.get("/nothing/", "").status, 404);
    assert!(!server.site.root().join("build").exists());
}

#[test]
fn the_served_site_is_the_built_one_and_the_build_finds_its_pictures() {
    let photos = [("1.jpg", quadrants(640, 480)), ("2.jpg", quadrants(480, 640)), ("3.png", quadrants(60, 40))];
    let server = serve(SiteBuilder::gallery_of(&photos).settings("locked/settings.yaml", LOCKED));
    fs::create_dir_all(server.site.root().join("static")).expect("made");
    server.site.write("static/robots.txt", b"User-agent: *\n");
    server.site.write("locked/1.jpg", &quadrants(320, 240).encode("jpg"));
    until(&server, "/robots.txt", |answer| answer.status == 200);
    until(&server, "/locked/", |answer| answer.status == 200);
    idle(&server);
    let built = server.site.build();
    assert_eq!(built.made_and_reused().0, 0, "the build renders nothing");
    let output = server.site.output();
    let mut compared = 0;
    for path in output.paths().into_iter().filter(|path| !path.ends_with(".cimaise-manifest")) {
        let url = path.strip_suffix("index.html").unwrap_or(path);
        let served = server.get(&format!("/{url}"), "");
        let bytes = fs::read(server.site.root().join("build").join(path)).expect("a file");
        match path.ends_with(".html") {
            true => assert_eq!(without_script(&served.text()), String::from_utf8_lossy(&bytes), "{path}"),
            false => assert!(served.body == bytes, "{path} differs"),
        }
        compared += 1;
    }
    assert!(compared > 15, "{compared}");
}

const LOCKED: &str =
    "title: Locked\npassword: a long password\ncover: 1.jpg\nsections:\n- {type: bordered-picture, image: 1.jpg}\n";

#[test]
fn a_save_shows_and_a_mistake_leaves_the_last_good_page() {
    let server = serve(SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 48))]));
    let file = server.site.root().join("a/settings.yaml");
    let text = fs::read_to_string(&file).expect("settings");
    until(&server, "/a/", |answer| answer.status == 200);
    fs::write(&file, format!("{text}- {{type: text, text: A new text}}\n")).expect("written");
    until(&server, "/a/", |answer| answer.text().contains("A new text"));
    fs::write(&file, "title: [\n").expect("written");
    let state = until(&server, "/.cimaise/state", |answer| answer.text().contains("settings.yaml:"));
    assert!(state.text().contains("error["), "{}", state.text());
    assert!(server.get("/a/", "").text().contains("A new text"));
    fs::write(&file, &text).expect("written");
    until(&server, "/a/", |answer| !answer.text().contains("A new text"));
    until(&server, "/.cimaise/state", |answer| answer.text().contains("\"problems\":null"));
}

#[test]
fn photos_that_change_appear_disappear_and_break_are_followed() {
    let server = serve(SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 48)), ("2.jpg", quadrants(48, 64))]));
    let first = until(&server, "/a/", |answer| answer.status == 200).text();
    server.site.write("a/1.jpg", &quadrants(80, 48).encode("jpg"));
    let second = until(&server, "/a/", |answer| answer.text().contains("-80x48.jpg"));
    assert!(!first.contains("-80x48.jpg") && second.text().contains("-48x64.jpg"));
    fs::remove_file(server.site.root().join("a/2.jpg")).expect("removed");
    until(&server, "/.cimaise/state", |answer| answer.text().contains("2.jpg"));
    assert!(server.get("/a/", "").text().contains("-48x64.jpg"), "the last good page stays");
    server.site.write("a/2.jpg", &quadrants(90, 48).encode("jpg"));
    until(&server, "/a/", |answer| answer.text().contains("-90x48.jpg"));
}

#[test]
fn a_site_with_errors_at_the_start_appears_when_they_are_corrected() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 48))]);
    let good = fs::read_to_string(site.root().join("a/settings.yaml")).expect("settings");
    let server = serve(site.settings("a/settings.yaml", "titel: [\n"));
    let page = server.get("/a/", "");
    assert!(page.text().contains(SCRIPT), "{}", page.text());
    assert!(server.get("/.cimaise/state", "").text().contains("a/settings.yaml:"));
    server.site.write("a/settings.yaml", good.as_bytes());
    until(&server, "/a/", |answer| answer.text().contains("-64x48.jpg"));
}

#[test]
fn a_new_gallery_is_found_although_its_folder_was_empty() {
    let server = serve(SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 48))]));
    until(&server, "/a/", |answer| answer.status == 200);
    fs::create_dir(server.site.root().join("b")).expect("made");
    std::thread::sleep(Duration::from_millis(300));
    server.site.write("b/1.jpg", &quadrants(50, 40).encode("jpg"));
    server
        .site
        .write("b/settings.yaml", b"title: B\ncover: 1.jpg\nsections:\n- {type: bordered-picture, image: 1.jpg}\n");
    until(&server, "/b/", |answer| answer.text().contains("-50x40.jpg"));
}

#[test]
fn an_empty_folder_inside_a_gallery_stays_watched() {
    let server = serve(SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 48))]).file("site/a/more/keep/.x", b""));
    let file = server.site.root().join("a/settings.yaml");
    let text = fs::read_to_string(&file).expect("settings");
    fs::write(&file, text.replace("1.jpg", "more/2.jpg")).expect("written");
    until(&server, "/.cimaise/state", |answer| answer.text().contains("more/2.jpg"));
    // Long after the last change, so that no look at the files happens to find the photo.
    std::thread::sleep(Duration::from_millis(1500));
    server.site.write("a/more/2.jpg", &quadrants(70, 40).encode("jpg"));
    until(&server, "/a/", |answer| answer.text().contains("-70x40.jpg"));
}
