//! The commands besides `build` and `check`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::support::picture::seeded;
use crate::support::{SiteBuilder, quadrants};

mod composing {
    use super::*;

    #[test]
    fn sections_are_made_from_photos_and_all_else_stays() {
        let text = "# Our trip\ntitle: \"A: b\" # yes\ntags: [x]\n";
        let site = SiteBuilder::new()
            .settings("a/settings.yaml", text)
            .photo("a/late.jpg", quadrants(60, 40).taken("2020:05:02 10:00:00"))
            .photo("a/Fresh: one #2.jpg", quadrants(60, 40).taken("2020:05:01 10:00:00"))
            .photo("a/yes.png", quadrants(40, 60));
        let said = site.run(&["autogen", "-d", "a"]).success().stdout;
        assert_eq!(said, "a: added 3 photos\n");
        let new = fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
        assert!(new.starts_with(text), "{new}");
        assert!(
            new.contains(
                "\ndate: 2020-05-01\ncover: \"Fresh: one #2.jpg\"\nsections:\n- type: pictures-group\n  images:\n"
            ),
            "{new}"
        );
        let row = new.find("Fresh: one #2.jpg\", late.jpg").or(new.find("Fresh: one #2.jpg\"]"));
        assert!(row.is_some(), "the oldest first: {new}");
        site.build();
        assert!(site.run(&["autogen", "--all"]).success().stdout.contains("a: unchanged: the gallery has sections"));
        assert_eq!(fs::read_to_string(site.root().join("a/settings.yaml")).expect("there"), new);
        site.run(&["autogen", "--all", "--force"]).success();
        assert_eq!(fs::read_to_string(site.root().join("a/settings.yaml")).expect("there"), new);
    }

    #[test]
    fn new_photos_are_added_and_nothing_is_touched() {
        let text = "title: A\r\ncover: 1.jpg\r\nsections:\r\n  # the first\r\n  - type: bordered-picture\r\n    image: 1.jpg   # this one\r\n  - {type: text, text: x}\r\n# the end\r\n";
        let site = SiteBuilder::new().settings("a/settings.yaml", text).photo("a/1.jpg", quadrants(60, 40));
        assert_eq!(site.run(&["sync", "--all"]).success().stdout, "a: unchanged: no new photos\n");
        let site = site.photo("a/2.jpg", seeded(60, 40, 2)).photo("a/3.jpg", seeded(60, 40, 3));
        assert_eq!(site.run(&["sync", "-d", "a"]).success().stdout, "a: added 2 photos\n");
        let new = fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
        let added = "\r\n  - type: pictures-group\r\n    images:\r\n    - [2.jpg, 3.jpg]";
        assert_eq!(new, text.replace("{type: text, text: x}", &format!("{{type: text, text: x}}{added}")));
        site.build();
        assert_eq!(site.run(&["sync", "--all"]).success().stdout, "a: unchanged: no new photos\n");
        site.delete("a/3.jpg");
        assert!(site.run(&["sync", "--all"]).success().stderr.contains("file `3.jpg` not found"));
    }

    #[test]
    fn photos_in_sections_of_a_type_of_the_site_s_own_are_not_new() {
        let text = "title: A\ncover: 1.jpg\nsections:\n- {type: strip, frames: [1.jpg, {name: 2.jpg}]}\n";
        let site = SiteBuilder::new()
            .settings("a/settings.yaml", text)
            .photo("a/1.jpg", quadrants(60, 40))
            .photo("a/2.jpg", quadrants(60, 40))
            .file("site/templates/sections/strip.html", b"strip");
        assert_eq!(site.run(&["sync", "--all"]).success().stdout, "a: unchanged: no new photos\n");
    }

    #[test]
    fn what_cannot_be_changed_safely_is_left_alone() {
        let site = SiteBuilder::new().settings("a/settings.yaml", "{title: A}\n").photo("a/1.jpg", quadrants(60, 40));
        let said = site.run(&["autogen", "-d", "a", "--format", "short"]).exit(1).stderr;
        assert!(
            said.contains(
                "a/settings.yaml: error[settings/not-editable]: cannot change the settings: the file is one `{…}`"
            ),
            "{said}"
        );
        let site = SiteBuilder::new()
            .settings("a/settings.yaml", "title: A\nstatic: false\n")
            .photo("a/1.jpg", quadrants(60, 40));
        assert!(site.run(&["autogen", "--all"]).success().stdout.contains("the gallery is a static page"));
        let site = SiteBuilder::new().settings("a/settings.yaml", "title: A\n");
        assert!(site.run(&["autogen", "--all"]).success().stdout.contains("the folder contains no photo"));
        assert!(site.run(&["autogen", "-d", "../"]).exit(1).stderr.contains("is not a folder in this site"));
        assert!(site.run(&["autogen"]).exit(2).stderr.contains("--all"));
        let site = SiteBuilder::new().settings("a/settings.yaml", "title: [\n").photo("a/1.jpg", quadrants(60, 40));
        assert!(site.run(&["autogen", "-d", "a"]).exit(1).stderr.contains("a/settings.yaml"));
    }

