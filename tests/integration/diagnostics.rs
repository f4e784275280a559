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
    let run = site.run(&["check"]).exit(1);
    assert!(
        run.stderr.contains("a/settings.yaml:3:1: error[settings/unknown-key]: unknown key `sectoins`"),
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
        .settings("a/settings.yaml", "title: A\ncover: 1.png\nsections: [{type: text, text: Words}]\nsectoins: 1\n");
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
        .settings("a/settings.yaml", "title: A\ncover: 1.png\nsections: [{type: text, text: Words}]\nsectoins: 1\n");
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
        ("a/settings.yaml", "title: A\ncover: 1.png\nsections:\n", "warning[gallery/no-sections]: "),
    ];
    for (file, text, expected) in cases {
        let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))]).settings(file, text);
        let run = site.run(&["check", "--format", "short"]);
        assert!(run.stderr.contains(expected), "{text}: {}", run.stderr);
    }
}

#[test]
fn paths_are_relative_to_the_working_directory() {
    let site = twelve_mistakes();
    let above = site.root().parent().expect("a folder").to_owned();
    let check = |folder: &str, format: &str| {
        let mut command = site.command(&["check", folder, "--format", format]);
        let run = crate::support::Run::new(command.current_dir(&above).output().expect("it runs")).exit(1);
        run.stderr + &run.stdout
    };
    for folder in ["site", "./site/"] {
        let said = check(folder, "short");
        assert_eq!(said.lines().filter(|line| line.starts_with("site/")).count(), 12, "{said}");
        assert!(
            said.contains("site/c/settings.yaml:2:1: ")
                && said.contains("first defined here: site/c/settings.yaml:1:1")
        );
        for line in said.lines() {
            let path = above.join(line.split(':').next().expect("a path"));
            assert!(path.is_file(), "{line}");
        }
    }
    assert!(check("site", "human").starts_with("site/settings.yaml:2:1: "));
    assert!(check("site", "json").contains("\"file\":\"c/settings.yaml\""));
    let absolute = check(&site.root().to_string_lossy(), "short");
    assert!(absolute.starts_with(&format!("{}/settings.yaml:2:1: ", site.root().display())), "{absolute}");
}

#[test]
fn an_alias_repeats_no_message() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))]).settings(
        "a/settings.yaml",
        "title: A\ncover: &c {name: 1.png, type: image, caption: x, qualtiy: 5}\nsections:\n\
         - {type: panorama, image: *c}\n- {type: full-picture, image: *c}\n",
    );
    let said = site.run(&["check", "--format", "short"]).success().stderr;
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn only_build_says_that_nothing_was_published() {
    let site = SiteBuilder::new().settings("a/settings.yaml", "title: A\ncover: gone.png\n");
    for (command, is_said) in [("build", true), ("check", false), ("verify", false), ("deploy", false)] {
        let said = site.run(&[command]).exit(1).stderr;
        assert_eq!(said.contains("nothing was published"), is_said, "{command}: {said}");
    }
}

#[test]
fn check_counts_only_what_the_cache_lacks() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30)), ("2.png", quadrants(60, 30))]);
    let before = site.run(&["check"]).success().stdout;
    assert!(!before.contains(" 0 renditions to render"), "{before}");
    let (made, _) = site.build().made_and_reused();
    assert!(before.contains(&format!(" {made} renditions to render")), "{before}, {made} made");
    let after = site.run(&["check"]).success().stdout;
    assert!(after.contains(", 0 renditions to render: 0 errors"), "{after}");
}

#[test]
fn a_build_says_what_to_do_next() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))]);
    let last = |args: &[&str]| site.run(args).success().stdout.lines().last().unwrap_or_default().to_owned();
    let next = "next: `cimaise serve` shows the site, which begins at build/index.html";
    assert_eq!(last(&["build"]), next);
    site.write("settings.yaml", b"title: T\nsettings: {deploy: {dest: /srv/www}}\n");
    assert_eq!(last(&["build"]), format!("{next}; `cimaise deploy` uploads it"));
    assert_eq!(last(&["build", "--quiet"]), "");
    for format in ["short", "json"] {
        assert!(!last(&["build", "--format", format]).contains("next: "));
    }
}

#[test]
fn a_denied_warning_does_not_say_that_it_is_ignored() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))]).settings(
        "settings.yaml",
        "title: T\nlang: french\nnonsense: 1\n\
         settings: {diagnostics: {deny: [settings/ignored-value, settings/unknown-key]}}\n",
    );
    let said = site.run(&["check", "--format", "short"]).exit(1).stderr;
    assert!(said.contains("error[settings/ignored-value]: cannot use `lang: french`"), "{said}");
    assert!(!said.contains("ignor") || !said.replace("ignored-value", "").contains("ignor"), "{said}");
}
