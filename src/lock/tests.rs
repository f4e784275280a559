//! Promises of locks, seen from the side of who opens them.

use aes_gcm::aead::Aead;
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use sha2::Sha256;

use super::{Keyring, ROUNDS, Secret, locked_len};

fn opener(password: &str, salt: &[u8]) -> Aes256Gcm {
    let mut key = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha256>(password.as_bytes(), salt, ROUNDS, &mut key);
    Aes256Gcm::new(&key.into())
}

fn nonce(bytes: &[u8]) -> Nonce<aes_gcm::aead::consts::U12> {
    Nonce::from(<[u8; 12]>::try_from(bytes).expect("12 bytes"))
}

#[test]
fn the_right_password_opens_and_no_other() {
    let secret = Secret::none();
    // The same word, its accent once apart and once not.
    let keys = Keyring::new(["cafe\u{301}", "other"], &secret);
    let lock = keys.lock("cafe\u{301}");
    let mut locked = lock.lock("a/index.html", b"content");
    let right = opener("caf\u{e9}", lock.salt());
    assert_eq!(right.decrypt(&nonce(&locked[..12]), &locked[12..]).as_deref(), Ok(&b"content"[..]));
    let wrong = opener("cafe", lock.salt());
    assert!(wrong.decrypt(&nonce(&locked[..12]), &locked[12..]).is_err());
    assert_ne!(keys.lock("other").salt(), lock.salt());
    assert_eq!(lock.lock("a/index.html", b"content"), locked, "what did not change is the same again");
    for other in [lock.lock("b/index.html", b"content"), lock.lock("a/index.html", b"contents")] {
        assert_ne!(other[..12], locked[..12], "another nonce");
    }
    locked[15] ^= 1;
    assert!(right.decrypt(&nonce(&locked[..12]), &locked[12..]).is_err(), "what was changed does not open");
}

#[test]
fn files_of_all_lengths_come_back_from_their_pieces() {
    let keys = Keyring::new(["word"], &Secret::none());
    let lock = keys.lock("word");
    let cipher = opener("word", lock.salt());
    for len in [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 2 << 20] {
        let content: Vec<u8> = (0..len).map(|at: usize| (at % 251) as u8).collect();
        let mut locked = Vec::new();
        lock.lock_file("place", blake3::hash(&content).as_bytes(), content.as_slice(), &mut locked).expect("in memory");
        assert_eq!(locked.len() as u64, locked_len(len as u64), "{len}");
        assert_eq!(&locked[..8], b"cimaise1");
        let pieces: Vec<&[u8]> = locked[16..].chunks((1 << 20) + 16).collect();
        let mut opened = Vec::new();
        for (number, piece) in pieces.iter().enumerate() {
            let mut this = locked[8..15].to_vec();
            this.extend(u32::try_from(number).expect("few").to_be_bytes());
            this.push(u8::from(number + 1 == pieces.len()));
            opened.extend(cipher.decrypt(&nonce(&this), *piece).expect("whole"));
        }
        assert!(opened == content, "{len}");
    }
}

#[test]
fn the_secret_is_made_once_and_only_its_owner_reads_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("secret");
    assert_eq!(Secret::known(&path), None);
    let secret = Secret::open(&path).expect("made");
    assert_eq!(Secret::open(&path).expect("read"), secret);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_ne!(secret.name("a", "x"), secret.name("b", "x"));
    assert_eq!(secret.name("a", "x").len(), 32);
    // One that was cut off is made again.
    std::fs::write(&path, b"short").expect("written");
    assert_ne!(Secret::open(&path).expect("made"), secret);
}
