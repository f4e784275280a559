//! Pages and pictures behind passwords.

use std::path::Path;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::{SiteBuilder, Tree, every_link_leads_somewhere, quadrants};

const WORD: &str = "seven quiet herons";

/// Returns a site of a public story, a protected one, and an index of two galleries, with its password and with another one.
fn site(secret: &str) -> SiteBuilder {
    let gallery = |title: &str, more: &str| {
        format!(
            "title: {title}\nsub_title: Sub {title}\ndate: 2024-01-01\ncover: {title}-cover.jpg\n{more}sections:\n\
             - type: bordered-picture\n  image: {{name: {title}-one.jpg, alt: Alt {title}}}\n  text: Caption {title}\n"
        )
    };
    let photos = |site: SiteBuilder, folder: &str, title: &str| {
        site.photo(&format!("{folder}/{title}-cover.jpg"), quadrants(90, 60))
            .photo(&format!("{folder}/{title}-one.jpg"), quadrants(120, 80))
    };
    let site = SiteBuilder::new()
        .settings("settings.yaml", "title: Birds\nurl: https://birds.example\nsettings: {og: true}\n")
        .settings("open/settings.yaml", &gallery("Larks", ""))
        .settings("kept/settings.yaml", &gallery("Herons", secret))
        .settings("nest/settings.yaml", &format!("title: Nests\ndate: 2023-01-01\n{secret}"))
        .settings("nest/inner/settings.yaml", &gallery("Swifts", ""))
        .settings("nest/other/settings.yaml", &gallery("Owls", "password: another sentence\n"));
    let site = photos(site, "open", "Larks");
    let site = photos(site, "kept", "Herons");
    let site = photos(site, "nest/inner", "Swifts");
    photos(site, "nest/other", "Owls")
}

fn attribute<'p>(page: &'p str, name: &str) -> &'p str {
    let rest = page.split(&format!("{name}=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().expect("an end")
}

/// Returns nonce, ciphertext and tag of a protected page, in Base64.
fn content(page: &str) -> &str {
    let rest = page.split("id=\"locked\"").nth(1).and_then(|rest| rest.split('>').nth(1));
    rest.and_then(|rest| rest.split('<').next()).expect("content")
}

/// Returns the cipher that a browser derives from a password.
fn cipher(password: &str, salt: &[u8]) -> Aes256Gcm {
    let (mut stretched, mut key) = ([0; 32], [0; 32]);
    pbkdf2::pbkdf2_hmac::<sha2::Sha256>(password.as_bytes(), salt, 600_000, &mut stretched);
    hkdf::Hkdf::<sha2::Sha256>::new(None, &stretched).expand(b"cimaise 2 encryption", &mut key).expect("short");
    Aes256Gcm::new(&key.into())
}

/// Returns the page inside a protected page; `None` if the password does not open it.
fn opened(page: &str, password: &str) -> Option<serde_json::Value> {
    let salt = STANDARD.decode(attribute(page, "data-salt")).expect("Base64");
    let rounds: u32 = attribute(page, "data-rounds").parse().expect("a number");
    assert_eq!(rounds, 600_000);
    let content = STANDARD.decode(content(page)).expect("Base64");
    let nonce = Nonce::from(<[u8; 12]>::try_from(&content[..12]).expect("12 bytes"));
    let aad = format!("cimaise 2 page {}", attribute(page, "data-place"));
    let plain = cipher(password, &salt).decrypt(&nonce, Payload { msg: &content[12..], aad: aad.as_bytes() }).ok()?;
    Some(serde_json::from_slice(&plain).expect("JSON"))
}

fn html(page: &str, password: &str) -> String {
    opened(page, password).expect("the password opens it")["html"].as_str().expect("a page").to_owned()
}

/// Returns the files that contain one of these words in readable form.
fn telling(tree: &Tree, words: &[&str]) -> Vec<String> {
    let told = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        words.iter().any(|word| text.contains(word))
    };
    tree.0.iter().filter(|(path, bytes)| told(bytes) || told(path.as_bytes())).map(|(path, _)| path.clone()).collect()
}

