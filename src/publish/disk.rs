//! The changes that publishing makes to the output folder, one function each.
//!
//! Every change calls [`Disk::step`], so that a test can stop publishing before any of them.

use std::cell::Cell;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::cache::atomic::{Temporary, folder_to_disk};
use crate::cache::durable::{self, Unsettled};
use crate::cache::{StoredFile, seal};
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File};

/// Makes changes to a disk, and remembers the abilities of its file system.
pub(super) struct Disk<'a> {
    before: &'a dyn Fn() -> io::Result<()>,
    syncs: bool,
    reflinks: Cell<bool>,
    /// Why hard links from the store to the output fail; `None` as long as they work.
    unlinked: Cell<Option<ErrorKind>>,
    /// Number of files of the store that had to be copied.
    copied: Cell<usize>,
    /// Files that may not be on the disk yet.
    unsettled: Unsettled,
}

impl<'a> Disk<'a> {
    /// `before` is called before each change; its error is reported as if the change had failed. Without `syncs`, nothing waits for the
    /// disk, which is enough where a power failure does not matter.
    pub(super) fn new(before: &'a dyn Fn() -> io::Result<()>, syncs: bool) -> Self {
        let (reflinks, unlinked, copied) = (Cell::new(true), Cell::new(None), Cell::new(0));
        Self { before, syncs, reflinks, unlinked, copied, unsettled: Unsettled::default() }
    }

    /// Returns a line about files that exist in both cache and output because hard links failed; `None` if none failed.
    pub(super) fn copies(&self) -> Option<String> {
        let (copied, cause) = (self.copied.get(), self.unlinked.get()?);
        let why = match cause {
            ErrorKind::CrossesDevices => "the cache and the output are on different file systems or mounts".to_owned(),
            other => io::Error::from(other).to_string(),
        };
        Some(format!("{copied} files were copied from the cache, not linked, and take room twice: {why}"))
    }

    fn step(&self, action: &'static str, path: &Path) -> Result<(), Failure> {
        (self.before)().map_err(Failure::on(action, path))
    }

