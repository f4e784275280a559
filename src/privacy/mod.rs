//! Personal data in the files of a site.
//!
//! In: a [`Site`], and its output folder. Out: a [`PrivacyListing`] of every file, in use or in the output, that contains a location,
//! serial numbers, names or the like, and of every text from a file that a page shows. Writes nothing. Must not know how the listing is
//! printed.

mod attachments;
mod locked;
mod shown;
mod sounds;

pub use shown::{ShownText, TextPlace};

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Failure, Report, cure_reading};
use crate::machine::caught::Panic;
use crate::machine::progress::Progress;
use crate::publish;
use crate::site::{Scanner, Site};
use pixels::Leak;

/// Warns about content that the site publishes and that its author may not want to publish.
pub fn warn(site: &Site, report: &mut Report) {
    sounds::warn_of_sounds(site, report);
    locked::warn_of_open_copies(site, report);
    attachments::warn_of_attachments(site, report);
}

/// A file with personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeakyFile {
    /// Path of the file in the site or in the output folder.
    pub path: String,
    /// Personal data in the file; never empty.
    pub leaks: Vec<Leak>,
}

/// Result of scanning files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// Number of files that were read.
    pub files: usize,
    /// Files with personal data, in the order of their paths.
    pub telling: Vec<LeakyFile>,
}

/// Personal data in sources, pages and output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivacyListing {
    /// Photos, videos, sounds and attachments of the site.
    pub sources: Scan,
    /// Texts from photo files that pages show, for the site as it is now.
    pub pages: Vec<ShownText>,
    /// All files in the output folder; `None` if there is none yet, or if it belongs to somebody else.
    pub output: Option<Scan>,
}

/// Scans all files. Reports an error for each unreadable file.
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
                    Some(panic) => Diagnostic::new(
                        Code::CimaiseBug,
                        "cannot read the metadata of this file because of a bug in cimaise",
                    )
                    .cause(panic),
                    None => Diagnostic::new(Code::FileUnreadable, format!("cannot read the file: {cause}")),
                };
                let help = cure_reading(&cause, absolute, "check the file yourself: its metadata is unknown");
                report.push(error.in_file(path.as_str()).help(help));
            }
        }
    }
    looked
}
