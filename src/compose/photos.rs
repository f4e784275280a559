//! The photos of a folder in the order in which they were taken.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Report};
use crate::image;
use crate::machine::memory;
use crate::site::{Scanner, is_picture};
use crate::source::{FileEntry, SitePath, Source};

/// A photo.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Photo {
    /// Its name in the folder.
    pub(super) name: String,
    /// When it was taken; of one that does not say so, when the file was last changed.
    time: DateTime,
    /// Width by height, as seen.
    pub(super) ratio: f64,
}

impl Photo {
    /// The day on which it was taken.
    pub(super) fn day(&self) -> Date {
        self.time.date()
    }
}

/// The pictures right in a folder, the oldest first. What cannot be read is left out, with a warning.
pub(super) fn photos(source: &Source, folder: &SitePath, report: &mut Report) -> Vec<Photo> {
    let files =
        source.files.iter().filter(|(path, _)| path.parent().as_ref() == Some(folder) && is_picture(path.name()));
    let files: Vec<_> = files.collect();
    let budget = memory::default_budget().saturating_sub(memory::BESIDE_PICTURES);
    let scanner = Scanner::new(budget, memory::limit());
    let read: Vec<_> = files.par_iter().map(|(path, file)| read(path.name(), file, &scanner)).collect();
    let mut photos = Vec::new();
    for ((path, _), read) in files.into_iter().zip(read) {
        match read {
            Ok(photo) => photos.push(photo),
            Err(why) => {
                report.push(Diagnostic::warning(format!("the photo is left out: {why}")).in_file(path.to_string()))
            }
        }
    }
    // Equal times: by name.
    photos.sort_by(|a, b| (a.time, &a.name).cmp(&(b.time, &b.name)));
    photos
}

fn read(name: &str, file: &FileEntry, scanner: &Scanner) -> Result<Photo, String> {
    let look = |bytes: &[u8]| Ok((image::read_header(bytes)?, image::read_about(bytes)));
    let found = scanner.whole(&file.absolute, look).map_err(|error| error.to_string())?;
    let (header, about) = found.map_err(|error: image::Error| error.to_string())?;
    let captured = about.captured.map(|captured| captured.time);
    let time = captured.unwrap_or_else(|| {
        let stamp = Timestamp::from_nanosecond(file.stat.modified).unwrap_or(Timestamp::UNIX_EPOCH);
        TimeZone::UTC.to_datetime(stamp)
    });
    let size = header.display();
    Ok(Photo { name: name.to_owned(), time, ratio: f64::from(size.width) / f64::from(size.height) })
}
