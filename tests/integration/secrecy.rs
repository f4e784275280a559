//! Files that are never published: caches, and copies of settings; and files that `clean` may delete.

use std::fs;

use crate::support::{SiteBuilder, quadrants};

fn site() -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))])
}

#[test]
fn a_cache_in_anything_that_is_published_is_refused() {
    let site = site().settings("settings.yaml", "title: T\ninclude: [extra, data/deep/]\n");
    let site = site.file("site/extra/x.txt", b"x").file("site/data/deep/x.txt", b"x");
    #[cfg(unix)]
    std::os::unix::fs::symlink(site.root().join("static"), site.root().join("../link")).expect("made");
    let mut cases = vec![
        ("build/.cache", "the cache `build/.cache` is inside the output `build`"),
        ("build", "the output and the cache are the same folder, `build`"),
        ("new/../build/x", "is inside the output `build`"),
        ("static/cache", "is inside `static`, which is published unchanged"),
        ("static", "is inside `static`"),
        ("extra/.cache", "is inside `extra`"),
        ("data/deep/cache", "is inside `data/deep`"),
    ];
    if cfg!(unix) {
        site.write("static/x.txt", b"x");
        cases.push(("../link/cache", "is inside `static`"));
    }
    for (cache, expected) in cases {
        for command in ["build", "check"] {
            let said = site.run(&[command, "--cache-dir", cache]).exit(1).stderr;
            assert!(said.contains(expected), "{cache}: {said}");
        }
    }
    let said = site.run(&["build", "--cache-dir", "../c", "--output", "../c/build"]).exit(1).stderr;
    assert!(said.contains("the output `../c/build` is inside the cache `../c`"), "{said}");
    assert!(!site.root().join("build").exists() && !site.root().join("../c").exists());
    site.run(&["build", "--cache-dir", "a/cache"]).success();
    site.run(&["build", "--cache-dir", "a/cache"]).success();
}

#[test]
fn a_cache_that_lies_among_published_files_is_left_out_with_a_warning() {
    let site = site().settings("settings.yaml", "title: T\ninclude: [extra, .well-known]\n");
    for folder in ["static/old", "extra/deep/c", ".well-known/c", "a/copy", "beside/c"] {
        site.write(
            &format!("{folder}/CACHEDIR.TAG"),
            b"Signature: 8a477f597d28d172789f06886806bc55\n# Made by cimaise; x\n",
        );
        site.write(&format!("{folder}/secret"), b"hush");
        site.write(&format!("{folder}/store/ab/1.jpg"), b"hush");
    }
    site.write("static/other/version", b"1.0\n");
    site.write("extra/x.txt", b"x");
    #[cfg(unix)]
    std::os::unix::fs::symlink(site.root().join("a/copy/store"), site.root().join("static/link")).expect("made");
    let said = site.build().stderr;
    for folder in ["static/old", "extra/deep/c", ".well-known/c", "a/copy", "beside/c"] {
        assert!(said.contains(&format!("{folder}: ")) || said.contains(folder), "{folder}: {said}");
    }
    assert_eq!(cfg!(unix), said.contains("a link into a cache of cimaise"), "{said}");
    let output = site.output();
    assert!(
        !output.paths().iter().any(|path| path.ends_with("secret") || path.contains("store")),
        "{:?}",
        output.paths()
    );
    assert!(output.0.contains_key("static/other/version") && output.0.contains_key("extra/x.txt"));
}

#[test]
fn copies_of_settings_are_not_published() {
    let site = site().settings("settings.yaml", "title: T\ninclude: [extra, a, 'settings.yaml.orig']\n");
    let held_back = [
        "extra/deep/settings.yaml",
        "static/settings.yaml~",
        "static/.settings.yaml.swp",
        "extra/#settings.yaml#",
        "extra/deep/settings.yaml.bak",
        "extra/settings (copy).yaml",
        "a/settings.yaml.orig",
        "settings.yaml.orig",
    ];
    for path in held_back {
        site.write(path, b"password: hush");
    }
    site.write("static/style.css~", b"x");
    let said = site.build().stderr;
    let output = site.output();
    for path in held_back {
        assert!(said.contains(path), "{path}: {said}");
        assert!(!output.0.contains_key(path), "{path}");
    }
    // The settings of a gallery are in their proper place, so there is no warning.
    assert!(!said.contains("a/settings.yaml\n") && !output.0.contains_key("a/settings.yaml"), "{said}");
    assert!(output.0.contains_key("static/style.css~"));
}

#[test]
fn a_folder_that_merely_holds_a_file_called_version_is_not_cleaned() {
    let site = site();
    site.build();
    let site = site.file("mine/version", b"1.0\n").file("mine/photo.jpg", b"x").file("mine/ledger.json", b"{}");
    let said = site.run(&["clean", "--cache", "--cache-dir", "../mine"]).exit(1).stderr;
    assert!(said.contains("`../mine` is not a cimaise cache"), "{said}");
    for path in ["../mine/version", "../mine/photo.jpg", "../mine/ledger.json", "build/index.html"] {
        assert!(site.root().join(path).exists(), "{path}");
    }
}

#[test]
fn what_lies_in_a_cache_and_is_not_cimaise_s_stays() {
    let site = site();
    site.build();
    site.write(".cimaise-cache/photo.jpg", b"x");
    site.write(".cimaise-cache/store/notes.txt", b"x");
    let dry = site.run(&["clean", "--cache", "--dry-run"]).success().stdout;
    let said = site.run(&["clean", "--cache"]).success().stdout;
    let number = |text: &str| {
        text.lines()
            .find(|line| line.contains("from .cimaise-cache"))
            .map(|line| line.split(' ').next().map(str::to_owned))
    };
    assert!(number(&dry).is_some() && number(&dry) == number(&said), "{dry}{said}");
    assert!(said.contains("keeping the folder"), "{said}");
    let mut left: Vec<_> = crate::support::Tree::read(&site.root().join(".cimaise-cache")).0.into_keys().collect();
    left.sort();
    assert_eq!(left, ["photo.jpg", "store/notes.txt"]);
    fs::remove_file(site.root().join(".cimaise-cache/photo.jpg")).expect("there");
}
