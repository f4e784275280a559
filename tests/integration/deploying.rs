//! Deployment of a site: it overwrites and deletes only files of an earlier deployment.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{Events, SiteBuilder, Tree, quadrants};

fn story(name: &str) -> String {
    format!("title: A\ncover: {name}\nsections:\n- {{type: bordered-picture, image: {name}}}\n")
}

fn has_rsync() -> bool {
    let there = Command::new("rsync").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !there {
        println!("skipped: there is no rsync");
    }
    there
}

fn site(deploy: &str) -> SiteBuilder {
    let settings = format!("title: T\nurl: https://t.example\nsettings:\n  deploy: {{{deploy}}}\n");
    SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]).settings("settings.yaml", &settings)
}

/// Returns all files of a folder except cimaise's own lists.
fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = Tree::read(folder).0;
    files.remove(".cimaise-manifest");
    files.remove(".cimaise-deployed");
    files
}

#[test]
fn a_second_time_nothing_is_sent() {
    if !has_rsync() {
        return;
    }
    let site = site("dest: '../my web'");
    site.build();
    assert!(site.run(&["deploy"]).success().stdout.contains(" sent, 0 deleted"));
    let there = site.root().join("../my web");
    assert_eq!(files(&there), files(&site.root().join("build")));
    assert!(!there.join(".cimaise-manifest").exists());
    assert_eq!(site.run(&["deploy"]).success().stdout, "0 files sent, 0 deleted\n");
    // A page that changed, with the same length as before.
    site.write("a/settings.yaml", story("1.jpg").replace("title: A", "title: B").as_bytes());
    site.build();
    let dry = site.run(&["deploy", "--dry-run"]).success().stdout;
    assert!(dry.contains("send   a/index.html\n") && dry.contains("nothing was changed"), "{dry}");
    assert!(fs::read_to_string(there.join("a/index.html")).expect("there").contains("<title>A "));
    site.run(&["deploy"]).success();
    assert!(fs::read_to_string(there.join("a/index.html")).expect("there").contains("<title>B "));
}

