use std::path::Path;

use super::*;
use crate::live::snapshot::SiteFile;

/// More than the part of a file that is read at first.
const LONG: usize = 300 << 10;

const MP4: &[u8] = b"\0\0\0\x18ftypmp42";

/// Answers like ffprobe for a clip of two seconds.
const FFPROBE: &str = r#"echo '{"streams": [{"index": 0, "codec_type": "video", "codec_name": "h264", "width": 640, "height": 360,
  "pix_fmt": "yuv420p"}], "format": {"duration": "2.0"}}'"#;

const FFMPEG: &str = r"printf ' ------\n V..... libx264 x\n A..... aac x\n'";

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, bytes).expect("written");
}

fn program(folder: &Path, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    write(folder, name, format!("#!/bin/sh\n{script}\n").as_bytes());
    std::fs::set_permissions(folder.join(name), std::fs::Permissions::from_mode(0o755)).expect("executable");
}

/// A site with a text in one gallery, and a film, a sound and a large file to download in another.
fn site(folder: &Path) {
    let binary = "binary: ../ffmpeg";
    let settings = format!("title: T\nsettings: {{ffmpeg: {{{binary}}}, ffmpeg_audio: {{{binary}}}}}\n");
    write(folder, "site/settings.yaml", settings.as_bytes());
    write(folder, "site/a/settings.yaml", b"title: A\npublic: false\nsections:\n- {type: text, text: words}\n");
    let film = "title: B\npublic: false\nsections:\n- {type: bordered-picture, image: {name: film.mp4, type: video}}\n- {type: audio, image: sound.wav}\n";
    write(folder, "site/b/settings.yaml", film.as_bytes());
    write(folder, "site/b/film.mp4", &[MP4, &vec![0; LONG]].concat());
    write(folder, "site/b/sound.wav", &[&b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0"[..], &vec![0; LONG]].concat());
    write(folder, "site/static/book.pdf", &vec![0; LONG]);
    program(folder, "ffmpeg", FFMPEG);
    program(folder, "ffprobe", FFPROBE);
}

fn snapshot(line: &mut StageLine<'_>) -> Snapshot {
    let LineRun { result, report, .. } = line.run(Report::default());
    result.unwrap_or_else(|stop| panic!("{stop:?}: {:?}", report.diagnostics()))
}

/// Files of which the snapshot knows only a part: those of a page, and all.
fn unread(snapshot: &Snapshot, page: &str) -> (Vec<String>, Vec<String>) {
    let Some(SiteFile::Page(page)) = snapshot.target(page) else { panic!("no page") };
    let of_page = snapshot.sources_of(page).into_iter().filter(|path| snapshot.unread.contains(*path));
    (of_page.map(ToString::to_string).collect(), snapshot.unread.iter().map(ToString::to_string).collect())
}

#[test]
fn a_page_needs_its_own_films_and_sounds_and_no_others() {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let options = Options::new(folder.path().join("site"));
    let machine = Machine::of(1, 1 << 30, None);
    let cache = Arc::new(Cache::open(&options.cache).expect("a cache"));
    let mut line = StageLine::new(&options, &machine, Arc::clone(&cache));
    let first = snapshot(&mut line);
    let all = ["b/film.mp4", "b/sound.wav", "static/book.pdf"].map(str::to_owned).to_vec();
    assert_eq!(unread(&first, "index.html"), (vec![], all.clone()));
    assert_eq!(unread(&first, "a/index.html"), (vec![], all.clone()));
    assert_eq!(unread(&first, "b/index.html").0, all[..2]);

    // The page of the films asks for its own files.
    let needed: Vec<SitePath> = first.unread.iter().filter(|path| path.as_str().starts_with("b/")).cloned().collect();
    assert!(line.ask(needed));
    let second = snapshot(&mut line);
    assert_eq!(unread(&second, "b/index.html"), (vec![], all[2..].to_vec()));
    assert_ne!(first.plan.transcodes[0].key, second.plan.transcodes[0].key, "a digest of the whole film");

    // The rest is read while nobody waits.
    let reader = WholeReader::new(&machine.share());
    let rest: Vec<PartlyRead> = line.partly_read(&second.unread).into();
    assert!(!line.are_read(&second.unread));
    line.take_over(reader.read_all(rest));
    assert!(line.are_read(&second.unread));
    let third = snapshot(&mut line);
    assert!(third.unread.is_empty());

    let mut other = StageLine::new(&options, &machine, cache);
    let unread = snapshot(&mut other).unread;
    other.ask(unread.into_iter().collect());
    let whole = snapshot(&mut other);
    let paths = |snapshot: &Snapshot| snapshot.plan.media().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(paths(&third), paths(&whole), "as a build has them");
}
