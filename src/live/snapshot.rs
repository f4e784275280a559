//! One state of the site: everything that a page or a picture of it depends on.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use crate::cache::{Key, Store};
use crate::lock::{Keyring, Lock};
use crate::overrides::Overrides;
use crate::plan::{Audience, Listing, MediaFile, PageKind, Plan, PlannedPage, TranscodeSource};
use crate::render::media;
use crate::render::pages::{PageFile, PageRenderer, RenderedPage};
use crate::site::{Body, Cover, Gallery, GalleryId, PhotoId, Section, Site, SoundId, VideoId};
use crate::source::SitePath;

/// One state of the site. Snapshots never change; a change of the site makes a new one.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// Number of the snapshot, counted from 1.
    pub(super) number: u64,
    pub(super) site: Site,
    pub(super) plan: Plan,
    pub(super) overrides: Overrides,
    pub(super) keys: Arc<Keyring>,
    /// Files of which only a part has been read. The names of files made from them are not final.
    pub(super) unread: BTreeSet<SitePath>,
    places: OnceLock<HashMap<String, (MediaFile, Audience)>>,
}

/// A file of the site.
#[derive(Debug, Clone, Copy)]
pub(super) enum SiteFile<'a> {
    Page(&'a PlannedPage),
    Listing(Listing),
    Media(MediaFile, Audience),
}

/// The photos, videos and sounds on a page.
#[derive(Debug, Default)]
pub(super) struct PageMedia {
    pub(super) photos: BTreeSet<PhotoId>,
    pub(super) videos: BTreeSet<VideoId>,
    pub(super) sounds: BTreeSet<SoundId>,
}

impl Snapshot {
    pub(super) fn new(
        number: u64,
        (site, plan): (Site, Plan),
        overrides: Overrides,
        keys: Arc<Keyring>,
        unread: BTreeSet<SitePath>,
    ) -> Self {
        Self { number, site, plan, overrides, keys, unread, places: OnceLock::new() }
    }

