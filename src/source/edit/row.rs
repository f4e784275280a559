//! A row of pictures as lines of YAML.
//!
//! In: the lines of each picture. Out: the lines of the row: `[a.jpg, b.jpg]`, or a list with dashes if a picture takes several lines.

/// Returns the lines of a row, without a dash before the first. Each item has at least one line.
#[must_use]
pub fn row_lines(items: &[Vec<String>]) -> Vec<String> {
    if items.iter().all(|lines| is_flow(lines)) {
        return vec![format!("[{}]", items.concat().join(", "))];
    }
    items.iter().flat_map(|lines| dashed(lines)).collect()
}

/// Returns the lines of an item of a list, with its dash.
pub fn dashed(lines: &[String]) -> impl Iterator<Item = String> {
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", if at == 0 { "- " } else { "  " }))
}

/// Returns whether an item fits into `[…]`: `a.jpg` or `{name: a.jpg}`, but not `name: a.jpg`.
fn is_flow(lines: &[String]) -> bool {
    let is_delimited = |line: &str| line.starts_with(['{', '"', '\'']) || !line.contains(": ") && !line.ends_with(':');
    matches!(lines, [line] if is_delimited(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_stand_side_by_side_where_they_can() {
        let items = |items: &[&str]| -> Vec<Vec<String>> {
            items.iter().map(|item| item.lines().map(str::to_owned).collect()).collect()
        };
        assert_eq!(row_lines(&items(&["a.jpg", "{name: b.jpg, text: c}"])), ["[a.jpg, {name: b.jpg, text: c}]"]);
        let expected = ["- a.jpg", "- name: b.jpg", "  text: c"];
        assert_eq!(row_lines(&items(&["a.jpg", "name: b.jpg\ntext: c"])), expected);
        assert_eq!(row_lines(&items(&["name: b.jpg"])), ["- name: b.jpg"]);
    }
}