    pub(super) fn make_folder(&self, path: &Path) -> Result<(), Failure> {
        self.step("create the folder", path)?;
        match fs::create_dir(path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(Failure::on("create the folder", path)(error))
            }
            _ => Ok(()),
        }
    }

    /// Removes a file. Returns whether there was one; a missing file is no error.
    pub(super) fn remove_file(&self, path: &Path) -> Result<bool, Failure> {
        self.step("remove", path)?;
        match fs::remove_file(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            result => result.map(|()| true).map_err(Failure::on("remove", path)),
        }
    }

    /// Removes a folder if it is empty.
    pub(super) fn remove_empty_folder(&self, path: &Path) -> Result<(), Failure> {
        self.step("remove", path)?;
        match fs::remove_dir(path) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => {
                Err(Failure::on("remove", path)(error))
            }
            _ => Ok(()),
        }
    }

    /// Writes a file through a temporary file and a rename.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.rename(self.prepare(path, bytes)?, path, false)
    }

    /// Writes the content of a file under a temporary name.
    pub(super) fn prepare(&self, path: &Path, bytes: &[u8]) -> Result<Temporary, Failure> {
        let (temporary, mut file) = self.temporary(path)?;
        file.write_all(bytes).map_err(Failure::on("write", path))?;
        self.unsettled.plain(temporary.path());
        Ok(temporary)
    }

    /// Writes a file that has to be on the disk before any later change: its content before its name, and its name before this returns.
    pub(super) fn write_durably(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let failed = || Failure::on("write", path);
        let (temporary, mut file) = self.temporary(path)?;
        file.write_all(bytes).map_err(failed())?;
        if self.syncs {
            file.sync_all().map_err(failed())?;
        }
        drop(file);
        self.step("write", path)?;
        temporary.rename(path).map_err(failed())?;
        if self.syncs { folder_to_disk(folder_of(path)).map_err(failed()) } else { Ok(()) }
    }

    /// Registers a file that is complete and carries the mark, to be sealed together with the written files.
    pub(super) fn found_whole(&self, path: &Path) {
        self.unsettled.marked(path);
    }

    /// Registers a file that is complete but may not be on the disk yet.
    pub(super) fn found_written(&self, path: &Path) {
        self.unsettled.plain(path);
    }

    /// Flushes the files written here and into the store to the disk, then seals those that are named after their content.
    pub(super) fn settle(&self, store: &Unsettled) -> Result<(), Failure> {
        durable::settle(&[store, &self.unsettled], self.syncs)
    }

    /// Publishes a file of the store without using more space, if the file system can: as a reflink, which is a separate file, or as a
    /// hard link, which is another name of the same file (the store notices if somebody writes to it). Otherwise copies it.
    pub(super) fn link(&self, from: &StoredFile, path: &Path) -> Result<(), Failure> {
        let failed = || Failure::on("write", path);
        if let Some(temporary) = self.reflink(&from.path, path)? {
            seal::mark_at(temporary.path());
            return self.rename(temporary, path, true);
        }
        if self.unlinked.get().is_none() {
            self.step("write", path)?;
            let temporary = Temporary::name_in(folder_of(path));
            match fs::hard_link(&from.path, temporary.path()) {
                Ok(()) => return self.rename(temporary, path, true),
                // This file has reached the limit of hard links; the next file can still be linked.
                Err(error) if error.kind() == ErrorKind::TooManyLinks => {}
                Err(error) => self.unlinked.set(Some(error.kind())),
            }
        }
        self.copied.set(self.copied.get() + 1);
        let source = File::open(&from.path).map_err(Failure::on("read", &from.path))?;
        let (temporary, file) = self.temporary(path)?;
        if copy(source, &file).map_err(failed())? != from.len {
            return Err(Failure::on("read", &from.path)(ErrorKind::UnexpectedEof.into()));
        }
        drop(file);
        self.rename(temporary, path, true)
    }

    /// Copies a file of the site to a temporary file beside `path`, as a reflink if possible, never as a hard link: editing the output
    /// must not change an original. A file that is named after its content is `marked`.
    pub(super) fn bring(&self, from: &Path, source: File, path: &Path, marked: bool) -> Result<Temporary, Failure> {
        let failed = || Failure::on("write", path);
        if let Some(temporary) = self.reflink(from, path)? {
            // Some systems give a reflink the permissions of its source, which may be those of a camera.
            let (plain, file) = self.temporary(path)?;
            let permissions = file.metadata().map_err(failed())?.permissions();
            drop((plain, file));
            fs::set_permissions(temporary.path(), permissions).map_err(failed())?;
            if marked {
                seal::mark_at(temporary.path());
            }
            return Ok(temporary);
        }
        let (temporary, mut file) = self.temporary(path)?;
        if marked {
            copy(source, &file).map_err(failed())?;
        } else {
            io::copy(&mut { source }, &mut file).map_err(failed())?;
        }
        Ok(temporary)
    }

    /// Renames a temporary file to its final name. A marked file is sealed once it is on the disk.
    pub(super) fn rename(&self, temporary: Temporary, path: &Path, marked: bool) -> Result<(), Failure> {
        self.step("write", path)?;
        temporary.rename(path).map_err(Failure::on("write", path))?;
        if marked {
            self.unsettled.marked(path)
        } else {
            self.unsettled.plain(path)
        }
        Ok(())
    }

    pub(super) fn temporary(&self, beside: &Path) -> Result<(Temporary, File), Failure> {
        self.step("write", beside)?;
        Temporary::create_in(folder_of(beside)).map_err(Failure::on("write", beside))
    }

    /// Returns `None` if reflinks do not work here. The reason does not matter: a copy meets the same error and reports it better.
    fn reflink(&self, from: &Path, beside: &Path) -> Result<Option<Temporary>, Failure> {
        if !self.reflinks.get() {
            return Ok(None);
        }
        self.step("write", beside)?;
        let temporary = Temporary::name_in(folder_of(beside));
        if fs::reflink(from, temporary.path()).is_ok() {
            return Ok(Some(temporary));
        }
        self.reflinks.set(false);
        Ok(None)
    }
}

fn copy(mut source: File, mut file: &File) -> io::Result<u64> {
    let len = io::copy(&mut source, &mut file)?;
    seal::mark(file);
    Ok(len)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}
