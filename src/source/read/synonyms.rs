//! Words that authors write for keys: `caption` for `text`, `keywords` for `tags`.
//!
//! In: an unknown key, and the keys of its place. Out: the key with the same meaning. Misspellings are not found here.

/// Keys, and other words for them. If several keys of a place fit, the first one counts.
const SYNONYMS: [(&str, &[&str]); 37] = [
    (
        "text",
        &["caption", "captions", "legend", "description", "content", "body", "words", "paragraph", "comment", "label"],
    ),
    ("html", &["code", "markup", "content", "body", "text"]),
    ("title", &["heading", "headline", "header", "name", "site-title", "site-name", "site", "caption", "text"]),
    ("sub_title", &["tagline", "subheading", "subheader", "slogan", "description"]),
    ("description", &["summary", "abstract", "intro", "excerpt"]),
    ("alt", &["alternative", "alt-text", "alttext", "alternative-text"]),
    ("name", &["file", "filename", "file-name", "path", "src", "source", "url", "image", "photo", "picture", "img"]),
    (
        "image",
        &["photo", "picture", "pic", "img", "file", "filename", "src", "source", "name", "cover", "images", "sound"],
    ),
    (
        "images",
        &["photo", "photos", "picture", "pictures", "pics", "imgs", "files", "gallery", "items", "rows", "image"],
    ),
    (
        "sections",
        &["content", "contents", "photos", "pictures", "images", "gallery", "body", "items", "blocks", "files"],
    ),
    (
        "cover",
        &["thumbnail", "thumb", "preview", "featured", "cover-image", "hero", "teaser", "image", "photo", "picture"],
    ),
    ("background", &["bg", "bgcolor", "bg-color", "background-color", "background-colour", "fill"]),
    ("color", &["text-color", "text-colour", "font-color", "fg", "foreground"]),
    ("float", &["align", "alignment", "position", "side"]),
    ("size", &["width"]),
    ("resize", &["width", "height", "size", "sizes", "max-size", "max-width"]),
    ("quality", &["jpeg-quality", "compression"]),
    ("ladder", &["sizes", "widths", "resize", "breakpoints"]),
    ("unreadable", &["broken", "corrupt", "on-error"]),
    ("fixed", &["parallax"]),
    ("lang", &["language", "locale"]),
    ("url", &["site-url", "base-url", "baseurl", "address", "website", "domain", "homepage", "link"]),
    ("licence", &["copyright", "rights"]),
    ("menu", &["nav", "navigation", "links", "pages"]),
    ("include", &["files", "static", "extra", "copy"]),
    ("rss", &["feed", "feeds", "atom"]),
    ("tags", &["keywords", "keyword", "categories", "category", "labels", "topics"]),
    ("date", &["day", "when", "created", "datetime", "date-time", "taken", "year"]),
    ("reverse", &["order", "sort", "sorting", "sort-order"]),
    ("password", &["pass", "passphrase", "pwd", "secret"]),
    ("protect", &["protection"]),
    ("theme", &["template", "skin", "design"]),
    ("dest", &["destination", "target", "path", "folder", "directory", "remote-path", "dir"]),
    ("hostname", &["host", "server"]),
    ("username", &["user", "login"]),
    ("others", &["options", "flags", "args", "arguments"]),
    ("type", &["kind"]),
];

/// Words for pages that indexes do not list: the opposite of `public`.
const HIDDEN: [&str; 6] = ["private", "hidden", "hide", "draft", "unlisted", "secret-page"];

/// Words for `public` itself.
const PUBLIC: [&str; 7] = ["publish", "published", "visible", "visibility", "listed", "show", "online"];

/// Returns advice about a key that has another name here. `known` are the keys of this place that are not used yet.
pub(super) fn advice(key: &str, known: &[&'static str]) -> Option<String> {
    let word = key.to_lowercase().replace(['_', ' ', '.'], "-");
    let word = word.as_str();
    if known.contains(&"public") && HIDDEN.contains(&word) {
        return Some("write `public: false` for a page that indexes do not list".to_owned());
    }
    if known.contains(&"public") && PUBLIC.contains(&word) {
        return Some("did you mean `public`?".to_owned());
    }
    let (meant, _) = SYNONYMS.iter().find(|(meant, words)| known.contains(meant) && words.contains(&word))?;
    Some(format!("did you mean `{meant}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_key_that_fits_counts() {
        assert_eq!(advice("Caption", &["image", "text"]).as_deref(), Some("did you mean `text`?"));
        assert_eq!(advice("caption", &["title"]).as_deref(), Some("did you mean `title`?"));
        assert_eq!(advice("caption", &["image"]), None);
        assert_eq!(advice("alt_text", &["alt"]).as_deref(), Some("did you mean `alt`?"));
        assert!(advice("draft", &["public"]).expect("advice").contains("`public: false`"));
        assert_eq!(advice("nonsense", &["public", "text"]), None);
    }

    #[test]
    fn no_word_is_its_own_synonym() {
        for (key, words) in SYNONYMS {
            assert!(!words.contains(&key), "{key}");
        }
    }
}
