//! What the files of a site tell that their author may not want to be told.
//!
//! In: a [`Site`], and its output folder. Out: a [`PrivacyListing`] of every file in use, and every file in the output, that carries a
//! location, serial numbers, names or the like, and of every text of a file that a page shows. Nothing is written. Must not know how it is printed.

mod attachments;
mod locked;
mod shown;
mod sounds;

pub use shown::{ShownText, TextPlace};

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Failure, Report, cure_reading};
use crate::machine::caught::Panic;
use crate::machine::progress::Progress;
use crate::publish;
use crate::site::{Scanner, Site};
use pixels::Leak;

/// Warns of what an author may not want to publish, and does.
pub fn warn(site: &Site, report: &mut Report) {
    sounds::warn_of_sounds(site, report);
    locked::warn_of_open_copies(site, report);
    attachments::warn_of_attachments(site, report);
}

/// A file that tells something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeakyFile {
    /// Its path: of a source in the site, of the output in the output folder.
    pub path: String,
    /// What it tells; never empty.
    pub leaks: Vec<Leak>,
}

/// Files that were looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// How many.
    pub files: usize,
    /// Those that tell something, in the order of their paths.
    pub telling: Vec<LeakyFile>,
}

/// All that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivacyListing {
    /// Photos, videos and sounds that the site uses.
    pub sources: Scan,
    /// Texts of photos' files that pages show, as the site is now.
    pub pages: Vec<ShownText>,
    /// Whatever lies in the output folder; `None` if there is none yet, or if it is somebody else's.
    pub output: Option<Scan>,
}

/// Looks at all files. What cannot be read is an error in the report.
///
/// # Errors
/// If the output folder cannot be listed.
pub fn inspect(
    site: &Site,
    output: &Path,
    scanner: &Scanner,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<PrivacyListing, Failure> {
    let photos = site.photos.iter().map(|photo| (&photo.path, &photo.absolute));
    let videos = site.videos.iter().map(|video| (&video.path, &video.absolute));
    let sounds = site.sounds.iter().map(|sound| (&sound.path, &sound.absolute));
    let attachments = site.attachments.iter().map(|attachment| (&attachment.path, &attachment.absolute));
    let sources = photos
        .chain(videos)
        .chain(sounds)
        .chain(attachments)
        .map(|(path, absolute)| (path.to_string(), absolute.clone()));
    let mut sources: Vec<_> = sources.collect();
    sources.sort();
    sources.dedup();
    let published = publish::all_files(output)?;

    progress.begin("files", (sources.len() + published.as_ref().map_or(0, Vec::len)) as u64);
    let mut look = |files: &[(String, PathBuf)]| look(files, scanner, progress, report);
    let sources = look(&sources);
    let output = published.map(|files| look(&files));
    progress.end();
    Ok(PrivacyListing { sources, pages: shown::shown(site), output })
}

fn look(files: &[(String, PathBuf)], scanner: &Scanner, progress: &dyn Progress, report: &mut Report) -> Scan {
    let found: Vec<_> = files
        .par_iter()
        .map(|(_, absolute)| {
            let leaks = scanner.leaks(absolute);
            progress.advance(1);
            leaks
        })
        .collect();
    let mut looked = Scan::default();
    for ((path, absolute), leaks) in files.iter().zip(found) {
        match leaks {
            Ok(leaks) => {
                looked.files += 1;
                if !leaks.is_empty() {
                    looked.telling.push(LeakyFile { path: path.clone(), leaks });
                }
            }
            Err(cause) => {
                let panic = cause.get_ref().and_then(|cause| cause.downcast_ref::<Panic>());
                let error = match panic {
                    Some(panic) => Diagnostic::error("the reader of this file's metadata failed").cause(panic),
                    None => Diagnostic::error(format!("cannot read the file: {cause}")),
                };
                let help = cure_reading(&cause, absolute, "it is not known what it tells");
                report.push(error.in_file(path.as_str()).help(help));
            }
        }
    }
    looked
}
