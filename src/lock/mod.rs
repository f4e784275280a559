//! Locking: what only those may read who know a password.
//!
//! In: passwords, and the salt from the cache. Out: keys, names that nobody guesses, and encrypted bytes that a browser opens with
//! nothing but WebCrypto. Knows neither pages nor photos.
//!
//! - A password becomes a key by PBKDF2-HMAC-SHA-256 (RFC 8018) in 600,000 rounds. HKDF-SHA-256 (RFC 5869) splits the key into three: for
//!   encryption, for nonces, for names. Nothing else is ever computed from a password, so every test of a guess costs all rounds.
//! - The salt is random, public, and one for the whole site. A salt for each password would have to be found without the password,
//!   through the gallery's path for example, and then a moved gallery would be encrypted anew.
//! - Pages and files are encrypted with AES-256-GCM (NIST SP 800-38D), bound to format version and place by associated data.
//!   Nonces are not random: they follow, through keyed BLAKE3, from place and content, as in a synthetic initialization vector (RFC 5297).
//!   Equal content in an equal place gives equal bytes, so an unchanged page is not published anew, and two contents share a nonce only if
//!   its 96 bits collide (of files: 56).

mod key;
mod salt;
mod stream;

#[cfg(test)]
mod tests;

pub use key::{Keyring, Lock, ROUNDS};
pub use salt::Salt;
pub use stream::locked_len;