#[test]
fn a_protected_page_opens_with_its_password_and_with_no_other() {
    let site = site(&format!("password: {WORD}\n"));
    site.build();
    let page = site.page("kept/index.html");
    assert!(html(&page, WORD).contains("Caption Herons"));
    assert!(opened(&page, "another sentence").is_none() && opened(&page, "").is_none());
    // Galleries inside a protected gallery are protected with it, unless they have their own password.
    assert!(html(&site.page("nest/index.html"), WORD).contains("Nests"));
    assert!(html(&site.page("nest/inner/index.html"), WORD).contains("Caption Swifts"));
    assert!(html(&site.page("nest/other/index.html"), "another sentence").contains("Caption Owls"));
    assert!(opened(&site.page("nest/other/index.html"), WORD).is_none());
    assert!(site.page("open/index.html").contains("Caption Larks"));
    every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn nothing_of_a_protected_page_is_told_elsewhere() {
    let site = site(&format!("password: {WORD}\n"));
    site.build();
    let tree = site.output();
    assert_eq!(telling(&tree, &["Caption Herons", "Alt Herons", "Caption Swifts", "Caption Owls", WORD]), [""; 0]);
    // The front page contains title and subtitle, as in récitale, and no cover.
    let front = site.page("index.html");
    assert!(front.contains("Sub Herons") && front.contains("class=\"locked-cover\""));
    assert!(front.contains("Larks-cover") && !front.contains("Herons-cover"));
    assert!(!tree.paths().iter().any(|path| path.contains("Herons-cover") || path.contains("Owls-cover")));
    // Behind the password is the cover of a gallery that it opens, but not of one that another password opens.
    let nest = html(&site.page("nest/index.html"), WORD);
    assert!(nest.contains("Swifts-cover") && !nest.contains("Owls-cover"));
    for feed in ["feed.xml", "atom.xml", "feed.json"] {
        let feed = site.page(feed);
        assert!(feed.contains("Herons") && !feed.contains("Sub Herons") && !feed.contains("Herons-cover"));
    }
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("/open/") && !sitemap.contains("/kept/") && !sitemap.contains("/nest/"));
    assert!(!site.page("kept/index.html").contains("og:") && !site.page("kept/index.html").contains("canonical"));
}

#[test]
fn what_did_not_change_is_not_published_anew() {
    let site = site(&format!("password: {WORD}\nprotect: media\n"));
    site.build();
    let before = site.output();
    assert!(site.build().stdout.contains("0 written, 0 removed"));
    let text = std::fs::read_to_string(site.root().join("open/settings.yaml")).expect("text");
    site.write("open/settings.yaml", text.replace("Caption", "Other").as_bytes());
    site.build();
    let after = site.output();
    for path in before.paths().into_iter().filter(|path| path.starts_with("kept/") || path.starts_with("locked/")) {
        assert!(before.0.get(path) == after.0.get(path), "{path}");
    }
    // Changed content is encrypted with another nonce.
    let nonce_of = |page: &str| content(page)[..16].to_owned();
    let nonce = nonce_of(&site.page("kept/index.html"));
    let text = std::fs::read_to_string(site.root().join("kept/settings.yaml")).expect("text");
    site.write("kept/settings.yaml", text.replace("Caption", "Capti0n").as_bytes());
    site.build();
    assert_ne!(nonce_of(&site.page("kept/index.html")), nonce);
}

#[test]
fn protected_media_cannot_be_seen_by_their_address() {
    let site = site(&format!("password: {WORD}\nprotect: media\n"));
    site.build();
    let tree = site.output();
    assert_eq!(telling(&tree, &["Herons-one", "Herons-cover", "Swifts-one"]), [""; 0]);
    let locked: Vec<&str> = tree.paths().into_iter().filter(|path| path.starts_with("locked/")).collect();
    assert!(locked.len() >= 4, "{locked:?}");
    for path in &locked {
        let bytes = &tree.0[*path];
        assert!(bytes.starts_with(b"cimaise2") && image::guess_format(bytes).is_err());
    }
    // The page contains their names and types.
    let page = html(&site.page("kept/index.html"), WORD);
    let image = page.split("<img").nth(1).expect("a picture");
    let src = attribute(image, " src").to_owned();
    let source = src.strip_suffix("#image/jpeg").and_then(|src| src.strip_prefix("../")).expect("a locked picture");
    let file = &tree.0[source];
    let salt = STANDARD.decode(attribute(&site.page("kept/index.html"), "data-salt")).expect("Base64");
    let mut nonce = [0; 12];
    nonce[..7].copy_from_slice(&file[8..15]);
    nonce[11] = 1;
    // Bound to the place that the page names, and to no other.
    let open = |place: &str| {
        let aad = format!("cimaise 2 file {place}");
        cipher(WORD, &salt).decrypt(&Nonce::from(nonce), Payload { msg: &file[16..], aad: aad.as_bytes() }).ok()
    };
    assert!(locked.iter().filter(|&&other| other != source).all(|other| open(other).is_none()));
    let picture = open(source).expect("one piece");
    assert_eq!(crate::support::site::decode(&picture).dimensions(), (120, 80));
    // An index that the same password opens shows the cover, which is encrypted too.
    assert!(html(&site.page("nest/index.html"), WORD).contains("locked/"));
    // Without the password everything is open again, and the encrypted files are gone.
    site.write("kept/settings.yaml", b"title: Herons\ncover: Herons-cover.jpg\n");
    site.write("nest/settings.yaml", b"title: Nests\n");
    site.build();
    let tree = site.output();
    assert!(!tree.paths().iter().any(|path| path.starts_with("locked/")));
    assert!(site.page("index.html").contains("Herons-cover"));
}

