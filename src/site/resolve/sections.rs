//! Resolves sections: names become photos, texts become fragments, CSS is checked.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::model::{Aside, Media, Overlay, Section, SectionKind, Style, VideoPlace};
use crate::site::resolve::media::Resolver;
use crate::site::rows;
use crate::site::text::{Fragment, style};
use crate::source::{self, MediaRef, Rows, SitePath, Spanned, percent_encoded};

type Text = Option<Spanned<String>>;

type Check = fn(&str, style::FileUrl<'_>) -> Result<String, String>;

impl Resolver<'_> {
    /// Resolves one section of the gallery in `folder`; `None` if a reported problem prevents it from being shown.
    pub(super) fn section(&mut self, folder: &SitePath, given: &source::Section) -> Option<Section> {
        use source::SectionKind as Given;
        let (style, kind) = match &given.kind {
            Given::FullPicture { image, text, fixed, background_position } => {
                let media = self.media(folder, image, None);
                let position = self.value(folder, "background_position", background_position);
                let position = if position.is_empty() { "50% 50%".to_owned() } else { position };
                let overlay = text.as_ref().and_then(|text| self.overlay(text));
                let fixed = fixed.is_some_and(|fixed| fixed.value);
                (Style::default(), SectionKind::FullPicture { media: media?, overlay, fixed, position })
            }
            Given::BorderedPicture { image, text, background } => {
                let media = self.media(folder, image, text.as_ref());
                (self.style(folder, background, &None), SectionKind::BorderedPicture { media: media? })
            }
            Given::PicturesGroup { images, background, css } => {
                let rows = self.rows(folder, images);
                let declarations = self.checked(folder, "css", css, style::declarations);
                let style = Style { declarations, ..self.style(folder, background, &None) };
                if rows.is_empty() {
                    // An empty group is rejected when settings are read, so these pictures have been reported as
                    // unusable.
                    return None;
                }
                (style, SectionKind::PicturesGroup { rows })
            }
            Given::Text { text, background, color } => {
                (self.style(folder, background, color), SectionKind::Text { text: fragment(text) })
            }
            Given::Paragraph { title, text, image, background, color } => {
                let image = image.as_ref().and_then(|image| self.aside(folder, image));
                let kind = SectionKind::Paragraph { title: fragment(title), text: fragment(text), image };
                (self.style(folder, background, color), kind)
            }
            Given::Quote { text, background, color } => {
                (self.style(folder, background, color), SectionKind::Quote { text: fragment(text) })
            }
            Given::Html { html, background, color } => {
                (self.style(folder, background, color), SectionKind::Html { html: fragment(html) })
            }
            Given::Iframe { name } => {
                (Style::default(), SectionKind::Iframe { markup: Fragment::new(name.value.clone()) })
            }
            Given::Panorama { image } => {
                (Style::default(), SectionKind::Panorama { picture: self.still(folder, image)? })
            }
            Given::Audio { image, title, color } => {
                let sound = self.sound(folder, image);
                let style = self.style(folder, &None, color);
                let (sound, path) = sound?;
                let title = match title {
                    Some(title) => Fragment::new(title.value.clone()),
                    None => Fragment::text(path.stem()),
                };
                (style, SectionKind::Audio { sound, title })
            }
            Given::Author { name, image, text, twitter, facebook, website } => {
                let portrait = self.still(folder, image)?;
                let links = links(twitter, facebook, website);
                let kind = SectionKind::Author { name: fragment(name), portrait, text: fragment(text), links };
                (Style::default(), kind)
            }
            Given::Custom => (Style::default(), SectionKind::Custom),
        };
        Some(Section { style, kind, data: given.data.clone() })
    }

    fn rows(&mut self, folder: &SitePath, images: &Rows) -> Vec<Vec<Media>> {
        let mut row = |row: &[MediaRef]| -> Vec<Media> {
            row.iter().filter_map(|image| self.media(folder, image, None)).collect()
        };
        let mut rows: Vec<Vec<Media>> = match images {
            Rows::Given(rows) => rows.iter().map(|images| row(images)).filter(|row| !row.is_empty()).collect(),
            Rows::Automatic(images) => {
                let mut media = row(images).into_iter();
                let ratios: Vec<f64> = media.as_slice().iter().map(|media| self.ratio(media)).collect();
                rows::divide(&ratios).into_iter().map(|length| media.by_ref().take(length).collect()).collect()
            }
        };
        for row in &mut rows {
            let place = if row.len() == 1 { VideoPlace::Row } else { VideoPlace::Cell };
            row.iter_mut().for_each(|media| put(media, place));
        }
        rows
    }

    fn aside(&mut self, folder: &SitePath, image: &MediaRef) -> Option<Aside> {
        let right = match &image.float {
            None => false,
            Some(float) => match float.value.trim() {
                "left" => false,
                "right" => true,
                other => {
                    let warning = Diagnostic::new(
                        Code::SettingsIgnoredValue,
                        format!("expected `left` or `right` for `float`, found `{other}`; using `left`"),
                    );
                    self.report.push(warning.at(float.span).help("write `float: left` or `float: right`"));
                    false
                }
            },
        };
        let width = match self.value(folder, "size", &image.size) {
            empty if empty.is_empty() => "250px".to_owned(),
            number if number.bytes().all(|byte| byte.is_ascii_digit()) => number + "px",
            width => width,
        };
        let mut media = self.media(folder, image, None)?;
        put(&mut media, VideoPlace::Cell);
        Some(Aside { media, right, width })
    }

    fn overlay(&mut self, given: &source::Overlay) -> Option<Overlay> {
        let (date, date_end) = (given.date.map(|date| date.value), given.date_end.map(|date| date.value));
        if let (Some(end), true) = (given.date_end, date.zip(date_end).is_some_and(|(first, last)| last < first)) {
            self.report.push(Diagnostic::new(Code::SettingsDateOrder, "`date_end` is before `date`").at(end.span));
        }
        let overlay = Overlay { title: fragment(&given.title), sub_title: fragment(&given.sub_title), date, date_end };
        let empty = overlay.title.is_empty() && overlay.sub_title.is_empty() && date.or(date_end).is_none();
        (!empty).then_some(overlay)
    }

    fn style(&mut self, folder: &SitePath, background: &Text, color: &Text) -> Style {
        let background = self.value(folder, "background", background);
        Style { background, color: self.value(folder, "color", color), declarations: String::new() }
    }

    fn value(&mut self, folder: &SitePath, key: &str, given: &Text) -> String {
        self.checked(folder, key, given, style::value)
    }

    /// Returns checked CSS; if it cannot be used, warns and returns an empty text.
    fn checked(&mut self, folder: &SitePath, key: &str, given: &Text, check: Check) -> String {
        let Some(given) = given else { return String::new() };
        // A page has its own style sheet in its folder, so relative URLs resolve as the author expects.
        let references = self.references;
        let file = |link: &str| Some(percent_encoded(&references.link(folder, link)?.relative_to(folder)));
        check(&given.value, &file).unwrap_or_else(|problem| {
            self.report.push(
                Diagnostic::new(Code::SettingsIgnoredValue, format!("ignoring `{key}`: {problem}")).at(given.span),
            );
            String::new()
        })
    }
}

