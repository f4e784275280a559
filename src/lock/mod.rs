//! Locking: what only those may read who know a password.
//!
//! In: passwords, and a secret that lies in the cache. Out: keys, names that nobody guesses, and encrypted bytes that a browser opens
//! with nothing but WebCrypto. Knows neither pages nor photos.
//!
//! - A password becomes a key by PBKDF2-HMAC-SHA-256 (RFC 8018) in 600,000 rounds, with one salt for each password of a site, so that a
//!   reader waits once.
//! - What is encrypted is encrypted with AES-256-GCM (NIST SP 800-38D). Nonces are not drawn by chance but follow, through
//!   keyed BLAKE3, from the secret and the whole content, as in a synthetic initialization vector (RFC 5297): equal content in an equal place gives
//!   equal bytes, so a page that did not change is not published anew, and two contents never share a nonce but by a collision of
//!   its 96 bits (of files: 56).
//! - The salt follows from the secret and the password. Whoever deletes the cache gets another secret, and everything is
//!   encrypted anew.

mod key;
mod secret;
mod stream;

#[cfg(test)]
mod tests;

pub use key::{Keyring, Lock, ROUNDS};
pub use secret::Secret;
pub use stream::locked_len;
