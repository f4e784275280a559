//! Resolving, in phases that each return a value: folders, references, files, galleries, published files.
//!
//! In: a [`Source`], and the ledger. Out: a [`Site`]. Must not decode a pixel.

mod alike;
mod attached;
mod folders;
mod galleries;
mod left_out;
mod media;
mod mentioned;
mod menu;
mod named;
mod published;
mod references;
mod sections;
mod settings;
mod video_state;
mod videos;

pub use left_out::LeftOut;
pub use mentioned::mentioned_files;

use std::sync::Arc;

use crate::cache::Ledger;
use crate::diagnostic::{Report, Severity, Stop};
use crate::machine::Machine;
use crate::site::lookup::FileNames;
use crate::site::model::{Conversion, MenuItem, Site, Sound, Written};
use crate::site::policy::licence;
use crate::site::read::{self, Attached, Depth, Facts, ReadFiles, SoundFile, ToRead};
use crate::site::story;
use crate::site::text::Fragment;
use crate::site::videos::{Toolbox, VideoPolicy};
use crate::source::Source;
use folders::Folders;
use galleries::Galleries;
use media::Resolver;
use published::PublishedFiles;
use references::References;
use settings::{SiteSettings, fragment};
use video_state::VideoState;

/// Resolves a source into a site. Facts about unchanged files come from the ledger; facts read from other files are
/// added to it.
///
/// Photos, videos and sounds that cannot be read are errors in the report, but do not stop the build here: they are
/// left out, so that the other photos can be rendered and stored before the build stops.
///
/// # Errors
/// [`Stop::Site`] if the settings have errors, found in this stage or an earlier one; [`Stop::Machine`] if the
/// machine has no resources left to run ffprobe.
pub fn resolve(
    source: &Source,
    videos: VideoPolicy,
    machine: &Machine<'_>,
    ledger: &mut Ledger<Facts>,
    report: &mut Report,
) -> Result<Site, Stop> {
    let left_out = LeftOut::of(source, false);
    resolve_as(source, Resolving { videos, left_out: &left_out, depth: Depth::Whole }, machine, ledger, report)
}

/// The way in which a source is resolved.
#[derive(Debug, Clone, Copy)]
pub struct Resolving<'a> {
    /// What happens to videos.
    pub videos: VideoPolicy,
    /// Photos that the site does not show.
    pub left_out: &'a LeftOut,
    /// The part of each photo that is read.
    pub depth: Depth<'a>,
}

/// Resolves a source into a site, like [`resolve`], in another way.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_as(
    source: &Source,
    Resolving { videos, left_out, depth }: Resolving<'_>,
    machine: &Machine<'_>,
    ledger: &mut Ledger<Facts>,
    report: &mut Report,
) -> Result<Site, Stop> {
    let mut toolbox = Toolbox::new(&source.root);
    // Mistakes in settings are reported before any photo is read.
    let filled = match report.count(Severity::Error) == 0 {
        true => story::filled(source, videos, &mut toolbox, depth, machine, ledger, report)?,
        false => None,
    };
    let source = filled.as_ref().unwrap_or(source);
    let names = FileNames::of(source);
    let folders = Folders::of(source, report);
    alike::warn(folders.folders(), report);
    let references = References::of(source, &folders, &names);
    references.links.warn_of_litter(report);
    references.note_places(report);
    let attached = attached::gather(source, &names, &references.links.files, &folders, report);
    // Reading takes time, and authors should see errors in the settings at once. The remaining checks of the settings
    // still run, so that one run lists all errors.
    let settings_ok = report.count(Severity::Error) == 0;
    let mut files = if settings_ok {
        let probing = videos.probing(!references.videos.files.is_empty(), &source.settings, &mut toolbox)?;
        read::read(&to_read(&references, &attached), &probing, depth, machine, ledger)?
    } else {
        ReadFiles::default()
    };
    left_out.remove_from(&mut files);
    let settings = SiteSettings::of(source, report);
    // A gallery with errors in its settings is missing, so links to its page would cause misleading warnings.
    let menu = if settings_ok { menu::menu(&settings, &folders, &attached, report) } else { Vec::new() };
    let video_state = VideoState::new(&mut toolbox, videos, &files);
    let resolver = Resolver::new(&references, &files, &settings, video_state, left_out, report);
    let galleries = Galleries::of(&folders, &settings, settings_ok, resolver);
    toolbox.finish()?;
    // Errors in settings stop the build here; damaged photos do not, since the other photos can still be rendered.
    let checked = report.checked(());
    left_out.report(&files.photo_problems, report);
    files.problems.iter().for_each(|problem| report.push(problem.clone()));
    checked?;
    published::warn_of_closed(&references, &attached, report);
    let files_by_name = named::named(&references, &files);
    let written = Written::new(source, folders.folders(), files_by_name);
    Ok(site(settings, folders, menu, &references, files, galleries, written))
}

fn to_read<'a>(references: &'a References<'a>, attached: &'a Attached<'a>) -> ToRead<'a> {
    let References { photos, videos, sounds, .. } = references;
    ToRead { photos: &photos.files, videos: &videos.files, sounds: &sounds.files, attached }
}

/// Assembles the results of all phases.
fn site(
    settings: SiteSettings<'_>,
    folders: Folders<'_>,
    menu: Vec<MenuItem>,
    references: &References<'_>,
    files: ReadFiles,
    galleries: Galleries,
    written: Option<Box<Written>>,
) -> Site {
    let root = settings.root;
    let published = PublishedFiles::of(references, &files.photos, files.attachments, settings.metadata());
    let [custom_style, custom_script] = published.custom;
    Site {
        title: Fragment::new(root.title.value.clone()),
        sub_title: fragment(root.sub_title.as_ref()),
        dates: settings.dates_in(&settings.language),
        url: settings.url,
        sharing: settings.sharing,
        language: settings.language,
        theme: root.settings.theme.unwrap_or_default(),
        menu,
        licence: licence::licence(root.licence.as_ref()),
        show_date: root.show_date.is_none_or(|show| show.value),
        password: folders.site.password,
        protect: folders.site.protect,
        images: settings.images,
        front: folders.front,
        galleries: galleries.list,
        photos: files.photos.list,
        videos: files.videos.list,
        sounds: files.sounds.list.into_iter().zip(galleries.sounds).map(sound).collect(),
        conversion: galleries.video.map(Arc::new),
        written,
        linked: published.linked,
        attachments: published.attachments,
        custom_style,
        custom_script,
    }
}

fn sound((file, conversion): (SoundFile, Option<Conversion>)) -> Sound {
    let SoundFile { path, absolute, digest, len, kind: _, tells_place } = file;
    Sound { path, absolute, digest, len, conversion, tells_place }
}
