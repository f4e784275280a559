//! Templates of the site itself.

use crate::support::{SiteBuilder, Tree, every_link_leads_somewhere, quadrants};

const STRIP: &str = r#"
<section class="strip">
{% for name in section.frames %}
{% set photo = Image.get(link, name) %}
<a href="{{ photo.copy() }}"><img src="{{ photo.thumbnail((None, 300)) }}" alt="" data-ratio="{{ "%.2f"|format(photo.ratio) }}"></a>
{% endfor %}
<p>{{ section.note }}</p>
</section>
"#;

/// Returns a site with a gallery `a` of two photos and a section of a custom type.
fn site(templates: &[(&str, &str)]) -> SiteBuilder {
    let settings = "title: Ånd & <em>snow</em>\nsub_title: below\ndate: 2024-05-01\ncover: 1.jpg\ntags: [x, y]\nmood: quiet\nsections:\n\
                    - type: text\n  text: Words of <b>mine</b>\n\
                    - type: strip\n  frames: [1.jpg, {name: 2.jpg, quality: 60}]\n  note: handmade\n";
    let site = SiteBuilder::new()
        .settings("settings.yaml", "title: Test site\nlicence: CC-BY-4.0\n")
        .settings("a/settings.yaml", settings)
        .photo("a/1.jpg", quadrants(900, 600))
        .photo("a/2.jpg", quadrants(600, 1200));
    let site = site.file("site/templates/sections/strip.html", STRIP.as_bytes());
    templates.iter().fold(site, |site, (name, text)| site.file(&format!("site/templates/{name}"), text.as_bytes()))
}

/// Returns the values of an attribute, in order.
fn attributes(page: &str, name: &str) -> Vec<String> {
    let start = format!("{name}=\"");
    page.split(&start).skip(1).map(|rest| rest[..rest.find('"').expect("a quote")].to_owned()).collect()
}

fn size(site: &SiteBuilder, folder: &str, link: &str) -> (u32, u32) {
    let name = percent_encoding::percent_decode_str(link).decode_utf8().expect("UTF-8").into_owned();
    site.picture(&format!("{folder}{name}")).dimensions()
}

#[track_caller]
fn refused(templates: &[(&str, &str)]) -> String {
    let run = site(templates).run(&["build", "--format", "short"]).exit(1);
    assert_eq!(site(templates).run(&["check", "--format", "short"]).exit(1).stderr, run.stderr);
    run.stderr
}

