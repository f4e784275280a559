//! What is meant where the author wrote little: defaults, inheritance, order.
//!
//! In: settings as written. Out: single values of a [`Site`](super::Site), and warnings. Must not know which files there are.

pub(super) mod backups;
pub(super) mod defaults;
pub(super) mod licence;
pub(super) mod look;
pub(super) mod metadata;
pub(super) mod order;
pub(super) mod protection;
pub(super) mod rights;
pub(super) mod sharing;
