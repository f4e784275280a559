//! Writing files that are published encrypted.

use std::io::{self, BufReader, Read};
use std::path::Path;

use super::disk::Disk;
use crate::cache::{Digest, seal};
use crate::diagnostic::Failure;
use crate::lock::Lock;
use crate::machine::fs::File;

/// Encrypts the file `from` into `path`, bound to its `place` in the site; returns the digest of the plain content. Writes nothing if
/// there is an `expected` digest that differs.
///
/// # Errors
/// If a file cannot be read or written, or if `from` changes while it is read.
pub(super) fn put(
    disk: &Disk<'_>,
    lock: &Lock,
    place: &str,
    from: &Path,
    expected: Option<Digest>,
    path: &Path,
) -> Result<Digest, Failure> {
    let read = || Failure::on("read", from);
    let digest = Digest::of_file(from).map_err(read())?;
    if expected.is_some_and(|expected| expected != digest) {
        return Ok(digest);
    }
    let (temporary, file) = disk.temporary(path)?;
    let mut source =
        Hashed { source: BufReader::new(File::open(from).map_err(read())?), hasher: blake3::Hasher::new() };
    lock.lock_file(place, digest.bytes(), &mut source, &file).map_err(Failure::on("write", path))?;
    // The nonces were derived from the content of the first reading; other content must not be encrypted with them.
    if Digest::from_hasher(&source.hasher) != digest {
        return Err(read()(io::Error::other("it changed while it was read")));
    }
    seal::mark(&file);
    drop(file);
    disk.rename(temporary, path, true)?;
    Ok(digest)
}

/// Hashes the bytes that are read through it.
struct Hashed<R> {
    source: R,
    hasher: blake3::Hasher,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        Ok(read)
    }
}
