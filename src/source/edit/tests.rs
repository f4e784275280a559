use proptest::prelude::*;

use super::*;
use crate::source::quoted;

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

fn edited(text: &str, change: impl FnOnce(&mut Edit)) -> String {
    let mut edit = Edit::new(text).expect("readable");
    change(&mut edit);
    edit.finish().expect("the same otherwise")
}

#[test]
fn a_new_key_is_added_at_the_end_and_all_else_stays() {
    let text = "# My trip\ntitle:   \"A: b\"   # quoted\n\n# the end";
    let new = edited(text, |edit| edit.set("cover", &lines(&["a.jpg"])));
    assert_eq!(new, format!("{text}\ncover: a.jpg\n"));
    let new = edited("title: a\r\n", |edit| {
        edit.set("date", &lines(&["2020-01-01"]));
        edit.set("sections", &lines(&["- type: text", "  text: b"]));
    });
    assert_eq!(new, "title: a\r\ndate: 2020-01-01\r\nsections:\r\n- type: text\r\n  text: b\r\n");
    assert_eq!(edited("", |edit| edit.set("title", &lines(&["a"]))), "title: a\n");
    assert_eq!(edited("# nothing\n", |edit| edit.set("title", &lines(&["a"]))), "# nothing\ntitle: a\n");
    assert_eq!(edited("  title: a\n", |edit| edit.set("cover", &lines(&["b"]))), "  title: a\n  cover: b\n");
}

#[test]
fn a_key_without_a_value_gets_one_where_it_stands() {
    for (text, new) in [
        ("title: a\ncover:\ndate: 2020-01-01\n", "title: a\ncover: b\ndate: 2020-01-01\n"),
        ("title: a\ncover:   # which?\n", "title: a\ncover: b   # which?\n"),
        ("title: a\ncover: ~\n", "title: a\ncover: b\n"),
        ("title: a\ncover:", "title: a\ncover: b"),
    ] {
        assert_eq!(edited(text, |edit| edit.set("cover", &lines(&["b"]))), new);
    }
}

#[test]
fn a_value_is_replaced_and_what_follows_it_stays() {
    let text = "title: a\nsections:\n  - type: text\n    text: old\n  # a comment\n\n# about the tags\ntags: [b]\n";
    let new = edited(text, |edit| edit.set("sections", &lines(&["- type: text", "  text: new"])));
    assert_eq!(new, "title: a\nsections:\n- type: text\n  text: new\n  # a comment\n\n# about the tags\ntags: [b]\n");
}

#[test]
fn an_item_is_added_behind_the_last_in_the_list_s_own_indentation() {
    for (text, new) in [
        (
            "sections:\n- type: text\n  text: a  # words\ntags: [b]\n",
            "sections:\n- type: text\n  text: a  # words\n- type: x\n  images:\ntags: [b]\n",
        ),
        (
            "sections:\n    - type: text\n      text: |\n        a\n\n        b\n",
            "sections:\n    - type: text\n      text: |\n        a\n\n        b\n    - type: x\n      images:\n",
        ),
        (
            "sections:\n  -\n    type: text\n    text: a",
            "sections:\n  -\n    type: text\n    text: a\n  - type: x\n    images:",
        ),
        ("title: a\n", "title: a\nsections:\n- type: x\n  images:\n"),
    ] {
        assert_eq!(edited(text, |edit| edit.push("sections", &lines(&["type: x", "images:"])).expect("a list")), new);
    }
    let mut flow = Edit::new("sections: [{type: text, text: a}]\n").expect("readable");
    assert!(flow.push("sections", &lines(&["type: x"])).is_err());
}

#[test]
fn what_is_written_in_an_unusual_way_is_left_alone() {
    for text in ["{title: a}\n", "title: a\n...\n", "- a\n", "title: a\n title: b\n", "--- {title: a}\n"] {
        assert!(Edit::new(text).is_err(), "{text}");
    }
    // The value to be replaced has an anchor that an alias refers to.
    let mut edit = Edit::new("sections: &all\n- type: text\nother: *all\n").expect("readable");
    edit.set("sections", &lines(&["- type: x"]));
    assert!(edit.finish().is_err());
}