    #[test]
    fn a_site_begins_with_its_folders_of_photos_and_builds() {
        let site = SiteBuilder::new()
            .photo("a_trip-north/1.jpg", quadrants(60, 40))
            .photo("b/2.png", quadrants(60, 40))
            .photo("3.jpg", quadrants(6, 4));
        site.delete("settings.yaml");
        let said = site.run(&["init"]).success().stdout;
        assert!(
            said.contains("a_trip-north: created a gallery with 1 photo\nb: created a gallery with 1 photo\n"),
            "{said}"
        );
        assert!(said.contains("photos: created a gallery with 1 photo\n"), "{said}");
        assert!(
            fs::read_to_string(site.root().join("a_trip-north/settings.yaml"))
                .expect("there")
                .contains("\ntitle: A trip north\n")
        );
        assert_eq!(site.build().stderr, "");
        assert!(site.run(&["init"]).success().stdout.starts_with("nothing to do"));
        let said = site.run(&["init", "../new/one"]).success().stdout;
        assert!(said.ends_with("then run cimaise init ../new/one\n"), "{said}");
        assert!(site.root().join("../new/one/settings.yaml").exists());
    }
}

mod cleaning {
    use super::*;

    #[test]
    fn only_what_was_written_goes() {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
        site.build();
        site.write(".recitale_cache", b"{}");
        let said = site.run(&["clean", "--dry-run", "--cache"]).success().stdout;
        assert!(said.contains("would be removed from build"), "{said}");
        assert!(said.lines().any(|line| line == "build/a/index.html"), "{said}");
        let all = site.run(&["clean", "--dry-run", "--cache", "--verbose"]).success().stdout;
        assert!(all.lines().any(|line| line == ".cimaise-cache/ledger.json") && !all.contains(" more; "), "{all}");
        assert!(site.root().join("build/index.html").exists() && site.root().join(".cimaise-cache").exists());
        site.write("build/theirs.txt", b"x");
        site.write("build/a/theirs.txt", b"x");
        let said = site.run(&["clean"]).success().stdout;
        assert!(said.contains("keeping the folder"), "{said}");
        assert_eq!(site.output().paths(), ["a/theirs.txt", "theirs.txt"]);
        assert!(site.root().join(".cimaise-cache").exists());
        assert!(site.run(&["clean", "--cache"]).success().stdout.contains("there is no finished site in build"));
        assert!(!site.root().join(".cimaise-cache").exists() && site.root().join(".recitale_cache").exists());
        assert!(site.root().join("a/1.jpg").exists());
    }
}

mod mistyped {
    use super::*;

    #[test]
    fn a_folder_that_does_not_exist_is_not_clean() {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
        let run = site.run(&["clean", "nowhere"]).exit(1);
        assert!(run.stderr.contains("error[file/unreadable]: the folder `nowhere` does not exist"), "{}", run.stderr);
        assert!(!run.stderr.contains("published"), "{}", run.stderr);
        site.run(&["clean"]).success();
    }

    #[test]
    fn settings_with_another_extension_are_not_replaced() {
        let site = SiteBuilder::new().file("site/a/1.jpg", b"").file("site/settings.yml", b"title: Mine\n");
        site.delete("settings.yaml");
        let run = site.run(&["init"]).exit(1);
        assert!(run.stderr.contains("error[site/exists]: `./settings.yml` exists"), "{}", run.stderr);
        assert!(run.stderr.contains("help: rename the file to `settings.yaml`"), "{}", run.stderr);
        assert!(!site.root().join("settings.yaml").exists());
    }

    #[test]
    fn a_copy_of_a_cache_is_reported_beside_the_galleries_and_inside() {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
        site.build();
        for copy in ["copy", "a/copy"] {
            for file in ["CACHEDIR.TAG", "version"] {
                let bytes = std::fs::read(site.root().join(".cimaise-cache").join(file)).expect("a cache");
                site.write(&format!("{copy}/{file}"), &bytes);
            }
            let said = site.run(&["check", "--format", "short"]).success().stderr;
            assert!(said.contains(&format!("{copy}: warning[cache/in-site]: ")), "{said}");
        }
    }

