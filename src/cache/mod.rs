//! Data kept between runs.
//!
//! Two parts that must not be confused. The ledger answers "have I read this file before?" from the file's stat; it is a hint. The
//! store answers "do I have these bytes?" from a key of content and recipe; it is reliable. Deleting the cache costs time. In a
//! site with passwords it also deletes the salt, so that all protected files are encrypted and uploaded again. Must not know photos
//! and pages.

pub mod atomic;
mod audit;
mod digest;
pub mod durable;
mod flaw;
mod folder;
mod ledger;
mod name;
mod place;
mod reading;
mod recognise;
mod remove;
mod rows;
pub mod seal;
mod stat;
mod store;

pub use digest::{Digest, Key};
pub use flaw::{Flaw, Spoiled};
pub use folder::Cache;
pub use ledger::{Ledger, LedgerEntry};
pub use place::Freed;
pub use reading::Reading;
pub use recognise::{is_cache, is_in_cache, marks_cache};
pub use remove::{Removal, Removed, remove};
pub use stat::Stat;
pub use store::{Store, StoredFile};