    /// Returns the file at a path of the output, such as `alps/index.html`.
    pub(super) fn target(&self, path: &str) -> Option<SiteFile<'_>> {
        // There are few pages, and most requests for one are the only request of their snapshot.
        if let Some(page) = self.plan.pages.iter().find(|page| page.path.as_path().as_str() == path) {
            return Some(SiteFile::Page(page));
        }
        if let Some(listing) = self.plan.listings.iter().find(|listing| listing.path().as_path().as_str() == path) {
            return Some(SiteFile::Listing(*listing));
        }
        self.places().get(path).map(|(file, audience)| SiteFile::Media(*file, *audience))
    }

    /// Returns every media file by its published path. Of an attachment and a rendition at the same path, the rendition counts, as in a
    /// build: its metadata is removed.
    fn places(&self) -> &HashMap<String, (MediaFile, Audience)> {
        self.places.get_or_init(|| {
            let mut places = HashMap::new();
            for placed in self.plan.placed() {
                let file = (placed.file, placed.audience);
                let place = places.entry(placed.place.as_path().as_str().to_owned()).or_insert(file);
                if !matches!(file.0, MediaFile::Copy(_)) {
                    *place = file;
                }
            }
            places
        })
    }

    /// Returns the photos, videos and sounds that a page shows, or whose names it contains.
    pub(super) fn media_of(&self, page: &PlannedPage) -> PageMedia {
        let mut media = PageMedia::default();
        match page.kind {
            PageKind::Front => self.add_covers(&self.site.front, &mut media),
            PageKind::Gallery(id) => {
                let gallery = &self.site.galleries[id.index()];
                add_gallery(gallery, &mut media);
                match &gallery.body {
                    Body::Index(inside) => self.add_covers(inside, &mut media),
                    Body::Story(_) => {
                        let neighbours: Vec<GalleryId> = self.site.neighbours(id).into_iter().flatten().collect();
                        self.add_covers(&neighbours, &mut media);
                    }
                    Body::Static(_) => {}
                }
            }
        }
        media
    }

    /// Returns the files whose digests are in a page.
    pub(super) fn sources_of(&self, page: &PlannedPage) -> Vec<&SitePath> {
        let (media, site) = (self.media_of(page), &self.site);
        let photos = media.photos.iter().map(|photo| &site.photos[photo.index()].path);
        let videos = media.videos.iter().map(|video| &site.videos[video.index()].path);
        let sounds = media.sounds.iter().map(|sound| &site.sounds[sound.index()].path);
        let custom = [site.custom_style, site.custom_script].into_iter().flatten();
        let custom = custom.map(|id| &site.attachments[id.index()].path);
        photos.chain(videos).chain(sounds).chain(custom).collect()
    }

    fn add_covers(&self, galleries: &[GalleryId], media: &mut PageMedia) {
        galleries.iter().for_each(|id| add_cover(&self.site.galleries[id.index()], media));
    }

    /// Renders a page with the placeholders that the store holds.
    pub(super) fn page(&self, page: &PlannedPage, store: &Store) -> RenderedPage {
        let PageMedia { photos, videos, .. } = self.media_of(page);
        let placeholders = media::placeholders(&self.plan, store, &photos, &videos);
        PageRenderer::new(&self.site, &self.plan, &self.overrides, &placeholders, &self.keys).page(page)
    }

    /// Renders a feed or the sitemap.
    pub(super) fn listing(&self, listing: Listing) -> PageFile {
        let placeholders = media::Placeholders::default();
        PageRenderer::new(&self.site, &self.plan, &self.overrides, &placeholders, &self.keys).listing(listing)
    }

    /// Returns the lock of an audience; `None` for everybody.
    pub(super) fn lock(&self, audience: Audience) -> Option<&Lock> {
        let Audience::Holders(id) = audience else { return None };
        Some(self.keys.lock(&self.plan.audiences.passwords[id.index()]))
    }

    /// Returns the key of a file in the store; `None` for copies, which are not stored.
    pub(super) fn key(&self, file: MediaFile) -> Option<Key> {
        match file {
            MediaFile::Rendition(index) => Some(self.plan.renditions[index].key),
            MediaFile::Transcode(index) => Some(self.plan.transcodes[index].key),
            MediaFile::Still(index) => Some(self.plan.stills[index].key),
            MediaFile::Copy(_) => None,
        }
    }

    /// Returns the file from which a file is made; `None` for copies.
    pub(super) fn source_of(&self, file: MediaFile) -> Option<&SitePath> {
        let video = |video: VideoId| &self.site.videos[video.index()].path;
        match file {
            MediaFile::Rendition(index) => Some(&self.site.photos[self.plan.renditions[index].photo.index()].path),
            MediaFile::Still(index) => Some(video(self.plan.stills[index].video)),
            MediaFile::Transcode(index) => match self.plan.transcodes[index].source {
                TranscodeSource::Video(id) => Some(video(id)),
                TranscodeSource::Sound(id) => Some(&self.site.sounds[id.index()].path),
            },
            MediaFile::Copy(_) => None,
        }
    }
}

fn add_gallery(gallery: &Gallery, media: &mut PageMedia) {
    add_cover(gallery, media);
    media.photos.extend(gallery.sections().iter().flat_map(Section::photos).map(|picture| picture.photo));
    media.videos.extend(gallery.sections().iter().flat_map(Section::videos).map(|video| video.file));
    media.sounds.extend(gallery.sections().iter().filter_map(Section::sound));
}

fn add_cover(gallery: &Gallery, media: &mut PageMedia) {
    match &gallery.cover {
        Some(Cover::Photo(picture)) => drop(media.photos.insert(picture.photo)),
        Some(Cover::Video(video)) => drop(media.videos.insert(video.file)),
        None => {}
    }
}
