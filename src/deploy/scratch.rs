//! A temporary folder for files that go to rsync or come from it. Only its owner can enter it. It is removed at the end, file by file.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::diagnostic::Failure;
use crate::machine::fs::{self, OpenOptions};

pub(super) struct Scratch {
    folder: PathBuf,
    files: Vec<PathBuf>,
    /// Outer folders first.
    folders: Vec<PathBuf>,
}

impl Scratch {
    pub(super) fn new() -> Result<Self, Failure> {
        let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let folder = std::env::temp_dir().join(format!("cimaise-deploy-{:x}-{clock:x}", std::process::id()));
        fs::create_dir(&folder).map_err(Failure::on("create the folder", &folder))?;
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

    /// Registers a file that rsync will write, so that it is removed at the end.
    pub(super) fn expect(&mut self, name: &str) -> PathBuf {
        let path = self.folder.join(name);
        if !self.files.contains(&path) {
            self.files.push(path.clone());
        }
        path
    }

    /// Creates a folder and the folders around it.
    pub(super) fn make_folder(&mut self, path: &Path) -> Result<PathBuf, Failure> {
        let mut folder = self.folder.clone();
        for part in path.components() {
            folder.push(part);
            if !self.folders.contains(&folder) {
                fs::create_dir(&folder).map_err(Failure::on("create the folder", &folder))?;
                self.folders.push(folder.clone());
            }
        }
        Ok(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Files that cannot be removed stay in the system's temporary folder.
        for path in &self.files {
            let _ = fs::remove_file(path);
        }
        for path in self.folders.iter().rev() {
            let _ = fs::remove_dir(path);
        }
        let _ = fs::remove_dir(&self.folder);
    }
}
