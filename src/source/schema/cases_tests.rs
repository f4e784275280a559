//! The schemas judge settings as the reader does.

use std::path::{Path, PathBuf};

use super::testing::Judge;
use super::{SettingsKind, Unknown};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::check_text;

/// Returns whether a schema can know this mistake: unknown keys and values of the wrong kind.
fn is_formal(diagnostic: &Diagnostic) -> bool {
    let formal = [
        Code::SettingsInvalidValue,
        Code::SettingsMissingKey,
        Code::SettingsUnknownKey,
        Code::SettingsMisplacedKey,
        Code::SettingsNoEffect,
        Code::SettingsIgnoredValue,
        Code::SettingsUnknownCode,
        Code::SettingsUnknownSection,
        Code::SettingsUnknownTheme,
        Code::SettingsUnsupportedTheme,
        Code::PasswordUnknownKey,
    ];
    formal.contains(&diagnostic.code) && !diagnostic.message.contains("control character")
}

/// Compares the judgement of the schema with that of the reader: where the reader finds nothing, the schema finds nothing, and where the
/// reader finds a formal mistake, the schema finds one. Returns whether there was a formal mistake.
fn compare(judge: &Judge, kind: SettingsKind, text: &str) -> bool {
    let report: Report = check_text(text, kind);
    let complaint = judge.complaint(text);
    let is_wrong = report.diagnostics().iter().any(is_formal);
    if is_wrong {
        let is_readable = report.diagnostics().iter().all(|diagnostic| !diagnostic.code.name().starts_with("yaml/"));
        assert!(complaint.is_some() || !is_readable, "accepted:\n{text}\n{:#?}", report.diagnostics());
    } else if report.diagnostics().is_empty() {
        assert_eq!(complaint, None, "refused:\n{text}");
    }
    is_wrong
}

#[test]
fn the_schemas_judge_every_case_of_the_reader_as_the_reader_does() {
    let root = Judge::new(SettingsKind::Root, Unknown::Refused);
    let gallery = Judge::new(SettingsKind::Gallery, Unknown::Refused);
    let mut mistakes = 0;
    for case in include_str!("../read/cases.txt").split("=== ").skip(1) {
        let (head, rest) = case.split_once('\n').expect("a kind");
        let (text, _) = rest.split_once(">>>\n").expect("an expectation");
        mistakes += usize::from(match head {
            "root" => compare(&root, SettingsKind::Root, text),
            _ => compare(&gallery, SettingsKind::Gallery, text),
        });
    }
    assert!(mistakes > 60, "only {mistakes} cases have a mistake");
    assert_eq!(gallery.complaint(include_str!("../read/full.yaml")), None);
}

/// Returns every settings file of the sites in a folder, with the path of the file.
fn settings(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found = Vec::new();
    for path in entries {
        let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8");
        match name {
            "settings.yaml" => found.push(path),
            "build" => {}
            _ if name.starts_with('.') || !path.is_dir() => {}
            _ => found.extend(settings(&path)),
        }
    }
    found
}

#[test]
fn every_site_of_the_repository_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sites = ["example", "tests/sites/recitale", "tests/sites/prosopopee"].map(|site| root.join(site));
    let (mut files, mut wrong) = (0, Vec::new());
    for site in &sites {
        for path in settings(site) {
            let kind = if path.parent() == Some(site) { SettingsKind::Root } else { SettingsKind::Gallery };
            let text = std::fs::read_to_string(&path).expect("a text");
            files += 1;
            if compare(&Judge::new(kind, Unknown::Refused), kind, &text) {
                wrong.push(path.strip_prefix(root).expect("inside").to_string_lossy().into_owned());
            }
        }
    }
    assert!(files >= 20, "only {files} files");
    wrong.sort();
    // cimaise warns about the theme `material`, and about a key in the wrong section.
    assert_eq!(wrong, ["tests/sites/prosopopee/first/settings.yaml", "tests/sites/prosopopee/settings.yaml"]);
}

#[test]
fn the_settings_in_the_documentation_are_valid() {
    let docs = include_str!("../../../docs/configuration.md");
    let blocks = docs.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
    let whole: Vec<&str> = blocks.filter(|block| block.starts_with("title:")).collect();
    assert!(whole.len() >= 2, "{whole:?}");
    for text in whole {
        let kind = if text.contains("cover:") { SettingsKind::Gallery } else { SettingsKind::Root };
        assert_eq!(Judge::new(kind, Unknown::Refused).complaint(text), None, "{text}");
    }
}
