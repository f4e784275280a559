//! Encryption of files in pieces, so that neither the program nor a browser holds more than one piece twice.
//!
//! A file begins with eight bytes that identify the format, the seven bytes that begin all nonces, and a zero. Then come pieces of 1 MiB,
//! each with its tag of 16 bytes; the last piece is shorter and may be empty. A piece's nonce is those seven bytes, its number (32 bits,
//! big-endian), and 1 for the last piece or 0 for others: pieces cannot be omitted, added or swapped unnoticed (the STREAM construction of
//! Hoang, Reyhanitabar, Rogaway and Vizár, 2015, `StreamBE32` in the crate). Associated data binds each piece to format and place.

use std::io::{self, Read, Write};

use aead_stream::{EncryptorBE32, NewStream, StreamBE32};

use super::Lock;
use super::key::bound_to;

/// First bytes of a locked file.
const MAGIC: [u8; 8] = *b"cimaise2";

/// Size of a piece before encryption, in bytes.
const PIECE: usize = 1 << 20;

const TAG: u64 = 16;

/// Length in bytes of a locked file with `len` bytes of content.
#[must_use]
pub fn locked_len(len: u64) -> u64 {
    let pieces = len.div_ceil(PIECE as u64).max(1);
    16 + len + pieces * TAG
}

impl Lock {
    /// Encrypts a file that is published at `place`. The nonces depend on the place and on the hash of the content, `digest`.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn lock_file(&self, place: &str, digest: &[u8; 32], mut from: impl Read, mut to: impl Write) -> io::Result<()> {
        let hash = self.nonce("file", place, digest);
        let prefix: [u8; 7] = hash[..7].try_into().expect("7 bytes of 32");
        let bound = bound_to("file", place);
        let stream = StreamBE32::from_aead(self.cipher.clone(), &prefix.into());
        let mut pieces = EncryptorBE32::from_stream_primitive(stream);
        to.write_all(&MAGIC)?;
        to.write_all(&prefix)?;
        to.write_all(&[0])?;
        let mut piece = read_piece(&mut from)?;
        loop {
            // Only the next piece shows whether this one is the last.
            let next = if piece.len() < PIECE { Vec::new() } else { read_piece(&mut from)? };
            if next.is_empty() {
                break;
            }
            pieces.encrypt_next_in_place(&bound, &mut piece).map_err(too_long)?;
            to.write_all(&piece)?;
            piece = next;
        }
        pieces.encrypt_last_in_place(&bound, &mut piece).map_err(too_long)?;
        to.write_all(&piece)
    }
}

fn read_piece(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut piece = Vec::new();
    from.take(PIECE as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

/// Error of a file beyond 4 PiB, where the counter of pieces ends.
fn too_long(_: aead_stream::aead::Error) -> io::Error {
    io::ErrorKind::FileTooLarge.into()
}
