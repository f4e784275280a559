//! What went wrong, where, and what to do about it.
//!
//! In: messages with spans, from every stage. Out: text for people, editors or programs (`print`). A diagnostic is made
//! in one place and printed in another: making it needs no terminal, no colour and no line numbers, because a [`Span`]
//! is a byte range that becomes line and column only when it is printed. This module must not know what a gallery is.

mod catalogue;
mod code;
mod cure;
mod denied;
mod install;
mod memory;
mod policy;
mod print;
mod report;
mod span;

pub use code::Code;
pub use cure::{cure, cure_reading};
pub use install::install;
pub use memory::too_much_memory;
pub use policy::Policy;
pub use print::{Format, escape, print, print_failure};
pub use report::{Diagnostic, Failure, Place, Related, Report, Severity, Stop};
pub use span::{FileId, Position, SourceMap, Span};
