//! Defaults, inheritance and order: the meaning of values that the author left out.
//!
//! In: settings as written. Out: single values of a [`Site`](super::Site), and warnings. Must not know which files
//! exist.

mod address;
pub(super) mod backups;
pub(super) mod defaults;
pub(super) mod language;
pub(super) mod licence;
pub(super) mod look;
pub(super) mod metadata;
pub(super) mod order;
pub(super) mod protection;
pub(super) mod rights;
pub(super) mod sharing;
