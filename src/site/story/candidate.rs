//! A photo or video that a story may show.
//!
//! In: what is known of a file. Out: a [`Candidate`]. The time is that of the capture, or else the one in the name of the file, or else
//! that of its last change.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::cache::Digest;
use crate::site::model::{Photo, VideoFile};
use crate::source::{FileEntry, SitePath};
use pixels::{Marks, Size};

/// Size of a video that cannot be inspected.
const USUAL_VIDEO: Size = Size { width: 1920, height: 1080 };

/// A photo or video that a story may show.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Path in the site.
    pub path: SitePath,
    /// Whether it is a video.
    pub video: bool,
    /// Time of the capture.
    pub time: DateTime,
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
        let captured = photo.about.captured.as_ref().map(|captured| captured.time);
        let mut keywords = photo.about.keywords.clone();
        keywords.extend(sidecar.keywords);
        let marks = Marks { rating: sidecar.rating.or(photo.about.rating), keywords };
        let known = Self::unread(&photo.path, false, file, captured, marks);
        Self { size: photo.header.display(), digest: Some(photo.digest), ..known }
    }

    /// A video that was inspected.
    pub(super) fn video(video: &VideoFile, file: &FileEntry, sidecar: Marks) -> Self {
        let created = video.probe.created.and_then(|second| Timestamp::from_second(second).ok());
        let known = Self::unread(&video.path, true, file, created.map(civil), sidecar);
        Self { size: video.probe.size, digest: Some(video.digest), ..known }
    }

    /// A file that cannot be read at the moment.
    pub(super) fn unread(path: &SitePath, video: bool, file: &FileEntry, time: Option<DateTime>, marks: Marks) -> Self {
        let time = time.or_else(|| time_in(path.stem()));
        let changed = || civil(Timestamp::from_nanosecond(file.stat.modified).unwrap_or(Timestamp::UNIX_EPOCH));
        Self {
            path: path.clone(),
            video,
            time: time.unwrap_or_else(changed),
            dated: time.is_some(),
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

    /// Returns the key of the order of a story: photos of the same time are sorted by name.
    #[must_use]
    pub fn order(&self) -> (DateTime, &SitePath) {
        (self.time, &self.path)
    }
}

fn civil(time: Timestamp) -> DateTime {
    TimeZone::UTC.to_datetime(time)
}

/// Returns the time that phones and messengers write into names: `IMG_20240501_101530`, `2024-05-01 10.15.30`, `IMG-20240501-WA0001`.
fn time_in(stem: &str) -> Option<DateTime> {
    let digits: Vec<(usize, u8)> = stem.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).collect();
    (0..digits.len().saturating_sub(7)).find_map(|at| time_at(stem.as_bytes(), &digits[at..]))
}

/// Parses a time that begins with the first of these digits.
fn time_at(stem: &[u8], digits: &[(usize, u8)]) -> Option<DateTime> {
    let number = |from: usize, length: usize| {
        let digits = digits.get(from..from + length)?;
        Some(digits.iter().fold(0_i16, |number, (_, digit)| number * 10 + i16::from(digit - b'0')))
    };
    // At most one character between two numbers, and no digit before the first.
    let near = |from: usize, to: usize| {
        digits.get(from..to).is_some_and(|part| part.windows(2).all(|two| two[1].0 - two[0].0 <= 2))
    };
    let starts = digits[0].0 == 0 || !stem[digits[0].0 - 1].is_ascii_digit();
    let year = number(0, 4).filter(|year| (1990..2100).contains(year) && starts && near(0, 8))?;
    let date = Date::new(year, i8::try_from(number(4, 2)?).ok()?, i8::try_from(number(6, 2)?).ok()?).ok()?;
    let clock = || {
        let part = |from| Some(i8::try_from(number(from, 2)?).ok()?).filter(|_| near(0, 14));
        jiff::civil::Time::new(part(8)?, part(10)?, part(12)?, 0).ok()
    };
    Some(date.to_datetime(clock().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_phones_and_messengers_hold_times() {
        let said = |stem| time_in(stem).map(|time| time.to_string());
        for stem in ["IMG_20240501_101530", "PXL_20240501_101530123", "2024-05-01 10.15.30", "20240501101530"] {
            assert_eq!(said(stem).as_deref(), Some("2024-05-01T10:15:30"), "{stem}");
        }
        for stem in ["IMG-20240501-WA0001", "2024-05-01", "a 2024_05_01 b", "20240501_99"] {
            assert_eq!(said(stem).as_deref(), Some("2024-05-01T00:00:00"), "{stem}");
        }
    }

    #[test]
    fn other_numbers_are_no_times() {
        for stem in ["IMG_1234", "DSC01234567", "20241301", "18240501", "120240501", "2024 a 05 b 01", "", "été"] {
            assert_eq!(time_in(stem), None, "{stem}");
        }
    }
}
