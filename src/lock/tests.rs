//! Guarantees of locks, from the reader's side.

use std::path::Path;
use std::sync::Barrier;

use aead_stream::{DecryptorBE32, NewStream, StreamBE32};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use sha2::Sha256;

use super::{Keyring, Lock, ROUNDS, Salt, locked_len};

const SALT: [u8; 16] = *b"sixteen of these";

/// The key derived by PBKDF2, computed independently of the code under test.
fn stretched(password: &str, salt: &[u8; 16]) -> [u8; 32] {
    let mut key = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha256>(password.as_bytes(), salt, ROUNDS, &mut key);
    key
}

fn split(stretched: &[u8; 32], purpose: &str) -> [u8; 32] {
    let mut key = [0; 32];
    hkdf::Hkdf::<Sha256>::new(None, stretched).expand(purpose.as_bytes(), &mut key).expect("short");
    key
}

fn opener(password: &str) -> Aes256Gcm {
    Aes256Gcm::new(&split(&stretched(password, &SALT), "cimaise 2 encryption").into())
}

fn open_page(cipher: &Aes256Gcm, place: &str, locked: &[u8]) -> Option<Vec<u8>> {
    let nonce = Nonce::from(<[u8; 12]>::try_from(&locked[..12]).expect("12 bytes"));
    let aad = format!("cimaise 2 page {place}");
    cipher.decrypt(&nonce, Payload { msg: &locked[12..], aad: aad.as_bytes() }).ok()
}

fn open_file(cipher: &Aes256Gcm, place: &str, locked: &[u8]) -> Option<Vec<u8>> {
    assert_eq!(&locked[..8], b"cimaise2");
    let prefix: [u8; 7] = locked[8..15].try_into().expect("7 bytes");
    let aad = format!("cimaise 2 file {place}");
    let stream = StreamBE32::from_aead(cipher.clone(), &prefix.into());
    let mut decryptor = DecryptorBE32::from_stream_primitive(stream);
    let mut pieces: Vec<&[u8]> = locked[16..].chunks((1 << 20) + 16).collect();
    let last = pieces.pop()?;
    let mut opened = Vec::new();
    for piece in pieces {
        opened.extend(decryptor.decrypt_next(Payload { msg: piece, aad: aad.as_bytes() }).ok()?);
    }
    opened.extend(decryptor.decrypt_last(Payload { msg: last, aad: aad.as_bytes() }).ok()?);
    Some(opened)
}

fn lock_file(lock: &Lock, place: &str, content: &[u8]) -> Vec<u8> {
    let mut locked = Vec::new();
    lock.lock_file(place, blake3::hash(content).as_bytes(), content, &mut locked).expect("in memory");
    locked
}

#[test]
fn the_right_password_opens_and_no_other() {
    // The same word, once with a combining accent.
    let keys = Keyring::new(["cafe\u{301}", "other"], Salt::of(SALT));
    let lock = keys.lock("cafe\u{301}");
    let mut locked = lock.lock_page("a/index.html", b"content");
    let right = opener("caf\u{e9}");
    assert_eq!(open_page(&right, "a/index.html", &locked).as_deref(), Some(&b"content"[..]));
    assert!(open_page(&opener("cafe"), "a/index.html", &locked).is_none());
    assert_eq!(lock.lock_page("a/index.html", b"content"), locked, "what did not change is the same again");
    for other in [lock.lock_page("b/index.html", b"content"), lock.lock_page("a/index.html", b"contents")] {
        assert_ne!(other[..12], locked[..12], "another nonce");
    }
    locked[15] ^= 1;
    assert!(open_page(&right, "a/index.html", &locked).is_none(), "what was changed does not open");
}

#[test]
fn nothing_opens_in_the_place_of_another() {
    let keys = Keyring::new(["word"], Salt::of(SALT));
    let (lock, cipher) = (keys.lock("word"), opener("word"));
    let page = lock.lock_page("a/index.html", b"content");
    assert!(open_page(&cipher, "b/index.html", &page).is_none());
    let content = vec![7; (2 << 20) + 9];
    let file = lock_file(lock, "locked/1.bin", &content);
    assert!(open_file(&cipher, "locked/1.bin", &file) == Some(content));
    assert!(open_file(&cipher, "locked/2.bin", &file).is_none(), "another file's place");
    let small = lock_file(lock, "x", b"content");
    let as_page = [&small[8..15], &[0; 5], &small[16..]].concat();
    assert!(open_page(&cipher, "x", &as_page).is_none(), "a file is no page");

    const PIECE: usize = (1 << 20) + 16;
    let (head, pieces) = file.split_at(16);
    let (first, second, third) = (&pieces[..PIECE], &pieces[PIECE..2 * PIECE], &pieces[2 * PIECE..]);
    let other = lock_file(lock, "locked/1.bin", &vec![8; (2 << 20) + 9]);
    let foreign = &other[16 + PIECE..16 + 2 * PIECE];
    for (what, parts) in [
        ("exchanged", [head, second, first, third]),
        ("left out", [head, first, third, b""]),
        ("cut off behind a piece", [head, first, second, b""]),
        ("another file's", [head, first, foreign, third]),
    ] {
        assert!(open_file(&cipher, "locked/1.bin", &parts.concat()).is_none(), "{what}");
    }
    assert!(open_file(&cipher, "locked/1.bin", &[file.as_slice(), third].concat()).is_none(), "doubled");
}

