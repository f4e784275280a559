//! A photo or video that a story may show.
//!
//! In: what is known of a file. Out: a [`Candidate`]. The time is that of the capture, or else the one in the name of the file, or else
//! that of its last change.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::cache::Digest;
use crate::site::model::{Photo, VideoFile};
use crate::site::story::name_time;
use crate::source::{FileEntry, SitePath};
use pixels::{Captured, Marks, Size};

/// Size of a video that cannot be inspected.
const USUAL_VIDEO: Size = Size { width: 1920, height: 1080 };

/// A photo or video that a story may show.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Path in the site.
    pub path: SitePath,
    /// Whether it is a video.
    pub video: bool,
    /// Time of the capture, by the clock of the camera; in UTC for the time of the last change.
    pub time: DateTime,
    /// Offset of that clock from UTC in minutes, if the file contains it.
    pub offset: Option<i16>,
    /// Whether the time is more than that of the last change of the file.
    pub dated: bool,
    /// Size as displayed.
    pub size: Size,
    /// Stars and keywords.
    pub marks: Marks,
    /// Digest of the file; `None` if it was not read.
    pub digest: Option<Digest>,
}

impl Candidate {
    /// A photo whose header was read. `sidecar` contains the marks of the file beside it.
    pub(super) fn photo(photo: &Photo, file: &FileEntry, sidecar: Marks) -> Self {
        let mut keywords = photo.about.keywords.clone();
        keywords.extend(sidecar.keywords);
        let marks = Marks { rating: sidecar.rating.or(photo.about.rating), keywords };
        let known = Self::unread(&photo.path, false, file, photo.about.captured, marks);
        Self { size: photo.header.display(), digest: Some(photo.digest), ..known }
    }

    /// A video that was inspected.
    pub(super) fn video(video: &VideoFile, file: &FileEntry, sidecar: Marks) -> Self {
        let created = video.probe.created.and_then(|second| Timestamp::from_second(second).ok());
        let created = created.map(|time| Captured { time: civil(time), offset: Some(0) });
        let known = Self::unread(&video.path, true, file, created, sidecar);
        Self { size: video.probe.size, digest: Some(video.digest), ..known }
    }

    /// A file that cannot be read at the moment.
    pub(super) fn unread(
        path: &SitePath,
        video: bool,
        file: &FileEntry,
        captured: Option<Captured>,
        marks: Marks,
    ) -> Self {
        let captured = captured.or_else(|| name_time::captured(path.stem()));
        let changed = || civil(Timestamp::from_nanosecond(file.stat.modified).unwrap_or(Timestamp::UNIX_EPOCH));
        Self {
            path: path.clone(),
            video,
            time: captured.map_or_else(changed, |captured| captured.time),
            offset: captured.and_then(|captured| captured.offset),
            dated: captured.is_some(),
            size: USUAL_VIDEO,
            marks,
            digest: None,
        }
    }

    /// Returns width divided by height.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        f64::from(self.size.width) / f64::from(self.size.height)
    }
}

fn civil(time: Timestamp) -> DateTime {
    TimeZone::UTC.to_datetime(time)
}
