//! Files and folders that systems, phones and network storage leave beside photos.
//!
//! In: the name of a file or folder, without its path. Out: a description of it, if it is such a leftover. Commands
//! do not suggest such files, the walk does not enter such folders, and neither is published with the folder around
//! it. An author may still name one.

/// Full names in lower case, with descriptions.
const NAMES: [(&str, &str); 28] = [
    ("thumbs.db", "a cache of Windows"),
    ("ehthumbs.db", "a cache of Windows"),
    ("ehthumbs_vista.db", "a cache of Windows"),
    ("desktop.ini", "a settings file of Windows"),
    ("$recycle.bin", "the recycle bin of Windows"),
    ("system volume information", "a folder of Windows"),
    ("found.000", "a folder of Windows"),
    (".ds_store", "a settings file of macOS"),
    ("__macosx", "a folder of macOS archives"),
    ("icon\r", "a folder icon of macOS"),
    (".appledouble", "a folder of macOS"),
    (".documentrevisions-v100", "a folder of macOS"),
    (".fseventsd", "a folder of macOS"),
    (".localized", "a settings file of macOS"),
    (".spotlight-v100", "a folder of macOS"),
    (".temporaryitems", "a folder of macOS"),
    (".trashes", "the trash of macOS"),
    (".volumeicon.icns", "a disk icon of macOS"),
    ("network trash folder", "the trash of a file server"),
    ("temporary items", "a folder of a file server"),
    ("@eadir", "a folder of a Synology NAS"),
    ("@tmp", "a folder of a Synology NAS"),
    ("#recycle", "the recycle bin of a NAS"),
    ("#snapshot", "the snapshots of a NAS"),
    ("@recycle", "the recycle bin of a NAS"),
    ("@recently-snapshot", "the snapshots of a NAS"),
    (LOST_AND_FOUND, "a folder of the file system"),
    (".directory", "a settings file of KDE"),
];

/// Beginnings of names in lower case, with descriptions.
const BEGINNINGS: [(&str, &str); 6] = [
    (".trashed-", "a file that was deleted"),
    (".pending-", "a file that is not complete"),
    ("._", "a companion file of macOS"),
    (".trash-", "a trash folder"),
    (".nfs", "a file that was deleted"),
    (".fuse_hidden", "a file that was deleted"),
];

/// Ends of names in lower case, with descriptions.
const ENDINGS: [(&str, &str); 2] =
    [("@synoeastream", "a companion file of a Synology NAS"), ("@synoresource", "a companion file of a Synology NAS")];

/// Folder for rescued files in the root of an ext file system.
pub(super) const LOST_AND_FOUND: &str = "lost+found";

/// Returns a description of a file or folder with this name, if systems or phones leave such files.
#[must_use]
pub fn litter(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let full = NAMES.iter().find(|(known, _)| *known == name);
    let begins = || BEGINNINGS.iter().find(|(known, _)| name.starts_with(known));
    let ends = || ENDINGS.iter().find(|(known, _)| name.ends_with(known));
    full.or_else(begins).or_else(ends).map(|(_, what)| *what)
}

/// Returns whether a command may suggest a file or folder: neither hidden nor a leftover.
#[must_use]
pub fn is_content(name: &str) -> bool {
    !name.starts_with('.') && litter(name).is_none()
}

#[cfg(test)]
mod tests {
    use super::{is_content, litter};

    #[test]
    fn deleted_unfinished_and_system_files_are_no_content() {
        for name in [
            ".trashed-1799999999-IMG_2.jpg",
            ".pending-1799999999-IMG_3.jpg",
            "._IMG_1.jpg",
            "Thumbs.db",
            "THUMBS.DB",
            "desktop.ini",
            ".DS_Store",
            "@eaDir",
            "#recycle",
            "$RECYCLE.BIN",
            "System Volume Information",
            "__MACOSX",
            "lost+found",
            "IMG_1.jpg@SynoEAStream",
        ] {
            assert!(litter(name).is_some() && !is_content(name), "{name}");
        }
    }

    #[test]
    fn hidden_files_are_no_content_and_no_litter() {
        for name in [".htaccess", ".nojekyll", ".well-known", ".private.jpg"] {
            assert!(litter(name).is_none() && !is_content(name), "{name}");
        }
    }

    #[test]
    fn names_that_authors_give_are_content() {
        for name in ["IMG_1.jpg", "trashed-1.jpg", "_MG_1.jpg", "#1.jpg", "@home.jpg", "$5.jpg", "été", "a.b.jpg"] {
            assert!(is_content(name), "{name}");
        }
    }
}
