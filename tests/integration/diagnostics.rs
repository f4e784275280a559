//! Mistakes, and their diagnostics.

use crate::support::{SiteBuilder, quadrants};

/// Twelve mistakes of twelve kinds in five files.
fn twelve_mistakes() -> SiteBuilder {
    SiteBuilder::new()
        .file(
            "site/settings.yaml",
            b"title: Mistakes\n\
              sub_titel: not a key\n\
              settings:\n  \
                gm:\n    \
                  quality: 400\n    \
                  resize: huge\n",
        )
        .photo("a/1.png", quadrants(40, 30))
        .settings(
            "a/settings.yaml",
            "title: A\n\
             date: 2024-13-45\n\
             cover: 1.png\n\
             sections:\n\
             - type: bordered-pictures\n  image: 1.png\n\
             - type: full-picture\n\
             - image: 1.png\n\
             - type: pictures-group\n  images: 7\n\
             - type: full-picture\n  image: nowhere.png\n",
        )
        .settings("b/settings.yaml", "date: 2024-01-01\n")
        .settings("c/settings.yaml", "title: C\ntitle: D\n")
        .settings("d/settings.yaml", "title: D\n\tcover: 1.png\n")
}

#[test]
fn twelve_mistakes_are_twelve_diagnostics_with_their_places() {
    let site = twelve_mistakes();
    let run = site.run(&["build", "--format", "short"]).exit(1);
    let places: Vec<&str> = run.stderr.lines().map(|line| line.split(": ").next().expect("a place")).collect();
    let expected = [
        "settings.yaml:2:1",
        "settings.yaml:5:14",
        "settings.yaml:6:13",
        "a/settings.yaml:2:7",
        "a/settings.yaml:5:9",
        "a/settings.yaml:7:3",
        "a/settings.yaml:8:3",
        "a/settings.yaml:10:11",
        "a/settings.yaml:12:10",
        "b/settings.yaml:1:1",
        "c/settings.yaml:2:1",
        "d/settings.yaml:2:1",
    ];
    assert_eq!(places, expected, "{}", run.stderr);
    assert!(!site.root().join("build").exists());
}

#[test]
fn a_missing_photo_is_named_where_it_was_asked_for() {
    let site = SiteBuilder::new().photo("a/IMG_1.JPG", quadrants(40, 30)).settings(
        "a/settings.yaml",
        "title: A\ncover: IMG_1.JPG\nsections:\n- type: bordered-picture\n  image: img_1.jpg\n- type: full-picture\n  image:\n    name: gone.jpg\n",
    );
    let run = site.run(&["check", "--format", "short"]).exit(1);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.stderr);
    assert!(
        lines[0].starts_with("a/settings.yaml:5:10: error[file/missing]: ") && lines[0].contains("`IMG_1.JPG`"),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].starts_with("a/settings.yaml:8:11: error[file/missing]: ") && lines[1].contains("`gone.jpg`"),
        "{}",
        lines[1]
    );
}

#[test]
fn the_human_form_shows_the_line_and_what_to_do() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))])
        .settings("a/settings.yaml", "title: A\ncover: 1.png\nsectoins:\n- type: text\n");
    let run = site.run(&["check"]).success();
    assert!(
        run.stderr.contains("a/settings.yaml:3:1: warning[settings/unknown-key]: unknown key `sectoins`"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("sectoins:\n"), "{}", run.stderr);
    assert!(run.stderr.contains("^^^^^^^^"), "{}", run.stderr);
    assert!(run.stderr.contains("help: did you mean `sections`?"), "{}", run.stderr);
}

#[test]
fn no_site_is_an_error_that_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let output =
        std::process::Command::new(env!("CARGO_BIN_EXE_cimaise")).current_dir(&folder).output().expect("it runs");
    let run = crate::support::Run::new(output).exit(1);
    assert!(run.stderr.starts_with("error[site/empty-folder]: no site found: the folder `"), "{}", run.stderr);
    assert!(run.stderr.contains("help: "), "{}", run.stderr);
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 0, "an empty folder stays empty");
}

