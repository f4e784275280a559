//! Files that are written as part of the pages.

use crate::plan::OutputPath;

/// A file with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// Path in the output folder.
    pub path: OutputPath,
    /// Content of the file.
    pub bytes: Vec<u8>,
}
