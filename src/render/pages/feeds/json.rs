//! JSON Feed 1.1.

use serde::Serialize;

use super::entry::{Channel, rfc3339};

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    language: &'a str,
}

/// Writes the feed.
pub(super) fn write(channel: &Channel) -> String {
    let items = channel.entries.iter().map(|entry| Item {
        id: &entry.link,
        url: &entry.link,
        title: &entry.title,
        content_html: entry.html(),
        summary: &entry.summary,
        image: entry.cover.as_ref().map(|cover| cover.address.as_str()),
        date_published: entry.date.map(|date| rfc3339(Some(date))),
        tags: &entry.tags,
        language: &entry.language,
    });
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.link,
        feed_url: &channel.address,
        description: &channel.description,
        language: &channel.language,
        items: items.collect(),
    };
    serde_json::to_string_pretty(&feed).expect("texts and numbers") + "\n"
}