#[test]
fn a_section_type_of_its_own_stands_in_cimaises_page_and_gets_the_sizes_that_it_asks_for() {
    let site = site(&[]);
    let run = site.build();
    assert_eq!(run.stderr.lines().filter(|line| line.contains("warning")).count(), 0, "{}", run.stderr);
    let page = site.page("a/index.html");
    assert!(page.contains("<section class=\"strip\">") && page.contains("<p>handmade</p>"), "{page}");
    assert!(page.contains("<div class=\"measure\">Words of <b>mine</b></div>") && page.contains("class=\"foot\""));
    let strip = &page[page.find("<section class=\"strip\">").expect("the section")..];
    let strip = &strip[..strip.find("</section>").expect("its end")];
    let shown = attributes(strip, "src");
    assert_eq!(size(&site, "a/", &shown[0]), (450, 300));
    assert_eq!(size(&site, "a/", &shown[1]), (150, 300));
    assert_eq!(attributes(strip, "data-ratio"), ["1.50", "0.50"]);
    let full = attributes(strip, "href");
    assert_eq!(size(&site, "a/", &full[0]), (900, 600));
    assert_eq!(size(&site, "a/", &full[1]), (600, 1200));
    every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn a_second_build_makes_nothing() {
    let site = site(&[]);
    let (made, _) = site.build().made_and_reused();
    let before = Tree::read(&site.root().join("build"));
    assert_eq!(site.build().made_and_reused(), (0, made));
    assert!(site.output() == before);
    // Another size adds one rendition, and renditions that are no longer used are removed.
    site.write("templates/sections/strip.html", STRIP.replace("(None, 300)", "(None, 200)").as_bytes());
    assert_eq!(site.build().made_and_reused().0, 2);
    assert_eq!(site.output().paths().len(), before.paths().len());
}

#[test]
fn pictures_are_never_enlarged_and_fit_into_the_box() {
    let strip = "<b src=\"{{ Image.get(link, section.frames[0]).thumbnail((400, 200)) }}\" \
                 src=\"{{ Image.get(link, '1.jpg').thumbnail((400, None)) }}\" \
                 src=\"{{ Image.get(link, gallery.cover).thumbnail((5000, 5000)) }}\"></b><hr>";
    let site = site(&[("sections/strip.html", strip)]);
    site.build();
    let page = site.page("a/index.html");
    let strip = &page[page.find("<b src").expect("the section")..page.find("<hr>").expect("its end")];
    let sizes: Vec<_> = attributes(strip, "src").iter().map(|link| size(&site, "a/", link)).collect();
    assert_eq!(sizes, [(300, 200), (400, 267), (900, 600)]);
}

#[test]
fn a_whole_gallery_page_is_the_sites_own_and_includes_cimaises_sections() {
    let page = r#"{% extends "base.html" %}
{% block title %}{{ gallery.title|striptags }} by me{% endblock %}
{% block content %}
<main id="content" class="{% if gallery.strip_enabled %}with-strip{% endif %}{% if gallery.quote_enabled %} with-quote{% endif %}">
<h1>{{ gallery.title }}</h1><i>{{ gallery.mood }}, {{ gallery.date|local_date("d MMMM yyyy") }}, {{ gallery.date|rfc822 }}, {{ gallery.tags|join(" ") }}</i>
{% for section in gallery.sections %}
{% include "sections/" + section.type + ".html" %}
{% endfor %}
<u>{{ link }} {{ name }} {{ settings.title }} {{ missing }} {{ cimaise.root }}</u>
</main>
{% endblock %}"#;
    let site = site(&[("gallery-index.html", page)]);
    site.build();
    let page = site.page("a/index.html");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"), "{page}");
    for part in [
        "<title>Ånd & snow by me</title>",
        "class=\"with-strip\"",
        "<h1>Ånd & <em>snow</em></h1><i>quiet, 1 May 2024, Wed, 01 May 2024 12:00:00 +0000, x y</i>",
        "<div class=\"measure\">Words of <b>mine</b></div>",
        "<section class=\"strip\">",
        "<u>a a Test site  ../</u>",
        "rel=\"stylesheet\"",
        "class=\"foot\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    every_link_leads_somewhere(&site.root().join("build"));
    assert!(site.page("index.html").contains("class=\"tiles\""), "other pages stay as they are");
}

#[test]
fn an_index_of_its_own_shows_covers_of_the_size_that_it_asks_for() {
    let index = r#"<html><body>{% for gallery in galleries %}
<a href="{{ gallery.name }}/">{{ gallery.title }}</a>
<img src="{{ gallery.name }}/{{ Image.get(gallery.link, gallery.cover).thumbnail((None, 90)) }}">
{% if gallery.cover_type == "image" %}still{% endif %} {{ gallery.sub_gallery|length }}
{% endfor %}{{ sub_index }}</body></html>"#;
    let site = site(&[("index.html", index)])
        .settings("été/settings.yaml", "title: Summer\n")
        .settings("été/b c/settings.yaml", "title: Inside\ndate: 2020-01-01\ncover: {name: 3.jpg, type: image}\n")
        .photo("été/b c/3.jpg", quadrants(400, 200));
    site.build();
    let page = site.page("index.html");
    let shown = attributes(&page, "src");
    assert_eq!(size(&site, "", &shown[0]), (135, 90));
    assert_eq!(size(&site, "", &shown[1]), (180, 90), "an index shows the cover of a gallery inside");
    assert!(page.contains("still 0") && page.contains("still 1") && page.contains("False"), "{page}");
    let nested = site.page("été/index.html");
    assert_eq!(size(&site, "été/", &attributes(&nested, "src")[0]), (180, 90));
    assert!(nested.contains("True") && nested.contains("href=\"b%20c/\""), "{nested}");
    every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn a_base_of_its_own_holds_every_page() {
    let base = "<html{{ cimaise.attributes }}><head>{{ cimaise.head }}</head><body class=mine>{% include \"menu.html\" %}\
                {% block content %}{% endblock %}{% include \"footer.html\" %}{{ cimaise.end }}</body></html>";
    let site = site(&[("base.html", base), ("footer.html", "<footer>By hand, {{ settings.licence.name }}</footer>")]);
    site.build();
    for (page, part) in [("index.html", "class=\"tiles\""), ("a/index.html", "<section class=\"strip\">")] {
        let page = site.page(page);
        assert!(page.contains("<body class=mine>") && page.contains(part), "{page}");
        assert!(page.contains("<footer>By hand, CC-BY-4.0</footer>") && !page.contains("class=\"foot\""), "{page}");
        assert!(!page.contains('\u{1}'));
    }
    every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn parts_of_cimaises_page_are_replaced_one_by_one() {
    let templates = [
        ("footer.html", "<footer>mine</footer>{{ cimaise.footer }}"),
        ("menu.html", "<nav>my menu of {{ settings.menu|length }}</nav>"),
        ("share.html", "<p>Share {{ settings.url }}/{{ link }}/</p>"),
        ("opengraph.html", "<meta property=\"og:title\" content=\"mine\">"),
        (
            "feed.xml",
            "<rss>{% for gallery in galleries %}{{ gallery.link }} {{ gallery.date|rfc822 }}{% endfor %}</rss>",
        ),
        (
            "sections/text.html",
            "<div class=\"own-text\">{{ section.text.upper() }} {{ section.get('x', 'none') }}</div>",
        ),
    ];
    let root = b"title: T\nlicence: CC0\nurl: https://a.example/\nshare: true\nmenu:\n- a: A\nsettings:\n  og: true\n";
    let site = site(&templates).file("site/settings.yaml", root);
    site.build();
    let page = site.page("a/index.html");
    for part in [
        "<footer>mine</footer><footer class=\"foot\">",
        "<p>Share https://a.example/a/</p>",
        "<meta property=\"og:title\" content=\"mine\">",
        "<div class=\"own-text\">WORDS OF <B>MINE</B> none</div>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert_eq!(page.matches("og:title").count(), 1);
    assert!(site.page("index.html").contains("<nav>my menu of 1</nav>"));
    assert_eq!(site.page("feed.xml"), "<rss>a Wed, 01 May 2024 12:00:00 +0000</rss>");
}

#[test]
fn mistakes_are_told_with_file_line_and_page() {
    let told = refused(&[("sections/strip.html", "<p>\n{{ section.note|shout }}\n")]);
    assert!(told.starts_with("templates/sections/strip.html:2:17: error["), "{told}");
    assert!(told.contains("shout") && told.contains("(on the page of `a`)"), "{told}");
    let told = refused(&[("index.html", "\n\n{% if x %}\n")]);
    assert!(told.starts_with("templates/index.html:3:1: error[template/syntax]: `{% if %}` has no end"), "{told}");
    let told = refused(&[("index.html", "{% include 'menus.html' %}")]);
    assert!(told.contains("template `menus.html` not found") && told.contains("menu.html"), "{told}");
    let told = refused(&[("sections/strip.html", "\n {{ Image.get(link, 'none.jpg').copy() }}")]);
    assert!(
        told.starts_with("templates/sections/strip.html:2:10: error[template/error]: `none.jpg` is no photo"),
        "{told}"
    );
    let told = refused(&[("sections/strip.html", "{{ Image.get('b', '1.jpg').copy() }}")]);
    assert!(told.contains("`b` is no gallery"), "{told}");
    let told = refused(&[("sections/strip.html", "{{ Image.get(link, '1.jpg').thumbnail(300) }}")]);
    assert!(told.contains("`thumbnail` takes a size `(width, height)`"), "{told}");
}

#[test]
fn calls_of_prosopopee_are_refused_with_the_call_to_use() {
    for (template, help) in [
        ("{% set image = Image(section.frames[0]) %}", "Image.get(link, value)"),
        ("{{ Image.get(link, '1.jpg').generate_thumbnail('x900') }}", ".thumbnail((None, 900))"),
        ("{{ Image.get(link, '1.jpg').generate_thumbnail('400x300') }}", ".thumbnail((400, 300))"),
        ("{{ Video('x.mp4') }}", "Video.get(link, value)"),
    ] {
        let run = site(&[("sections/strip.html", template)]).run(&["check"]).exit(1);
        assert!(run.stderr.contains("prosopopée") && run.stderr.contains(help), "{template}\n{}", run.stderr);
    }
}

#[test]
fn templates_that_never_end_are_stopped() {
    for (name, text) in [
        ("index.html", "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}"),
        (
            "index.html",
            "{% set ns = namespace(x='xxxxxxxx') %}{% for a in range(90) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        ),
        ("index.html", "{% include 'index.html' %}"),
        ("index.html", "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}"),
        ("base.html", "{% extends 'index.html' %}"),
    ] {
        let told = refused(&[(name, text)]);
        assert!(told.contains("[template/too-much]"), "{text}: {told}");
    }
}

#[test]
fn a_template_that_nothing_uses_is_a_warning_and_what_is_called_is_none() {
    let templates = [
        ("galery-index.html", "x"),
        ("sections/qoute.html", "x"),
        ("encrypted.html", "x"),
        ("parts/macros.html", "{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}"),
        ("footer.html", "{% from 'parts/macros.html' import b %}{{ b('mine') }}"),
    ];
    let site = site(&templates);
    let run = site.build();
    assert!(
        run.stderr.contains("templates/galery-index.html") && run.stderr.contains("did you mean `gallery-index.html`?")
    );
    assert!(run.stderr.contains("did you mean `sections/quote.html`?"), "{}", run.stderr);
    assert!(run.stderr.contains("cimaise protects pages in its own way"));
    assert!(!run.stderr.contains("macros") && !run.stderr.contains("footer"), "{}", run.stderr);
    assert!(site.page("index.html").contains("<b>mine</b>"));
}

#[test]
fn python_as_it_is_usual_in_templates_works() {
    let text = r#"{% set ns = namespace(count=0) %}
{% for key, value in section.items() %}{% set ns.count = ns.count + 1 %}{{ key }}{% if not loop.last %}, {% endif %}{% endfor %};
{{ ns.count }} {{ "{} of {}".format(1, 2) }} {{ "%s-%02d"|format("a", 7) }} {{ section.get("no", "other") }} {{ "a b".split(" ")|join("+") }}
{% if section.nothing is defined %}no{% else %}undefined{% endif %} {{ "a" in "abc" }} {{ gallery.date.year }} {{ loop is defined }}
{{ section.frames[1].name.replace("2", "two") }} {% if gallery.date %}dated{% endif %}"#;
    let site = site(&[("sections/strip.html", text)]);
    site.build();
    let page = site.page("a/index.html");
    for part in ["type, frames, note;", "3 1 of 2 a-07 other a+b", "undefined True 2024 False", "two.jpg dated"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn a_page_of_its_own_is_protected_like_any_other() {
    let templates = [
        (
            "gallery-index.html",
            "<html><h1>{{ gallery.title }}</h1>{% for section in gallery.sections %}{{ cimaise.section(section) }}{% endfor %}</html>",
        ),
        (
            "index.html",
            "<html>{% for tile in galleries %}{{ tile.title }}{% if tile.cover %}covered{% endif %}{% endfor %}</html>",
        ),
    ];
    let secret = "title: Hidden\ncover: 1.jpg\npassword: quiet\nsections:\n- type: text\n  text: Only for friends\n";
    let site = site(&templates).settings("b/settings.yaml", secret).photo("b/1.jpg", quadrants(90, 60));
    site.build();
    let page = site.page("b/index.html");
    assert!(!page.contains("Only for friends") && page.contains("id=\"locked\""), "{page}");
    assert_eq!(site.page("index.html").matches("covered").count(), 1, "the cover of the open gallery");
    let media = secret.replace("password: quiet", "password: quiet\nprotect: media");
    site.write("b/settings.yaml", media.as_bytes());
    site.write("templates/sections/text.html", b"{{ Image.get(link, '1.jpg').copy() }}");
    site.build();
    site.delete("templates/gallery-index.html");
    let run = site.run(&["build"]).exit(1);
    assert!(run.stderr.contains("templates/sections/text.html:1:"), "{}", run.stderr);
}

#[test]
fn feeds_list_stories_only_also_with_a_template_for_items() {
    let item = "<item><title>{{ gallery.title|striptags|e }}</title></item>";
    for templates in [&[][..], &[("item.html", item)]] {
        let site = site(templates)
            .settings("settings.yaml", "title: Test site\nurl: https://a.example\n")
            .settings("about/settings.yaml", "title: About\nstatic: true\ncover: ../a/1.jpg\nsections: []\n");
        site.build();
        let feed = site.page("feed.xml");
        assert_eq!(feed.matches("<item>").count(), 1, "{feed}");
        assert!(
            feed.contains("<title>Ånd &amp; snow</title>") || feed.contains("<title>Ånd &#38; snow</title>"),
            "{feed}"
        );
        assert!(site.page("sitemap.xml").contains("https://a.example/about/"));
    }
}

#[test]
fn parts_of_cimaises_page_survive_filters() {
    let whole = "<section class=\"words text\">\n<div class=\"measure\">Words of <b>mine</b></div>\n</section>";
    let filters = [
        ("truncate(length=12)", "Text: ", "..."),
        ("truncate(length=7, killwords=true, end='')", "Text: ", ""),
        ("replace('e', 'x')|replace('s', 'y')|replace('1', '2')", "Txxt: ", " and yomx wordy bxhind it"),
        ("indent(4)", "Text: ", " and some words behind it"),
        ("upper", "TEXT: ", " AND SOME WORDS BEHIND IT"),
        ("lower", "text: ", " and some words behind it"),
        ("reverse|reverse", "Text: ", " and some words behind it"),
    ];
    for (filter, before, after) in filters {
        let page = format!(
            "{{% set mark = cimaise.section(gallery.sections[0]) %}}<main>{{{{ (\"Text: \" ~ mark ~ \" and some words \
             behind it\")|{filter} }}}}</main><i>{{{{ mark|length }}}}</i>"
        );
        let site = site(&[("gallery-index.html", &page)]);
        site.build();
        let page = site.page("a/index.html");
        let squeezed = |text: &str| text.replace(' ', "");
        assert!(squeezed(&page).contains(&squeezed(&format!("<main>{before}{whole}{after}"))), "{filter}: {page}");
        assert!(page.ends_with("<i>1</i>"), "{filter}: {page}");
    }
}

#[test]
fn a_text_of_the_author_never_stands_for_a_part_of_the_page() {
    // The first mark of a section, as YAML writes the character.
    let own = "<h1>{{ gallery.title }}</h1>{{ gallery.tags[0] }}{{ gallery.note }}{{ gallery.list[0] }}";
    let site = site(&[("gallery-index.html", own)]).settings(
        "a/settings.yaml",
        "title: \"T\\U00108020\"\ncover: 1.jpg\ntags: [\"\\U00108020\"]\nnote: \"\\U00108005\"\nlist: [\"\\U00108006\"]\n\
         sections:\n- {type: text, text: Words}\n",
    );
    site.build();
    let page = site.page("a/index.html");
    assert_eq!(page.trim(), "<h1>T\u{fffd}</h1>\u{fffd}\u{fffd}\u{fffd}");
}
