//! What is made of the videos and sounds of a site; what several places need is made once.

use std::collections::BTreeMap;

use super::films::{self, FilmUse, Frame, PlannedVideo, Still, StillId, Transcode, TranscodeId, fitting};
use super::ladder;
use super::model::{PlannedCover, PlannedSound};
use super::plan::{Copies, number};
use super::recipes::{Recipes, encoded, recipes, survey};
use super::uses::{Films, films};
use crate::cache::Key;
use crate::image::{ColorSpace, Encode, Format, Header, Orientation, Recipe, Size};
use crate::site::{Clip, ClipId, ImagePolicy, PictureOptions, Site, SoundId, Tool, Video};

/// Nobody looks closely at what is about to move: the long edge of a poster, at most.
const POSTER: u32 = 1920;

/// All of it.
#[derive(Default)]
pub(super) struct Videos {
    pub(super) transcodes: Vec<Transcode>,
    by_key: BTreeMap<Key, TranscodeId>,
    pub(super) videos: BTreeMap<FilmUse, PlannedVideo>,
    pub(super) frames: Vec<Frame>,
    pub(super) stills: Vec<Still>,
    of_frame: BTreeMap<Recipe, StillId>,
    pub(super) covers: BTreeMap<(ClipId, PictureOptions), PlannedCover>,
    pub(super) sounds: Vec<PlannedSound>,
}

impl Videos {
    /// Plans what a site shows and plays.
    pub(super) fn of(site: &Site, copies: &mut Copies) -> Self {
        let mut all = Self::default();
        let mut films = films(site);
        for (index, clip) in site.clips.iter().enumerate() {
            let id = ClipId(number(index));
            if let Some(uses) = films.remove(&id) {
                all.clip(clip, id, &uses, &site.images);
            }
        }
        for (index, sound) in site.sounds.iter().enumerate() {
            let planned = match &sound.conversion {
                None => PlannedSound::Copy(copies.add(&sound.path, &sound.absolute, sound.digest, sound.len)),
                Some(conversion) => {
                    let id = SoundId(number(index));
                    PlannedSound::Transcode(all.transcode(films::track(sound, id, conversion)))
                }
            };
            all.sounds.push(planned);
        }
        all
    }

    fn clip(&mut self, clip: &Clip, id: ClipId, uses: &Films<'_>, policy: &ImagePolicy) {
        let Some(first) = uses.playing.iter().chain(&uses.covers).next() else { return };
        let frame = frame_size(clip.film.size, policy);
        let header = header(frame);
        self.of_frame.clear();
        let survey = self.still(clip, id, frame, survey(&header, policy), frame);
        let tool: Tool = first.conversion.tool.clone();
        self.frames.push(Frame { clip: id, tool, size: frame, survey });
        for video in &uses.playing {
            let size = size(clip, video);
            let transcode = self.transcode(films::transcode(clip, id, &video.conversion, size));
            let poster = ladder::capped(frame, POSTER.min(size.long_edge()));
            let recipe = encoded(&header, &video.still, policy, poster);
            let poster = self.still(clip, id, frame, recipe, poster);
            self.videos.insert(FilmUse::of(video), PlannedVideo { size, transcode, poster });
        }
        for video in &uses.covers {
            let Recipes { size, candidates, .. } = recipes(&header, &video.still, policy);
            let candidates =
                candidates.into_iter().map(|(recipe, size)| self.still(clip, id, frame, recipe, size)).collect();
            self.covers.insert((id, video.still), PlannedCover { size, candidates });
        }
    }

    fn transcode(&mut self, new: Transcode) -> TranscodeId {
        *self.by_key.entry(new.key).or_insert_with(|| {
            let id = TranscodeId(number(self.transcodes.len()));
            self.transcodes.push(new);
            id
        })
    }

    fn still(&mut self, clip: &Clip, id: ClipId, frame: Size, recipe: Recipe, size: Size) -> StillId {
        *self.of_frame.entry(recipe.clone()).or_insert_with(|| {
            let extension = match &recipe {
                Recipe::Encode(Encode { encoding, .. }) => Some(encoding.extension()),
                Recipe::Requantize(_) | Recipe::Keep { .. } | Recipe::Survey { .. } => None,
            };
            let still = StillId(number(self.stills.len()));
            self.stills.push(films::still(clip, id, frame, recipe, size, extension));
            still
        })
    }
}

/// What a video is made as high as its place lets it be, or what its author allows instead.
fn size(clip: &Clip, video: &Video) -> Size {
    match video.conversion.bounds {
        Some(Size { width, height }) => fitting(clip.film.size, Some(width), Some(height)),
        None => fitting(clip.film.size, None, Some(video.place.height())),
    }
}

/// A frame is taken out no larger than anything that is made of it, whatever a place needs: so all places share it.
fn frame_size(video: Size, policy: &ImagePolicy) -> Size {
    let top = policy.ladder.iter().copied().max().unwrap_or(POSTER).max(POSTER);
    ladder::capped(video, top)
}

/// What a frame is, taken out of its video: pixels without loss, upright, in a format that any ffmpeg writes.
fn header(frame: Size) -> Header {
    Header {
        format: Format::Bmp,
        stored: frame,
        orientation: Orientation::UPRIGHT,
        alpha: false,
        animated: false,
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        unit: None,
        working_memory: 0,
        coefficients: None,
    }
}
