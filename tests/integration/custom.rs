//! Files of the site itself: its style sheet and script, `static/`, `include`, and files that its markup names.

use std::fs;

use crate::support::{SiteBuilder, every_link_leads_somewhere, quadrants};

fn gallery(site: SiteBuilder, path: &str, more: &str) -> SiteBuilder {
    let settings = format!("title: T\ncover: 1.png\n{more}");
    site.photo(&format!("{path}/1.png"), quadrants(40, 30)).settings(&format!("{path}/settings.yaml"), &settings)
}

fn site() -> SiteBuilder {
    let site = gallery(SiteBuilder::new(), "a", "sections: []\n");
    let site = gallery(gallery(site, "trip", ""), "trip/one", "sections: []\n");
    gallery(site, "about", "static: true\n")
}

fn root(more: &str) -> String {
    format!("title: Test site\n{more}")
}

const PAGES: [(&str, &str); 5] = [
    ("index.html", ""),
    ("a/index.html", "../"),
    ("trip/index.html", "../"),
    ("trip/one/index.html", "../../"),
    ("about/index.html", "../"),
];

#[test]
fn every_page_links_to_the_sites_own_style_and_script_after_ours() {
    let site = site();
    site.write("custom.css", b"h1 { color: red }");
    site.write("custom.js", b"let x = 1;");
    let run = site.build();
    assert_eq!(run.stderr, "");
    for (page, up) in PAGES {
        let html = site.page(page);
        let at = |text: String| html.find(&text).unwrap_or_else(|| panic!("{text} in {page}: {html:.900}"));
        let style = at(format!("<link rel=\"stylesheet\" href=\"{up}static/css/custom.css?"));
        let script = at(format!("<script src=\"{up}static/js/custom.js?"));
        assert!(style > at("assets/exposure-".to_owned()) && script > html.rfind("assets/exposure-").expect("ours"));
    }
    assert_eq!(site.page("static/css/custom.css"), "h1 { color: red }");
    every_link_leads_somewhere(&site.root().join("build"));
    // Browsers must not show a cached copy under the old address.
    let before = site.page("index.html");
    site.write("custom.css", b"h1 { color: tan }");
    site.build();
    assert_eq!(site.page("static/css/custom.css"), "h1 { color: tan }");
    assert_ne!(site.page("index.html"), before);
    site.delete("custom.css");
    site.delete("custom.js");
    site.build();
    assert!(!site.page("index.html").contains("custom") && !site.root().join("build/static").exists());
}

#[test]
fn the_folder_static_is_published_as_it_is() {
    let site = site();
    site.write("static/.htaccess", b"x");
    site.write("static/fonts/a.woff2", b"font");
    site.write("static/empty.txt", b"");
    site.write("static/.git/config", b"mine");
    site.write("static/css/custom.css", b"older");
    site.write("custom.css", b"newer");
    let run = site.run(&["build", "--format", "short"]).success();
    assert_eq!(
        run.stderr,
        "static/css/custom.css: warning[file/shadowed]: `static/css/custom.css` is not published: `custom.css` replaces it; \
         delete one of the two files: `static/css/custom.css` or `custom.css`\n"
    );
    let output = site.output();
    let found: Vec<&str> = output.paths().into_iter().filter(|path| path.starts_with("static/")).collect();
    assert_eq!(found, ["static/.htaccess", "static/css/custom.css", "static/empty.txt", "static/fonts/a.woff2"]);
    assert_eq!(output.0["static/css/custom.css"], b"newer");
    // The same length as before, so that neither length nor a fixed time would reveal the change.
    site.write("static/fonts/a.woff2", b"FONT");
    let time = |path: &str| {
        fs::metadata(site.root().join("build").join(path)).and_then(|file| file.modified()).expect("a time")
    };
    let before = time("static/fonts/a.woff2");
    site.build();
    assert_eq!(site.output().0["static/fonts/a.woff2"], b"FONT");
    assert!(time("static/fonts/a.woff2") > before);
    let run = site.build();
    assert!(run.stdout.contains(" 0 written, 0 removed"), "{}", run.stdout);
}

