//! JSON-LD: a description of a gallery in the vocabulary of schema.org.
//!
//! It is in a `<script>` of a type that browsers do not execute, so a content security policy does not forbid it.

use serde_json::{Value, json};

use super::describe::description;
use crate::plan::OfferedFile;
use crate::render::pages::context::Context;
use crate::site::{Body, Gallery, Picture, Rights, Section};

/// Returns an `ImageGallery` with all pictures of the story; `None` for other pages. The text contains no `<`.
pub(super) fn gallery(context: &Context<'_>, gallery: &Gallery, address: &str) -> Option<String> {
    let Body::Story(sections) = &gallery.body else { return None };
    let site = context.site;
    let mut images: Vec<Value> = Vec::new();
    for picture in sections.iter().flat_map(Section::photos) {
        let image = image(context, picture)?;
        // A picture that is shown twice is listed once.
        if !images.iter().any(|known| known["contentUrl"] == image["contentUrl"]) {
            images.push(image);
        }
    }
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "ImageGallery",
        "name": gallery.title.plain(),
        "url": address,
        "inLanguage": gallery.language,
        "isPartOf": { "@type": "WebSite", "name": site.title.plain(), "url": site.address("") },
        "image": images,
    });
    let text = description(gallery);
    if !text.is_empty() {
        data["description"] = text.into();
    }
    if let Some(date) = gallery.date {
        data["datePublished"] = date.to_string().into();
    }
    if !gallery.tags.is_empty() {
        data["keywords"] = gallery.tags.clone().into();
    }
    // Escape `<`, which could start or end a tag in HTML.
    Some(data.to_string().replace('<', "\\u003c"))
}

fn image(context: &Context<'_>, picture: &Picture) -> Option<Value> {
    let OfferedFile { path, size } = context.plan.offered(picture).largest()?;
    let mut image = json!({
        "@type": "ImageObject",
        "contentUrl": context.site.address(&path.url())?,
        "width": size.width,
        "height": size.height,
    });
    let credit = &context.site.photos[picture.photo.index()].about.credit;
    let rights = Rights::of(credit, picture.options.metadata, &context.site.licence);
    let mut tell = |key: &str, value: &str| {
        if !value.is_empty() {
            image[key] = value.into();
        }
    };
    tell("caption", &picture.caption_for_programs().0);
    tell("license", &rights.licence);
    tell("acquireLicensePage", &rights.acquire);
    tell("creditText", &rights.credit);
    tell("copyrightNotice", &rights.notice);
    let person = |name: &String| json!({ "@type": "Person", "name": name });
    let creators: Vec<Value> = rights.creators.iter().map(person).collect();
    if !creators.is_empty() {
        image["creator"] = creators.into();
    }
    Some(image)
}
