//! Identities: of source bytes, and of outputs.

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
            /// Of these bytes (BLAKE3).
            #[must_use]
            pub fn of(bytes: &[u8]) -> Self {
                Self(*blake3::hash(bytes).as_bytes())
            }

            /// From a hash that was computed piecewise.
            #[must_use]
            pub fn from_hasher(hasher: &blake3::Hasher) -> Self {
                Self(*hasher.finalize().as_bytes())
            }

            /// Its bytes.
            #[must_use]
            pub fn bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// 64 hexadecimal digits.
            #[must_use]
            pub fn hex(self) -> String {
                blake3::Hash::from_bytes(self.0).to_hex().to_string()
            }

            /// Its first digits: enough to tell the files of one folder apart.
            #[must_use]
            pub fn short(self) -> String {
                let mut hex = self.hex();
                hex.truncate(12);
                hex
            }

            /// From [`hex`](Self::hex).
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
    /// The hash of a source file's bytes.
    Digest
);
impl Digest {
    /// Of a file, which may be long.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        Ok(Self::and_len_of_file(path)?.0)
    }

    /// Of a file, and how many bytes were read: fewer than the file has if the machine gave no more.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn and_len_of_file(path: &Path) -> io::Result<(Self, u64)> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(path)?)?;
        Ok((Self::from_hasher(&hasher), hasher.count()))
    }

    /// Its first half, in hexadecimal digits: 128 bits, enough to tell contents apart where nobody has an interest in two of one hash.
    #[must_use]
    pub fn half(self) -> String {
        let mut hex = self.hex();
        hex.truncate(32);
        hex
    }
}

hash_type!(
    /// The identity of an output: a hash of everything that its bytes depend on.
    Key
);
