//! Destinations and arguments that are refused, and what is said about missing ones.

use super::*;

#[cfg(unix)]
#[test]
fn the_site_its_output_and_its_cache_are_no_destinations() {
    let site = site("dest: .");
    site.build();
    std::os::unix::fs::symlink(site.root(), site.root().join("../link")).expect("made");
    let before = Tree::read(&site.root());
    for (dest, why) in [
        (".", "is the site"),
        ("./", "is the site"),
        ("new/..", "is the site"),
        ("..", "contains the site"),
        ("/", "contains the site"),
        ("build", "is the output"),
        ("build/deep", "lies inside the output"),
        (".cimaise-cache/store", "lies inside the cache"),
        ("public", "lies inside the site"),
        ("../link", "is the site"),
        ("../link/build/", "is the output"),
        ("../link/new", "lies inside the site"),
    ] {
        for delete in ["", ", delete: true", ", others: --delete"] {
            let settings = format!("title: T\nsettings:\n  deploy: {{dest: {dest}{delete}}}\n");
            site.write("settings.yaml", settings.as_bytes());
            let said = site.run(&["deploy"]).exit(1).stderr;
            assert!(said.contains(&format!("error[deploy/destination]: the destination {why}")), "{dest}: {said}");
        }
    }
    let mut after = Tree::read(&site.root());
    after.0.insert("settings.yaml".to_owned(), before.0["settings.yaml"].clone());
    after.assert_equal(&before, "after refusals");
}

#[test]
fn names_that_another_program_would_take_for_options_are_refused() {
    for (deploy, expected) in [
        ("dest: -av", "`dest` begins with `-`"),
        ("dest: x, hostname: -oProxyCommand=touch", "`hostname` begins with `-`"),
        ("dest: x, hostname: h, username: -l", "`username` begins with `-`"),
        ("dest: 'alice@-oProxyCommand=touch oops:x'", "the host in `dest` begins with `-`"),
        ("dest: \"a\\nb\"", "`dest` contains the control character U+000A"),
        ("dest: x, hostname: a/b", "`hostname` must not contain `/`"),
        ("dest: x, hostname: h, username: 'a:b'", "`username` must not contain `:`"),
        ("dest: 'file:///srv/www'", "rsync reads `file:` as the name of a host"),
        ("dest: ../web, others: -e ssh -p 2222", "`2222` in `others` is not an option"),
        (
            "dest: ../web, others: '--rsync-path=\"rsync --delete\"'",
            "the command in `--rsync-path` gives rsync an option",
        ),
    ] {
        let site = site(deploy);
        site.build();
        let said = site.run(&["deploy"]).exit(1).stderr;
        assert!(said.contains(expected), "{deploy}: {said}");
    }
}

#[test]
fn a_cache_in_the_output_is_not_deployed() {
    let site = site("dest: ../web");
    site.build();
    let site = site.file("site/build/old/version", b"cimaise cache 0\n").file("site/build/old/secret", b"x");
    let said = site.run(&["deploy"]).exit(1).stderr;
    assert!(said.contains("the output folder contains a cache of cimaise, `build/old`"), "{said}");
    assert!(!site.root().join("../web").exists());
}

#[cfg(unix)]
#[test]
fn no_shell_sees_the_arguments() {
    let site = site("dest: \"../x; touch oops\", others: \"--info=none '--exclude=$(touch oops)'\"");
    let site = site.file("bin/rsync", b"#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; done >> asked\n");
    let program = site.root().join("../bin/rsync");
    fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("set");
    site.build();
    let path =
        format!("{}:{}", program.parent().expect("a folder").display(), std::env::var("PATH").unwrap_or_default());
    let run = site.command(&["deploy"]).env("PATH", path).output().expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let asked = fs::read_to_string(site.root().join("asked")).expect("asked");
    assert!(
        asked.contains("\n--info=none\n--exclude=$(touch oops)\n") && asked.ends_with("\n../x; touch oops\n"),
        "{asked}"
    );
    assert!(!site.root().join("oops").exists());
}

#[test]
fn what_is_missing_is_told_with_its_place() {
    let said = |deploy: &str| {
        let site = site(deploy);
        site.build();
        let run = site.run(&["deploy", "--format", "short"]);
        (run.code, run.stderr)
    };
    let (code, text) = said("ssh: true");
    assert_eq!(code, Some(1));
    assert!(text.contains("settings.yaml:4:3: error[deploy/not-configured]: `deploy` has no `dest`"), "{text}");
    assert!(
        text.contains("settings.yaml:4:17: error[deploy/not-configured]: `deploy` over ssh has no `hostname`"),
        "{text}"
    );
    assert!(said("dest: x, others: \"a 'b\"").1.contains("unmatched quote in `others`"));
    let unbuilt = site("dest: ../web").run(&["deploy"]).exit(1).stderr;
    assert!(unbuilt.contains("no finished site found in `build`"), "{unbuilt}");
    let silent = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    assert!(
        silent
            .run(&["deploy"])
            .exit(1)
            .stderr
            .contains("the settings name no destination: `settings.deploy` is missing")
    );
    let built = site("dest: ../web");
    built.build();
    let run = built.command(&["deploy"]).env("PATH", "/nowhere").output().expect("it runs");
    assert_eq!(run.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&run.stderr).contains("apt install rsync"));
}