#[test]
fn texts_are_quoted_where_they_would_mean_something_else() {
    for plain in ["a.jpg", "DSC_0012 (2).jpg", "été/1.jpg", "../x.jpg", "2016-01-15.jpg"] {
        assert_eq!(quoted(plain), plain);
    }
    assert_eq!(quoted("Fresh: one #2.jpg"), "\"Fresh: one #2.jpg\"");
    assert_eq!(quoted("a\nb\".jpg"), "\"a\\nb\\\".jpg\"");
    for word in ["yes", "1.5", "2016-01-15", "0x1F", "1e3", "", " a", "- a", "*a", "a: b", "[a]", "é,b"] {
        assert!(quoted(word).starts_with('"'), "{word}");
    }
}

proptest! {
    #[test]
    fn whatever_a_name_is_it_comes_back(name in "\\PC{1,12}|[ -~]{1,8}") {
        let new = edited("title: a\n", |edit| edit.set("sections", &[format!("- [{}, b.jpg]", quoted(&name))]));
        let tree = parse(&new).expect("readable");
        let list = tree.map().expect("a map")[1].node.list().expect("a list")[0].list().expect("a row").to_vec();
        prop_assert_eq!(&list[0].scalar().expect("a text file").text, &name);
        prop_assert_eq!(list.len(), 2);
        prop_assert!(quoted(&name).starts_with('"') || !list[0].is_null());
    }
}

fn inserted(text: &str, beside_name: &str, beside: Beside, rows: &[&[&str]]) -> Result<String, &'static str> {
    let at = text.find(beside_name).expect("in the text");
    let row = |row: &&[&str]| row.iter().map(|&name| vec![name.to_owned()]).collect();
    let rows: Vec<Vec<Vec<String>>> = rows.iter().map(row).collect();
    let mut edit = Edit::new(text)?;
    edit.insert(&(at..at + beside_name.len()), beside, &rows)?;
    edit.finish()
}

#[test]
fn rows_are_inserted_beside_a_row() {
    let text =
        "title: A\nsections:\n- type: pictures-group\n  images:\n  - [a.jpg, b.jpg] # both\n  - [c.jpg]\n# end\n";
    let behind = inserted(text, "a.jpg", Beside::Behind, &[&["x.jpg", "y.jpg"], &["z.jpg"]]);
    assert_eq!(behind, Ok(text.replace("# both\n", "# both\n  - [x.jpg, y.jpg]\n  - [z.jpg]\n")));
    let before = inserted(text, "a.jpg", Beside::Before, &[&["x.jpg"]]);
    assert_eq!(before, Ok(text.replace("images:\n", "images:\n  - [x.jpg]\n")));
    let flow = "sections: [{type: pictures-group, images: [[a.jpg], [b.jpg]]}]\n";
    assert_eq!(inserted(flow, "a.jpg", Beside::Behind, &[&["x.jpg"]]), Ok(flow.replace("[a.jpg]", "[a.jpg], [x.jpg]")));
}

#[test]
fn names_are_inserted_beside_a_name_in_a_list_without_rows() {
    let text = "sections:\n- type: pictures-group\n  images:\n  - a.jpg\n  - {name: b.jpg, text: B}\n- {type: text, text: x}\n";
    let behind = inserted(text, "b.jpg", Beside::Behind, &[&["x.jpg"], &["y.jpg"]]);
    assert_eq!(behind, Ok(text.replace("text: B}\n", "text: B}\n  - x.jpg\n  - y.jpg\n")));
    let flow = "sections:\n- type: pictures-group\n  images: [a.jpg, b.jpg]\n";
    assert_eq!(inserted(flow, "a.jpg", Beside::Before, &[&["x.jpg"]]), Ok(flow.replace("[a", "[x.jpg, a")));
    let nested = "sections:\n- type: pictures-group\n  images:\n  - - a.jpg\n    - b.jpg\n  - - c.jpg\n";
    let expected = nested.replace("- b.jpg\n", "- b.jpg\n  - [x.jpg]\n");
    assert_eq!(inserted(nested, "a.jpg", Beside::Behind, &[&["x.jpg"]]), Ok(expected));
}

