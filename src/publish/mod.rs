//! Bringing the output folder up to date.
//!
//! In: the plan, what was rendered, the pages. Out: files. New renditions and assets first, then pages, each by a
//! temporary file and a rename, then the manifest, then pruning: killed at any point, the next run finishes the job and
//! no page ever links to a file that is not there. Only what a manifest lists is ever deleted.
