//! Recognises files that may contain settings.
//!
//! In: a file name. Out: whether the file is a `settings.yaml`, or a copy that an editor, a file manager or a merge
//! leaves behind. Settings contain passwords, so no such file is ever published.

/// Returns whether a file may contain settings: `settings.yaml`, `settings.yaml~`, `.settings.yaml.swp`,
/// `#settings.yaml#`, `settings.yaml.orig`, `Copy of settings (2).yml`. No list of names for copies can be complete,
/// so every name matches that contains `settings` before `.yaml` or `.yml`, in any case.
pub(in crate::site) fn may_hold_settings(name: &str) -> bool {
    let name = name.to_lowercase();
    let behind = name.split_once("settings").map(|(_, behind)| behind);
    behind.is_some_and(|behind| behind.contains(".yaml") || behind.contains(".yml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_settings_are_known_by_all_their_names() {
        for name in [
            "settings.yaml",
            "Settings.YAML",
            "settings.yml",
            "settings.yaml~",
            "settings.yaml.~1~",
            ".settings.yaml.swp",
            ".settings.yaml.swo",
            ".settings.yaml.kate-swp",
            "#settings.yaml#",
            ".#settings.yaml",
            "settings.yaml.orig",
            "settings.yaml.rej",
            "settings.yaml.bak",
            "settings.yaml.tmp",
            "settings.yaml.save",
            "settings.yaml.2024-05-01",
            "settings.bak.yaml",
            "settings_old.yaml",
            "settings (copy).yaml",
            "settings - Kopie.yaml",
            "Copy of settings.yaml",
            "settings.yaml___jb_tmp___",
            "settings.yaml.gz",
        ] {
            assert!(may_hold_settings(name), "{name}");
        }
        for name in ["settings.txt", "yaml.settings", "settings", "index.yaml", "setting.yaml", "style.css~"] {
            assert!(!may_hold_settings(name), "{name}");
        }
    }
}
