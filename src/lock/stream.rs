//! Files, piece by piece: neither the program nor a browser has to hold more than one of them twice.
//!
//! Eight bytes say what it is, seven are the beginning of all nonces, one is zero. Then come pieces of 1 MiB, the last one shorter (it may be
//! empty), each with its tag of 16 bytes. A piece's nonce is those seven bytes, its number (32 bits, the most significant byte first), and 1
//! for the last piece, 0 for others: pieces cannot be left out, added or exchanged without notice (the STREAM construction of Hoang,
//! Reyhanitabar, Rogaway and Vizár, 2015, called `StreamBE32` in the crate). The associated data of each piece names format and place.

use std::io::{self, Read, Write};

use aead_stream::{EncryptorBE32, NewStream, StreamBE32};

use super::Lock;
use super::key::bound_to;

/// How a locked file begins.
const MAGIC: [u8; 8] = *b"cimaise2";

/// Bytes of a piece before it is encrypted.
const PIECE: usize = 1 << 20;

const TAG: u64 = 16;

/// How long a file of `len` bytes is when it is locked.
#[must_use]
pub fn locked_len(len: u64) -> u64 {
    let pieces = len.div_ceil(PIECE as u64).max(1);
    16 + len + pieces * TAG
}

impl Lock {
    /// Encrypts a file that is published at `place`. The place and the hash of its content decide on the nonces.
    ///
    /// # Errors
    /// If it cannot be read or written.
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
            // Only the next piece tells whether this is the last.
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

/// Counters end after 4 PiB.
fn too_long(_: aead_stream::aead::Error) -> io::Error {
    io::ErrorKind::FileTooLarge.into()
}
