use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::cache::Cache;
use crate::diagnostic::{Place, Severity};
use crate::machine::memory::{BESIDE_PICTURES, Limit, Limiter};
use crate::machine::progress::Silent;
use crate::machine::threads::Threads;
use crate::plan::RenditionId;
use crate::site::PhotoId;
use crate::source::SitePath;
use pixels::{About, Background, Colors, Damage, Format, Metadata, Orientation, Placeholder, Size};

const SIZE: Size = Size { width: 3, height: 2 };

const SURVEY: Recipe =
    Recipe::Survey { turn: Orientation::UPRIGHT, colors: Colors::Keep, background: Background::WHITE };

/// Text files in place of photos. Each has a survey and one rendition, which repeats the text.
struct Fixture {
    folder: tempfile::TempDir,
    photos: Vec<Photo>,
    plan: Plan,
}

fn fixture(contents: &[&str]) -> Fixture {
    let folder = tempfile::tempdir().expect("a folder");
    let mut plan = Plan::default();
    let mut photos = Vec::new();
    for (number, content) in contents.iter().enumerate() {
        let name = format!("{number}.jpg");
        let absolute = folder.path().join(&name);
        fs::write(&absolute, content).expect("written");
        let header = Header { working_memory: 100, ..Header::plain(Format::Jpeg, SIZE) };
        let digest = Digest::of(content.as_bytes());
        let path = SitePath::root().child(&name);
        photos.push(Photo { path, absolute, digest, len: content.len() as u64, header, about: About::default() });
        let photo = PhotoId(u32::try_from(number).expect("few"));
        plan.surveys.push(RenditionId(u32::try_from(plan.renditions.len()).expect("few")));
        for recipe in [SURVEY, Recipe::Keep { metadata: Metadata::None }] {
            let key = Key::of(format!("{digest} {recipe:?}").as_bytes());
            plan.renditions.push(Rendition {
                photo,
                recipe,
                key,
                size: SIZE,
                path: None,
                naming: crate::plan::Naming::Content,
            });
        }
    }
    Fixture { folder, photos, plan }
}

impl Fixture {
    fn cache(&self) -> Cache {
        Cache::open(&self.folder.path().join("cache")).expect("opened")
    }

    fn render(&self, cache: &Cache, pixels: &Pixels<'_>) -> (Result<Rendered, Stop>, Vec<Diagnostic>) {
        self.render_within(None, cache, pixels)
    }

    fn render_within(
        &self,
        limit: Option<Limit>,
        cache: &Cache,
        pixels: &Pixels<'_>,
    ) -> (Result<Rendered, Stop>, Vec<Diagnostic>) {
        let mut report = Report::default();
        let share = Share { jobs: 3, memory: 250, limit };
        let rendered = Threads::new(3)
            .run(|| render(&self.photos, &self.plan, cache.store(), &share, pixels, &Silent, &mut report));
        (rendered, report.diagnostics().to_vec())
    }

    fn photo(&self, number: usize) -> &Path {
        &self.photos[number].absolute
    }
}

/// Returns the damage of the photo `cut`.
fn cut(bytes: &[u8]) -> Option<Damage> {
    (bytes == b"cut").then_some(Damage::Missing(36))
}

/// Renders by repeating the text; fails for `damaged`, and panics for `poison`.
fn repeat(bytes: &[u8], _: &Header, recipes: &[Recipe], _: &dyn Parallelism) -> Result<Vec<Vec<u8>>, pixels::Error> {
    assert_ne!(bytes, b"poison", "poisoned");
    if bytes == b"damaged" {
        return Err(pixels::Error::Truncated(Format::Jpeg));
    }
    let output = |recipe: &Recipe| match recipe {
        Recipe::Survey { .. } => Survey { placeholder: Placeholder([[bytes[0]; 3]; 3]), damage: cut(bytes) }.to_bytes(),
        _ => bytes.repeat(2),
    };
    Ok(recipes.iter().map(output).collect())
}

#[test]
fn a_second_run_makes_nothing() {
    let fixture = fixture(&["one", "two", "three"]);
    let cache = fixture.cache();
    let count = AtomicUsize::new(0);
    let counted = |bytes: &[u8], header: &Header, recipes: &[Recipe], hands: &dyn Parallelism| {
        count.fetch_add(1, Ordering::Relaxed);
        repeat(bytes, header, recipes, hands)
    };
    let first = fixture.render(&cache, &counted).0.expect("rendered");
    assert_eq!((first.made, first.reused, first.bytes_read), (6, 0, 11));
    assert_eq!(fs::read(&first.files[1].path).expect("there"), b"oneone");
    assert_eq!(first.placeholders.photos[&PhotoId(1)], Placeholder([[b't'; 3]; 3]));
    let second = fixture.render(&cache, &counted).0.expect("rendered");
    assert_eq!((second.made, second.reused, second.bytes_read), (0, 6, 0));
    assert_eq!(second.files, first.files);
    assert_eq!(second.placeholders, first.placeholders);
    assert_eq!(second.damage, [None; 3]);
    assert_eq!(count.load(Ordering::Relaxed), 3);
}

