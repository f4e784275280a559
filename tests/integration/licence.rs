//! Licences of photos: those that are written on the site or in the file, and no others.

use serde_json::Value;

use crate::support::{SiteBuilder, quadrants, seeded};

const URL: &str = "url: https://example.org\n";

/// Returns a site with these root settings, and a story with a light copy of two photos, one of which has this XMP.
fn site(root: &str, xmp: &str) -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 40)), ("2.jpg", seeded(64, 40, 1).xmp(xmp))])
        .settings("settings.yaml", &format!("title: T\n{URL}{root}settings: {{light_mode: true, og: true}}\n"))
}

/// Returns the linked data of a page's pictures.
fn images(site: &SiteBuilder) -> Vec<Value> {
    let page = site.page("a/index.html");
    let (_, data) = page.split_once("<script type=\"application/ld+json\">").expect("linked data");
    let data: Value = serde_json::from_str(data.split("</script>").next().expect("an end")).expect("JSON");
    data["image"].as_array().expect("pictures").clone()
}

#[test]
fn nothing_states_a_licence_that_nobody_wrote() {
    for root in ["", "licence: false\n", "licence: no\n", "licence:\n", "licence: {name: \"\"}\n"] {
        let site = site(root, "");
        assert_eq!(site.build().stderr, "", "{root}");
        for (path, bytes) in site.output().0.iter().filter(|(path, _)| !path.ends_with(".jpg")) {
            let text = String::from_utf8_lossy(bytes);
            for word in ["Photographs:", "icense", "creativecommons", "CC-BY"] {
                assert!(!text.contains(word), "{root}: {path}: {word}");
            }
            let is_empty = text.contains("<footer class=\"foot\">\n</footer>") || text.contains("<footer>\n</footer>");
            assert!(!is_empty, "{root}: {path} has an empty footer");
        }
        assert!(site.page("a/index.html").contains("<footer class=\"foot\">\n<p><a href=\"light/index.html\">"));
        assert!(!site.page("index.html").contains("<footer") && !site.page("a/light/index.html").contains("<footer"));
    }
}

#[test]
fn what_is_written_stands_in_every_footer() {
    let site = site("licence: {name: CC0, url: https://site.example/licence}\n", "");
    site.build();
    for page in ["index.html", "a/index.html", "a/light/index.html"] {
        let page = site.page(page);
        assert!(
            page.contains("<p>Photographs: <a rel=\"license\" href=\"https://site.example/licence\">CC0</a></p>"),
            "{page}"
        );
    }
    assert!(images(&site).iter().all(|image| image["license"] == "https://site.example/licence"));
    let said = self::site("licence: yes\n", "").run(&["check", "--format", "short"]).success().stderr;
    assert_eq!(
        said.matches("settings.yaml:3:10: warning[licence/unnamed]: `licence: yes` does not name a licence").count(),
        1,
        "{said}"
    );
}

#[test]
fn a_site_of_recitale_or_prosopopee_learns_how_to_get_its_footer_back() {
    for cache in [".recitale_cache", ".prosopopee_cache"] {
        let site = site("", "");
        site.write(cache, b"{}");
        let said = site.build().stderr;
        assert_eq!(said.matches("pages no longer name a licence").count(), 1, "{said}");
        let line = said.split('`').find(|part| part.starts_with("licence: {")).expect("the line to write");
        let said = site.settings("settings.yaml", &format!("title: T\n{line}\n"));
        assert_eq!(said.build().stderr, "", "{line}");
        let footer = "<p>Photographs: <a rel=\"license\" href=\"https://creativecommons.org/licenses/by-sa/3.0/\">CC-BY-SA-3.0</a></p>";
        assert!(said.page("index.html").contains(footer));
        for chosen in ["licence: false", "licence: CC0"] {
            said.write("settings.yaml", format!("title: T\n{chosen}\n").as_bytes());
            assert_eq!(said.build().stderr, "", "{chosen}");
        }
    }
}

#[test]
fn a_file_that_states_rights_keeps_the_licence_of_the_site_away() {
    let licence = "licence: {name: CC0, url: https://site.example/licence}\n";
    let creator = "<dc:creator><rdf:Seq><rdf:li>Bob</rdf:li></rdf:Seq></dc:creator>";
    let own = site(licence, creator);
    own.build();
    let told = images(&own);
    assert_eq!(told[0]["license"], "https://site.example/licence");
    assert_eq!((&told[1]["license"], &told[1]["creator"][0]["name"]), (&Value::Null, &"Bob".into()));

    let rights = "<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>\u{A9} Bob</rdf:li></rdf:Alt></dc:rights>\
        <photoshop:Credit>Bob / Agency</photoshop:Credit>\
        <r:WebStatement xmlns:r='http://ns.adobe.com/xap/1.0/rights/'>https://file.example/rights</r:WebStatement>\
        <plus:Licensor xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/'><rdf:Seq><rdf:li rdf:parseType='Resource'>\
        <plus:LicensorURL>https://file.example/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>";
    let stated = site(licence, rights);
    stated.build();
    let told = &images(&stated)[1];
    for (key, value) in [
        ("license", "https://file.example/rights"),
        ("acquireLicensePage", "https://file.example/buy"),
        ("copyrightNotice", "\u{A9} Bob"),
        ("creditText", "Bob / Agency"),
    ] {
        assert_eq!(told[key], value);
    }
    let both = site(licence, &[rights, "<cc:license rdf:resource='https://file.example/licence'/>"].concat());
    both.build();
    assert_eq!(images(&both)[1]["license"], "https://file.example/licence");
    // Unpublished metadata is not shown, but it still prevents the licence of the site from applying.
    both.write(
        "settings.yaml",
        format!("title: T\n{URL}{licence}settings: {{images: {{metadata: none}}}}\n").as_bytes(),
    );
    both.build();
    let told = &images(&both)[1];
    assert!(["license", "creator", "creditText", "copyrightNotice"].iter().all(|key| told[key].is_null()), "{told}");
}

#[test]
fn a_new_site_has_a_licence_to_choose() {
    let site = SiteBuilder::new();
    site.run(&["init", "../new"]).success();
    let text = std::fs::read_to_string(site.root().join("../new/settings.yaml")).expect("settings");
    assert_eq!(text.lines().filter(|line| *line == "licence: false").count(), 1, "{text}");
    let choices: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("# ")).filter(|line| line.starts_with("licence: ")).collect();
    assert!(choices.len() >= 2, "{text}");
    for choice in choices {
        let site = self::site("", "").settings("settings.yaml", &text.replace("licence: false", choice));
        assert_eq!(site.run(&["check"]).success().stderr, "", "{choice}");
    }
}
