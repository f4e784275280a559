//! The changes that publishing makes to the output folder, one function each.
//!
//! Every change passes [`Disk::step`], so that a test can stop publishing before any one of them.

use std::cell::Cell;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::cache::atomic::Temporary;
use crate::cache::{StoredFile, seal};
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File};

/// Makes changes to a disk, and learns on the way what its file system can do.
pub(super) struct Disk<'a> {
    before: &'a dyn Fn() -> io::Result<()>,
    syncs: bool,
    reflinks: Cell<bool>,
    hard_links: Cell<bool>,
}

impl<'a> Disk<'a> {
    /// `before` is called before each change; its error stands for the machine's. Without `syncs` nothing is waited for,
    /// which is enough where no power failure is to be feared.
    pub(super) fn new(before: &'a dyn Fn() -> io::Result<()>, syncs: bool) -> Self {
        Self { before, syncs, reflinks: Cell::new(true), hard_links: Cell::new(true) }
    }

    fn step(&self, action: &'static str, path: &Path) -> Result<(), Failure> {
        (self.before)().map_err(Failure::on(action, path))
    }

    pub(super) fn make_folder(&self, path: &Path) -> Result<(), Failure> {
        self.step("make the folder", path)?;
        match fs::create_dir(path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(Failure::on("make the folder", path)(error)),
            _ => Ok(()),
        }
    }

    /// Removes a file; it may be gone already.
    pub(super) fn remove_file(&self, path: &Path) -> Result<bool, Failure> {
        self.step("remove", path)?;
        match fs::remove_file(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            result => result.map(|()| true).map_err(Failure::on("remove", path)),
        }
    }

    /// Removes a folder, if nothing is in it.
    pub(super) fn remove_empty_folder(&self, path: &Path) -> Result<(), Failure> {
        self.step("remove", path)?;
        match fs::remove_dir(path) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => {
                Err(Failure::on("remove", path)(error))
            }
            _ => Ok(()),
        }
    }

    /// Writes a file, by a temporary one and a rename.
    ///
    /// `synced` brings the content to the disk before the name. Only the manifest needs that: it must not be behind the
    /// files it lists. A page that a power failure empties is noticed by the next build, which compares all of them.
    pub(super) fn write(&self, path: &Path, bytes: &[u8], synced: bool) -> Result<(), Failure> {
        let failed = || Failure::on("write", path);
        let (temporary, mut file) = self.temporary(path)?;
        file.write_all(bytes).map_err(failed())?;
        if synced && self.syncs {
            file.sync_all().map_err(failed())?;
        }
        drop(file);
        self.rename(temporary, path)
    }

    /// Publishes a file of the store without taking room for it, if the file system knows how: a reflink is a file of
    /// its own, a hard link another name of the same (which the store notices if somebody writes to it).
    pub(super) fn link(&self, from: &StoredFile, path: &Path) -> Result<(), Failure> {
        let failed = || Failure::on("write", path);
        if let Some(temporary) = self.reflink(&from.path, path)? {
            seal::seal_at(temporary.path());
            return self.rename(temporary, path);
        }
        if self.hard_links.get() {
            self.step("write", path)?;
            let temporary = Temporary::name_in(folder_of(path));
            match fs::hard_link(&from.path, temporary.path()) {
                Ok(()) => return self.rename(temporary, path),
                // This one file has as many names as it may have.
                Err(error) if error.kind() == ErrorKind::TooManyLinks => {}
                Err(_) => self.hard_links.set(false),
            }
        }
        let source = File::open(&from.path).map_err(Failure::on("read", &from.path))?;
        let (temporary, file) = self.temporary(path)?;
        copy(source, &file).map_err(failed())?;
        drop(file);
        self.rename(temporary, path)
    }

    /// Brings the content of a file of the site beside `path`, never as a link: originals are never written to, not even
    /// by who edits the output. Only what is named after its content is `sealed`.
    pub(super) fn bring(&self, from: &Path, source: File, path: &Path, sealed: bool) -> Result<Temporary, Failure> {
        let failed = || Failure::on("write", path);
        if let Some(temporary) = self.reflink(from, path)? {
            // Some systems give a reflink the permissions of its source, which may be a camera's.
            let (plain, file) = self.temporary(path)?;
            let permissions = file.metadata().map_err(failed())?.permissions();
            drop((plain, file));
            fs::set_permissions(temporary.path(), permissions).map_err(failed())?;
            if sealed {
                seal::seal_at(temporary.path());
            }
            return Ok(temporary);
        }
        let (temporary, mut file) = self.temporary(path)?;
        if sealed {
            copy(source, &file).map_err(failed())?;
        } else {
            io::copy(&mut { source }, &mut file).map_err(failed())?;
        }
        Ok(temporary)
    }

    /// Gives an unfinished file its name.
    pub(super) fn rename(&self, temporary: Temporary, path: &Path) -> Result<(), Failure> {
        self.step("write", path)?;
        temporary.rename(path).map_err(Failure::on("write", path))
    }

    pub(super) fn temporary(&self, beside: &Path) -> Result<(Temporary, File), Failure> {
        self.step("write", beside)?;
        Temporary::create_in(folder_of(beside)).map_err(Failure::on("write", beside))
    }

    /// `None` if that cannot be done here; whatever the reason is, a copy meets it again and tells it better.
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

fn copy(mut source: File, mut file: &File) -> io::Result<()> {
    io::copy(&mut source, &mut file)?;
    seal::seal(file);
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}
