//! Writing pages.
//!
//! In: a [`Site`](crate::site::Site), its [`Plan`](crate::plan::Plan) and the placeholders. Out: [`Pages`]: HTML, and the style sheets, scripts and icons
//! that it links to. Pure. Links only to what the plan or the pages themselves hold.

use crate::plan::OutputPath;

/// All pages of a site.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Style sheets, scripts and icons; each name carries a hash of the content.
    pub assets: Vec<File>,
    /// The pages themselves, in the plan's order.
    pub pages: Vec<File>,
}

/// A file with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it is published.
    pub path: OutputPath,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
