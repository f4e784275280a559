//! From passwords to keys.

use std::collections::BTreeMap;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use rayon::prelude::*;
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;

use super::Secret;

/// Rounds of PBKDF2: what OWASP's cheat sheet on password storage asks for with SHA-256.
pub const ROUNDS: u32 = 600_000;

/// A password with its key.
pub struct Lock {
    salt: [u8; 16],
    cipher: Aes256Gcm,
    /// What nonces are derived from besides their content.
    secret: Secret,
    /// Tells the locks of one site apart in what is derived from the secret.
    password: String,
}

impl std::fmt::Debug for Lock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lock")
    }
}

impl Lock {
    fn new(password: &str, secret: &Secret) -> Self {
        let mut salt = [0; 16];
        salt.copy_from_slice(&secret.derive("salt", &[password.as_bytes()])[..16]);
        let mut key = [0; 32];
        // Keyboards write é in two ways; the script in the page does the same.
        let typed: String = password.nfc().collect();
        pbkdf2::pbkdf2_hmac::<Sha256>(typed.as_bytes(), &salt, ROUNDS, &mut key);
        let cipher = Aes256Gcm::new(&key.into());
        Self { salt, cipher, secret: secret.clone(), password: password.to_owned() }
    }

    /// What the key was derived with, besides the password; everybody may know it.
    #[must_use]
    pub fn salt(&self) -> &[u8; 16] {
        &self.salt
    }

    /// Encrypts the content of a place: 12 bytes of nonce, then ciphertext and tag. The same content of the same place gives the same
    /// bytes.
    #[must_use]
    pub fn lock(&self, place: &str, content: &[u8]) -> Vec<u8> {
        let hash = self.derive("page", place, content);
        let nonce: [u8; 12] = hash[..12].try_into().expect("12 bytes of 32");
        let mut locked = nonce.to_vec();
        locked.extend(self.encrypt(&nonce, content));
        locked
    }

    /// A number that depends on everything.
    pub(super) fn derive(&self, purpose: &str, place: &str, content: &[u8]) -> [u8; 32] {
        self.secret.derive(purpose, &[self.password.as_bytes(), place.as_bytes(), content])
    }

    /// Ciphertext and tag. The nonce must never be used for anything else.
    pub(super) fn encrypt(&self, nonce: &[u8; 12], plaintext: &[u8]) -> Vec<u8> {
        let payload = Payload { msg: plaintext, aad: b"" };
        // Fails only beyond 64 GiB.
        self.cipher.encrypt(&Nonce::from(*nonce), payload).expect("pages and pieces of files are short")
    }
}

/// The locks of a site.
#[derive(Debug, Default)]
pub struct Keyring(BTreeMap<String, Lock>);

impl Keyring {
    /// Derives a key for each password; that takes a moment for each.
    #[must_use]
    pub fn new<'p>(passwords: impl IntoIterator<Item = &'p str>, secret: &Secret) -> Self {
        let passwords: Vec<&str> = passwords.into_iter().collect();
        Self(passwords.into_par_iter().map(|password| (password.to_owned(), Lock::new(password, secret))).collect())
    }

    /// The lock of a password.
    ///
    /// # Panics
    /// If the keyring was made without it.
    #[must_use]
    pub fn lock(&self, password: &str) -> &Lock {
        &self.0[password]
    }
}
