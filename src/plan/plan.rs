//! From a site to its plan.

use std::collections::BTreeMap;

use super::audience;
use super::recipes::{Recipes, extension, recipes, survey};
use super::uses::uses;
use super::videos::Videos;
use super::wanted::{Requests, film_file, photo_file};
use super::{
    Audience, Audiences, Copy, CopyId, Edition, Listing, Naming, OutputPath, Page, PageKind, Plan, PlannedPicture,
    Rendition, RenditionId, names,
};
use crate::cache::{Digest, Key};
use crate::lock::Keyring;
use crate::site::{Attachment, GalleryId, Photo, PhotoId, Site};
use crate::source::SitePath;
use pixels::{ENGINE, Recipe, Size};

/// Names and sizes everything. The keys decide on the names of what is published for the holders of passwords only; a plan that
/// nobody publishes needs none.
#[must_use]
pub fn plan(site: &Site, keys: &Keyring) -> Plan {
    plan_with(site, &Requests::default(), keys)
}

/// Names and sizes everything, and what is asked for beside, which is for everybody.
#[must_use]
pub fn plan_with(site: &Site, requests: &Requests, keys: &Keyring) -> Plan {
    let mut renditions = Renditions::default();
    let mut pictures = BTreeMap::new();
    let mut surveys = Vec::with_capacity(site.photos.len());

    let mut uses = uses(site).into_iter().peekable();
    let mut wanted = requests.photos.iter().peekable();
    for (index, photo) in site.photos.iter().enumerate() {
        let id = PhotoId(number(index));
        renditions.begin(id, photo);
        surveys.push(renditions.add(survey(&photo.header, &site.images), photo.header.display()));
        while let Some((_, options)) = uses.next_if(|(photo, _)| *photo == id) {
            let Recipes { size, candidates, full } = recipes(&photo.header, &options, &site.images);
            let candidates: Vec<RenditionId> =
                candidates.into_iter().map(|(recipe, size)| renditions.add(recipe, size)).collect();
            let full = full.map(|(recipe, size)| renditions.add(recipe, size));
            let full = full.filter(|full| candidates.last() != Some(full));
            pictures.insert((id, options), PlannedPicture { size, candidates, full });
        }
        while let Some(wanted) = wanted.next_if(|wanted| wanted.photo == id) {
            let (recipe, size) = wanted.recipe(site);
            renditions.add(recipe, size);
        }
        if let Ok(at) = site.linked.binary_search_by_key(&id, |linked| linked.photo) {
            renditions.add_at_own_path(Recipe::Keep { metadata: site.linked[at].metadata });
        }
    }

    let mut copies = Copies::default();
    let videos = Videos::of(site, &mut copies, requests);

    let attachments = site.attachments.iter().map(|attachment| copies.add_at_own_path(attachment)).collect();

    let front = Page { path: OutputPath::page(&SitePath::root()), kind: PageKind::Front, edition: Edition::Full };
    let galleries = site.galleries.iter().enumerate().flat_map(|(index, gallery)| {
        let kind = PageKind::Gallery(GalleryId(number(index)));
        let full = Page { path: OutputPath::page(&gallery.path), kind, edition: Edition::Full };
        let light = gallery.light.then(|| OutputPath::page(&gallery.light_folder()));
        [full].into_iter().chain(light.map(|path| Page { path, kind, edition: Edition::Light }))
    });

    let mut plan = Plan {
        renditions: renditions.list,
        pictures,
        surveys,
        copies: copies.list,
        transcodes: videos.transcodes,
        videos: videos.videos,
        frames: videos.frames,
        stills: videos.stills,
        covers: videos.covers,
        sounds: videos.sounds,
        attachments,
        pages: std::iter::once(front).chain(galleries).collect(),
        listings: Listing::of(site),
        audiences: Audiences::default(),
    };
    let mut audiences = audience::audiences(site, &plan, keys);
    let sounds = requests.sounds.iter().map(|&sound| plan.sound(sound).clone());
    let films = requests.films.iter().filter_map(|wanted| film_file(site, wanted));
    let asked = requests.photos.iter().map(|wanted| photo_file(site, wanted)).chain(sounds).chain(films);
    asked.for_each(|path| audiences.publish(&path, Audience::Everybody, keys));
    plan.audiences = audiences;
    plan
}

/// The identity of a rendition: everything that its bytes depend on.
///
/// The text that is hashed is JSON with fields in the order of their declaration, so a field added to a recipe, or a
/// raised [`ENGINE`], gives new keys and nothing else does.
pub(super) fn key(digest: Digest, recipe: &Recipe) -> Key {
    let inputs = serde_json::to_vec(&(ENGINE, digest, recipe)).expect("a recipe is plain data");
    Key::of(&inputs)
}

/// Collects renditions; what one photo needs several times is made once.
#[derive(Default)]
struct Renditions<'a> {
    list: Vec<Rendition>,
    of_photo: BTreeMap<Recipe, RenditionId>,
    photo: Option<(PhotoId, &'a Photo)>,
}

impl<'a> Renditions<'a> {
    fn begin(&mut self, id: PhotoId, photo: &'a Photo) {
        self.of_photo.clear();
        self.photo = Some((id, photo));
    }

    fn add(&mut self, recipe: Recipe, size: Size) -> RenditionId {
        let (id, photo) = self.photo.expect("begin comes first");
        if let Some(rendition) = self.of_photo.get(&recipe) {
            return *rendition;
        }
        let rendition = RenditionId(number(self.list.len()));
        let key = key(photo.digest, &recipe);
        let path = match recipe {
            Recipe::Survey { .. } => None,
            _ => Some(names::rendition(&photo.path, key, size, extension(&recipe, photo.header.format))),
        };
        self.of_photo.insert(recipe.clone(), rendition);
        self.list.push(Rendition { photo: id, recipe, key, size, path, naming: Naming::Content });
        rendition
    }

    /// What an author's markup links to by the photo's own name.
    fn add_at_own_path(&mut self, recipe: Recipe) {
        let (id, photo) = self.photo.expect("begin comes first");
        let (key, path) = (key(photo.digest, &recipe), Some(OutputPath::from_path(photo.path.clone())));
        let size = photo.header.display();
        self.list.push(Rendition { photo: id, recipe, key, size, path, naming: Naming::Author });
    }
}

/// Collects copies.
#[derive(Default)]
pub(super) struct Copies {
    list: Vec<Copy>,
    by_path: BTreeMap<OutputPath, CopyId>,
}

impl Copies {
    pub(super) fn add(&mut self, source: &SitePath, from: &std::path::Path, digest: Digest, len: u64) -> CopyId {
        let path = names::copy(source, digest);
        // The name carries the digest: an equal path is an equal file.
        if let Some(copy) = self.by_path.get(&path) {
            return *copy;
        }
        let copy = CopyId(number(self.list.len()));
        self.by_path.insert(path.clone(), copy);
        self.list.push(Copy { from: from.to_owned(), digest, len, path, naming: Naming::Content });
        copy
    }

    fn add_at_own_path(&mut self, attachment: &Attachment) -> CopyId {
        let Attachment { absolute, digest, len, to, .. } = attachment;
        let copy = CopyId(number(self.list.len()));
        let path = OutputPath::from_path(to.clone());
        self.list.push(Copy { from: absolute.clone(), digest: *digest, len: *len, path, naming: Naming::Author });
        copy
    }
}

pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).expect("fewer than 2^32 files")
}
