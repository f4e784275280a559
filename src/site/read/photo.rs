//! Reading a photo: digest, header, metadata, and what is worth a warning.

use crate::cache::{Digest, LedgerEntry};
use crate::diagnostic::{Diagnostic, too_much_memory};
use crate::machine::caught::caught;
use crate::machine::fs;
use crate::machine::gate::Gate;
use crate::machine::memory::{BESIDE_PICTURES, Limit};
use crate::site::model::Photo;
use crate::site::read::common::{damaged, read_whole, unreadable};
use crate::site::read::facts::{Facts, What};
use crate::site::read::list::{FileList, Listed};
use crate::site::read::reader::FileReader;
use crate::site::read::scan::{LONGEST_PHOTO, Scanner};
use crate::source::{FileEntry, SitePath};
use pixels::{About, Format, Header};

/// Reads all photos.
pub(super) fn read_all(files: &[Listed<'_>], reader: &mut FileReader<'_>, scanner: &Scanner) -> FileList<Photo> {
    let limit = reader.limit;
    let entries = reader.all(
        files,
        &|file| Ok(read_photo(file, &scanner.gate, limit.as_ref())?),
        |facts| matches!(&facts.what, Some(What::Photo(photo)) if photo.0.stored.pixels() > 0),
    );
    FileList::of(files, entries, photo)
}

fn photo((path, file): Listed<'_>, entry: LedgerEntry<Facts>) -> Option<Photo> {
    let Some(What::Photo(facts)) = entry.facts?.what else { return None };
    let (header, about) = *facts;
    let (path, absolute) = (path.clone(), file.absolute.clone());
    Some(Photo { path, absolute, digest: entry.digest, len: file.stat.len, header, about })
}

fn read_photo(file: &FileEntry, gate: &Gate, limit: Option<&Limit>) -> Result<LedgerEntry<Facts>, Diagnostic> {
    if file.stat.len > LONGEST_PHOTO {
        let mebibytes = file.stat.len >> 20;
        let error = Diagnostic::error(format!("the file is too long for a picture: {mebibytes} MiB of at most 1024"));
        return Err(error.help("save it in a format that compresses"));
    }
    let need = file.stat.len.saturating_add(BESIDE_PICTURES);
    if let Some(limit) = limit.filter(|limit| need > limit.bytes) {
        return Err(too_much_memory("reading this photo", need, limit));
    }
    let _passed = gate.pass(file.stat.len);
    let bytes = fs::read(&file.absolute).map_err(unreadable(file))?;
    read_whole(file, bytes.len() as u64)?;
    // A fault in a decoder must cost one photo and not the run.
    let read = || Ok(Facts::of(What::Photo(Box::new((pixels::read_header(&bytes)?, pixels::read_about(&bytes))))));
    let facts = caught(read).map_err(|panic| damaged("the decoder of this picture failed").cause(panic))?.map_err(
        |error: pixels::Error| match &error {
            pixels::Error::UnsupportedFormat { found } => Diagnostic::error(error.to_string()).help(found.help),
            pixels::Error::UnsupportedKind { .. } => {
                Diagnostic::error(error.to_string()).help("save it as JPEG, PNG, WebP or TIFF")
            }
            pixels::Error::NoPreview => Diagnostic::error(error.to_string())
                .help("export it as JPEG from the program that develops your RAW files"),
            pixels::Error::TooLarge(_) | pixels::Error::TooMuchMemory => {
                Diagnostic::error(error.to_string()).help("save a smaller version of it")
            }
            _ => damaged(&error.to_string()),
        },
    )?;
    Ok(LedgerEntry { digest: Digest::of(&bytes), facts: Some(facts) })
}

/// Warnings about a photo that is shown all the same.
pub(super) fn warnings(photo: &Photo) -> impl Iterator<Item = Diagnostic> {
    let Photo { path, header, about, .. } = photo;
    let warnings = [wrong_extension(path, header.format), bad_profile(path, header), unread(path, about)];
    warnings.into_iter().flatten()
}

/// What is shown then may have other colours than it should; nothing else is known of them.
fn bad_profile(path: &SitePath, header: &Header) -> Option<Diagnostic> {
    let warning = Diagnostic::warning("the colour profile is damaged or not for such pixels, and is ignored");
    let help = "open the picture in an editor and save it again, if its colours are not as they should be";
    header.bad_profile.then(|| warning.in_file(path.as_str()).help(help))
}

/// Metadata that is not read is no reason to refuse a photo, but its author will miss what stands there.
fn unread(path: &SitePath, about: &About) -> Option<Diagnostic> {
    let warning = Diagnostic::warning(format!("its XMP is not read: {}", about.unread.as_ref()?));
    Some(warning.in_file(path.as_str()).help("title, caption and credit that stand there are not used"))
}

/// Content decides what a file is; that its name says otherwise is worth knowing.
fn wrong_extension(path: &SitePath, format: Format) -> Option<Diagnostic> {
    let usual = format.extensions();
    let extension = path.extension();
    if extension.is_empty() || usual.iter().any(|usual| extension.eq_ignore_ascii_case(usual)) {
        return None;
    }
    let warning = Diagnostic::warning(format!("the name ends in `.{extension}`, but the content is {format}"));
    // Each maker of cameras has an extension of its own.
    let rename = if format == Format::Raw { String::new() } else { format!("; rename it to `.{}`", usual[0]) };
    Some(warning.in_file(path.as_str()).help(format!("it is read as {format}{rename}")))
}
