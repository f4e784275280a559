//! What a deployment deletes, and the list by which it knows its own files.

use super::*;

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
