//! A file that pages consist of or need.

use crate::plan::OutputPath;

/// A file with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// Path in the output folder.
    pub path: OutputPath,
    /// The content.
    pub bytes: Vec<u8>,
}
