//! `cimaise serve`: the site while it is written.

use std::fs;
use std::io::{BufRead, BufReader};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::support::http::Answer;
use crate::support::server::ServedSite;
use crate::support::{SiteBuilder, quadrants};
use crate::videos;

const SCRIPT: &str = "<script src=\"/.cimaise/live.js\" data-snapshot=\"";

pub(crate) fn serve(site: SiteBuilder) -> ServedSite {
    let command = site.command(&["serve", "-p", "0"]);
    ServedSite::of(site, command)
}

/// Returns the lines that a server prints to stderr.
pub(crate) fn lines(server: &mut ServedSite) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    let stderr = BufReader::new(server.child.stderr.take().expect("piped"));
    std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    receiver
}

/// Waits for a line that starts like this.
pub(crate) fn line(lines: &Receiver<String>, start: &str) -> String {
    let mut said = Vec::new();
    loop {
        match lines.recv_timeout(Duration::from_secs(60)) {
            Ok(line) if line.starts_with(start) => return line,
            Ok(line) => said.push(line),
            Err(_) => panic!("no line starts with `{start}`: {said:?}"),
        }
    }
}

/// Asks for a path until the answer is as expected.
pub(crate) fn until(server: &ServedSite, path: &str, expected: impl Fn(&Answer) -> bool) -> Answer {
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
pub(crate) fn idle(server: &ServedSite) {
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
    assert!(compare_with_build(&server) > 15);
}

/// Removes what depends on how far rendering has come.
fn page_text(page: &str) -> String {
    let links = page.split('"').filter(|part| part.contains(".mp4") || part.contains(".wav"));
    links.collect::<Vec<_>>().join("\n")
}

/// Compares every file of the output with the same file of the server. Returns their number.
fn compare_with_build(server: &ServedSite) -> usize {
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
    compared
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

/// A gallery whose second photo ends in the middle.
fn with_half_a_photo(images: &str) -> SiteBuilder {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30)), ("2.jpg", quadrants(320, 240))])
        .settings("settings.yaml", &format!("title: T\nsettings: {{images: {images}}}\n"));
    let bytes = fs::read(site.root().join("a/2.jpg")).expect("a photo");
    site.write("a/2.jpg", &bytes[..bytes.len() / 2]);
    site
}

#[test]
fn damage_is_reported_once_the_photo_is_rendered_and_if_it_was_before() {
    let mut first = serve(with_half_a_photo("{damaged: error}"));
    assert_damage_is_reported(&mut first);
    // The second server finds the renditions in the store.
    let again = first.site.command(&["serve", "-p", "0"]);
    let mut second = ServedSite::of(SiteBuilder::new(), again);
    assert_damage_is_reported(&mut second);
    first.site.write("a/2.jpg", &quadrants(320, 240).encode("jpg"));
    for server in [&first, &second] {
        until(server, "/.cimaise/state", |answer| answer.text().contains("\"problems\":null"));
    }
    first.site.build();
}

fn assert_damage_is_reported(server: &mut ServedSite) {
    let said = lines(server);
    let state = until(server, "/.cimaise/state", |answer| answer.text().contains("the photo is damaged"));
    assert!(state.text().contains("error[photo/damaged]"), "{}", state.text());
    assert!(line(&said, "a/2.jpg: error[photo/damaged]").contains("the photo is damaged"));
    assert!(server.get("/a/", "").text().contains("\"2-"), "the page shows the readable part of the photo");
    idle(server);
}

#[test]
fn damage_that_is_accepted_is_a_warning() {
    let mut server = serve(with_half_a_photo("{damaged: warn}"));
    let said = lines(&mut server);
    line(&said, "a/2.jpg: warning[photo/damaged]");
    assert!(server.get("/.cimaise/state", "").text().contains("\"problems\":null"));
}

#[test]
fn photos_damaged_in_part_are_left_out_if_the_site_says_so() {
    let server = serve(with_half_a_photo("{damaged: error, unreadable: skip}"));
    until(&server, "/a/", |answer| !answer.text().contains("\"2-"));
    idle(&server);
    assert!(server.get("/a/", "").text().contains("\"1-"));
    assert!(server.get("/.cimaise/state", "").text().contains("\"problems\":null"));
}

#[test]
fn keep_going_leaves_out_photos_that_cannot_be_read() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30)), ("2.jpg", quadrants(32, 24))]);
    site.write("a/2.jpg", b"this is no picture");
    let command = site.command(&["serve", "-p", "0", "--keep-going"]);
    let mut server = ServedSite::of(site, command);
    line(&lines(&mut server), "a/2.jpg: warning[photo/left-out]");
    let page = server.get("/a/", "").text();
    assert!(page.contains("\"1-") && !page.contains("\"2-"), "{page}");
    assert!(server.get("/.cimaise/state", "").text().contains("\"problems\":null"));
}

#[test]
fn the_terminal_names_files_from_the_working_directory_and_the_browser_from_the_site() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 48))]);
    let mut command = site.command(&["serve", "site", "-p", "0", "--format", "short"]);
    command.current_dir(site.root().join(".."));
    let mut server = ServedSite::of(site, command);
    let said = lines(&mut server);
    until(&server, "/a/", |answer| answer.status == 200);
    server.site.write("a/settings.yaml", b"titel: A\n");
    line(&said, "site/a/settings.yaml:1:1: error[settings/");
    line(&said, "site/a/settings.yaml: the pages stay as they were");
    let state = server.get("/.cimaise/state", "").text();
    assert!(state.contains("\"a/settings.yaml:1:1: error["), "{state}");
}

#[test]
fn films_and_sounds_are_served_as_they_are_built() {
    let sections = "- {type: bordered-picture, image: {name: clip.mp4, type: video}}\n- {type: audio, image: s.wav}\n";
    let site = videos::site("", sections);
    // Longer than the part that is read at first.
    site.write("a/clip.mp4", &[videos::MP4, &vec![7; 400 << 10]].concat());
    site.write("a/s.wav", &[&b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0"[..], &vec![0; 400 << 10]].concat());
    site.write("static/book.pdf", &vec![1; 400 << 10]);
    let server = serve(site);
    let page = server.get("/a/", "").text();
    idle(&server);
    assert_eq!(page_text(&server.get("/a/", "").text()), page_text(&page), "the names in the first answer are final");
    let built = server.site.build();
    assert_eq!(built.made_and_reused().0, 0, "the build makes nothing");
    compare_with_build(&server);
}
