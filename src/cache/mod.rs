//! What is remembered between runs.
//!
//! Two halves that must not be confused. The ledger answers "have I read this file before?" from what the file
//! system says of it; it is a hint. The store answers "do I have these bytes?" from a key of content and recipe; it is
//! the truth. Deleting the cache costs time; in a site with passwords, it also takes the salt, and all that is protected is encrypted and uploaded
//! anew. This module knows neither photos nor pages.

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
