//! Tests of the public interface of the pixel library: bytes in, bytes out.

mod bombs;
mod carriers;
mod chroma;
mod colors;
mod damage;
mod fixtures;
mod golden;
mod heic;
mod lenient;
mod make;
mod metadata;
mod pixels;
mod raw;
mod real_files;
mod secret_files;
mod secrets;
mod tiff;
mod tiff_maker;
mod tiff_storage;