    #[test]
    fn verify_follows_the_diagnostics_of_the_settings() {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
        site.build();
        let damage = || site.write("build/a/index.html", b"x");
        damage();
        let run = site.run(&["verify"]).success();
        assert!(run.stderr.contains("build/a/index.html: warning[verify/damaged]"), "{}", run.stderr);
        site.write("settings.yaml", b"title: Test site\nsettings: {diagnostics: {deny: [verify/damaged]}}\n");
        damage();
        let run = site.run(&["verify"]).exit(1);
        assert!(run.stderr.contains("build/a/index.html: error[verify/damaged]"), "{}", run.stderr);
    }

    #[test]
    fn verify_names_files_from_the_working_directory() {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
        site.build();
        site.write("build/a/index.html", b"x");
        let above = site.root().parent().expect("a folder").to_owned();
        let mut command = site.command(&["verify", "site", "--dry-run"]);
        let run = crate::support::Run::new(command.current_dir(above).output().expect("it runs")).exit(1);
        assert!(run.stderr.contains("site/build/a/index.html: error[verify/damaged]"), "{}", run.stderr);
        assert!(!run.stderr.contains("site/site"), "{}", run.stderr);
    }
}

mod previewing {
    use super::*;

    struct Running(Child);

    impl Drop for Running {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    fn ask(address: &str, request: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(address).expect("it listens");
        write!(stream, "{request}\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        (String::from_utf8(answer[..end].to_vec()).expect("text"), answer[end + 4..].to_vec())
    }

    #[test]
    fn the_finished_site_is_served_and_nothing_else() {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
        assert!(site.run(&["serve", "--built"]).exit(1).stderr.contains("no finished site found in `build`"));
        site.build();
        let mut child = site.command(&["serve", "--built", "-p", "0"]).stdout(Stdio::piped()).spawn().expect("it runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let _running = Running(child);
        let address =
            line.strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect("an address").to_owned();
        let (head, body) = ask(&address, "GET /a/ HTTP/1.1");
        assert!(head.starts_with("HTTP/1.1 200") && head.contains("text/html"), "{head}");
        assert_eq!(body, site.page("a/index.html").into_bytes());
        let (head, body) = ask(&address, "HEAD / HTTP/1.1");
        assert!(head.starts_with("HTTP/1.1 200") && body.is_empty(), "{head}");
        let (head, _) = ask(&address, "GET /a HTTP/1.1");
        assert!(head.starts_with("HTTP/1.1 301") && head.contains("location: /a/"), "{head}");
        let (head, body) = ask(&address, "GET / HTTP/1.1\r\nRange: bytes=2-5");
        assert!(head.starts_with("HTTP/1.1 206") && head.contains("content-range: bytes 2-5/"), "{head}");
        assert_eq!(body, b"doct");
        for path in ["/../settings.yaml", "/%2e%2e/settings.yaml", "/.cimaise-manifest", "/none.jpg"] {
            assert!(ask(&address, &format!("GET {path} HTTP/1.1")).0.starts_with("HTTP/1.1 404"), "{path}");
        }
        assert!(ask(&address, "POST / HTTP/1.1\r\nContent-Length: 0").0.starts_with("HTTP/1.1 405"));
    }
}

#[test]
fn a_wrong_address_or_folder_is_what_the_help_names() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    site.build();
    // 192.0.2.0/24 is reserved for documentation: no machine has such an address.
    let run = site.run(&["serve", "--built", "--host", "192.0.2.1"]).exit(3);
    assert!(run.stderr.contains("check `--host`") && !run.stderr.contains("--port"), "{}", run.stderr);
    let run = site.run(&["build", "settings.yaml"]).exit(1);
    assert!(run.stderr.contains("name the folder of the site, not a file in it"), "{}", run.stderr);
}

#[test]
fn levels_of_logging_stand_before_or_behind_the_command() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    assert_eq!(site.run(&["build", "--log-level", "ERROR"]).success().stdout, "");
    assert_eq!(site.run(&["--log-level", "50"]).success().stdout, "");
    assert_ne!(site.run(&["build", "--log-level=INFO"]).success().stdout, "");
    assert_eq!(site.run(&["--log-level", "ERROR", "build"]).success().stdout, "");
    assert!(site.run(&["build", "--log-level", "LOUD"]).exit(2).stderr.contains("expected DEBUG"));
}
