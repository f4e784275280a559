//! The photos of a folder, in the order in which they were taken.

use std::fmt::Display;
use std::io;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Report, Stop, cure_reading};
use crate::machine::Share;
use crate::machine::caught::caught;
use crate::site::{Scanner, is_picture};
use crate::source::{FileEntry, SitePath, Source, is_content};

/// A photo with its time and shape.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DatedPhoto {
    /// Name of the file in the folder.
    pub(super) name: String,
    /// Capture time; modification time of a file without one.
    time: DateTime,
    /// Width divided by height, as displayed.
    pub(super) ratio: f64,
}

impl DatedPhoto {
    /// Day of the capture.
    pub(super) fn day(&self) -> Date {
        self.time.date()
    }
}

/// Reads the pictures directly inside a folder, oldest first, without hidden and deleted ones. Leaves out unusable ones with a warning.
///
/// # Errors
/// [`Stop::Site`] if a file cannot be read: a story without it would look finished.
pub(super) fn photos(
    source: &Source,
    folder: &SitePath,
    share: &Share,
    report: &mut Report,
) -> Result<Vec<DatedPhoto>, Stop> {
    let is_photo = |path: &SitePath| is_picture(path.name()) && is_content(path.name());
    let files: Vec<_> =
        source.files.iter().filter(|(path, _)| path.parent().as_ref() == Some(folder) && is_photo(path)).collect();
    let scanner = Scanner::new(share);
    let read: Vec<_> = files.par_iter().map(|(path, file)| read(path.name(), file, &scanner)).collect();
    let mut photos = Vec::new();
    let mut unread = false;
    for ((path, file), read) in files.into_iter().zip(read) {
        match read {
            Ok(Ok(photo)) => photos.push(photo),
            Ok(Err(warning)) => report.push(warning.in_file(path.to_string())),
            Err(cause) => {
                unread = true;
                let error = Diagnostic::new(Code::FileUnreadable, format!("cannot read the file: {cause}"))
                    .in_file(path.to_string());
                report.push(error.help(cure_reading(&cause, &file.absolute, "replace the file, or move it elsewhere")));
            }
        }
    }
    if unread {
        return Err(Stop::Site);
    }
    // Photos of the same time are sorted by name.
    photos.sort_by(|a, b| (a.time, &a.name).cmp(&(b.time, &b.name)));
    Ok(photos)
}

fn left_out(why: impl Display) -> Diagnostic {
    Diagnostic::new(Code::PhotoLeftOut, format!("leaving out this file: {why}"))
}

/// Reads a file. The inner error is the warning that the file is not a usable photo.
fn read(name: &str, file: &FileEntry, scanner: &Scanner) -> io::Result<Result<DatedPhoto, Diagnostic>> {
    if name.contains(char::is_control) {
        // The settings could not name it.
        return Ok(Err(left_out("its name holds a control character; rename it")));
    }
    scanner.whole(&file.absolute, |bytes| photo(name, file, bytes))
}

fn photo(name: &str, file: &FileEntry, bytes: &[u8]) -> Result<DatedPhoto, Diagnostic> {
    // A bug in a decoder must cost one photo, not the run.
    let read = || Ok((pixels::read_header(bytes)?, pixels::read_about(bytes).captured));
    let (header, captured) = caught(read)
        .map_err(|panic| left_out("the decoder of this picture failed").cause(panic))?
        .map_err(|error: pixels::Error| left_out(error))?;
    let captured = captured.map(|captured| captured.time);
    let time = captured.unwrap_or_else(|| {
        let stamp = Timestamp::from_nanosecond(file.stat.modified).unwrap_or(Timestamp::UNIX_EPOCH);
        TimeZone::UTC.to_datetime(stamp)
    });
    let size = header.display();
    Ok(DatedPhoto { name: name.to_owned(), time, ratio: f64::from(size.width) / f64::from(size.height) })
}
