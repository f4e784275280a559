//! Templates that exceed limits: deep values, large values, endless work. Each ends with one message with file and line.

use crate::support::SiteBuilder;

/// Returns the message about the only template of a site.
#[track_caller]
fn told(text: &str) -> String {
    told_of(&[("gallery-index.html", text)])
}

#[track_caller]
fn told_of(templates: &[(&str, &str)]) -> String {
    let site = SiteBuilder::new().settings("a/settings.yaml", "title: A\ndate: 2024-05-01\npublic: false\n");
    let site =
        templates.iter().fold(site, |site, (name, text)| site.file(&format!("site/templates/{name}"), text.as_bytes()));
    let run = site.run(&["check", "--format", "short"]);
    let shown: String = templates[0].1.chars().take(200).collect();
    assert_eq!(run.code, Some(1), "{shown}\n{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{shown}\n{}", run.stderr);
    let place = run.stderr.split(": error[").next().unwrap_or_default();
    let (file, line) = place.split_once(".html:").expect("a file and a line");
    assert!(file.starts_with("templates/") && line.split(':').all(|number| number.parse::<u32>().is_ok()), "{place}");
    run.stderr
}

/// Asserts that all of these end with one of the limits.
#[track_caller]
fn all_end(templates: &[&str]) {
    for text in templates {
        let told = told(text);
        let limits = [
            "levels deep",
            "larger than 16 MiB",
            "too many steps",
            "repeated with `*`",
            "cannot be put into",
            "widths",
            "recursion limits",
            "operators",
            "`elif`",
            "endlessly",
            "more than 16 times",
            "prints more than",
            "syntax error",
            "is not closed",
        ];
        assert!(limits.iter().any(|limit| told.contains(limit)), "{text:.200}: {told:.300}");
    }
}

fn often(body: &str) -> String {
    format!("{{% for i in range(100000) %}}{body}{{% endfor %}}")
}

const SPACE: &str = "{% set ns = namespace(x=1, y=1) %}";

#[test]
fn a_value_cannot_be_put_into_itself_again_and_again() {
    let grown = [
        "{% set ns.x = [ns.x] %}",
        "{% set ns.x = {\"a\": ns.x} %}",
        "{% set ns.x = (ns.x, 1) %}",
        "{% set ns.x = ns.x, 1 %}",
        "{% set ns.x = dict(a=ns.x) %}",
        "{% set ns.x = dict(**{\"a\": ns.x}) %}",
        "{% set ns.x = [ns.x]|batch(1)|list %}",
        "{% set ns.x = [[ns.x]|slice(1)|list] %}",
        "{% set ns.x = [{\"a\": [{\"a\": ns.x}]|groupby(\"a\")}] %}",
        "{% set ns.x = cycler([ns.x, 1]) %}",
        "{% set ns.x = joiner(ns.x) %}",
        "{% for j in [1] %}{% set ns.x = loop %}{% endfor %}",
        "{% with y = [ns.x] %}{% set ns.x = y %}{% endwith %}",
        "{% set ns.x = [ns.x] if 1 else 2 %}",
    ];
    for grown in grown {
        let told = told(&format!("{SPACE}{}{{{{ ns.x }}}}", often(grown)));
        assert!(told.contains("levels deep") || told.contains("cannot be put into"), "{grown}: {told}");
    }
    let macros = [("{% macro m(ns) %}{% set ns.x = [ns.x] %}{% endmacro %}", "{{ m(ns) }}")];
    for (made, called) in macros {
        assert!(told(&format!("{SPACE}{made}{}", often(called))).contains("levels deep"), "{made}");
    }
    assert!(told(&format!("{{% set and = 1 %}}{}", "{% set and = [and] %}".repeat(40_000))).contains("levels deep"));
}

