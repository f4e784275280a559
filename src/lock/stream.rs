//! Files, piece by piece: neither the program nor a browser has to hold more than one of them twice.
//!
//! Eight bytes say what it is, seven are the beginning of all nonces, one is zero. Then come pieces of 1 MiB, the last one shorter (it may be
//! empty), each with its tag of 16 bytes. A piece's nonce is those seven bytes, its number (32 bits, the most significant byte first), and 1
//! for the last piece, 0 for others: pieces cannot be left out, added or exchanged without notice (the STREAM construction of Hoang,
//! Reyhanitabar, Rogaway and Vizár, 2015).

use std::io::{self, Read, Write};

use super::Lock;

/// How a locked file begins.
const MAGIC: [u8; 8] = *b"cimaise1";

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
    /// Encrypts a file. `place` and the hash of its content decide on the nonces.
    ///
    /// # Errors
    /// If it cannot be read or written.
    pub fn lock_file(&self, place: &str, digest: &[u8; 32], mut from: impl Read, mut to: impl Write) -> io::Result<()> {
        let prefix = self.derive("file", place, digest);
        let mut nonce = [0; 12];
        nonce[..7].copy_from_slice(&prefix[..7]);
        to.write_all(&MAGIC)?;
        to.write_all(&nonce[..8])?;
        let mut piece = read_piece(&mut from)?;
        for number in 0_u32.. {
            // Only the next piece tells whether this is the last.
            let next = if piece.len() < PIECE { Vec::new() } else { read_piece(&mut from)? };
            nonce[7..11].copy_from_slice(&number.to_be_bytes());
            nonce[11] = u8::from(next.is_empty());
            to.write_all(&self.encrypt(&nonce, &piece))?;
            if next.is_empty() {
                break;
            }
            piece = next;
        }
        Ok(())
    }
}

fn read_piece(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut piece = Vec::new();
    from.take(PIECE as u64).read_to_end(&mut piece)?;
    Ok(piece)
}
