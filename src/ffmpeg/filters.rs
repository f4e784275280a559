//! What the frames of a film need before browsers can show them: whole frames instead of fields, and the tones of an ordinary screen.
//!
//! In: the filters that a program has, and the tags of a film. Out: the filters for its frames, as ffmpeg writes them. Must not know sizes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::run::{Job, capture};
use super::trouble::FfmpegError;

/// Longest output of `-filters` in bytes; usually it has about 30 kB.
const LONGEST_LIST: u64 = 1 << 20;

/// The filters of one ffmpeg that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Filters {
    /// The best filter that makes frames of fields.
    pub deinterlacer: Option<Deinterlacer>,
    /// Whether there is all that converts a high dynamic range (`zscale`, `tonemap`).
    pub tone_mapping: bool,
}

/// A filter that makes frames of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Deinterlacer {
    /// `bwdif`, of ffmpeg since 2.8.
    Bwdif,
    /// `yadif`.
    Yadif,
}

/// A high dynamic range, by its tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HighRange {
    /// The curve of the samples.
    pub curve: Curve,
    /// Whether the file also names primaries and matrix. Without them, they are those of BT.2020.
    pub is_tagged: bool,
}

/// A transfer function of a high dynamic range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Curve {
    /// SMPTE ST 2084.
    Pq,
    /// ARIB STD-B67.
    Hlg,
}

/// What is done to the frames of a film. Part of the identity of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Preparation {
    deinterlacer: Option<Deinterlacer>,
    range: Option<HighRange>,
}

impl Filters {
    /// Parses the output of `-filters`: each line has flags, a name, the kinds of streams and a description.
    fn parse(list: &str) -> Self {
        let has = |name: &str| list.lines().any(|line| line.split_whitespace().nth(1) == Some(name));
        let deinterlacer = match (has("bwdif"), has("yadif")) {
            (true, _) => Some(Deinterlacer::Bwdif),
            (false, true) => Some(Deinterlacer::Yadif),
            (false, false) => None,
        };
        Self { deinterlacer, tone_mapping: has("zscale") && has("tonemap") }
    }
}

/// Lists the filters of a program.
///
/// # Errors
/// If the program does not exist or does not answer.
pub fn filters(program: &str, timeout: Duration) -> Result<Filters, FfmpegError> {
    let list = capture(Job { program, arguments: &["-filters".into()], timeout }, LONGEST_LIST)?;
    Ok(Filters::parse(&String::from_utf8_lossy(&list)))
}

impl Preparation {
    /// Chooses what is done to a film's frames, if the program has the filters.
    #[must_use]
    pub fn of_film(is_interlaced: bool, range: Option<HighRange>, filters: Filters) -> Self {
        Self { range: range.filter(|_| filters.tone_mapping), ..Self::of_still(is_interlaced, range, filters) }
    }

    /// Chooses what is done to a frame that becomes a picture. The pixel library converts its range, so no filter is needed for that.
    #[must_use]
    pub fn of_still(is_interlaced: bool, range: Option<HighRange>, filters: Filters) -> Self {
        Self { deinterlacer: filters.deinterlacer.filter(|_| is_interlaced), range }
    }

    /// Whether the frames remain as they are.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The high dynamic range that is converted.
    #[must_use]
    pub fn range(&self) -> Option<HighRange> {
        self.range
    }

    /// Returns the filters for a film around `scale`, which makes frames smaller. Fields must be joined before, because lines of both would
    /// be mixed; tones are converted after, which is less work.
    #[must_use]
    pub fn for_film(&self, scale: &str) -> String {
        joined(self.deinterlacer.map(fields).into_iter().chain([scale.to_owned()]).chain(self.range.map(tones)))
    }

    /// Returns the filters for a frame of ordinary range around `scale`; a high range stays as it is.
    #[must_use]
    pub fn for_still(&self, scale: &str) -> String {
        joined(self.deinterlacer.map(fields).into_iter().chain([scale.to_owned()]))
    }
}