#[test]
fn a_deep_value_never_gets_to_where_it_would_be_printed_compared_or_dropped() {
    for used in [
        "{{ ns.x|tojson }}",
        "{{ debug(ns.x) }}",
        "{{ ns.x|pprint }}",
        "{{ ns.x == ns.y }}",
        "{{ [ns.x, ns.y]|sort }}",
        "{{ {ns.x: 1} }}",
        "{{ [ns.x, ns.y]|unique|list }}",
        "",
    ] {
        let grown = often("{% set ns.x = [ns.x] %}{% set ns.y = [ns.y] %}");
        assert!(told(&format!("{SPACE}\n{grown}{used}")).starts_with("templates/gallery-index.html:2:"), "{used}");
    }
}

#[test]
fn a_namespace_cannot_hold_itself() {
    for text in [
        "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}",
        "{% set ns = namespace() %}{% set ns.a = [ns] %}{{ ns == ns }}",
        "{% set a = namespace() %}{% set b = namespace() %}{% set a.x = b %}{% set b.x = a %}{{ a == b }}",
        "{% set a = namespace() %}{% set b = namespace(x=a) %}{% set a.x = b %}{{ a|tojson }}",
    ] {
        assert!(told(text).contains("a namespace"), "{text}");
    }
}

#[test]
fn a_list_that_holds_another_twice_cannot_do_so_on_many_levels() {
    let twice = "{% set x = [x, x] %}{% set y = [y, y] %}".repeat(60);
    for used in ["{{ x }}", "{{ x == y }}", "{% if x in [y] %}{% endif %}", "{{ x ~ y }}", ""] {
        assert!(
            told(&format!("{{% set x = 1 %}}{{% set y = 1 %}}{twice}{used}")).contains("larger than 16 MiB"),
            "{used}"
        );
    }
    let loops: String = (0..45).map(|i| format!("{{% for v{} in [[v{i}, v{i}]] %}}", i + 1)).collect();
    assert!(told(&format!("{loops}{{{{ v45 }}}}{}", "{% endfor %}".repeat(45))).contains("larger than 16 MiB"));
    let text = format!("{{% set s = 'a' * 1500000 %}}{}{{{{ s }}}}", "{% set s = [s, s] %}".repeat(4));
    assert!(told(&text).contains("larger than 16 MiB"));
}

#[test]
fn lists_that_are_made_while_they_are_read_do_not_pile_up() {
    for (start, grown) in [
        ("range(3)", "ns.x|chain([1])"),
        ("[1]", "ns.x|zip"),
        ("[1]", "ns.x * 1"),
        ("[1]", "ns.x + [1]"),
        ("[range(3)]", "[ns.x[0]|chain([])]"),
    ] {
        let text = format!("{SPACE}{{% set ns.x = {start} %}}{}", often(&format!("{{% set ns.x = {grown} %}}")));
        all_end(&[&text]);
    }
}

#[test]
fn formats_cannot_be_wider_than_a_page() {
    all_end(&[
        "{{ '{:>5900000000}'.format('x') }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ '{:.999999999f}'.format(1.5) }}",
        "{{ '{:>{}}'.format(1, 999999999) }}",
        "{{ '{:>{w}}'.format(1, w=999999999) }}",
        "{{ '{:0999999999,d}'.format(7) }}",
        "{% set f = '{:>9999}' * 6000 %}{{ f.format(1) }}",
        "{% set f = '{0}' * 600000 %}{{ f.format('x' * 100000) }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ '%.999999999f'|format(1.5) }}",
        "{% set f = '%(a)s' * 600000 %}{{ f|format(a='x' * 100000) }}",
    ]);
}