fn put(media: &mut Media, place: VideoPlace) {
    if let Media::Video(video) = media {
        video.place = place;
    }
}

fn fragment(text: &Text) -> Fragment {
    text.as_ref().map_or_else(Fragment::default, |text| Fragment::new(text.value.clone()))
}

/// Returns the links of an author; `twitter` and `facebook` are account names or URLs, `website` is a URL.
fn links(twitter: &Text, facebook: &Text, website: &Text) -> Vec<(String, String)> {
    let account = |host: &str, text: &Text| {
        let account = text.as_ref()?.value.trim().trim_start_matches('@');
        let url = if account.contains("://") { account.to_owned() } else { format!("https://{host}/{account}") };
        (!account.is_empty()).then_some(url)
    };
    let website = website.as_ref().map(|text| text.value.trim().to_owned()).filter(|url| !url.is_empty());
    // The name of a website, unlike a label, needs no translation.
    let named = website.map(|url| {
        let name = url.split_once("://").map_or(url.as_str(), |(_, name)| name).trim_end_matches('/').to_owned();
        (name, url)
    });
    let twitter = account("twitter.com", twitter).map(|url| ("Twitter".to_owned(), url));
    let facebook = account("www.facebook.com", facebook).map(|url| ("Facebook".to_owned(), url));
    twitter.into_iter().chain(facebook).chain(named).collect()
}
