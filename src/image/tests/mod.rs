//! The pixel library as its callers see it: bytes in, bytes out.

mod colors;
mod damage;
mod fixtures;
mod golden;
mod make;
mod metadata;
mod pixels;
mod raw;
mod tiff;