fn joined(filters: impl Iterator<Item = String>) -> String {
    filters.collect::<Vec<_>>().join(",")
}

/// Returns the filter that makes frames of fields.
fn fields(deinterlacer: Deinterlacer) -> String {
    let name = match deinterlacer {
        Deinterlacer::Bwdif => "bwdif",
        Deinterlacer::Yadif => "yadif",
    };
    format!("{name}=mode=send_frame:deint=all")
}

/// Returns the filters that convert a high dynamic range of up to 1000 cd/m² to the range of ordinary screens. White paper has 203 cd/m²
/// (BT.2408) and stays nearly white; what is brighter shares the rest.
///
/// zscale applies the system gamma of HLG to each channel, which exaggerates colours. The power of 2.8 / 2.4 undoes this, and the gamma of
/// `tonemap`, which keeps the proportions of the channels, takes its place.
fn tones(range: HighRange) -> String {
    let tags = if range.is_tagged { "" } else { ":pin=bt2020:min=bt2020nc:p=bt2020" };
    let linear = match range.curve {
        Curve::Pq => format!("zscale=tin=smpte2084{tags}:t=linear:m=gbr:npl=203,format=gbrpf32le,zscale=p=bt709"),
        Curve::Hlg => format!(
            "zscale=tin=arib-std-b67{tags}:t=bt470bg:m=gbr:npl=203,format=gbrpf32le,zscale=tin=bt709:t=linear:npl=203,\
             zscale=p=bt709,tonemap=tonemap=gamma:param=0.86:peak=1:desat=0"
        ),
    };
    let encoded = "zscale=t=bt709:m=bt709:r=tv,format=yuv420p";
    format!("{linear},tonemap=tonemap=mobius:param=0.7:peak=4.926:desat=0,{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Filters = Filters { deinterlacer: Some(Deinterlacer::Bwdif), tone_mapping: true };

    #[test]
    fn filters_are_read_from_the_list() {
        let list = "Filters:\n  T.. = Timeline support\n TS. bwdif  V->V  Deinterlace.\n TS. yadif  V->V  Deinterlace.\n \
                    .S. tonemap  V->V  Tones.\n .SC zscale V->V  Resizing.\n";
        assert_eq!(Filters::parse(list), ALL);
        let few = Filters::parse(" TS. yadif V->V Deinterlace.\n .S. tonemap V->V needs zscale\n");
        assert_eq!(few, Filters { deinterlacer: Some(Deinterlacer::Yadif), tone_mapping: false });
        assert_eq!(Filters::parse("nonsense"), Filters::default());
    }

    #[test]
    fn frames_are_prepared_only_as_they_need_it_and_as_the_program_can() {
        let range = Some(HighRange { curve: Curve::Pq, is_tagged: true });
        assert!(Preparation::of_film(false, None, ALL).is_nothing());
        assert!(Preparation::of_film(true, range, Filters::default()).is_nothing());
        let all = Preparation::of_film(true, range, ALL).for_film("scale=2:2");
        assert!(all.starts_with("bwdif=mode=send_frame:deint=all,scale=2:2,zscale=tin=smpte2084:t=linear"), "{all}");
        assert!(all.ends_with("zscale=t=bt709:m=bt709:r=tv,format=yuv420p"), "{all}");
        let untagged = Some(HighRange { curve: Curve::Hlg, is_tagged: false });
        let film = Preparation::of_film(false, untagged, ALL).for_film("scale=2:2");
        assert!(film.starts_with("scale=2:2,zscale=tin=arib-std-b67:pin=bt2020:min=bt2020nc:p=bt2020:"), "{film}");
        let still = Preparation::of_still(true, untagged, Filters { tone_mapping: false, ..ALL });
        assert_eq!(still.range(), untagged, "the pixel library converts it");
        assert_eq!(still.for_still("scale=2:2"), "bwdif=mode=send_frame:deint=all,scale=2:2");
    }
}