#[test]
fn texts_and_lists_cannot_grow_beyond_all_measure() {
    let doubled =
        |start: &str, grown: &str| format!("{{% set s = {start} %}}{}", format!("{{% set s = {grown} %}}").repeat(60));
    let doubled = [
        doubled("'abcdefgh'", "s ~ s"),
        doubled("'abcdefgh'", "s + s"),
        doubled("[1]", "s + s"),
        doubled("'ab'", "s|replace('', s)"),
        doubled("'ab'", "s.replace('', s)"),
        doubled("'ab'", "s|list|join(s)"),
        doubled("'\\\\\"'", "s|tojson"),
        format!("{{% set s %}}aaaaaaaa{{% endset %}}{}", "{% set s %}{{ s }}{{ s }}{% endset %}".repeat(60)),
    ];
    all_end(&doubled.iter().map(String::as_str).collect::<Vec<_>>());
    all_end(&[
        "{{ 'a' * 1000000000 }}",
        "{{ [1] * 1000000000 }}",
        "{{ (1, 2) * 1000000000 }}",
        "{% for i in [1] * 1000000000 %}{% endfor %}",
        "{% set s = 'a' * 600000 %}{% set l = [s, s, s, s] %}{{ l * 10000 ~ '' }}",
        "{{ 'a\nb'|indent(1000000000) }}",
        "{% set s = '\n' * 1000000 %}{{ s|indent(100000, blank=true) }}",
        "{{ ('a' * 100000)|replace('a', 'b' * 100000) }}",
        "{{ ('a' * 100000).replace('a', 'b' * 100000) }}",
        "{{ range(100000)|join('b' * 100000) }}",
        "{{ ('b' * 100000).join(range(100000)) }}",
        "{{ [1]|batch(1000000000, 'x') }}",
        "{{ [1]|slice(1000000000, 'x') }}",
        "{{ [[[1]]]|tojson(indent=1000000000) }}",
        "{{ range(10000)|list|tojson(indent=100000) }}",
        "{% set s = 'a,' * 3000000 %}{{ s.split(',')|length }}",
        "{{ ['a' * 1000000]|map('replace', 'a', 'b' * 1000000)|list }}",
        "{% set s = 'a' * 1000000 %}{% for i in range(30) %}{{ s }}{% endfor %}",
        "{% for i in range(1000) %}{{ cimaise.body }}{% endfor %}",
    ]);
    assert!(told("{{ debug() }}").contains("needs a value"));
}

#[test]
fn cheap_steps_that_do_much_work_each_are_counted_by_their_work() {
    let texts = "{% set s = 'a' * 9000000 %}{% set t = 'a' * 9000000 %}";
    let lists = "{% set s = [range(90000)|list] %}{% set t = [range(90000)|list] %}";
    for (made, used) in [
        (texts, "s == t"),
        (texts, "s is eq t"),
        (texts, "t in s"),
        (texts, "s.find(t)"),
        (texts, "s.count('a')"),
        (texts, "s.upper()"),
        (texts, "s|striptags"),
        (texts, "s.strip(t)"),
        (texts, "[s]|sort"),
        (lists, "s == t"),
        (lists, "s < t"),
        (lists, "s is eq t"),
        (lists, "s is lt t"),
        (lists, "s is in [t]"),
        (lists, "s in [t]"),
        (lists, "s.count(t)"),
        (lists, "[s, s]|select('eq', t)|list"),
        (lists, "[s, t]|unique|list"),
        (lists, "{s: 1}"),
    ] {
        let text = format!("{made}{}", often(&format!("{{% if {used} %}}{{% endif %}}")));
        assert!(told(&text).contains("too many steps"), "{used}");
    }
}

#[test]
fn letters_to_be_taken_off_are_counted_for_each_letter_of_the_text() {
    for used in ["s.strip(t)", "s.lstrip(t)", "s.rstrip(t)", "s|trim(t)"] {
        let text = format!("{{% set s = 'ab' * 1000000 %}}{{% set t = 'xyz' * 500000 ~ 'ab' %}}{{{{ {used} }}}}");
        assert!(told(&text).contains("too many steps"), "{used}");
    }
}

