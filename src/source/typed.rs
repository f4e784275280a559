//! From the text of a settings file to typed settings.
//!
//! In: a text that is in the report's source map. Out: its settings, and all its problems in the report.

use std::rc::Rc;

use super::Template;
use super::keys;
use super::read::Reader;
use super::yaml;
use crate::diagnostic::{FileId, Report};

/// Parses and reads a settings file that is in the report's source map.
pub(super) fn settings<T>(
    file: FileId,
    templates: Option<Rc<[Template]>>,
    report: &mut Report,
    read: impl FnOnce(&mut Reader, &yaml::Node) -> Option<T>,
) -> Option<T> {
    let text = report.map.text(file);
    let mut problems = Vec::new();
    let tree = yaml::parse(&text, file, keys::is_word, &mut problems);
    let parsed = tree.is_some() || !problems.is_empty();
    let mut reader = Reader::new(file, text, templates, problems);
    let settings = match tree {
        Some(tree) => read(&mut reader, &tree),
        None => None,
    };
    if !parsed {
        reader.empty();
    }
    for problem in reader.finish() {
        report.push(problem);
    }
    settings
}
