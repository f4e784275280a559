//! Makes the plan of a site.

use super::audience::{Audience, Audiences};
use super::copies::Copies;
use super::files::{photo_file, video_file};
use super::keys::RenditionKeys;
use super::listing::Listing;
use super::model::Plan;
use super::pages::pages;
use super::requests::Requests;
use super::transcode::Transcodes;
use super::{photos, settle, sounds, videos};
use crate::lock::Keyring;
use crate::site::Site;

/// Names and sizes all files.
///
/// `keys` only affects the names of encrypted files; a plan that is not published needs no keys.
#[cfg(test)]
pub(crate) fn plan(site: &Site, keys: &Keyring) -> Plan {
    plan_with(site, &Requests::default(), keys, &mut RenditionKeys::default())
}

/// Names and sizes all files, including requested files, which are for everybody.
#[must_use]
pub fn plan_with(site: &Site, requests: &Requests, keys: &Keyring, renditions: &mut RenditionKeys) -> Plan {
    let photos = photos::plan(site, &requests.photos, renditions);
    let (mut copies, mut transcodes) = (Copies::default(), Transcodes::default());
    let videos = videos::plan(site, &requests.videos, &mut transcodes);
    let sounds = sounds::plan(site, &mut copies, &mut transcodes);
    let attachments = site.attachments.iter().map(|attachment| copies.add_attachment(attachment)).collect();
    let mut plan = Plan {
        renditions: photos.renditions,
        pictures: photos.pictures,
        surveys: photos.surveys,
        copies: copies.list,
        transcodes: transcodes.list,
        videos: videos.videos,
        frames: videos.frames,
        stills: videos.stills,
        covers: videos.covers,
        sounds,
        attachments,
        pages: pages(site),
        listings: Listing::of(site),
        audiences: Audiences::default(),
    };
    let mut audiences = settle::settle(site, &plan, keys);
    publish_requests(site, &plan, requests, &mut audiences, keys);
    plan.audiences = audiences;
    plan
}

fn publish_requests(site: &Site, plan: &Plan, requests: &Requests, audiences: &mut Audiences, keys: &Keyring) {
    let photos = requests.photos.iter().map(|request| photo_file(site, request));
    let videos = requests.videos.iter().filter_map(|request| video_file(site, request));
    let sounds = requests.sounds.iter().map(|&sound| plan.sound(sound).clone());
    let all = photos.chain(sounds).chain(videos);
    all.for_each(|path| audiences.publish(&path, Audience::Everybody, keys));
}