#[test]
fn a_name_is_changed_and_nothing_else() {
    let text = "title: A # a.jpg\r\ncover: 'a.jpg' # here\r\nsections:\r\n- {type: bordered-picture, image: \"a.jpg\", text: a.jpg}\r\n";
    let mut edit = Edit::new(text).expect("editable");
    let places: Vec<usize> =
        text.match_indices("'a.jpg'").chain(text.match_indices("\"a.jpg\"")).map(|(at, _)| at).collect();
    for at in &places {
        edit.rename(*at..at + 7, "a.jpg", "b 2.jpg").expect("there");
    }
    let expected = text.replace("'a.jpg'", "'b 2.jpg'").replace("\"a.jpg\"", "\"b 2.jpg\"");
    assert_eq!(edit.finish(), Ok(expected));
    let mut edit = Edit::new(text).expect("editable");
    assert!(edit.rename(places[0]..places[0] + 7, "other.jpg", "b.jpg").is_err());
}

fn taken_out(text: &str, names: &[&str]) -> Result<String, &'static str> {
    let mut edit = Edit::new(text)?;
    edit.take_out(names)?;
    edit.finish()
}

#[test]
fn entries_are_taken_out_of_lists_of_all_shapes() {
    let group =
        |images: &str| format!("title: a\nsections:\n- type: text\n- type: pictures-group\n  images:{images}\n");
    for (before, after) in [
        (" [[a, b], [c]] # x", " [[b], [c]] # x"),
        (" [[b, a], [a]]", " [[b]]"),
        (" [a, a, b]", " [b]"),
        (" [b, a, c, a]", " [b, c]"),
        ("\n  - a   # mine\n  # other\n  - b", "\n  # mine\n  # other\n  - b"),
        ("\n  - - a\n    - b\n  - - b\n    - {name: a}", "\n  - - b\n  - - b"),
        ("\n  -\n    - a\n    - b", "\n  -\n    - b"),
    ] {
        assert_eq!(taken_out(&group(before), &["a"]), Ok(group(after)), "{before}");
    }
    assert_eq!(taken_out(&group(" [a, [a]]"), &["a"]).as_deref(), Ok("title: a\nsections:\n- type: text\n"));
    let all = "sections:\n  # first\n  - {type: panorama, image: a} # wide\n  - type: bordered-picture\n    image: {name: a}\ntags: [a]\n";
    assert_eq!(taken_out(all, &["a"]).as_deref(), Ok("sections: []\n  # first\n  # wide\ntags: [a]\n"));
    for refused in [" [a, # x\n  b]", "\n  - - a # x\n    - b"] {
        assert!(taken_out(&group(refused), &["a"]).is_err(), "{refused}");
    }
}

#[test]
fn entries_are_copied_with_all_that_belongs_to_them() {
    let text = "sections:\n- type: pictures-group\n  images:\n  - - name: 'a'  # first\n      text: |\n        one\n\n        two\n    - b\n\
                - {type: panorama, image: \"a\"}\n- {type: full-picture, image: a, text: {title: A}}\n- {type: paragraph, image: a}\n";
    let edit = Edit::new(text).expect("readable");
    let item = lines(&["name: \"c, d\"  # first", "text: |", "  one", "", "  two"]);
    let section = lines(&["{type: panorama, image: \"c, d\"}"]);
    let expected = [SettingsEntry::Item(item), SettingsEntry::Section(section)];
    assert_eq!(edit.entries_of(&["a"], "c, d").as_deref(), Some(&expected[..]));
    assert_eq!(edit.entries_of(&["x"], "c"), Some(Vec::new()));
    // What means something else without the rest of the file is not copied.
    let alias = "x: &x {quality: 70}\nsections:\n- type: pictures-group\n  images: [{name: a, gm: *x}]\n";
    assert_eq!(Edit::new(alias).expect("readable").entries_of(&["a"], "c"), None);
}
