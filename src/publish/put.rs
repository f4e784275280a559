//! Writing the files of the output: linked files before the pages that link to them.

use std::io;
use std::path::{Path, PathBuf};

use super::claim::OutputFolder;
use super::content::{Content, Inside, PendingFile};
use super::disk::Disk;
use super::locked;
use crate::cache::Digest;
use crate::cache::durable::Unsettled;
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop};
use crate::machine::fs::{self, File};
use crate::machine::progress::Progress;
use crate::plan::{Copy, Naming};

/// Writes files in this order, but pages only if all other files succeeded. A page gets its name once its content, and everything else
/// written here and into the store, is on the disk: after a power failure, either the old page or the new one exists.
pub(super) fn put(
    disk: &Disk<'_>,
    output: &OutputFolder,
    todo: &[PendingFile<'_>],
    store: &Unsettled,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<(), Stop> {
    let mut pages = Vec::new();
    for file in todo {
        match file.content {
            Content::Page(bytes) => pages.push((bytes, file.path.under(&output.folder))),
            _ => {
                put_one(disk, output, file, report)?;
                progress.advance(1);
            }
        }
    }
    // No page may link to an original that could not be copied.
    report.checked(())?;
    let prepare = |(bytes, path): (&[u8], PathBuf)| Ok((disk.prepare(&path, bytes)?, path));
    let prepared = pages.into_iter().map(prepare).collect::<Result<Vec<_>, Failure>>()?;
    disk.settle(store)?;
    for (temporary, path) in prepared {
        disk.rename(temporary, &path, false)?;
        progress.advance(1);
    }
    Ok(())
}

fn put_one(disk: &Disk<'_>, output: &OutputFolder, file: &PendingFile<'_>, report: &mut Report) -> Result<(), Failure> {
    let path = file.path.under(&output.folder);
    match file.content {
        Content::Stored(stored, Naming::Content) => disk.link(stored, &path),
        // A link would have the modification time of the file in the store.
        Content::Stored(stored, Naming::Author) => {
            let source = File::open(&stored.path).map_err(Failure::on("read", &stored.path))?;
            let temporary = disk.bring(&stored.path, source, &path, false)?;
            let len = fs::metadata(temporary.path()).map_err(Failure::on("read", temporary.path()))?.len();
            if len != stored.len {
                return Err(Failure::on("read", &stored.path)(io::ErrorKind::UnexpectedEof.into()));
            }
            disk.rename(temporary, &path, false)
        }
        Content::Asset(bytes) | Content::Page(bytes) => disk.write(&path, bytes),
        Content::Locked(lock, place, Inside::Stored(stored)) => {
            locked::put(disk, lock, &place.to_string(), &stored.path, None, &path).map(drop)
        }
        Content::Locked(lock, place, Inside::Original(copy)) => {
            if !fs::metadata(&copy.from).is_ok_and(|metadata| metadata.is_file()) {
                report.push(gone(output, copy, &io::ErrorKind::NotFound.into()));
                return Ok(());
            }
            let digest = locked::put(disk, lock, &place.to_string(), &copy.from, Some(copy.digest), &path)?;
            if digest != copy.digest {
                report.push_doubted(&copy.from, changed(output, copy));
            }
            Ok(())
        }
        Content::Original(copy) => bring(disk, output, copy, &path, report),
    }
}

/// Copies an original, and checks that its bytes are those that the plan was made for.
fn bring(disk: &Disk<'_>, output: &OutputFolder, copy: &Copy, path: &Path, report: &mut Report) -> Result<(), Failure> {
    let source = match File::open(&copy.from) {
        Ok(source) => source,
        Err(cause) => {
            report.push(gone(output, copy, &cause));
            return Ok(());
        }
    };
    let marked = copy.naming == Naming::Content;
    let temporary = disk.bring(&copy.from, source, path, marked)?;
    if Digest::of_file(temporary.path()).map_err(Failure::on("read", temporary.path()))? != copy.digest {
        report.push_doubted(&copy.from, changed(output, copy));
        return Ok(());
    }
    disk.rename(temporary, path, marked)
}

fn name(output: &OutputFolder, copy: &Copy) -> String {
    copy.from.strip_prefix(&output.site).unwrap_or(&copy.from).display().to_string()
}

fn gone(output: &OutputFolder, copy: &Copy, cause: &io::Error) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::FileUnreadable, format!("cannot read the file: {cause}")).in_file(name(output, copy));
    diagnostic.help("check that the file exists and is readable")
}

fn changed(output: &OutputFolder, copy: &Copy) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::FileChanged, "the file changed during the build").in_file(name(output, copy));
    diagnostic.help("run the build again")
}
