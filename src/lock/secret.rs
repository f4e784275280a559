//! What makes salts, nonces and names of one site differ from those of all others.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::diagnostic::Failure;
use crate::machine::fs::{self, OpenOptions};

/// 32 bytes that nobody else knows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// Reads it, or makes one where there is none. The file can be read by its owner only.
    ///
    /// # Errors
    /// If it can be neither read nor made, or if the system has no randomness.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        if let Some(secret) = Self::known(path) {
            return Ok(secret);
        }
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| Failure::on("make", path)(io::Error::other(error.to_string())))?;
        match write(path, &bytes) {
            Ok(()) => Ok(Self(bytes)),
            // Another run was first.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Self::known(path).ok_or_else(|| Failure::on("read", path)(ErrorKind::InvalidData.into()))
            }
            Err(error) => Err(Failure::on("write", path)(error)),
        }
    }

    /// Reads it, if it is there and whole.
    #[must_use]
    pub fn known(path: &Path) -> Option<Self> {
        fs::read(path).ok().and_then(|bytes| bytes.try_into().ok()).map(Self)
    }

    /// One for plans that nobody publishes.
    #[must_use]
    pub fn none() -> Self {
        Self([0; 32])
    }

    /// A number for one purpose: equal for equal parts, and not to be foretold by who does not know the secret.
    pub(super) fn derive(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        for part in [purpose.as_bytes()].iter().chain(parts) {
            // With its length, so that parts cannot be divided in another way.
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        *hasher.finalize().as_bytes()
    }

    /// Where something is published that only those shall find who know `password`: 32 hexadecimal digits.
    #[must_use]
    pub fn name(&self, password: &str, path: &str) -> String {
        let hash = self.derive("name", &[password.as_bytes(), path.as_bytes()]);
        hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Under its own name at once: a file of which only a part was written is no secret to anybody, and is made again.
fn write(path: &Path, bytes: &[u8; 32]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() != 32) {
        fs::remove_file(path)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    options.mode(0o600);
    options.open(path)?.write_all(bytes)
}