#[test]
fn only_what_is_missing_is_made() {
    let fixture = fixture(&["one", "two"]);
    let cache = fixture.cache();
    let first = fixture.render(&cache, &repeat).0.expect("rendered");
    fs::remove_file(&first.files[1].path).expect("removed");
    let second = fixture.render(&cache, &repeat).0.expect("rendered");
    assert_eq!((second.made, second.reused), (1, 3));
    assert_eq!(second.files, first.files);
}

#[test]
fn photos_of_equal_content_are_rendered_once() {
    let fixture = fixture(&["same", "same", "same"]);
    let count = AtomicUsize::new(0);
    let counted = |bytes: &[u8], header: &Header, recipes: &[Recipe], hands: &dyn Parallelism| {
        count.fetch_add(1, Ordering::Relaxed);
        repeat(bytes, header, recipes, hands)
    };
    let rendered = fixture.render(&fixture.cache(), &counted).0.expect("rendered");
    assert_eq!((rendered.made, rendered.reused, count.load(Ordering::Relaxed)), (2, 4, 1));
    assert_eq!(rendered.files[1], rendered.files[5]);
}

#[test]
fn a_damaged_photo_is_one_error_and_the_others_are_kept() {
    let mut fixture = fixture(&["one", "damaged", "two", "poison", "three"]);
    let cache = fixture.cache();
    let (rendered, diagnostics) = fixture.render(&cache, &repeat);
    assert!(matches!(rendered, Err(Stop::Site)));
    let said: Vec<_> = diagnostics.iter().map(|diagnostic| (&diagnostic.place, diagnostic.message.as_str())).collect();
    let (second, fourth) = (Place::File("1.jpg".to_owned()), Place::File("3.jpg".to_owned()));
    let damaged = "cannot render the photo: the JPEG data ends too early";
    assert_eq!(said[0], (&second, damaged));
    assert_eq!(said[1].0, &fourth);
    assert!(said[1].1.contains("a bug in cimaise") && !said[1].1.contains("poisoned"), "{}", said[1].1);
    let cause = diagnostics[1].cause.as_deref().expect("a cause");
    assert!(cause.contains("poisoned") && cause.contains("(src/render/media/photos_tests.rs:"), "{cause}");
    assert_eq!(said.len(), 2);
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Error));

    fixture.plan.renditions.retain(|rendition| !matches!(rendition.photo.0, 1 | 3));
    fixture.plan.surveys.clear();
    let rendered = fixture.render(&cache, &repeat).0.expect("rendered");
    assert_eq!((rendered.made, rendered.reused), (0, 6));
}

#[test]
fn a_photo_that_is_changed_or_removed_meanwhile_is_an_error() {
    let fixture = fixture(&["one", "two", "three", "four"]);
    fs::write(fixture.photo(0), "eno").expect("written");
    fs::write(fixture.photo(1), "two and more").expect("written");
    fs::remove_file(fixture.photo(2)).expect("removed");
    let (rendered, diagnostics) = fixture.render(&fixture.cache(), &repeat);
    assert!(matches!(rendered, Err(Stop::Site)));
    let messages: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(messages[..2], ["the photo changed during the build"; 2]);
    assert!(messages[2].starts_with("cannot read the photo: "), "{}", messages[2]);
    assert_eq!(messages.len(), 3);
}

#[test]
fn a_store_that_cannot_be_written_to_stops_the_stage() {
    let fixture = fixture(&["one", "two"]);
    let cache = fixture.cache();
    fs::write(fixture.folder.path().join("cache/store"), "in the way").expect("written");
    let (rendered, diagnostics) = fixture.render(&cache, &repeat);
    assert!(matches!(rendered, Err(Stop::Machine(_))));
    assert!(diagnostics.is_empty());
}

#[test]
fn a_photo_that_needs_more_than_the_machine_has_is_an_error_and_the_others_are_rendered() {
    let mut fixture = fixture(&["one", "two", "three"]);
    fixture.photos[1].header.working_memory = 40 << 20;
    let limit = Limit { bytes: BESIDE_PICTURES + (1 << 20), by: Limiter::Group };
    let cache = fixture.cache();
    let seen = std::sync::Mutex::new(Vec::new());
    let pixels = |bytes: &[u8], header: &Header, recipes: &[Recipe], hands: &dyn Parallelism| {
        seen.lock().expect("not poisoned").push(String::from_utf8_lossy(bytes).into_owned());
        repeat(bytes, header, recipes, hands)
    };
    let (result, said) = fixture.render_within(Some(limit), &cache, &pixels);
    assert!(matches!(result, Err(Stop::Site)));
    let [error] = &said[..] else { panic!("{said:?}") };
    assert_eq!(error.place, Place::File("1.jpg".to_owned()));
    assert_eq!(
        error.message,
        "rendering this photo needs 73 MiB, more than the 33 MiB that the container or service may use"
    );
    let mut seen = seen.into_inner().expect("not poisoned");
    seen.sort();
    assert_eq!(seen, ["one", "three"]);
    // Only the machine's limit is an error. A photo that exceeds the budget is rendered alone.
    let limit = Limit { bytes: BESIDE_PICTURES + (41 << 20), by: Limiter::Group };
    assert!(fixture.render_within(Some(limit), &cache, &repeat).0.is_ok());
}
