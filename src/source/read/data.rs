//! Converts a YAML tree to [`Data`]: the meaning of scalars where no key determines their type.

use super::scalar::day;
use crate::source::Data;
use crate::source::yaml::{Node, Scalar, Value};

impl Data {
    /// Converts a node and everything inside. The parser has limited its size and depth.
    pub(in crate::source) fn of(node: &Node) -> Self {
        match &*node.value {
            Value::Scalar(scalar) => Self::scalar(scalar),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Map(entries) => {
                Self::Map(entries.iter().map(|entry| (entry.key.to_string(), Self::of(&entry.node))).collect())
            }
        }
    }

    /// Interprets a scalar by the core schema of YAML 1.2, plus dates.
    fn scalar(scalar: &Scalar) -> Self {
        let text = scalar.text.as_str();
        if !scalar.plain {
            return Self::Text(text.to_owned());
        }
        if scalar.is_null() {
            return Self::Nothing;
        }
        match text {
            "true" | "True" | "TRUE" => return Self::Bool(true),
            "false" | "False" | "FALSE" => return Self::Bool(false),
            _ => {}
        }
        if let Some(date) = day(text) {
            return Self::Date(date);
        }
        // `inf` and `nan` are text, and so is `1e400`.
        let numeric =
            text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
        let number = || text.parse::<f64>().ok().filter(|number| numeric && number.is_finite());
        match text.parse::<i64>() {
            Ok(whole) => Self::Whole(whole),
            Err(_) => number().map_or_else(|| Self::Text(text.to_owned()), Self::Number),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceMap;
    use crate::source::{Data, yaml};

    fn data(text: &str) -> Data {
        let file = SourceMap::default().add("settings.yaml", text);
        Data::of(&yaml::parse(text, file, |_| false, &mut Vec::new()).expect("a document"))
    }

    #[test]
    fn scalars_mean_what_yaml_says() {
        let day = jiff::civil::date(2016, 1, 31);
        for (text, meant) in [
            ("~", Data::Nothing),
            ("True", Data::Bool(true)),
            ("no", Data::Text("no".into())),
            ("-12", Data::Whole(-12)),
            ("1.5", Data::Number(1.5)),
            ("1e400", Data::Text("1e400".into())),
            ("inf", Data::Text("inf".into())),
            ("2016-01-31", Data::Date(day)),
            ("'2016-01-31'", Data::Text("2016-01-31".into())),
            ("2016-02-31", Data::Text("2016-02-31".into())),
            ("a.jpg", Data::Text("a.jpg".into())),
        ] {
            assert_eq!(data(text), meant, "{text}");
        }
    }

    #[test]
    fn keys_keep_their_order_and_texts_are_found_at_any_depth() {
        let data = data("z: a.jpg\na: [b.jpg, {name: c.jpg}]\n");
        let Data::Map(entries) = &data else { panic!("{data:?}") };
        assert_eq!(entries.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["z", "a"]);
        let mut texts = data.texts();
        texts.sort_unstable();
        assert_eq!(texts, ["a.jpg", "b.jpg", "c.jpg"]);
    }
}
