//! Explains why renditions are reused or rendered again.
//!
//! In: the plan, the store, and the record of the last build. Out: one line per published rendition: a hit, or a miss with the first
//! difference. The record has no influence on the build; without it, every photo, video and sound counts as new.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::difference::{differences, size};
use crate::cache::atomic::{self, Durability};
use crate::cache::{Digest, Key, Store};
use crate::diagnostic::Failure;
use crate::machine::fs;
use crate::plan::{OutputPath, Plan, Rendition, TranscodeSource};
use crate::site::{Photo, Site};
use pixels::{ENGINE, Recipe};

/// Record of a build, from which the next build explains its hits and misses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Explanations {
    /// Version of the pixel code.
    engine: u32,
    /// All recipes of the build, without duplicates.
    recipes: Vec<Recipe>,
    /// Digest and recipes of each photo, by the photo's path. Recipes are indices into `recipes`.
    photos: BTreeMap<String, (Digest, Vec<usize>)>,
    /// Digest and keys of each converted video and sound, by the file's path.
    #[serde(default)]
    converted: BTreeMap<String, (Digest, Vec<Key>)>,
}

impl Explanations {
    /// Returns the record of a plan.
    #[must_use]
    pub fn of(site: &Site, plan: &Plan) -> Self {
        let mut converted: BTreeMap<String, (Digest, Vec<Key>)> = BTreeMap::new();
        for Converted { source, digest, key, .. } in converted_of(site, plan) {
            converted.entry(source.to_owned()).or_insert((digest, Vec::new())).1.push(key);
        }
        Self { converted, ..Self::of_photos(&site.photos, plan) }
    }

    fn of_photos(all: &[Photo], plan: &Plan) -> Self {
        let recipes: BTreeSet<&Recipe> = plan.renditions.iter().map(|rendition| &rendition.recipe).collect();
        let recipes: Vec<Recipe> = recipes.into_iter().cloned().collect();
        let mut photos = BTreeMap::new();
        for rendition in &plan.renditions {
            let photo = &all[rendition.photo.index()];
            let (_, used) = photos.entry(photo.path.as_str().to_owned()).or_insert((photo.digest, Vec::new()));
            used.extend(recipes.binary_search(&rendition.recipe));
        }
        Self { engine: ENGINE, recipes, photos, converted: BTreeMap::new() }
    }

    /// Reads the record of the last build; empty if the file is missing or unreadable.
    #[must_use]
    pub fn load(path: &Path) -> Self {
        fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes the record for the next build.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), Failure> {
        serde_json::to_vec(self)
            .map_err(Into::into)
            .and_then(|bytes| atomic::write(path, &bytes, Durability::Lazy))
            .map_err(Failure::on("write", path))
    }

    /// Returns the reason why a file made from a video or a sound is not in the store.
    fn reason(&self, file: &Converted<'_>) -> &'static str {
        match self.converted.get(file.source) {
            None => "its source is new",
            Some((digest, _)) if *digest != file.digest => "its source has changed",
            Some((_, keys)) if keys.contains(&file.key) => "its bytes are no longer in the cache",
            Some(_) => "not made before",
        }
    }

    /// Returns the first difference between a rendition and the earlier renditions of its photo.
    fn difference(&self, photo: &Photo, rendition: &Rendition) -> String {
        let Some((digest, used)) = self.photos.get(photo.path.as_str()) else {
            return "the photo is new".to_owned();
        };
        if self.engine != ENGINE {
            return format!("pixel code {} -> {ENGINE}", self.engine);
        }
        if *digest != photo.digest {
            return "the photo has changed".to_owned();
        }
        let before: Vec<&Recipe> = used.iter().filter_map(|&place| self.recipes.get(place)).collect();
        if before.contains(&&rendition.recipe) {
            return "its bytes are no longer in the cache".to_owned();
        }
        // Compare with the most similar recipe of the same size.
        let same_size =
            before.iter().filter(|recipe| size(recipe).is_some() && size(recipe) == size(&rendition.recipe));
        let nearest = same_size.map(|recipe| differences(recipe, &rendition.recipe)).min_by_key(Vec::len);
        nearest.and_then(|all| all.into_iter().next()).unwrap_or_else(|| "not made before".to_owned())
    }
}

/// Why a published file made from a photo, a video or a sound was reused or made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Path of the file in the output.
    pub path: String,
    /// The first difference to the last build; `None` if the file was reused.
    pub reason: Option<String>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            None => write!(f, "hit  {}", self.path),
            Some(reason) => write!(f, "miss {}: {reason}", self.path),
        }
    }
}

/// Returns an explanation for each published file made from photos, videos and sounds: a hit if the store contains it, or else the reason. Must run
/// before rendering.
#[must_use]
pub fn explain(site: &Site, plan: &Plan, store: &Store, previous: &Explanations) -> Vec<Explanation> {
    let converted = converted_of(site, plan).filter_map(|file| {
        let path = file.path?;
        let is_stored = store.get(file.key).is_some();
        let reason = (!is_stored).then(|| previous.reason(&file).to_owned());
        Some(Explanation { path: path.to_string(), reason })
    });
    explain_photos(&site.photos, plan, store, previous).into_iter().chain(converted).collect()
}

/// A file made from a video or a sound.
struct Converted<'a> {
    /// Path of the video or the sound in the site.
    source: &'a str,
    digest: Digest,
    key: Key,
    path: Option<&'a OutputPath>,
}

