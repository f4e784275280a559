//! Options for rendering pictures: `settings.gm`, the same keys on one picture, and `settings.images`.

use super::Reader;
use super::fields::MapFields;
use crate::diagnostic::Code;
use crate::source::keys::{self, RUNGS, SIZES};
use crate::source::suggest::nearest;
use crate::source::yaml::Node;
use crate::source::{Captions, Damaged, Fit, Full, ImageSettings, PictureOptions, PngPolicy, Spanned, Unreadable};
use pixels::{Background, Chroma, Colors, Effort, Metadata};

impl MapFields<'_, '_> {
    /// Reads the keys of `gm`, which are also allowed on a single picture.
    pub(super) fn picture_options(&mut self) -> PictureOptions {
        let quality =
            self.take("quality").and_then(|entry| self.reader.number("quality", &entry.node, keys::QUALITIES));
        PictureOptions {
            quality: quality.map(|quality| quality.map(|number| u8::try_from(number).unwrap_or(100))),
            auto_orient: self.boolean("auto-orient"),
            strip: self.boolean("strip"),
            resize: self.take("resize").and_then(|entry| self.reader.geometry("resize", &entry.node)),
            progressive: self.boolean("progressive"),
        }
    }
}

impl Reader {
    /// Reads `settings.gm`.
    pub(super) fn gm(&mut self, node: &Node) -> PictureOptions {
        let Some(mut fields) = self.fields("gm", &keys::GM, node) else { return PictureOptions::default() };
        let options = fields.picture_options();
        fields.finish(|_| None);
        options
    }

    /// Reads `settings.images`.
    pub(super) fn images(&mut self, node: &Node) -> ImageSettings {
        let Some(mut fields) = self.fields("images", &keys::IMAGES, node) else { return ImageSettings::default() };
        let settings = ImageSettings {
            ladder: fields.take("ladder").and_then(|entry| fields.reader.ladder(&entry.node)),
            fit: fields.take("fit").and_then(|entry| fields.reader.fit(&entry.node)),
            full: fields.take("full").and_then(|entry| fields.reader.full(&entry.node)),
            chroma: fields.take("chroma").and_then(|entry| fields.reader.chroma(&entry.node)),
            damaged: fields.take("damaged").and_then(|entry| fields.reader.damaged(&entry.node)),
            effort: fields.take("effort").and_then(|entry| fields.reader.effort(&entry.node)),
            color: fields.take("color").and_then(|entry| fields.reader.colors(&entry.node)),
            background: fields.take("background").and_then(|entry| fields.reader.background(&entry.node)),
            png: fields.take("png").and_then(|entry| fields.reader.png(&entry.node)),
            unreadable: fields.take("unreadable").and_then(|entry| fields.reader.unreadable(&entry.node)),
            metadata: fields.take("metadata").and_then(|entry| fields.reader.metadata(&entry.node)),
            captions: fields.take("captions").and_then(|entry| fields.reader.captions(&entry.node)),
        };
        fields.finish(|_| None);
        settings
    }

    fn ladder(&mut self, node: &Node) -> Option<Spanned<Vec<u32>>> {
        let items = node.list().unwrap_or(std::slice::from_ref(node));
        if items.is_empty() || items.len() > RUNGS {
            let message = format!("expected 1 to {RUNGS} sizes for `ladder`, found {}", items.len());
            self.report(
                Code::SettingsInvalidValue,
                node.span,
                message,
                "write a list such as `ladder: [480, 960, 1440, 1920, 2880]`",
            );
            return None;
        }
        let sizes: Vec<_> = items.iter().map(|item| self.number("ladder", item, SIZES)).collect();
        let mut sizes: Vec<u32> =
            sizes.into_iter().collect::<Option<Vec<_>>>()?.iter().map(|size| size.value).collect();
        sizes.sort_unstable();
        sizes.dedup();
        Some(Spanned::new(sizes, node.span))
    }

    fn fit(&mut self, node: &Node) -> Option<Spanned<Fit>> {
        self.word("fit", node, &keys::FITS)
    }