#[cfg(unix)]
#[test]
fn another_host_is_reached_over_ssh_with_the_author_s_own_options() {
    if !has_rsync() {
        return;
    }
    let site =
        site("dest: ../far, ssh: true, username: alice, hostname: host.example, others: '-e \"../ssh -p 2222\"'");
    // A replacement for ssh: it logs its arguments, and runs the remote command on this machine.
    let script =
        "#!/bin/sh\necho \"$@\" >> ../asked\nwhile [ \"$1\" != host.example ]; do shift; done\nshift\nexec \"$@\"\n";
    let site = site.file("ssh", script.as_bytes());
    std::os::unix::fs::PermissionsExt::set_mode(
        &mut fs::metadata(site.root().join("../ssh")).expect("there").permissions(),
        0o755,
    );
    fs::set_permissions(site.root().join("../ssh"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("set");
    site.build();
    site.run(&["deploy"]).success();
    assert_eq!(files(&site.root().join("../far")), files(&site.root().join("build")));
    let asked = fs::read_to_string(site.root().join("../asked")).expect("asked");
    assert!(asked.starts_with("-p 2222 -l alice host.example rsync --server"), "{asked}");
    assert_eq!(site.run(&["deploy"]).success().stdout, "0 files sent, 0 deleted\n");
}

#[test]
fn what_cimaise_did_not_put_there_stays_and_is_counted() {
    if !has_rsync() {
        return;
    }
    let site = site("dest: ../web, delete: true").file("web/theirs.txt", b"x").file("web/a/old.jpg", b"x");
    let site = site.file("web/photos/2019/1.jpg", b"x").file("web/-n", b"x").file("web/static/css/a\nb*?[c].css", b"x");
    site.build();
    let before = files(&site.root().join("../web"));
    for _ in 0..2 {
        let said = site.run(&["deploy"]).success().stdout;
        assert!(
            said.contains(", 0 deleted\nkeeping 5 files at the destination that cimaise did not upload\n"),
            "{said}"
        );
        let there = files(&site.root().join("../web"));
        assert!(before.iter().all(|(path, bytes)| there.get(path) == Some(bytes)));
        assert_eq!(there.len(), before.len() + files(&site.root().join("build")).len());
    }
    let events = Events::of(&site.run(&["deploy", "--format", "json"]).success());
    assert_eq!(events.summary()["result"]["foreign"], 5);
    site.write("a/settings.yaml", story("1.jpg").replace("title: A", "title: New").as_bytes());
    site.build();
    let events = Events::of(&site.run(&["deploy", "--dry-run", "--format", "json"]).success());
    let sent: Vec<_> = events.named("transfer").map(|event| event["path"].as_str().expect("a path")).collect();
    assert!(sent.contains(&"a/index.html"), "{sent:?}");
}

/// Returns a site of two galleries, `a` and `b`, that is deployed to `web`.
fn with_two_galleries(web: &Path, deploy: &str) -> SiteBuilder {
    let site = site(&format!("dest: '{}'{deploy}", web.display()));
    let gallery = story("2.jpg").replace("title: A", "title: B");
    site.settings("b/settings.yaml", &gallery).photo("b/2.jpg", quadrants(64, 48))
}

#[test]
fn a_page_that_was_removed_goes_with_the_next_deployment_from_any_machine() {
    if !has_rsync() {
        return;
    }
    let web = tempfile::tempdir().expect("a folder");
    let one = with_two_galleries(web.path(), ", delete: true");
    one.build();
    one.run(&["deploy"]).success();
    assert!(web.path().join("b/index.html").exists());
    fs::write(web.path().join("b/theirs.txt"), "x").expect("written");
    fs::write(web.path().join("theirs.txt"), "x").expect("written");

    let other = with_two_galleries(web.path(), ", delete: true");
    other.delete("b");
    other.build();
    let there = Tree::read(web.path());
    let dry = other.run(&["deploy", "--dry-run"]).success().stdout;
    assert!(dry.contains("delete b/index.html\n") && dry.contains("2 files at the destination"), "{dry}");
    assert!(!dry.contains("delete b/theirs.txt") && !dry.contains("delete b/\n"), "{dry}");
    Tree::read(web.path()).assert_equal(&there, "after looking");
    let said = other.run(&["deploy", "--verbose"]).success().stdout;
    let deleted =
        |text: &str| text.lines().filter(|line| line.starts_with("delete ")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(deleted(&said), deleted(&dry));
    let mut expected = files(&other.root().join("build"));
    for path in ["b/theirs.txt", "theirs.txt"] {
        expected.insert(path.to_owned(), b"x".to_vec());
    }
    assert_eq!(files(web.path()), expected);
    // The list no longer contains it: a file that somebody else puts in its place is theirs.
    fs::write(web.path().join("b/index.html"), "theirs").expect("written");
    other.run(&["deploy"]).success();
    assert!(web.path().join("b/index.html").exists());
    fs::remove_file(web.path().join("b/index.html")).expect("there");
    fs::remove_file(web.path().join("b/theirs.txt")).expect("there");
    assert_eq!(other.run(&["deploy"]).success().stdout.lines().next(), Some("0 files sent, 0 deleted"));
}

#[test]
fn folders_of_ours_go_when_they_are_empty() {
    if !has_rsync() {
        return;
    }
    let web = tempfile::tempdir().expect("a folder");
    let site = with_two_galleries(web.path(), "");
    let site = site.file("site/static/x/y/z.txt", b"x").file("site/static/-n", b"x").file("site/static/x/*", b"x");
    site.build();
    site.run(&["deploy"]).success();
    site.delete("b");
    site.delete("static/x");
    site.delete("static/-n");
    site.build();
    let said = site.run(&["deploy"]).success().stdout;
    assert!(said.contains(" of earlier deployments; `delete: true` deletes"), "{said}");
    assert!(web.path().join("b/index.html").exists());
    let settings = format!("title: T\nsettings:\n  deploy: {{dest: '{}', delete: true}}\n", web.path().display());
    site.write("settings.yaml", settings.as_bytes());
    site.build();
    site.run(&["deploy"]).success();
    assert!(!web.path().join("b").exists() && !web.path().join("static/x").exists());
    assert_eq!(files(web.path()), files(&site.root().join("build")));
}

#[test]
fn rsync_s_own_deletions_are_read_as_cimaise_s() {
    if !has_rsync() {
        return;
    }
    let site = site("dest: ../web, others: '-v --delete-after --remove-source-files --exclude=kept.txt'");
    let site = site.file("web/theirs.txt", b"x").file("web/kept.txt", b"x").file("site/static/gone.txt", b"x");
    site.build();
    let said = site.run(&["deploy"]).success();
    assert!(said.stderr.contains("`--delete-after` in `others` means `delete: true`"), "{}", said.stderr);
    assert!(said.stderr.contains("ignoring `--remove-source-files` in `others`"), "{}", said.stderr);
    assert!(said.stdout.contains("keeping 1 file at the destination that cimaise did not upload"), "{}", said.stdout);
    site.delete("static/gone.txt");
    site.build();
    assert!(site.run(&["deploy"]).success().stdout.contains(", 1 deleted\n"));
    let web = site.root().join("../web");
    assert!(web.join("theirs.txt").exists() && web.join("kept.txt").exists() && !web.join("static/gone.txt").exists());
    assert!(site.root().join("build/index.html").exists());
}

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

#[cfg(unix)]
#[test]
fn the_list_names_nothing_and_only_its_owner_reads_it() {
    if !has_rsync() {
        return;
    }
    let web = tempfile::tempdir().expect("a folder");
    let site = with_two_galleries(web.path(), "");
    site.build();
    site.run(&["deploy"]).success();
    let list = web.path().join(".cimaise-deployed");
    let text = fs::read_to_string(&list).expect("there");
    assert_eq!(text.lines().next(), Some("cimaise deployed 1"));
    assert!(text.lines().skip(2).all(|line| line.len() == 32), "{text}");
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&list).expect("there").permissions());
    assert_eq!(mode & 0o777, 0o600);
    // A list that cannot be read is not replaced, and nothing is sent.
    fs::write(&list, "cimaise deployed 99\n").expect("written");
    site.delete("b");
    site.build();
    assert!(site.run(&["deploy"]).exit(1).stderr.contains("cannot read the list of deployed files"));
    assert!(web.path().join("b/index.html").exists());
}

/// rsync that fails in its n-th run.
#[cfg(unix)]
#[test]
fn a_deployment_that_broke_off_deletes_nothing_of_others_and_is_finished_by_the_next() {
    if !has_rsync() {
        return;
    }
    let real = Command::new("sh").args(["-c", "command -v rsync"]).output().expect("it runs").stdout;
    let real = String::from_utf8(real).expect("a path");
    for number in 1..=8 {
        let web = tempfile::tempdir().expect("a folder");
        let site = with_two_galleries(web.path(), ", delete: true");
        site.build();
        site.run(&["deploy"]).success();
        fs::write(web.path().join("theirs.txt"), "x").expect("written");
        site.delete("b");
        site.write("static/new.txt", b"x");
        site.build();
        let script = format!(
            "#!/bin/sh\necho x >> ../runs\n[ $(wc -l < ../runs) = {number} ] && exit 12\nexec {} \"$@\"\n",
            real.trim()
        );
        let site = site.file("bin/rsync", script.as_bytes());
        let program = site.root().join("../bin/rsync");
        fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("set");
        let path =
            format!("{}:{}", program.parent().expect("a folder").display(), std::env::var("PATH").unwrap_or_default());
        let broken = site.command(&["deploy"]).env("PATH", path).output().expect("it runs");
        let runs = fs::read_to_string(site.root().join("../runs")).expect("there").lines().count();
        assert_eq!(broken.status.code(), Some(if runs >= number { 3 } else { 0 }), "{number} of {runs}");
        site.run(&["deploy"]).success();
        let mut expected = files(&site.root().join("build"));
        expected.insert("theirs.txt".to_owned(), b"x".to_vec());
        assert_eq!(files(web.path()), expected, "{number}");
        assert!(!web.path().join("b").exists());
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
fn deleting_works_over_ssh_too() {
    if !has_rsync() {
        return;
    }
    let site = site("dest: '../far web', hostname: host.example, others: '-e ../ssh', delete: true");
    let script = "#!/bin/sh\nwhile [ \"$1\" != host.example ]; do shift; done\nshift\nexec \"$@\"\n";
    let site = site.file("ssh", script.as_bytes()).file("site/static/old/1.txt", b"x");
    fs::set_permissions(site.root().join("../ssh"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("set");
    let site = site.file("far web/theirs *.txt", b"x");
    site.build();
    site.run(&["deploy"]).success();
    site.delete("static");
    site.build();
    let said = site.run(&["deploy", "--verbose"]).success().stdout;
    assert!(said.contains("delete static/old/1.txt\ndelete static/old/\n"), "{said}");
    let mut expected = files(&site.root().join("build"));
    expected.insert("theirs *.txt".to_owned(), b"x".to_vec());
    assert_eq!(files(&site.root().join("../far web")), expected);
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