fn converted_of<'a>(site: &'a Site, plan: &'a Plan) -> impl Iterator<Item = Converted<'a>> {
    let transcodes = plan.transcodes.iter().map(|transcode| {
        let (source, digest) = match transcode.source {
            TranscodeSource::Video(id) => (&site.videos[id.index()].path, site.videos[id.index()].digest),
            TranscodeSource::Sound(id) => (&site.sounds[id.index()].path, site.sounds[id.index()].digest),
        };
        Converted { source: source.as_str(), digest, key: transcode.key, path: Some(&transcode.path) }
    });
    let stills = plan.stills.iter().map(|still| {
        let video = &site.videos[still.video.index()];
        Converted { source: video.path.as_str(), digest: video.digest, key: still.key, path: still.path.as_ref() }
    });
    transcodes.chain(stills)
}

fn explain_photos(photos: &[Photo], plan: &Plan, store: &Store, previous: &Explanations) -> Vec<Explanation> {
    plan.renditions
        .iter()
        .filter_map(|rendition| {
            let path = rendition.path.as_ref()?;
            let is_stored = store.get(rendition.key).is_some();
            let reason = (!is_stored).then(|| previous.difference(&photos[rendition.photo.index()], rendition));
            Some(Explanation { path: path.to_string(), reason })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::{Cache, Key};
    use crate::plan::OutputPath;
    use crate::site::PhotoId;
    use crate::source::SitePath;
    use pixels::{
        About, Background, Chroma, Colors, Effort, Encode, Encoding, Format, Header, Metadata, Orientation, Size,
    };

    const SIZE: Size = Size { width: 480, height: 320 };

    fn encode(quality: u8) -> Encode {
        Encode {
            size: SIZE,
            halvings: 1,
            turn: Orientation::UPRIGHT,
            encoding: Encoding::Jpeg { quality, progressive: true, effort: Effort::Balanced, chroma: Chroma::Half },
            metadata: Metadata::None,
            colors: Colors::Keep,
            background: Background::WHITE,
        }
    }

    fn photo(content: &str) -> Photo {
        let header = Header::plain(Format::Jpeg, SIZE);
        let path = SitePath::root().child("a.jpg");
        Photo {
            path,
            absolute: "a.jpg".into(),
            digest: Digest::of(content.as_bytes()),
            len: 1,
            header,
            about: About::default(),
        }
    }

    fn plan(recipes: &[Encode]) -> Plan {
        let rendition = |encode: &Encode| Rendition {
            photo: PhotoId(0),
            recipe: Recipe::Encode(encode.clone()),
            key: Key::of(format!("{encode:?}").as_bytes()),
            size: encode.size,
            path: Some(OutputPath::new(&SitePath::root(), &format!("{}.jpg", encode.size.width))),
            naming: crate::plan::Naming::Content,
        };
        Plan { renditions: recipes.iter().map(rendition).collect(), ..Plan::default() }
    }

    #[test]
    fn each_miss_tells_the_first_field_that_differs() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(folder.path()).expect("opened");
        let old = [encode(75), encode(90)];
        let previous = Explanations::of_photos(&[photo("a")], &plan(&old));
        let miss = |photo: Photo, encode: Encode| {
            explain_photos(&[photo], &plan(&[encode]), cache.store(), &previous)[0].to_string()
        };
        assert_eq!(miss(photo("a"), encode(76)), "miss 480.jpg: quality 75 -> 76");
        assert_eq!(miss(photo("a"), encode(75)), "miss 480.jpg: its bytes are no longer in the cache");
        assert_eq!(miss(photo("b"), encode(75)), "miss 480.jpg: the photo has changed");
        let kept = Encode { metadata: Metadata::AllButLocation, ..encode(90) };
        assert_eq!(miss(photo("a"), kept), "miss 480.jpg: metadata none -> all-but-location");
        let png = Encode { encoding: Encoding::Png, ..encode(90) };
        assert_eq!(miss(photo("a"), png), "miss 480.jpg: encoding jpeg -> png");
        let converted = Encode { colors: Colors::Srgb, ..encode(90) };
        assert_eq!(miss(photo("a"), converted), "miss 480.jpg: colors keep -> srgb");
        let wider = Encode { size: Size { width: 960, height: 640 }, ..encode(75) };
        assert_eq!(miss(photo("a"), wider), "miss 960.jpg: not made before");
        let other = Photo { path: SitePath::root().child("b.jpg"), ..photo("a") };
        assert_eq!(miss(other, encode(75)), "miss 480.jpg: the photo is new");
        let engine = Explanations { engine: 0, ..previous.clone() };
        let lines = explain_photos(&[photo("a")], &plan(&old[..1]), cache.store(), &engine);
        assert_eq!(lines[0].to_string(), format!("miss 480.jpg: pixel code 0 -> {ENGINE}"));
    }

    #[test]
    fn what_is_in_the_store_is_a_hit() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(folder.path()).expect("opened");
        let plan = plan(&[encode(75)]);
        cache.store().put(plan.renditions[0].key, b"bytes").expect("put");
        let explained = explain_photos(&[photo("a")], &plan, cache.store(), &Explanations::default());
        assert_eq!(explained, [Explanation { path: "480.jpg".to_owned(), reason: None }]);
        assert_eq!(explained[0].to_string(), "hit  480.jpg");
    }

    #[test]
    fn what_was_recorded_is_read_again_and_damage_is_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("made.json");
        assert_eq!(Explanations::load(&path), Explanations::default());
        let made = Explanations::of_photos(&[photo("a")], &plan(&[encode(75), encode(90)]));
        made.save(&path).expect("saved");
        assert_eq!(Explanations::load(&path), made);
        fs::write(&path, "{").expect("written");
        assert_eq!(Explanations::load(&path), Explanations::default());
    }
}
