//! The pixel library as its callers see it: bytes in, bytes out.

mod bombs;
mod carriers;
mod colors;
mod damage;
mod fixtures;
mod golden;
mod heic;
mod make;
mod metadata;
mod pixels;
mod raw;
#[path = "../../../jpeg/src/real_files.rs"]
mod real_files;
mod secret_files;
mod secrets;
mod tiff;