#[test]
fn strict_makes_warnings_fail_and_allow_hides_them() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))])
        .settings("a/settings.yaml", "title: A\ncover: 1.png\nsections: []\nsectoins: 1\n");
    let run = site.run(&["check", "--strict"]).exit(1);
    assert!(run.stderr.contains("0 errors, 1 warning (fatal because of `--strict`)"), "{}", run.stderr);
    let run = site.run(&["build", "--strict"]).exit(1);
    assert!(run.stderr.contains(": nothing was published"), "{}", run.stderr);
    assert!(!site.root().join("build/index.html").exists());
    let run = site.run(&["build", "--strict", "--allow", "settings/unknown-key"]).success();
    assert!(!run.stderr.contains("sectoins"), "{}", run.stderr);
    for (code, help) in [
        ("settings/unknwon-key", "did you mean `settings/unknown-key`?"),
        ("file/missing", "only warnings can be allowed"),
    ] {
        let run = site.run(&["check", "--allow", code]).exit(2);
        assert!(run.stderr.contains(help), "{}", run.stderr);
    }
}

#[test]
fn settings_allow_and_deny_codes_and_the_command_line_wins() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))])
        .settings("a/settings.yaml", "title: A\ncover: 1.png\nsections: []\nsectoins: 1\n");
    let with = |diagnostics: &str, args: &[&str]| {
        let settings = format!("title: T\nsettings:\n  diagnostics: {diagnostics}\n");
        site.write("settings.yaml", settings.as_bytes());
        let run = site.run(&[&["check", "--format", "short"], args].concat());
        (run.code, run.stderr)
    };
    assert_eq!(with("{allow: [settings/unknown-key]}", &["--strict"]), (Some(0), String::new()));
    let (code, said) = with("{deny: [settings/unknown-key]}", &[]);
    assert!(code == Some(1) && said.contains(": error[settings/unknown-key]: "), "{said}");
    let (code, said) = with("{deny: [settings/unknown-key]}", &["--allow", "settings/unknown-key"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let (code, said) = with("{allow: [photo/damagd, file/missing]}", &[]);
    assert_eq!(code, Some(0));
    for expected in ["unknown code `photo/damagd`; did you mean `photo/damaged`?", "`file/missing` is an error"] {
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_code_is_explained() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))]);
    let run = site.run(&["explain", "yaml/duplicate-key"]).success();
    assert!(run.stdout.starts_with("yaml/duplicate-key (error)\n\n"), "{}", run.stdout);
    assert!(site.run(&["explain"]).success().stdout.contains("warning settings/unknown-key\n"));
}

#[test]
fn a_file_that_is_not_a_picture_shows_the_line_that_names_it() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))])
        .settings("a/settings.yaml", "title: A\ncover: x.jpg\n")
        .file("site/a/x.jpg", b"just text, not a picture\n");
    let run = site.run(&["check", "--format", "short"]).exit(1);
    assert!(run.stderr.contains("a/x.jpg: error[photo/not-a-picture]: "), "{}", run.stderr);
    assert!(run.stderr.contains("; listed here: a/settings.yaml:2:8\n"), "{}", run.stderr);
}

#[test]
fn typical_mistakes_name_their_cure() {
    let cases = [
        ("settings.yaml", "title: T\nlicence: {name: x, url: 'javascript:alert(1)'}\n", "error[licence/url]: "),
        ("settings.yaml", "title: T\nsettings:\n  deploy: {dest: '~/www'}\n", "warning[deploy/home-folder]: "),
        ("b/settings.yaml", "title: B\npublic: false\n", "warning[gallery/no-sections]: "),
    ];
    for (file, text, expected) in cases {
        let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))]).settings(file, text);
        let run = site.run(&["check", "--format", "short"]);
        assert!(run.stderr.contains(expected), "{text}: {}", run.stderr);
    }
}
