//! Problems with a site or the machine: their places, causes and cures.
//!
//! In: messages with spans, from every stage. Out: text for people, editors or programs (`print`). A diagnostic is made
//! in one place and printed in another: making it needs no terminal, no colour and no line numbers, because a [`Span`]
//! is a byte range that becomes line and column only when it is printed. This module must not know what a gallery is.

mod catalogue;
mod code;
mod cure;
mod denied;
mod failure;
mod install;
mod memory;
mod message;
mod policy;
mod print;
mod report;
mod severity;
mod span;

pub use code::Code;
pub use cure::{cure, cure_reading};
pub use failure::Failure;
pub use install::install;
pub use memory::too_much_memory;
pub use message::{Diagnostic, Place, Related};
pub use policy::Policy;
pub use print::{Format, escape, print, print_failure};
pub use report::{Report, Stop};
pub use severity::Severity;
pub use span::{FileId, Position, SourceMap, Span};
