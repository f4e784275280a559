//! Reads a photo: digest, header, metadata, and warnings about them.

use crate::cache::{Digest, LedgerEntry};
use crate::diagnostic::{Code, Diagnostic, too_much_memory};
use crate::machine::caught::caught;
use crate::machine::fs;
use crate::machine::gate::Gate;
use crate::machine::memory::{BESIDE_PICTURES, Limit};
use crate::site::model::Photo;
use crate::site::read::common::{bad, read_whole, refused, unreadable};
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

pub(super) fn read_photo(
    file: &FileEntry,
    gate: &Gate,
    limit: Option<&Limit>,
) -> Result<LedgerEntry<Facts>, Diagnostic> {
    if file.stat.len > LONGEST_PHOTO {
        let mebibytes = file.stat.len >> 20;
        let error = Diagnostic::new(
            Code::PhotoTooLarge,
            format!("the file is too large for a picture: {mebibytes} MiB; the limit is 1024 MiB"),
        );
        return Err(error.help("save the picture in a compressed format"));
    }
    let need = file.stat.len.saturating_add(BESIDE_PICTURES);
    if let Some(limit) = limit.filter(|limit| need > limit.bytes) {
        return Err(too_much_memory("reading this photo", need, limit));
    }
    let _passed = gate.pass(file.stat.len);
    let bytes = fs::read(&file.absolute).map_err(unreadable(file))?;
    read_whole(file, bytes.len() as u64)?;
    // A bug in a decoder must affect one photo, not the whole run.
    let read = || Ok(Facts::of(What::Photo(Box::new((pixels::read_header(&bytes)?, pixels::read_about(&bytes))))));
    let facts = caught(read)
        .map_err(|panic| bad(Code::CimaiseBug, "cannot read the picture because of a bug in cimaise").cause(panic))?
        .map_err(|error| refused(&error))?;
    Ok(LedgerEntry { digest: Digest::of(&bytes), facts: Some(facts) })
}

/// Returns warnings about a photo that is shown nevertheless.
pub(super) fn warnings(photo: &Photo) -> impl Iterator<Item = Diagnostic> {
    let Photo { path, header, about, .. } = photo;
    let warnings = [wrong_extension(path, header.format), bad_profile(path, header), unread(path, about)];
    warnings.into_iter().flatten()
}

/// Warns about an unusable colour profile: the colours may be wrong, since nothing else in the file defines them.
fn bad_profile(path: &SitePath, header: &Header) -> Option<Diagnostic> {
    let warning = Diagnostic::new(
        Code::PhotoColorProfile,
        "ignoring a colour profile that is damaged or does not match the pixels",
    );
    let help = "if the colours are wrong on the page, open the picture in an editor and save it again";
    header.bad_profile.then(|| warning.in_file(path.as_str()).help(help))
}

/// Warns that metadata was ignored: that is no reason to reject a photo, but the author will miss it.
fn unread(path: &SitePath, about: &About) -> Option<Diagnostic> {
    let warning = Diagnostic::new(
        Code::PhotoUnreadableMetadata,
        format!("cannot read the XMP metadata: {}", about.unread.as_ref()?),
    );
    Some(warning.in_file(path.as_str()).help(
        "write the metadata again with your photo program; until then, the title, caption and credit in it are missing",
    ))
}

/// Warns if the extension does not match the content, which alone decides about the format.
fn wrong_extension(path: &SitePath, format: Format) -> Option<Diagnostic> {
    let usual = format.extensions();
    let extension = path.extension();
    if extension.is_empty() || usual.iter().any(|usual| extension.eq_ignore_ascii_case(usual)) {
        return None;
    }
    let warning = Diagnostic::new(
        Code::PhotoWrongExtension,
        format!("the name ends in `.{extension}`, but the content is {format}"),
    );
    // Each camera maker has its own extension.
    let rename = if format == Format::Raw { String::new() } else { format!("; rename the file to `.{}`", usual[0]) };
    Some(warning.in_file(path.as_str()).help(format!("cimaise reads the file as {format}{rename}")))
}
