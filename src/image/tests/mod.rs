//! The pixel library as its callers see it: bytes in, bytes out.

mod bombs;
mod carriers;
mod colors;
mod damage;
mod fixtures;
mod golden;
mod heic;
mod make;
mod metadata;
mod noise;
mod pixels;
mod raw;
mod secret_files;
mod secrets;
mod tiff;

pub(in crate::image) use noise::noise;

/// All files of a folder of real ones, where it is at hand.
pub(in crate::image) fn real_files(name: &str) -> Vec<std::path::PathBuf> {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/photos").join(name)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
