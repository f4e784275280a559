"""feeds.py SITE_FOLDER: checks the machine-readable files of a site. Prints a line for each error, and exits with code 1 if there are
any."""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import feedparser
from usp.tree import sitemap_from_str

build = Path(sys.argv[1])
troubles = []


def check(holds, trouble):
    if not holds:
        troubles.append(trouble)


class Head(HTMLParser):
    """The addresses and the linked data of one page."""

    def __init__(self):
        super().__init__()
        self.meta, self.links, self.data, self.inside = {}, [], [], False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta" and "property" in attrs:
            self.meta.setdefault(attrs["property"], attrs["content"])
        if tag == "link":
            self.links.append((attrs.get("rel"), attrs.get("href")))
        self.inside = tag == "script" and attrs.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self.inside:
            self.data.append(json.loads(data))
        self.inside = False


def head(path):
    parser = Head()
    parser.feed(path.read_text("utf-8"))
    return parser


front = head(build / "index.html")
base = dict(front.links)["canonical"]


def is_published(address):
    path = build / unquote(address.removeprefix(base))
    return address.startswith(base) and (path.is_file() or (path / "index.html").is_file())


for name, version in [("feed.xml", "rss20"), ("atom.xml", "atom10")]:
    feed = feedparser.parse((build / name).read_bytes())
    check(not feed.bozo, f"{name}: {feed.get('bozo_exception')}")
    check(feed.version == version, f"{name} is read as {feed.version!r}")
    check(feed.feed.get("title") and feed.feed.get("link") == base, f"{name}: title and link of the feed")
    check(len(feed.entries) > 0, f"{name} has no entry")
    ids = [entry.id for entry in feed.entries]
    check(len(set(ids)) == len(ids), f"{name}: two entries have one id")
    times = [entry.get("published_parsed") or entry.get("updated_parsed") for entry in feed.entries]
    check(all(times) and times == sorted(times, reverse=True), f"{name}: entries are not in the order of their dates")
    for entry in feed.entries:
        check(is_published(entry.link), f"{name}: {entry.link} is not published")
        for image in re.findall(r'<img[^>]* src="([^"]+)"', entry.get("summary", "") + str(entry.get("content", ""))):
            check(is_published(image), f"{name}: {image} is not published")

feed = json.loads((build / "feed.json").read_text("utf-8"))
check(feed["version"] == "https://jsonfeed.org/version/1.1", "feed.json: version")
check(feed["home_page_url"] == base and feed["feed_url"] == base + "feed.json", "feed.json: its own addresses")
for item in feed["items"]:
    check(is_published(item["url"]) and item["id"] and item["content_html"], f"feed.json: {item['url']}")
    check(is_published(item.get("image", base)), f"feed.json: {item.get('image')} is not published")

pages = [page.url for page in sitemap_from_str((build / "sitemap.xml").read_text("utf-8")).all_pages()]
check(len(pages) > 1 and len(set(pages)) == len(pages), "sitemap.xml: pages are missing, or listed twice")
for page in pages:
    check(is_published(page), f"sitemap.xml: {page} is not published")

galleries = 0
for path in build.rglob("index.html"):
    page = head(path)
    check(is_published(dict(page.links)["canonical"]), f"{path}: its canonical address")
    check(is_published(page.meta.get("og:url", base)) and is_published(page.meta.get("og:image", base)), f"{path}: OpenGraph")
    for data in page.data:
        galleries += data["@type"] == "ImageGallery"
        for image in data["image"]:
            check(is_published(image["contentUrl"]) and image["width"] > 0, f"{path}: {image['contentUrl']}")
check(galleries > 0, "no page is an ImageGallery")

print(*troubles, sep="\n", end="\n" if troubles else "")
print(f"{len(pages)} pages, {len(feed['items'])} entries, {galleries} galleries: {'ok' if not troubles else 'FAILED'}")
sys.exit(bool(troubles))
