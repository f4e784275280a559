//! Internal items for the project's own tests and fuzz targets. They may change at any time.

pub use crate::cache::Cache;
pub use crate::compose::sync;
pub use crate::machine::container::IMAGE_WITH_PROGRAMS;
pub use crate::machine::fault::{Fault, FaultKind, watch};
pub use crate::overrides::check_text as check_template;
pub use crate::serve::{Bytes, Event, Events, Resource, Served, Server, Subscription, UrlPath};
pub use crate::source::{SettingsKind, check_text as check_settings};
pub use crate::tasks::read_source;
