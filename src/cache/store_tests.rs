use crate::machine::fs::OpenOptions;
use std::io::{Seek, SeekFrom};

use super::*;

fn open(folder: &Path) -> Store {
    Store::open(folder.to_owned(), true, true).expect("opened")
}

fn key(text: &str) -> Key {
    Key::of(text.as_bytes())
}

fn bytes_of(file: &StoredFile) -> Vec<u8> {
    fs::read(&file.path).expect("there")
}

#[test]
fn what_was_put_is_there_now_and_in_the_next_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path());
    assert_eq!(store.get(key("a")), None);
    let put = store.put(key("a"), b"bytes").expect("put");
    assert_eq!((put.len, bytes_of(&put)), (5, b"bytes".to_vec()));
    assert_eq!(store.get(key("a")), Some(put.clone()));
    assert_eq!(open(folder.path()).get(key("a")), Some(put));
    assert_eq!(open(folder.path()).get(key("b")), None);
}

#[test]
fn an_edit_through_a_hard_link_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let published = folder.path().join("published.jpg");
    let store = open(&folder.path().join("store"));
    let put = store.put(key("a"), b"bytes").expect("put");
    fs::hard_link(&put.path, &published).expect("linked");
    let mut file = OpenOptions::new().write(true).open(&published).expect("there");
    file.seek(SeekFrom::Start(2)).expect("long enough");
    file.write_all(b"X").expect("written");
    drop(file);
    assert_eq!(store.get(key("a")), None);
    let again = store.put(key("a"), b"bytes").expect("put");
    assert_eq!(bytes_of(&again), b"bytes");
    assert_eq!(fs::read(published).expect("still there"), b"byXes");
}

#[test]
fn a_truncated_file_is_a_miss_even_if_its_seal_is_unbroken() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = open(folder.path()).put(key("a"), b"bytes").expect("put");
    let file = OpenOptions::new().write(true).open(&put.path).expect("there");
    file.set_len(0).expect("truncated");
    seal::mark(&file);
    seal::seal_marked(&put.path);
    assert_eq!(open(folder.path()).get(key("a")), None);
}

#[test]
fn a_file_whose_time_alone_changed_is_sealed_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path());
    let put = store.put(key("a"), b"bytes").expect("put");
    store.settle().expect("settled");
    assert!(seal::is_sealed(&fs::metadata(&put.path).expect("there")));
    fs::write(&put.path, b"bytes").expect("written");
    assert_eq!(store.get(key("a")).as_ref(), Some(&put));
    store.settle().expect("settled");
    assert!(seal::is_sealed(&fs::metadata(&put.path).expect("there")));
}

#[test]
fn a_store_that_may_not_be_written_to_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = open(folder.path()).put(key("a"), b"bytes").expect("put");
    fs::write(&put.path, b"other").expect("written");
    let store = Store::open(folder.path().to_owned(), false, false).expect("opened");
    assert_eq!(store.get(key("a")), None);
    assert_eq!(bytes_of(&put), b"other");
}

#[test]
fn leftovers_of_killed_runs_go_when_nobody_else_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = open(folder.path()).put(key("a"), b"bytes").expect("put");
    let shard = put.path.parent().expect("a shard");
    let leftover = shard.join(".cimaise-tmp-1-2-3");
    let foreign = shard.join("notes.txt");
    fs::write(&leftover, b"half").expect("written");
    fs::write(&foreign, b"mine").expect("written");
    Store::open(folder.path().to_owned(), true, false).expect("opened");
    assert!(leftover.exists());
    open(folder.path());
    assert!(!leftover.exists());
    assert!(foreign.exists());
}

#[test]
fn threads_that_put_the_same_keys_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = (open(folder.path()), Store::open(folder.path().to_owned(), true, false).expect("opened"));
    std::thread::scope(|scope| {
        for store in [&one, &one, &other, &other] {
            scope.spawn(move || {
                for number in 0..40 {
                    let text = format!("bytes of {}", number % 20);
                    let file = store.put(key(&text), text.as_bytes()).expect("put");
                    assert_eq!(bytes_of(&file), text.as_bytes());
                    assert!(store.get(key(&text)).is_some());
                }
            });
        }
    });
    let store = open(folder.path());
    assert_eq!(store.keys().len(), 20);
    for number in 0..20 {
        let text = format!("bytes of {number}");
        assert_eq!(bytes_of(&store.get(key(&text)).expect("there")), text.as_bytes());
    }
}

/// Replaces the content by other bytes of the same length, keeping the time.
fn spoil(path: &Path) {
    let modified = fs::metadata(path).expect("there").modified().expect("known");
    let mut file = OpenOptions::new().write(true).open(path).expect("there");
    file.write_all(&vec![0; fs::metadata(path).expect("there").len() as usize]).expect("written");
    file.set_modified(modified).expect("set");
}

#[test]
fn what_was_never_settled_is_hashed_by_the_next_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path());
    let (whole, spoiled) = (store.put(key("a"), b"bytes").expect("put"), store.put(key("b"), b"bytes").expect("put"));
    drop(store);
    spoil(&spoiled.path);
    let store = open(folder.path());
    assert_eq!(store.get(key("a")), Some(whole.clone()));
    assert_eq!(store.get(key("b")), None);
    // A file is sealed only once it is on the disk.
    assert!(!seal::is_sealed(&fs::metadata(&whole.path).expect("there")));
    store.settle().expect("settled");
    assert!(seal::is_sealed(&fs::metadata(&whole.path).expect("there")));
}

#[test]
fn a_folder_or_a_link_in_the_place_of_a_file_gives_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = open(folder.path()).put(key("a"), b"bytes").expect("put");
    let shard = put.path.parent().expect("a shard").to_owned();
    let take = |what: &str| match what {
        "a folder" => fs::create_dir(&put.path).expect("made"),
        "a full folder" => fs::create_dir_all(put.path.join("mine")).expect("made"),
        "a file for the shard" => {
            fs::remove_dir(&shard).expect("empty");
            fs::write(&shard, "mine").expect("written");
        }
        #[cfg(unix)]
        "a link" => std::os::unix::fs::symlink(folder.path().join("nowhere"), &put.path).expect("linked"),
        _ => {}
    };
    for what in ["a folder", "a link", "a full folder", "a file for the shard"] {
        if shard.join(put.path.file_name().expect("a name")).symlink_metadata().is_ok() {
            fs::remove_file(&put.path).expect("removed");
        }
        if what == "a file for the shard" {
            std::fs::remove_dir_all(&shard).expect("removed");
            fs::create_dir(&shard).expect("made");
        }
        take(what);
        let store = open(folder.path());
        assert_eq!(store.get(key("a")), None, "{what}");
        assert_eq!(bytes_of(&store.put(key("a"), b"bytes").expect("put")), b"bytes", "{what}");
    }
}