#[test]
fn templates_whose_text_is_deep_or_long_are_refused() {
    let around = |open: &str, inside: &str, close: &str, number: usize| {
        format!("{}{inside}{}", open.repeat(number), close.repeat(number))
    };
    let texts = [
        format!("{{{{ {} }}}}", around("(", "1", ")", 20_000)),
        format!("{{{{ {} }}}}", around("[", "", "]", 20_000)),
        format!("{{{{ {} }}}}", around("{\"a\":", "1", "}", 20_000)),
        around("{% if 1 %}", "", "{% endif %}", 20_000),
        around("{% set a %}", "", "{% endset %}", 5_000),
        around("{% filter e %}", "x", "{% endfilter %}", 5_000),
        around("{% macro m() %}", "", "{% endmacro %}", 5_000),
        format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(50_000)),
        "{{".repeat(500_000),
        "{%".repeat(500_000),
    ];
    all_end(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    for part in ["|abs", "+x", "~x", ".y", "()", "[0]", "**x", " if 1 else 1", " is odd", " or x", " < x"] {
        assert!(told(&format!("{{{{ 1{} }}}}", part.repeat(40_000))).contains("operators"), "{part}");
    }
    for part in ["not ", "-"] {
        assert!(told(&format!("{{{{ {}x }}}}", part.repeat(100_000))).contains("operators"), "{part}");
    }
}

#[test]
fn templates_that_call_each_other_without_end_are_stopped() {
    all_end(&[
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(99) }}",
        "{% import 'gallery-index.html' as m %}{{ m }}",
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{% for x in [[1]] recursive %}{{ loop([[x]]) }}{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{{ loop.index }}{% endfor %}{% endfor %}",
    ]);
    let told = told_of(&[
        ("gallery-index.html", "{% import 'b.html' as m %}"),
        ("b.html", "{% from 'gallery-index.html' import q %}"),
    ]);
    assert!(told.contains("endlessly"), "{told}");
}

#[test]
fn templates_may_ask_for_some_sizes_of_a_photo_and_not_for_thousands() {
    let site = |number: usize| {
        let text = format!(
            "{{% for w in range(1, {number}) %}}{{{{ Image.get(link, '1.jpg').thumbnail((w, None)) }}}} {{% endfor %}}"
        );
        SiteBuilder::new()
            .settings("a/settings.yaml", "title: A\ndate: 2024-05-01\ncover: 1.jpg\n")
            .photo("a/1.jpg", crate::support::quadrants(200, 100))
            .file("site/templates/gallery-index.html", text.as_bytes())
    };
    site(65).run(&["check"]).exit(0);
    let told = site(66).run(&["check", "--format", "short"]).exit(1).stderr;
    assert!(told.contains("gallery-index.html:1:") && told.contains("more than 64 sizes of `a/1.jpg`"), "{told}");
}

#[test]
fn what_authors_write_stays_within_all_limits() {
    let text = "{% set ns = namespace(rows=[], sum=0) %}\
                {% for i in range(1000) %}{% set ns.rows = ns.rows + [[i, i * 1.5, \"photo %03d.jpg\"|format(i)]] %}\
                {% set ns.sum = ns.sum + i %}{% endfor %}\
                {% for row in ns.rows|batch(3) %}<p>{% for cell in row %}{{ cell[2]|upper|e }}{{ loop.index }}{% endfor %}</p>{% endfor %}\
                <b>{{ ns.sum }} {{ ns.rows|length }} {{ \"-\" * 40 }} {{ ns.rows[:3]|tojson }} {{ \"{:>8}\".format(7) }}</b>";
    let site = SiteBuilder::new().settings("a/settings.yaml", "title: A\ndate: 2024-05-01\npublic: false\n");
    let site = site.file("site/templates/gallery-index.html", text.as_bytes());
    site.build();
    let page = site.page("a/index.html");
    assert!(page.contains("<b>499500 1000 ----") && page.contains("PHOTO 999.JPG"), "{page:.300}");
}
