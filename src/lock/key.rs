//! Deriving keys from passwords.
//!
//! In: passwords and the salt. Out: a [`Lock`] for each password, with three separate keys. PBKDF2 runs only here, and nothing but its
//! result ever depends on a password.

use std::collections::BTreeMap;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use hkdf::Hkdf;
use rayon::prelude::*;
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;

use super::Salt;

/// Rounds of PBKDF2: the number that OWASP's cheat sheet on password storage recommends with SHA-256.
pub const ROUNDS: u32 = 600_000;

/// Purposes of the keys, as HKDF's `info`. The scripts in pages use the same words. The number is the version of the format, so another
/// format has other keys and other names.
const ENCRYPTION: &str = "cimaise 2 encryption";
const NONCES: &str = "cimaise 2 nonces";
const NAMES: &str = "cimaise 2 names";

/// The keys derived from a password.
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
        // Keyboards encode é in two ways; the script in the page normalizes in the same way.
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

    /// The salt of the key derivation, which is public.
    #[must_use]
    pub fn salt(&self) -> &Salt {
        &self.salt
    }

    /// Published name of a path that only holders of the password can find: 32 hexadecimal digits.
    #[must_use]
    pub fn name(&self, path: &str) -> String {
        hex(&keyed(&self.names, &[path.as_bytes()]))
    }

    /// Encrypts the page at `place`: a nonce of 12 bytes, then ciphertext and tag, which only decrypts as a page at this place. The same
    /// content at the same place gives the same bytes.
    #[must_use]
    pub fn lock_page(&self, place: &str, content: &[u8]) -> Vec<u8> {
        let hash = self.nonce("page", place, content);
        let nonce: [u8; 12] = hash[..12].try_into().expect("12 bytes of 32");
        let mut locked = nonce.to_vec();
        let payload = Payload { msg: content, aad: &bound_to("page", place) };
        // Encryption fails only beyond 64 GiB.
        locked.extend(self.cipher.encrypt(&Nonce::from(nonce), payload).expect("pages are short"));
        locked
    }

    /// Derives a nonce from kind, place and content.
    pub(super) fn nonce(&self, kind: &str, place: &str, content: &[u8]) -> [u8; 32] {
        keyed(&self.nonces, &[kind.as_bytes(), place.as_bytes(), content])
    }
}

/// Associated data, authenticated with the content: format, kind, and place in the site.
pub(super) fn bound_to(kind: &str, place: &str) -> Vec<u8> {
    format!("cimaise 2 {kind} {place}").into_bytes()
}

/// Keyed hash (BLAKE3) of several parts; unpredictable without the key.
fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_keyed(key);
    for part in parts {
        // Hash the lengths, too, so that other divisions into parts give other results.
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    *hasher.finalize().as_bytes()
}

fn hex(hash: &[u8; 32]) -> String {
    hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The locks of a site, by password.
#[derive(Debug, Default)]
pub struct Keyring(BTreeMap<String, Lock>);

impl Keyring {
    /// Derives the keys of each password, in parallel; each takes a moment.
    #[must_use]
    pub fn new<'p>(passwords: impl IntoIterator<Item = &'p str>, salt: Salt) -> Self {
        let passwords: Vec<&str> = passwords.into_iter().collect();
        Self(passwords.into_par_iter().map(|password| (password.to_owned(), Lock::new(password, salt))).collect())
    }

    /// Returns the lock of a password.
    ///
    /// # Panics
    /// If the keyring was created without this password.
    #[must_use]
    pub fn lock(&self, password: &str) -> &Lock {
        &self.0[password]
    }

    /// Published name of the file at `path` for the holders of a password. An empty keyring gives names that depend on the path alone, for
    /// plans that are never published.
    #[must_use]
    pub fn name(&self, password: &str, path: &str) -> String {
        match self.0.get(password) {
            Some(lock) => lock.name(path),
            None => hex(blake3::hash(path.as_bytes()).as_bytes()),
        }
    }
}
