//! cimaise turns folders of photographs and a little YAML into a static website that tells their story.
//!
//! The whole program is one line of stages, and [`build`] *is* that line. Each stage takes the value of the one before
//! it and hands on a new one; no value changes afterwards, and nothing later asks anything earlier:
//!
//! 1. [`source::read`]: settings files become typed values that remember where they were written.
//! 2. [`site::resolve`]: names become photos, defaults are filled in, headers are read, the order is settled.
//! 3. [`plan::plan`]: every file of the output is named and sized. Pure.
//! 4. [`render::media`]: the bytes of every rendition are brought into the store.
//! 5. [`render::pages`]: pages are written as text. Pure.
//! 6. [`publish`]: the output folder is brought up to date, so that at every instant each page links only to files
//!    that exist.
//!
//! Within a stage all problems are collected in a [`diagnostic::Report`]; between stages the line stops if there was an
//! error. `docs/architecture.md` tells what each stage reads, remembers and refuses.

pub mod cache;
pub mod diagnostic;
pub mod image;
pub mod plan;
pub mod progress;
pub mod publish;
pub mod render;
pub mod site;
pub mod source;
