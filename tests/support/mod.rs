//! Support for all tests: a builder for sites, generated pictures, and trees of files to compare.

pub mod events;
pub mod http;
pub mod links;
pub mod metadata;
pub mod picture;
pub mod profile;
pub mod server;
pub mod site;
pub mod tree;

pub use events::Events;
pub use links::{every_link_leads_somewhere, everything_reachable_is_there};
pub use metadata::Metadata;
pub use picture::{Picture, quadrants, seeded};
pub use site::{Run, SiteBuilder};
pub use tree::Tree;
