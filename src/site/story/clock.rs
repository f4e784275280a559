//! The order in which photos and videos were taken.
//!
//! In: the candidates of one gallery. Out: the [`Clock`] by which all of them are compared, so that the order is total. Pure.

use std::cmp::Ordering;

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::site::story::candidate::Candidate;
use crate::source::natural;

/// The times that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The instants, because every camera tells its offset from UTC: clocks may have stood in different zones.
    Instants,
    /// The times on the clocks, because an offset is unknown.
    Clocks,
}

impl Clock {
    /// Chooses the clock for the photos and videos of one gallery. Those without a time of their own do not matter.
    #[must_use]
    pub fn of<'a>(candidates: impl IntoIterator<Item = &'a Candidate>) -> Self {
        let mut dated = candidates.into_iter().filter(|candidate| candidate.dated);
        if dated.all(|candidate| candidate.offset.is_some()) { Self::Instants } else { Self::Clocks }
    }

    /// Compares by time, then by name.
    #[must_use]
    pub fn compare(self, one: &Candidate, other: &Candidate) -> Ordering {
        self.time(one).cmp(&self.time(other)).then_with(|| natural(&one.path, &other.path))
    }

    fn time(self, candidate: &Candidate) -> DateTime {
        let minutes = candidate.offset.filter(|_| self == Self::Instants).unwrap_or(0);
        candidate.time.saturating_sub(SignedDuration::from_mins(minutes.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;
    use pixels::{Marks, Size};

    fn candidate(name: &str, time: &str, offset: Option<i16>, dated: bool) -> Candidate {
        let path = SitePath::root().child(name);
        let (size, marks) = (Size { width: 3, height: 2 }, Marks::default());
        let time = time.parse().expect("a time");
        Candidate { path, video: false, time, offset, dated, size, marks, digest: None }
    }

    fn sorted(mut candidates: Vec<Candidate>) -> String {
        let clock = Clock::of(&candidates);
        candidates.sort_by(|a, b| clock.compare(a, b));
        candidates.iter().map(|candidate| candidate.path.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn instants_count_only_if_all_are_known() {
        let phone = || candidate("phone", "2024-05-01T12:30:00", Some(120), true);
        let camera = |offset| candidate("camera", "2024-05-01T10:45:00", offset, true);
        let copied = || candidate("copied", "2024-05-01T10:40:00", None, false);
        assert_eq!(sorted(vec![camera(Some(0)), phone(), copied()]), "phone copied camera");
        assert_eq!(sorted(vec![camera(None), phone(), copied()]), "copied camera phone");
        assert_eq!(sorted(vec![camera(Some(-60)), phone()]), "phone camera");
        assert_eq!(sorted(vec![camera(Some(150)), phone()]), "camera phone");
    }

    #[test]
    fn equal_times_are_sorted_by_name() {
        let burst = ["10", "9", "1"].map(|name| candidate(name, "2024-05-01T10:00:00", Some(0), true));
        assert_eq!(sorted(burst.to_vec()), "1 9 10");
    }
}