#[test]
fn a_photo_that_an_open_page_shows_as_well_is_told() {
    let site = site(&format!("password: {WORD}\nprotect: media\n"));
    site.write("open/settings.yaml", b"title: Larks\ncover: ../kept/Herons-one.jpg\n");
    let said = site.build().stderr;
    assert!(said.contains("`kept/Herons-one.jpg` is protected here, but a public page shows it as well"), "{said}");
    assert!(said.contains("kept/settings.yaml:"), "{said}");
}

#[test]
fn a_password_for_the_whole_site_protects_everything() {
    let site = site("");
    site.write("settings.yaml", format!("title: Birds\nurl: https://birds.example\npassword: {WORD}\n").as_bytes());
    site.build();
    let tree = site.output();
    for page in ["index.html", "open/index.html", "nest/index.html", "nest/inner/index.html"] {
        assert!(opened(&site.page(page), WORD).is_some(), "{page}");
    }
    assert_eq!(telling(&tree, &["Birds", "Larks<", "Sub Larks"]), [""; 0]);
    assert!(!["feed.xml", "sitemap.xml"].iter().any(|list| tree.0.contains_key(*list)));
}

#[test]
fn odd_passwords_are_told() {
    let said = |settings: &str| {
        let site = site(settings);
        let run = site.run(&["check", "--format", "short"]);
        (run.code, run.stderr)
    };
    let (code, text) = said("password: 12345678\n");
    assert_eq!(code, Some(0));
    assert!(text.contains("`password` is a number; cimaise reads it as text, récitale fails"), "{text}");
    assert!(text.contains("this password protects the galleries inside as well"), "{text}");
    assert!(said("password: short\n").1.contains("passwords shorter than 8 characters are easily guessed"));
    assert!(said("protect: media\n").1.contains("`protect` has no effect without a `password`"));
    let (code, text) = said("password: long enough\nprotect: medai\n");
    assert_eq!(code, Some(1));
    assert!(text.contains("expected `pages` or `media` for `protect`, found `medai`; did you mean `media`?"), "{text}");
    let (code, text) = said("password: ''\n");
    assert_eq!(code, Some(0));
    assert!(text.contains("`password` is empty and protects nothing"), "{text}");
    assert_eq!(said("password: false\n"), (Some(0), String::new()));
    let (code, text) = said("passwort: lantern gravel oboe thirty maple\n");
    assert_eq!(code, Some(1));
    assert!(text.contains("without a valid key, the pages would be public; did you mean `password`?"), "{text}");
}

#[test]
fn the_salt_lies_in_the_cache_of_sites_that_keep_something() {
    let salt = |site: &SiteBuilder| site.root().join(".cimaise-cache/salt");
    let open = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    open.build();
    assert!(!Path::new(&salt(&open)).exists());
    let kept = site(&format!("password: {WORD}\n"));
    assert_eq!(kept.run(&["check"]).code, Some(0));
    assert!(!Path::new(&salt(&kept)).exists(), "a check draws none");
    kept.build();
    let drawn = std::fs::read(salt(&kept)).expect("there");
    assert_eq!(drawn.len(), 16);
    let shown = STANDARD.decode(attribute(&kept.page("kept/index.html"), "data-salt")).expect("Base64");
    assert_eq!(shown, drawn);
    // Another password results in another key with the same salt.
    let text = std::fs::read_to_string(kept.root().join("kept/settings.yaml")).expect("text");
    kept.write("kept/settings.yaml", text.replace(WORD, "eight quiet herons").as_bytes());
    kept.build();
    assert_eq!(std::fs::read(salt(&kept)).expect("there"), drawn);
}

/// Returns every file of cache and output, with its name, except those in `except`.
fn files(root: &Path, except: &[&str]) -> Vec<(String, Vec<u8>)> {
    let (mut found, mut folders) = (Vec::new(), vec![root.join(".cimaise-cache"), root.join("build")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            let name = path.strip_prefix(root).expect("inside").display().to_string();
            match path.is_dir() {
                true => folders.push(path),
                false if except.iter().any(|except| name.starts_with(except)) => {}
                false => found.push((name, std::fs::read(&path).expect("readable"))),
            }
        }
    }
    found.sort();
    found
}

