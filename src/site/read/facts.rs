//! What the ledger remembers of the files of a site.
//!
//! A file may be shown by a page and be published as it is at the same time; then both is remembered of it, so that no build reads it
//! for one and forgets the other.

use serde::{Deserialize, Serialize};

use crate::cache::LedgerEntry;
use crate::ffmpeg::Probe;
use crate::site::read::sound::SoundKind;
use pixels::{About, Header, Leak, Secret};

/// What the ledger remembers of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub(in crate::site) what: Option<What>,
    /// Whether it tells where it was made; `None` if nobody has looked.
    pub(in crate::site) place: Option<bool>,
}

/// What a file is for the pages that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::site) enum What {
    /// Of a photo: what has to be known to render it, and what it says about itself.
    Photo(Box<(Header, About)>),
    /// Of a video.
    Video(Probe),
    /// Of a sound; `None` if browsers may not play it.
    Sound(Option<SoundKind>),
}

impl Facts {
    pub(in crate::site) fn of(what: What) -> Self {
        Self { what: Some(what), place: None }
    }

    /// Of a file that may be published as it is.
    pub(in crate::site) fn telling(what: Option<What>, leaks: &[Leak]) -> Self {
        Self { what, place: Some(leaks.iter().any(|leak| leak.secret == Secret::Location)) }
    }

    /// Whether it is known to tell where it was made.
    pub(in crate::site) fn tells_place(&self) -> bool {
        self.place == Some(true)
    }

    /// What was read of a file, and what was known of the same bytes before.
    pub(in crate::site) fn merged(new: LedgerEntry<Self>, known: Option<&LedgerEntry<Self>>) -> LedgerEntry<Self> {
        let known = known.filter(|known| known.digest == new.digest).and_then(|known| known.facts.as_ref());
        LedgerEntry { facts: new.facts.map(|facts| facts.or(known)), ..new }
    }

    /// Keeps what was known of the same bytes: a photo of a page may be published as it is, too.
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
        let place = Leak { secret: Secret::Location, value: "48".to_owned(), carrier: "XMP" };
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
