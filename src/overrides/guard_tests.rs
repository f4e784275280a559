use super::*;

/// Returns the guarded text, with `!` for guards of operands, `*` for guards of factors, `?` for guards of members.
fn guarded(text: &str) -> String {
    let guarded = guard(text).expect("not too much").text;
    let names = [(OPERAND, "!"), (FACTOR, "*"), (MEMBER, "?")];
    names.into_iter().fold(guarded, |text, (name, mark)| text.replace(&format!("|{name}"), mark))
}

#[test]
fn each_operand_has_a_guard() {
    for (text, expected) in [
        ("{{ a }}", "{{ a }}"),
        ("{{ a == b }}", "{{ a! == b }}"),
        ("{% if a == b %}", "{% if a! == b! %}"),
        ("{% if not a.b.c in d[e] and \"x\" ~ f(g, h=i) %}", "{% if not a.b.c! in d[e!]! and \"x\"! ~ f(g!, h=i!)! %}"),
        ("{{ [a, [b]]|join(\",\")|upper }}", "{{ [a!, [b!]!]!|join(\",\")!|upper }}"),
        ("{% if a is defined and b is not eq c %}", "{% if a! is defined and b! is not eq c! %}"),
        ("{{ {\"k\": a.0}|length }}", "{{ {\"k\": a.0!}!|length }}"),
        ("{% for a, (b, c) in d if e recursive %}", "{% for a, (b, c) in d! if e! recursive %}"),
        ("{% include a ignore missing with context %}", "{% include a! ignore missing with context %}"),
        ("{% from \"m\" import a as b %}", "{% from \"m\" import a as b %}"),
        ("{% macro m(a, b=[a, a]) %}", "{% macro m(a, b=[a!, a!]!) %}"),
        ("{% call(x, y=z) m(a) %}", "{% call(x, y=z!) m(a!) %}"),
        ("{% with a = b, c = f(d=e) %}", "{% with a = b!, c = f(d=e!)! %}"),
        ("{% filter replace(a, b)|upper %}", "{% filter replace(a!, b!)!|upper %}"),
        (
            "text [a] {# {{ a == b }} #}{% raw %}{{ a == b }}{% endraw %}",
            "text [a] {# {{ a == b }} #}{% raw %}{{ a == b }}{% endraw %}",
        ),
        ("{% block b %}{{ super() }}{{ loop(a) }}", "{% block b %}{{ super() }}{{ loop(a!) }}"),
    ] {
        assert_eq!(guarded(text), expected);
    }
}

#[test]
fn what_gets_a_name_has_one_around_it() {
    assert_eq!(guarded("{% set a = b + c %}"), "{% set a = (b! + c)! %}");
    assert_eq!(guarded("{% set n.a = b, b -%}"), "{% set n.a = (b!, b)? -%}");
    assert_eq!(guarded("{% set a | indent(b) %}"), "{% set a | indent(b!) %}");
}

#[test]
fn factors_are_guarded_on_both_sides() {
    assert_eq!(guarded("{{ a * b }}"), "{{ a* * b* }}");
    assert_eq!(guarded("{{ 3 * a.b|list + (c * 2) }}"), "{{ 3 * a.b*|list* + (c* * 2) }}");
    assert_eq!(guarded("{{ [1] * -x }}"), "{{ [1]* * -x* }}");
}

#[test]
fn words_of_the_language_are_guarded_where_they_are_names() {
    assert_eq!(guarded("{% if a == and %}"), "{% if a! == and! %}");
    assert_eq!(guarded("{% if a == recursive or in == a %}"), "{% if a! == recursive! or in! == a! %}");
    assert_eq!(guarded("{% for a in b if c == recursive %}"), "{% for a in b! if c! == recursive! %}");
    assert_eq!(guarded("{% include a == missing %}"), "{% include a! == missing! %}");
}

#[test]
fn places_are_those_of_the_author() {
    let text = "{% set a = b %}\n{{ a ~ missing.x }}";
    let guarded = guard(text).expect("not too much");
    for word in ["missing", "{{", "b %}"] {
        let (before, after) = (text.find(word), guarded.text.find(word));
        // An opening bracket precedes the value of a `set`.
        let word = word.trim_end_matches(" %}");
        let after = after.or_else(|| guarded.text.find(&format!("{word})")));
        assert_eq!(after.map(|after| guarded.original(after)), before, "{word}");
    }
    assert_eq!(guarded.original(guarded.text.len()), text.len());
}

#[test]
fn what_would_be_compiled_too_deep_is_refused() {
    let chain = |length: usize| format!("x\n{{{{ a{} }}}}", "|b".repeat(length));
    assert!(guard(&chain(MOST_OPERATORS)).is_ok());
    let at = chain(MOST_OPERATORS).rfind('|').expect("some") + 2;
    assert_eq!(guard(&chain(MOST_OPERATORS + 1)).expect_err("too many").at, at);
    let branches = |number: usize| format!("{{% if a %}}{}", "{% elif b %}".repeat(number));
    assert!(guard(&branches(MOST_BRANCHES)).is_ok() && guard(&branches(MOST_BRANCHES + 1)).is_err());
}

#[test]
fn what_is_no_template_stays_as_it_is() {
    for text in
        ["", "{{", "{{ a ", "{% if %}", "{{ \"a }}", "}} {% = %} {% set = %} {% set a = %}{% with = %}{% call( %}"]
    {
        let guarded = guard(text).expect("not too much");
        assert!(guarded.text.len() >= text.len());
    }
}