/// With the same salt and another password, only ciphertexts, their names and the list of names differ. The tests of locks check
/// that these depend on the result of PBKDF2 alone.
#[test]
fn of_cache_and_output_only_locked_things_depend_on_a_password() {
    let site = site(&format!("password: {WORD}\nprotect: media\n"));
    let root = site.root().to_owned();
    site.build();
    // The ledger excludes files that changed just before they were read: once it is stable, it no longer depends on time.
    let ledger = || std::fs::read(root.join(".cimaise-cache/ledger.json")).expect("there");
    loop {
        let earlier = ledger();
        std::thread::sleep(std::time::Duration::from_secs(2));
        site.build();
        if ledger() == earlier {
            break;
        }
    }
    let depends = [
        "build/locked/",
        "build/kept/index.html",
        "build/nest/",
        "build/.cimaise-manifest",
        ".cimaise-cache/published-",
    ];
    let before = files(&root, &depends);
    assert!(before.iter().any(|(name, _)| name == ".cimaise-cache/salt"));
    assert!(before.iter().any(|(name, _)| name.starts_with(".cimaise-cache/store/")));
    for folder in ["kept", "nest"] {
        let path = format!("{folder}/settings.yaml");
        let text = std::fs::read_to_string(root.join(&path)).expect("text");
        site.write(&path, text.replace(WORD, "eight quiet herons").as_bytes());
    }
    site.build();
    let after = files(&root, &depends);
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before));
    for ((name, one), (_, other)) in before.iter().zip(&after) {
        assert!(one == other, "{name} depends on a password");
    }
    // Files that depend on the password contain it in no form that is faster to compute.
    let salt = std::fs::read(root.join(".cimaise-cache/salt")).expect("there");
    let word = "eight quiet herons".as_bytes();
    let fast = [
        word.to_vec(),
        blake3::hash(word).as_bytes()[..12].to_vec(),
        blake3::hash(&[&salt, word].concat()).as_bytes()[..12].to_vec(),
    ];
    for (name, bytes) in files(&root, &[]) {
        for value in &fast {
            assert!(!bytes.windows(value.len()).any(|window| window == &value[..]), "{name}");
        }
    }
}

#[test]
fn builds_that_share_a_new_cache_agree_on_its_salt() {
    let shared = tempfile::tempdir().expect("a folder");
    let cache = shared.path().join("cache");
    let sites: Vec<SiteBuilder> = (0..6)
        .map(|_| {
            let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
            site.settings("settings.yaml", "title: Birds\npassword: seven quiet herons\n")
        })
        .collect();
    let cache = cache.to_str().expect("text");
    std::thread::scope(|scope| {
        for site in &sites {
            scope.spawn(|| {
                let run = site.run(&["build", "--cache-dir", cache]);
                assert_eq!(run.code, Some(0), "{}", run.stderr);
            });
        }
    });
    let salts: std::collections::BTreeSet<String> =
        sites.iter().map(|site| attribute(&site.page("index.html"), "data-salt").to_owned()).collect();
    assert_eq!(salts.len(), 1, "{salts:?}");
}

#[test]
fn a_page_that_asks_for_a_password_is_named_leads_back_and_has_the_footer() {
    let site = site(&format!("password: {WORD}\n"));
    site.write("settings.yaml", b"title: Birds\nlicence: {name: Mine}\n");
    site.write(
        "nobody/settings.yaml",
        b"title: Nobody knows\npublic: false\npassword: a third one\nsections: [{type: text, text: x}]\n",
    );
    site.build();
    let listed = site.page("kept/index.html");
    assert!(listed.contains("<h1>Herons</h1>") && listed.contains("<title>Herons · Birds</title>"), "{listed}");
    assert!(
        listed.contains("<a class=\"back\" href=\"../index.html\">") && listed.contains("Photographs: Mine"),
        "{listed}"
    );
    // What no open page lists has no name, and leads to the nearest open page.
    for (page, back) in [("nest/other/index.html", "../../index.html"), ("nobody/index.html", "../index.html")] {
        let page = site.page(page);
        let back = format!("<a class=\"back\" href=\"{back}\">");
        assert!(page.contains("<h1>Birds</h1>") && page.contains(&back), "{page}");
    }
    site.write("settings.yaml", b"title: Birds\nlicence: {name: Mine}\npassword: the whole site\n");
    site.build();
    let page = site.page("open/index.html");
    assert!(
        !page.contains("Birds") && !page.contains("Larks") && !page.contains("Mine") && !page.contains("back"),
        "{page}"
    );
}
