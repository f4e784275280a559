//! Options, exit codes, and printed texts of the program.

use crate::support::{SiteBuilder, quadrants};

fn small() -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.png", quadrants(64, 48)), ("2.png", quadrants(48, 64))])
}

#[test]
fn no_command_builds() {
    let site = small();
    let run = site.run(&[]).success();
    assert!(run.stdout.contains("1 gallery, 2 photos"), "{}", run.stdout);
    assert!(site.page("index.html").contains("Test site"));
}

#[test]
fn the_site_can_be_named() {
    let site = small();
    let elsewhere = site.root().parent().expect("a folder").to_owned();
    let output = site.command(&["build", "site", "-o", "out"]).current_dir(&elsewhere).output().expect("it runs");
    assert!(output.status.success());
    assert!(elsewhere.join("out/a/index.html").exists());
    assert!(elsewhere.join("site/.cimaise-cache").exists());
    assert!(!elsewhere.join("site/build").exists());
}

#[test]
fn version_and_help_succeed() {
    let site = small();
    let version = site.run(&["--version"]).success().stdout;
    assert_eq!(version, format!("cimaise {}\n", env!("CARGO_PKG_VERSION")));
    let help = site.run(&["build", "--help"]).success().stdout;
    for option in ["--output", "--jobs", "--memory", "--explain", "--cache-dir", "--format", "--quiet", "--verbose"] {
        assert!(help.contains(option), "{option} in {help}");
    }
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let site = small();
    assert!(site.run(&["biuld"]).exit(2).stderr.contains("biuld"));
    assert!(site.run(&["build", "--memory", "lots"]).exit(2).stderr.contains("lots"));
    site.run(&["build", "-j", "0"]).exit(2);
    assert!(!site.root().join("build").exists());
}

#[test]
fn check_writes_nothing() {
    for name in ["check", "test"] {
        let site = small();
        let run = site.run(&[name]).success();
        assert!(run.stdout.contains("1 gallery, 2 photos"), "{}", run.stdout);
        assert!(run.stdout.contains("0 errors, 0 warnings"), "{}", run.stdout);
        let mut names: Vec<String> = std::fs::read_dir(site.root())
            .expect("the site")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names, ["a", "settings.yaml"]);
    }
}

#[test]
fn quiet_is_quiet() {
    let site = small();
    let run = site.run(&["build", "--quiet"]).success();
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
}

#[test]
fn verbose_tells_how_much_of_the_machine_is_used() {
    let site = small();
    let run = site.run(&["build", "--verbose", "-j", "3", "--memory", "256m"]).success();
    assert!(run.stderr.starts_with("using 3 jobs and up to 256 MiB of memory\n"), "{}", run.stderr);
    assert!(!site.run(&["build", "-j", "3"]).success().stderr.contains("at once"));
}

#[test]
fn where_there_is_no_site_it_is_said_how_to_give_one() {
    let site = small();
    std::fs::create_dir(site.root().join("nothing")).expect("a folder");
    let run = site.run(&["build", "nothing"]).exit(1);
    assert!(run.stderr.starts_with("error[site/empty-folder]: no site found: the folder `"), "{}", run.stderr);
    assert!(run.stderr.contains("create a site here with `cimaise init`"), "{}", run.stderr);
    assert!(!site.root().join("nothing/build").exists());
}

#[test]
fn a_pipe_gets_lines_without_colour_or_bars() {
    let site = small();
    let run = site.run(&["build"]).success();
    assert!(!run.stderr.contains('\x1b') && !run.stderr.contains('\r'), "{:?}", run.stderr);
    assert!(!run.stdout.contains('\x1b'));
}

#[test]
fn explain_lists_the_codes_of_a_group() {
    let site = SiteBuilder::new();
    let listed = site.run(&["explain", "yaml"]).success().stdout;
    assert!(listed.lines().count() > 3 && listed.lines().all(|line| line.contains(" yaml/")), "{listed}");
    assert_eq!(site.run(&["explain", "yaml/"]).success().stdout, listed);
    // A group of one code explains it.
    assert!(site.run(&["explain", "menu"]).success().stdout.starts_with("menu/unknown-page (warning)"));
    site.run(&["explain", "yam"]).exit(2);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure_of_explain() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let output = SiteBuilder::new().command(&["explain"]).stdout(full).output().expect("it runs");
    let run = crate::support::Run::new(output).exit(3);
    assert!(run.stderr.contains("error[machine/no-space]: cannot write to `the standard output`"), "{}", run.stderr);
}
