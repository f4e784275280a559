//! Hashing every file of a store.
//!
//! In: the store. Out: the files whose content does not match their names. Seals are not trusted: bits that a disk loses or flips
//! leave length and time unchanged. The audit changes nothing.

use rayon::prelude::*;

use super::flaw::{Flaw, Spoiled};
use super::name::Name;
use super::place::{self, Freed};
use super::store::{Store, StoredFile};
use crate::diagnostic::Failure;

impl Store {
    /// Returns every file that was listed when the store was opened, with the expected hash of its content.
    #[must_use]
    pub fn files(&self) -> Vec<(StoredFile, String)> {
        let file =
            |name: &Name| (StoredFile { path: self.folder().join(name.path()), len: name.len }, name.content.clone());
        self.names().values().map(file).collect()
    }

    /// Hashes every file on all threads and calls `done` after each. Returns the damaged files.
    ///
    /// # Errors
    /// As [`Flaw::of`].
    pub fn audit(&self, done: &(dyn Fn() + Sync)) -> Result<Vec<Spoiled>, Failure> {
        let spoiled = |(StoredFile { path, len }, content): (StoredFile, String)| {
            let flaw = Flaw::of(&path, len, &content);
            done();
            Ok(flaw?.map(|flaw| Spoiled { path, len, content, flaw }))
        };
        let all: Result<Vec<_>, Failure> = self.files().into_par_iter().map(spoiled).collect();
        Ok(all?.into_iter().flatten().collect())
    }

    /// Removes whatever is at the path of a damaged file, so that the next build creates the file again.
    ///
    /// # Errors
    /// If it cannot be removed or moved aside.
    pub fn free(&self, spoiled: &Spoiled) -> Result<Freed, Failure> {
        place::free(&spoiled.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::{Key, seal};

    #[test]
    fn a_flipped_bit_under_an_unbroken_seal_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path().to_owned(), true, true).expect("opened");
        let put = |text: &str| store.put(Key::of(text.as_bytes()), text.as_bytes()).expect("put");
        let (_whole, flipped, gone, taken) = (put("whole"), put("flipped"), put("gone"), put("taken"));
        store.settle().expect("settled");
        std::fs::write(&flipped.path, "fliqped").expect("written");
        seal::mark_at(&flipped.path);
        seal::seal_marked(&flipped.path);
        std::fs::remove_file(&gone.path).expect("removed");
        std::fs::remove_file(&taken.path).expect("removed");
        std::fs::create_dir(&taken.path).expect("made");
        assert!(store.get(Key::of(b"flipped")).is_some(), "the seal is believed");

        let mut found: Vec<_> =
            store.audit(&|| ()).expect("read").into_iter().map(|spoiled| (spoiled.flaw, spoiled.path)).collect();
        found.sort();
        let expected = [(Flaw::Content, flipped.path), (Flaw::NoFile, taken.path), (Flaw::Missing, gone.path)];
        assert_eq!(found, expected);
    }
}
