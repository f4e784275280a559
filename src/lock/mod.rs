//! Encryption of content that only holders of a password may read.
//!
//! In: passwords, and the salt from the cache. Out: keys, unguessable names, and encrypted bytes that a browser decrypts with
//! WebCrypto alone. Must not know pages or photos.
//!
//! - PBKDF2-HMAC-SHA-256 (RFC 8018) with 600,000 rounds derives a key from a password. HKDF-SHA-256 (RFC 5869) splits it into three keys:
//!   for encryption, for nonces, for names. Nothing else is computed from a password, so each guess costs all rounds.
//! - The salt is random, public, and one for the whole site. With a salt per password, readers would have to find it without the password,
//!   for example by the gallery's path, and a moved gallery would have to be encrypted again.
//! - Pages and files are encrypted with AES-256-GCM (NIST SP 800-38D); associated data binds them to the format version and the place.
//!   Nonces are not random: keyed BLAKE3 derives them from place and content, like a synthetic initialization vector (RFC 5297).
//!   The same content at the same place gives the same bytes, so an unchanged page is not published again. Two contents share a nonce
//!   only if 96 bits of hashes collide (56 bits for files).

mod key;
mod salt;
mod stream;

#[cfg(test)]
mod tests;

pub use key::{Keyring, Lock, ROUNDS};
pub use salt::Salt;
pub use stream::locked_len;
