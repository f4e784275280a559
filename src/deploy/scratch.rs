//! A folder of this run's own, for what goes to rsync or comes from it in files. Only its owner can enter it, and it goes at the
//! end, file by file.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::diagnostic::Failure;
use crate::machine::fs::{self, OpenOptions};

pub(super) struct Scratch {
    folder: PathBuf,
    files: Vec<PathBuf>,
    /// The outer ones first.
    folders: Vec<PathBuf>,
}

impl Scratch {
    pub(super) fn new() -> Result<Self, Failure> {
        let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let folder = std::env::temp_dir().join(format!("cimaise-deploy-{:x}-{clock:x}", std::process::id()));
        fs::create_dir(&folder).map_err(Failure::on("make the folder", &folder))?;
        let scratch = Self { folder, files: Vec::new(), folders: Vec::new() };
        #[cfg(unix)]
        {
            let owner = std::os::unix::fs::PermissionsExt::from_mode(0o700);
            fs::set_permissions(&scratch.folder, owner).map_err(Failure::on("write", &scratch.folder))?;
        }
        Ok(scratch)
    }

    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// Writes a file that only its owner can read.
    pub(super) fn write(&mut self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let path = self.expect(name);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        options.mode(0o600);
        let written = options.open(&path).and_then(|mut file| file.write_all(bytes));
        written.map_err(Failure::on("write", &path))?;
        Ok(path)
    }

    /// Says that rsync will put a file there.
    pub(super) fn expect(&mut self, name: &str) -> PathBuf {
        let path = self.folder.join(name);
        if !self.files.contains(&path) {
            self.files.push(path.clone());
        }
        path
    }

    /// Makes a folder, and those around it.
    pub(super) fn make_folder(&mut self, path: &Path) -> Result<PathBuf, Failure> {
        let mut folder = self.folder.clone();
        for part in path.components() {
            folder.push(part);
            if !self.folders.contains(&folder) {
                fs::create_dir(&folder).map_err(Failure::on("make the folder", &folder))?;
                self.folders.push(folder.clone());
            }
        }
        Ok(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's folder for such things.
        for path in &self.files {
            let _ = fs::remove_file(path);
        }
        for path in self.folders.iter().rev() {
            let _ = fs::remove_dir(path);
        }
        let _ = fs::remove_dir(&self.folder);
    }
}