#[test]
fn files_of_all_lengths_come_back_from_their_pieces() {
    let keys = Keyring::new(["word"], Salt::of(SALT));
    let (lock, cipher) = (keys.lock("word"), opener("word"));
    for len in [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 2 << 20] {
        let content: Vec<u8> = (0..len).map(|at: usize| (at % 251) as u8).collect();
        let locked = lock_file(lock, "place", &content);
        assert_eq!(locked.len() as u64, locked_len(len as u64), "{len}");
        assert!(open_file(&cipher, "place", &locked) == Some(content), "{len}");
    }
}

/// Names and nonces are functions of PBKDF2's result alone: here they are computed from it, without the password.
#[test]
fn names_and_nonces_follow_from_the_stretched_key_and_from_nothing_faster() {
    let keys = Keyring::new(["word", "other"], Salt::of(SALT));
    let lock = keys.lock("word");
    let stretched = stretched("word", &SALT);
    let keyed = |purpose: &str, parts: &[&[u8]]| {
        let mut hasher = blake3::Hasher::new_keyed(&split(&stretched, purpose));
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        *hasher.finalize().as_bytes()
    };
    let name: String = keyed("cimaise 2 names", &[b"a/1.jpg"])[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(lock.name("a/1.jpg"), name);
    let page = keyed("cimaise 2 nonces", &[b"page", b"a/index.html", b"content"]);
    assert_eq!(lock.lock_page("a/index.html", b"content")[..12], page[..12]);
    let digest = blake3::hash(b"content");
    let file = keyed("cimaise 2 nonces", &[b"file", b"locked/1.bin", digest.as_bytes()]);
    assert_eq!(lock_file(lock, "locked/1.bin", b"content")[8..15], file[..7]);
    // The key distinguishes passwords; the salt distinguishes sites.
    assert_ne!(keys.lock("other").name("a/1.jpg"), name);
    assert_eq!(lock.salt().bytes(), &SALT, "nothing of the password is in it");
    assert_ne!(Keyring::new(["word"], Salt::of([1; 16])).lock("word").name("a/1.jpg"), name);
}

#[test]
fn a_keyring_without_passwords_names_for_plans_that_nobody_publishes() {
    let keys = Keyring::default();
    assert_eq!(keys.name("a", "x"), keys.name("b", "x"), "no password goes into it");
    assert_ne!(keys.name("a", "x"), keys.name("a", "y"));
    assert_eq!(keys.name("a", "x").len(), 32);
}

#[test]
fn the_salt_is_drawn_once_and_never_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("salt");
    std::fs::write(folder.path().join("secret"), [1; 32]).expect("written");
    let salt = Salt::open(&path).expect("made");
    assert_eq!(Salt::open(&path).expect("read"), salt);
    assert!(!folder.path().join("secret").exists(), "the secret of an older version is forgotten");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_ne!(Salt::open(&folder.path().join("other")).expect("made"), salt);
}

#[test]
fn a_damaged_salt_is_replaced_and_then_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("salt");
    for damaged in [&b""[..], b"short", &[9; 17], &[9; 4000]] {
        std::fs::write(&path, damaged).expect("written");
        let salt = Salt::open(&path).expect("replaced");
        assert_eq!(std::fs::read(&path).expect("there"), salt.bytes());
        assert_eq!(Salt::open(&path).expect("read"), salt);
    }
    std::fs::remove_file(&path).expect("removed");
    std::fs::create_dir(&path).expect("made");
    assert!(Salt::open(&path).is_err(), "a folder is not replaced");
}

#[test]
fn a_salt_that_is_being_written_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("salt");
    std::fs::write(&path, [1; 16]).expect("written");
    let writer = std::fs::File::options().read(true).write(true).open(&path).expect("there");
    writer.lock().expect("locked");
    let salt = std::thread::scope(|scope| {
        let reader = scope.spawn(|| Salt::open(&path).expect("read"));
        // Long enough for a reader that does not wait for the lock.
        std::thread::sleep(std::time::Duration::from_millis(50));
        std::fs::write(&path, [2; 16]).expect("written");
        writer.unlock().expect("unlocked");
        reader.join().expect("no panic")
    });
    assert_eq!(salt, Salt::of([2; 16]));
}

#[test]
fn all_who_come_at_once_get_the_same_salt() {
    const RUNS: usize = 16;
    let folder = tempfile::tempdir().expect("a folder");
    for round in 0..60 {
        let path = folder.path().join(round.to_string());
        // There is no file, or one that a power failure truncated.
        if round % 2 == 1 {
            std::fs::write(&path, b"short").expect("written");
        }
        let start = Barrier::new(RUNS);
        let open = |path: &Path| {
            start.wait();
            Salt::open(path).expect("made or read")
        };
        let salts: Vec<Salt> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..RUNS).map(|_| scope.spawn(|| open(&path))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        let kept = std::fs::read(&path).expect("there");
        assert!(salts.iter().all(|salt| salt.bytes()[..] == kept[..]), "{round}: {salts:?}");
    }
}
