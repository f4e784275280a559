//! Photographs from outside of the repository, for tests that run with `cargo test -- --ignored`.

/// Returns all files of a folder inside the one that the environment variable `CIMAISE_PHOTOS` names, sorted by path.
pub(crate) fn real_files(name: &str) -> Vec<std::path::PathBuf> {
    let photos = std::env::var_os("CIMAISE_PHOTOS").expect("CIMAISE_PHOTOS names a folder of photographs");
    let mut folders = vec![std::path::Path::new(&photos).join(name)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry that can be read").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
