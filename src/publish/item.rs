//! What the inventory knows of one file.

use serde::{Deserialize, Serialize};

use crate::cache::Stat;

/// What is known of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InventoryItem {
    /// Length in bytes.
    pub(super) len: u64,
    /// What the bytes hash to, 32 digits.
    pub(super) content: String,
    /// Whether the name says what the content is.
    pub(super) by_content: bool,
    /// What the file system says of a file that cannot be sealed because its author has named it; `None` if a later write could leave
    /// the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stat: Option<Stat>,
}
