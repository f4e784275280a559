//! What is made of the videos and sounds of a site; what several places need is made once.

use std::collections::BTreeMap;

use super::films::{self, FilmUse, Frame, PlannedVideo, Still, StillId, Transcode, TranscodeId, fitting};
use super::ladder;
use super::model::{PlannedCover, PlannedSound};
use super::plan::{Copies, number};
use super::recipes::{Recipes, encoded, recipes, survey};
use super::uses::{Films, films};
use super::wanted::{Requests, WantedFilm, film_size};
use crate::cache::Key;
use crate::site::{ImagePolicy, PictureOptions, Site, SoundId, Tool, Video, VideoFile, VideoId};
use pixels::{Encode, Format, Header, Recipe, Size};

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
    pub(super) covers: BTreeMap<(VideoId, PictureOptions), PlannedCover>,
    pub(super) sounds: Vec<PlannedSound>,
}

impl Videos {
    /// Plans what a site shows and plays.
    pub(super) fn of(site: &Site, copies: &mut Copies, requests: &Requests) -> Self {
        let mut all = Self::default();
        let mut films = films(site);
        for (index, clip) in site.videos.iter().enumerate() {
            let id = VideoId(number(index));
            let asked: Vec<&WantedFilm> = requests.films.iter().filter(|wanted| wanted.clip == id).collect();
            let uses = films.remove(&id);
            let first = uses.iter().flat_map(|uses| uses.playing.iter().chain(&uses.covers)).next();
            let first = first.map(|video| &video.conversion).or(site.conversion.as_ref().filter(|_| !asked.is_empty()));
            let Some(tool) = first.map(|conversion| conversion.tool.clone()) else { continue };
            all.frame(clip, id, tool, &site.images);
            if let Some(uses) = uses {
                all.clip(clip, id, &uses, &site.images);
            }
            for wanted in asked {
                all.asked(site, clip, wanted);
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

    /// The frame by which a video is shown, taken out by `tool`; what is made of it comes next.
    fn frame(&mut self, clip: &VideoFile, id: VideoId, tool: Tool, policy: &ImagePolicy) {
        let frame = frame_size(clip.probe.size, policy);
        self.of_frame.clear();
        let survey = self.still(clip, id, frame, survey(&header(frame), policy), frame);
        self.frames.push(Frame { clip: id, tool, size: frame, survey });
    }

    /// What a template asks for.
    fn asked(&mut self, site: &Site, clip: &VideoFile, wanted: &WantedFilm) {
        let size = film_size(site, wanted);
        match (&wanted.still, &site.conversion) {
            (Some(options), _) => {
                let frame = frame_size(clip.probe.size, &site.images);
                let (recipe, size) = poster_recipe(frame, size, options, &site.images);
                self.still(clip, wanted.clip, frame, recipe, size);
            }
            (None, Some(conversion)) => {
                self.transcode(films::transcode(clip, wanted.clip, conversion, size));
            }
            (None, None) => {}
        }
    }

    fn clip(&mut self, clip: &VideoFile, id: VideoId, uses: &Films<'_>, policy: &ImagePolicy) {
        let frame = frame_size(clip.probe.size, policy);
        let header = header(frame);
        for video in &uses.playing {
            let size = size(clip, video);
            let transcode = self.transcode(films::transcode(clip, id, &video.conversion, size));
            let (recipe, poster) = poster_recipe(frame, size, &video.still, policy);
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

    fn still(&mut self, clip: &VideoFile, id: VideoId, frame: Size, recipe: Recipe, size: Size) -> StillId {
        *self.of_frame.entry(recipe.clone()).or_insert_with(|| {
            let extension = extension(&recipe);
            let still = StillId(number(self.stills.len()));
            self.stills.push(films::still(clip, id, frame, recipe, size, extension));
            still
        })
    }
}

/// What stands in the place of a video of this size before it plays.
#[must_use]
pub(super) fn poster(
    clip: &VideoFile,
    id: VideoId,
    size: Size,
    options: &PictureOptions,
    policy: &ImagePolicy,
) -> Still {
    let frame = frame_size(clip.probe.size, policy);
    let (recipe, size) = poster_recipe(frame, size, options, policy);
    let extension = extension(&recipe);
    films::still(clip, id, frame, recipe, size, extension)
}

fn poster_recipe(frame: Size, video: Size, options: &PictureOptions, policy: &ImagePolicy) -> (Recipe, Size) {
    let size = ladder::capped(frame, POSTER.min(video.long_edge()));
    (encoded(&header(frame), options, policy, size), size)
}

/// Of the name of a picture that pages show.
fn extension(recipe: &Recipe) -> Option<&'static str> {
    match recipe {
        Recipe::Encode(Encode { encoding, .. }) => Some(encoding.extension()),
        Recipe::Requantize(_) | Recipe::Keep { .. } | Recipe::Survey { .. } => None,
    }
}

/// What a video is made as high as its place lets it be, or what its author allows instead.
fn size(clip: &VideoFile, video: &Video) -> Size {
    match video.conversion.bounds {
        Some(Size { width, height }) => fitting(clip.probe.size, Some(width), Some(height)),
        None => fitting(clip.probe.size, None, Some(video.place.height())),
    }
}

/// A frame is taken out no larger than anything that is made of it, whatever a place needs: so all places share it.
fn frame_size(video: Size, policy: &ImagePolicy) -> Size {
    let top = policy.ladder.iter().copied().max().unwrap_or(POSTER).max(POSTER);
    ladder::capped(video, top)
}

/// What a frame is, taken out of its video: pixels without loss, upright, in a format that any ffmpeg writes.
fn header(frame: Size) -> Header {
    Header::plain(Format::Bmp, frame)
}