    fn metadata(&mut self, node: &Node) -> Option<Spanned<Metadata>> {
        self.word("metadata", node, &keys::METADATA)
    }

    fn captions(&mut self, node: &Node) -> Option<Spanned<Captions>> {
        let written = node.scalar().map_or("", |scalar| scalar.text.trim()).to_ascii_lowercase();
        match written.as_str() {
            "true" | "yes" | "on" => return Some(Spanned::new(Captions::Shown, node.span)),
            "false" | "no" | "off" => return Some(Spanned::new(Captions::None, node.span)),
            _ => {}
        }
        self.word("captions", node, &keys::CAPTIONS)
    }

    fn full(&mut self, node: &Node) -> Option<Spanned<Full>> {
        let is_number =
            node.scalar().is_some_and(|scalar| scalar.text.trim().starts_with(|c: char| c.is_ascii_digit()));
        if is_number {
            return self.number("full", node, SIZES).map(|size| size.map(Full::AtMost));
        }
        self.word("full", node, &keys::FULLS)
    }

    fn chroma(&mut self, node: &Node) -> Option<Spanned<Chroma>> {
        self.word("chroma", node, &keys::CHROMAS)
    }

    fn png(&mut self, node: &Node) -> Option<Spanned<PngPolicy>> {
        self.word("png", node, &keys::PNG)
    }

    fn damaged(&mut self, node: &Node) -> Option<Spanned<Damaged>> {
        self.word("damaged", node, &keys::DAMAGED)
    }

    fn unreadable(&mut self, node: &Node) -> Option<Spanned<Unreadable>> {
        self.word("unreadable", node, &keys::UNREADABLE)
    }

    fn effort(&mut self, node: &Node) -> Option<Spanned<Effort>> {
        self.word("effort", node, &keys::EFFORTS)
    }

    fn colors(&mut self, node: &Node) -> Option<Spanned<Colors>> {
        self.word("color", node, &keys::COLORS)
    }

    /// Reads a colour that has the same values in every program: `#rgb`, `#rrggbb`, `white`, `black`.
    fn background(&mut self, node: &Node) -> Option<Spanned<Background>> {
        let written = node.scalar().map_or("", |scalar| scalar.text.trim());
        let named = keys::BACKGROUNDS.iter().find(|(word, _)| *word == written).map(|(_, color)| *color);
        let found = named.or_else(|| written.strip_prefix('#').and_then(hexadecimal));
        if found.is_none() {
            let message = format!("expected a colour for `background`, found {}", node.describe());
            let help = "write a hexadecimal colour in quotes, like `\"#ffffff\"`, or `white` or `black`";
            self.report(Code::SettingsInvalidValue, node.span, message, help);
        }
        found.map(|color| Spanned::new(Background(color), node.span))
    }

    /// Reads one of several words.
    fn word<T: Copy>(&mut self, name: &str, node: &Node, words: &[(&str, T)]) -> Option<Spanned<T>> {
        let written = node.scalar().map_or("", |scalar| scalar.text.trim());
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == written) {
            return Some(Spanned::new(*value, node.span));
        }
        let list: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let size = if name == "full" { " or a number of pixels" } else { "" };
        let message = format!("expected {}{size} for `{name}`, found {}", list.join(", "), node.describe());
        let help = match nearest(written, words.iter().map(|(word, _)| *word)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("see `{name}` in docs/configuration.md"),
        };
        self.report(Code::SettingsInvalidValue, node.span, message, help);
        None
    }
}

/// Parses three or six hexadecimal digits.
fn hexadecimal(digits: &str) -> Option<[u8; 3]> {
    let width = digits.len() / 3;
    if !matches!(digits.len(), 3 | 6) || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |number: usize| u8::from_str_radix(&digits[number * width..(number + 1) * width], 16).ok();
    let factor = if width == 1 { 17 } else { 1 };
    Some([channel(0)? * factor, channel(1)? * factor, channel(2)? * factor])
}
