//! The facts about files of a site that the ledger remembers.
//!
//! A page may show a file that is also published unchanged. The facts for both uses are kept together, so that no
//! build reads the file for one use and forgets the facts for the other.

use serde::{Deserialize, Serialize};

use crate::cache::LedgerEntry;
use crate::ffmpeg::Probe;
use crate::site::read::sound::SoundKind;
use pixels::{About, Header, Leak, LeakKind, Sidecar};

/// Facts about a file, as the ledger remembers them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub(in crate::site) what: Option<What>,
    /// Whether the file contains the location where it was made; `None` if it has not been searched.
    pub(in crate::site) place: Option<bool>,
}

/// The kind of a file, with the facts that pages need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::site) enum What {
    /// Photo: the header, and its descriptive metadata.
    Photo(Box<(Header, About)>),
    /// Video: streams and duration.
    Video(Probe),
    /// Sound; `None` if browsers may not be able to play it.
    Sound(Option<SoundKind>),
    /// XMP file beside a photo or video.
    Sidecar(Box<Sidecar>),
}

impl Facts {
    pub(in crate::site) fn of(what: What) -> Self {
        Self { what: Some(what), place: None }
    }

    /// Returns the facts about a file that may be published unchanged.
    pub(in crate::site) fn telling(what: Option<What>, leaks: &[Leak]) -> Self {
        Self { what, place: Some(leaks.iter().any(|leak| leak.kind == LeakKind::Location)) }
    }

    /// Returns whether the file is known to contain the location where it was made.
    pub(in crate::site) fn tells_place(&self) -> bool {
        self.place == Some(true)
    }

    /// Adds the facts that were known about the same bytes to those that were just read.
    pub(in crate::site) fn merged(new: LedgerEntry<Self>, known: Option<&LedgerEntry<Self>>) -> LedgerEntry<Self> {
        let known = known.filter(|known| known.digest == new.digest).and_then(|known| known.facts.as_ref());
        LedgerEntry { facts: new.facts.map(|facts| facts.or(known)), ..new }
    }

    /// Fills gaps with facts known about the same bytes: a photo of a page may also be published unchanged.
    fn or(self, known: Option<&Self>) -> Self {
        let Some(known) = known else { return self };
        Self { what: self.what.or_else(|| known.what.clone()), place: self.place.or(known.place) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Digest;

    #[test]
    fn what_is_known_of_equal_bytes_is_kept() {
        let place = Leak { kind: LeakKind::Location, value: "48".to_owned(), carrier: "XMP" };
        let sound = Facts::telling(Some(What::Sound(None)), &[]);
        let told = Facts::telling(None, &[place]);
        let entry = |bytes: &[u8], facts: &Facts| LedgerEntry { digest: Digest::of(bytes), facts: Some(facts.clone()) };
        let merged = |new, known: &LedgerEntry<Facts>| Facts::merged(new, Some(known)).facts.expect("facts");
        let both = merged(entry(b"a", &told), &entry(b"a", &sound));
        assert_eq!((both.what.clone(), both.tells_place()), (sound.what.clone(), true));
        assert_eq!(merged(entry(b"b", &told), &entry(b"a", &sound)), told);
        assert_eq!(merged(entry(b"a", &Facts::default()), &entry(b"a", &both)), both);
    }
}
