//! The entry of one file in the inventory.

use serde::{Deserialize, Serialize};

use crate::cache::Stat;

/// Length, hash and stat of one published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InventoryItem {
    /// Length in bytes.
    pub(super) len: u64,
    /// Hash of the bytes, 32 digits.
    pub(super) content: String,
    /// Whether the file is named after its content.
    pub(super) by_content: bool,
    /// Stat of a file that cannot be sealed because its author named it; `None` if a later write could leave the same stat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stat: Option<Stat>,
}
