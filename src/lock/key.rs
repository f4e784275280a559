//! From passwords to keys.
//!
//! In: passwords and the salt. Out: a [`Lock`] for each, with three keys of its own. PBKDF2 runs here and nowhere else, and nothing but its
//! result ever depends on a password.

use std::collections::BTreeMap;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use hkdf::Hkdf;
use rayon::prelude::*;
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;

use super::Salt;

/// Rounds of PBKDF2: what OWASP's cheat sheet on password storage asks for with SHA-256.
pub const ROUNDS: u32 = 600_000;

/// What the encryption key is for, in HKDF. The scripts in pages use the same words. The number is that of the format, so
/// another format has other keys, and other names.
const ENCRYPTION: &str = "cimaise 2 encryption";
const NONCES: &str = "cimaise 2 nonces";
const NAMES: &str = "cimaise 2 names";

/// A password's keys.
pub struct Lock {
    salt: Salt,
    pub(super) cipher: Aes256Gcm,
    nonces: [u8; 32],
    names: [u8; 32],
}

impl std::fmt::Debug for Lock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lock")
    }
}

impl Lock {
    fn new(password: &str, salt: Salt) -> Self {
        let mut stretched = [0; 32];
        // Keyboards write é in two ways; the script in the page does the same.
        let typed: String = password.nfc().collect();
        pbkdf2::pbkdf2_hmac::<Sha256>(typed.as_bytes(), salt.bytes(), ROUNDS, &mut stretched);
        let split = Hkdf::<Sha256>::new(None, &stretched);
        let key = |purpose: &str| {
            let mut key = [0; 32];
            split.expand(purpose.as_bytes(), &mut key).expect("one block of HKDF is 32 bytes long");
            key
        };
        let cipher = Aes256Gcm::new(&key(ENCRYPTION).into());
        Self { salt, cipher, nonces: key(NONCES), names: key(NAMES) }
    }

    /// What the key was derived with, besides the password; everybody may know it.
    #[must_use]
    pub fn salt(&self) -> &Salt {
        &self.salt
    }

    /// Where something is published that only those shall find who know the password: 32 hexadecimal digits.
    #[must_use]
    pub fn name(&self, path: &str) -> String {
        hex(&keyed(&self.names, &[path.as_bytes()]))
    }

    /// Encrypts the page at `place`: 12 bytes of nonce, then ciphertext and tag, which is valid for a page at this place only. The same content
    /// of the same place gives the same bytes.
    #[must_use]
    pub fn lock_page(&self, place: &str, content: &[u8]) -> Vec<u8> {
        let hash = self.nonce("page", place, content);
        let nonce: [u8; 12] = hash[..12].try_into().expect("12 bytes of 32");
        let mut locked = nonce.to_vec();
        let payload = Payload { msg: content, aad: &bound_to("page", place) };
        // Fails only beyond 64 GiB.
        locked.extend(self.cipher.encrypt(&Nonce::from(nonce), payload).expect("pages are short"));
        locked
    }

    /// A number that depends on everything.
    pub(super) fn nonce(&self, kind: &str, place: &str, content: &[u8]) -> [u8; 32] {
        keyed(&self.nonces, &[kind.as_bytes(), place.as_bytes(), content])
    }
}

/// What is authenticated beside the content: the format, what is encrypted, and where in the site it lies.
pub(super) fn bound_to(kind: &str, place: &str) -> Vec<u8> {
    format!("cimaise 2 {kind} {place}").into_bytes()
}

/// A number that is equal for equal parts, and that nobody foretells without the key.
fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_keyed(key);
    for part in parts {
        // With its length, so that parts cannot be divided in another way.
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    *hasher.finalize().as_bytes()
}

fn hex(hash: &[u8; 32]) -> String {
    hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The locks of a site.
#[derive(Debug, Default)]
pub struct Keyring(BTreeMap<String, Lock>);

impl Keyring {
    /// Derives the keys of each password; that takes a moment for each.
    #[must_use]
    pub fn new<'p>(passwords: impl IntoIterator<Item = &'p str>, salt: Salt) -> Self {
        let passwords: Vec<&str> = passwords.into_iter().collect();
        Self(passwords.into_par_iter().map(|password| (password.to_owned(), Lock::new(password, salt))).collect())
    }

    /// The lock of a password.
    ///
    /// # Panics
    /// If the keyring was made without it.
    #[must_use]
    pub fn lock(&self, password: &str) -> &Lock {
        &self.0[password]
    }

    /// Where the file at `path` is published for the holders of a password. An empty keyring gives names that depend on the path alone: for
    /// plans that nobody publishes.
    #[must_use]
    pub fn name(&self, password: &str, path: &str) -> String {
        match self.0.get(password) {
            Some(lock) => lock.name(path),
            None => hex(blake3::hash(path.as_bytes()).as_bytes()),
        }
    }
}
