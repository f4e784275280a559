//! Hashes that identify source files and outputs.

use std::fmt;
use std::io;
use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::machine::fs::File;

macro_rules! hash_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// Hashes these bytes (BLAKE3).
            #[must_use]
            pub fn of(bytes: &[u8]) -> Self {
                Self(*blake3::hash(bytes).as_bytes())
            }

            /// Takes the result of a hasher that was fed piecewise.
            #[must_use]
            pub fn from_hasher(hasher: &blake3::Hasher) -> Self {
                Self(*hasher.finalize().as_bytes())
            }

            /// The hash as bytes.
            #[must_use]
            pub fn bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// The hash as 64 hexadecimal digits.
            #[must_use]
            pub fn hex(self) -> String {
                blake3::Hash::from_bytes(self.0).to_hex().to_string()
            }

            /// The first 12 hexadecimal digits: enough to tell the files of one folder apart.
            #[must_use]
            pub fn short(self) -> String {
                let mut hex = self.hex();
                hex.truncate(12);
                hex
            }

            /// Parses the 64 digits of [`hex`](Self::hex).
            #[must_use]
            pub fn from_hex(hex: &str) -> Option<Self> {
                blake3::Hash::from_hex(hex).ok().map(|hash| Self(*hash.as_bytes()))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.short())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.hex())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.hex())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let hex = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_hex(&hex).ok_or_else(|| serde::de::Error::custom("not a BLAKE3 hash"))
            }
        }
    };
}

hash_type!(
    /// Hash of a source file's bytes.
    Digest
);
impl Digest {
    /// Hashes a file of any length.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        Ok(Self::and_len_of_file(path)?.0)
    }

    /// Hashes a file, and counts the bytes read: fewer than the file's length if the machine returned fewer.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn and_len_of_file(path: &Path) -> io::Result<(Self, u64)> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(path)?)?;
        Ok((Self::from_hasher(&hasher), hasher.count()))
    }

    /// The first half, as 32 hexadecimal digits: 128 bits, enough where nobody gains from two contents with one hash.
    #[must_use]
    pub fn half(self) -> String {
        let mut hex = self.hex();
        hex.truncate(32);
        hex
    }
}

hash_type!(
    /// Identity of an output: a hash of everything that its bytes depend on.
    Key
);