#[test]
fn files_and_folders_that_are_included_are_published_at_their_place() {
    let site = site();
    let include = "include: [CNAME, .htaccess, .well-known/, ./robots.txt, files, a/1.png, trip]\nmenu: [{CNAME: Name}, {files/cv.pdf: CV}]\n";
    site.write("settings.yaml", root(include).as_bytes());
    for path in ["CNAME", ".htaccess", ".well-known/acme/.x/token", "robots.txt", "files/cv.pdf", "files/deep/x"] {
        site.write(path, path.as_bytes());
    }
    let run = site.build();
    assert_eq!(run.stderr, "");
    let output = site.output();
    for path in ["CNAME", ".htaccess", ".well-known/acme/.x/token", "robots.txt", "files/cv.pdf", "files/deep/x"] {
        assert_eq!(output.0[path], path.as_bytes(), "{path}");
    }
    assert_eq!(output.0["a/1.png"], fs::read(site.root().join("a/1.png")).expect("a file"));
    // Settings may contain passwords.
    assert!(output.0.contains_key("trip/one/1.png") && !output.paths().iter().any(|path| path.ends_with(".yaml")));
    every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn what_cannot_be_included_is_told() {
    for (entry, files, message) in [
        ("gone.txt", None, "settings.yaml:2:11: warning[include/missing]: file `gone.txt` not found\n"),
        (
            "../x",
            None,
            "settings.yaml:2:11: error[file/invalid-path]: `../x` is outside the folder of the site; names are relative",
        ),
        (
            "/etc/passwd",
            None,
            "settings.yaml:2:11: error[file/invalid-path]: expected a relative path, found the absolute path `/etc/passwd`",
        ),
        (".", None, "settings.yaml:2:11: error[include/site]: `include` names the whole site"),
        (
            "settings.yaml",
            None,
            "settings.yaml:2:11: error[include/settings]: settings cannot be published: they can contain passwords",
        ),
        (
            "index.html",
            Some("index.html"),
            "settings.yaml:2:11: error[file/reserved-name]: `index.html` would replace the page of the front page",
        ),
        (
            "a/index.html",
            Some("a/index.html"),
            "settings.yaml:2:11: error[file/reserved-name]: `a/index.html` would replace the page of the gallery `a`",
        ),
    ] {
        let site = site();
        site.write("settings.yaml", root(&format!("include: [{entry}]\n")).as_bytes());
        files.into_iter().for_each(|path| site.write(path, b"x"));
        let run = site.run(&["build", "--format", "short"]);
        assert!(run.stderr.starts_with(message), "{entry}: {}", run.stderr);
        assert_eq!(run.code, Some(i32::from(message.contains(": error["))), "{entry}");
    }
}

#[test]
fn a_file_of_the_author_never_takes_the_place_of_one_of_ours() {
    let site = site();
    site.write("custom.css", b"x");
    site.write("static/css", b"a file where a folder has to be");
    let run = site.run(&["build"]).exit(1);
    assert!(run.stderr.contains("the file `static/css` would replace"), "{}", run.stderr);
}

#[test]
fn files_that_markup_and_styles_name_are_published_where_they_are_looked_for() {
    let sections = "sections:\n\
        - {type: html, html: '<a href=\"my cv.pdf\">CV</a> <img src=\"../shared/x.jpg\" alt=\"\"> <a href=\"https://a.example/\">A</a>'}\n\
        - {type: text, text: 'See <a href=\"deep/notes.txt#top\">notes</a>', background: 'url(back ground.jpg) no-repeat'}\n\
        - {type: pictures-group, images: [[{name: 1.png, text: '<a href=\"1.tif\">film</a>'}]], css: 'background: url(\"1.png\")'}\n";
    let site = gallery(SiteBuilder::new(), "a", sections);
    let located = quadrants(64, 48).located();
    let site = site.photo("shared/x.jpg", located.clone()).photo("a/back ground.jpg", located);
    for path in ["a/my cv.pdf", "a/deep/notes.txt", "a/1.tif", "a/unnamed.txt"] {
        site.write(path, path.as_bytes());
    }
    let run = site.build();
    assert_eq!(run.stderr, "");
    let output = site.output();
    for path in ["a/my cv.pdf", "a/deep/notes.txt", "a/1.tif"] {
        assert_eq!(output.0[path], path.as_bytes());
    }
    assert!(!output.0.contains_key("a/unnamed.txt"));
    every_link_leads_somewhere(&site.root().join("build"));
    let sheet = String::from_utf8(output.0[output.only("a/page-", ".css")].clone()).expect("text");
    assert!(sheet.contains("background: url(\"back%20ground.jpg\") no-repeat;"), "{sheet}");
    assert!(sheet.contains("background: url(\"1.png\")"), "{sheet}");
    // These pictures contain no more metadata than others.
    for path in ["shared/x.jpg", "a/back ground.jpg"] {
        assert!(fs::read(site.root().join(path)).expect("a file").len() > output.0[path].len(), "{path}");
    }
    site.run(&["check", "--privacy"]).success();
}

#[test]
fn what_is_published_as_it_is_and_tells_a_place_is_warned_about() {
    let site = site().photo("static/x.jpg", quadrants(64, 48).located());
    let run = site.run(&["build", "--format", "short"]).success();
    assert!(
        run.stderr.starts_with("static/x.jpg: warning[privacy/location]: this file contains a location"),
        "{}",
        run.stderr
    );
    site.run(&["check", "--privacy"]).exit(1);
}

#[test]
fn what_only_protected_media_galleries_link_to_stays_unpublished() {
    let sections = "password: secret\nprotect: media\nsections:\n- {type: html, html: '<a href=x.pdf>X</a> <img src=x.jpg> <a href=../y.pdf>Y</a>'}\n";
    let site = gallery(SiteBuilder::new(), "a", sections).photo("a/x.jpg", quadrants(64, 48));
    site.write("a/x.pdf", b"x");
    site.write("y.pdf", b"y");
    site.write("settings.yaml", root("include: [y.pdf]\n").as_bytes());
    let run = site.run(&["build", "--format", "short"]).success();
    assert_eq!(run.stderr.matches("only protected pages link to it").count(), 2, "{}", run.stderr);
    let output = site.output();
    assert!(!output.0.contains_key("a/x.pdf") && !output.0.contains_key("a/x.jpg") && output.0.contains_key("y.pdf"));
}

#[test]
fn dates_are_written_in_the_language_of_the_page_or_of_the_site() {
    let dated = "date: 2016-01-15\nsections:\n- {type: full-picture, image: 1.png, text: {title: X, date: 2016-01-15, date_end: 2016-01-18}}\n";
    let site = || gallery(SiteBuilder::new(), "a", &format!("lang: fr\n{dated}"));
    let unmarked = site();
    assert_eq!(unmarked.build().stderr, "");
    assert!(unmarked.page("index.html").contains("<span><time datetime=\"2016-01-15\">15 January 2016</time></span>"));
    let story = unmarked.page("a/index.html");
    assert!(story.contains("<span><time datetime=\"2016-01-15\">15</time>\u{2013}<time datetime=\"2016-01-18\">18 janvier 2016</time></span>"));

    let german = site();
    german.write("settings.yaml", root("settings: {date_locale: de_DE.UTF-8}\n").as_bytes());
    assert_eq!(german.build().stderr, "");
    assert!(
        german
            .page("index.html")
            .contains("<span lang=\"de-DE\" dir=\"ltr\"><time datetime=\"2016-01-15\">15. Januar 2016</time></span>")
    );

    let unknown = site();
    unknown.write("settings.yaml", root("show_date: true\nsettings: {date_locale: xx_YY}\n").as_bytes());
    let run = unknown.run(&["build", "--format", "short"]).success();
    assert!(
        run.stderr.starts_with("settings.yaml:3:25: warning[settings/ignored-value]: ignoring `date_locale: xx_YY`: cimaise does not know this locale"),
        "{}",
        run.stderr
    );
    assert!(unknown.page("a/index.html").contains("18 janvier 2016"));
}
