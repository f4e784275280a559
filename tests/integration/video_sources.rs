//! Files that ffmpeg may open. The first bytes of a file identify its format; a file that refers to other files is refused before any
//! program opens it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::SiteBuilder;
use crate::videos::{CLIP, FFMPEG, PROBE, asked, ffmpeg, look_into, program, published, site};

/// Returns a playlist of one part, with or without an end.
fn playlist(part: &str, ends: bool) -> Vec<u8> {
    let end = if ends { "#EXT-X-ENDLIST\n" } else { "" };
    format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{part}\n{end}").into_bytes()
}

/// Returns files that make ffmpeg open others, with their descriptions.
fn leading_elsewhere(part: &str) -> Vec<(Vec<u8>, &'static str)> {
    let text = |text: String| text.into_bytes();
    vec![
        (playlist(part, true), "is a playlist (HLS), not a "),
        (playlist(part, false), "is a playlist (HLS), not a "),
        (text(format!("ffconcat version 1.0\nfile {part}\n")), "is a list of files (ffconcat), not a "),
        (text(format!("file '{part}'\n")), "is a text file, not a "),
        (
            text(format!(
                "<?xml version=\"1.0\"?>\n<MPD type=\"static\"><Period><AdaptationSet><Representation id=\"1\">\
                 <BaseURL>{part}</BaseURL></Representation></AdaptationSet></Period></MPD>\n"
            )),
            "is a manifest (DASH), not a ",
        ),
        (
            text(format!("v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=x:{part}\n")),
            "is a session description",
        ),
        (text(format!("# VobSub index file, v7\n{part}\n")), "is an index of subtitles (VobSub), not a "),
        (text(format!("AviSource(\"{part}\")\n")), "is a text file, not a "),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF\0".to_vec(), "is a picture (JPEG), not a "),
        (b"\0\x01\x02\x03".to_vec(), "is not a "),
    ]
}

/// Logs its calls.
const CALLED: &str = r#"case "$*" in *-encoders*) printf ' ------\n V..... libx264 x\n A..... aac x\n A..... libmp3lame x\n'; exit ;; esac
echo "$*" >> "$(dirname "$0")/asked""#;

#[test]
fn a_video_that_leads_to_other_files_is_refused_before_any_program_sees_it() {
    let site = site("", CLIP);
    program(&site, "ffmpeg", CALLED);
    program(&site, "ffprobe", CALLED);
    for (bytes, what) in leading_elsewhere("/etc/hostname") {
        site.write("a/clip.mp4", &bytes);
        for command in ["build", "check"] {
            let run = site.run(&[command, "--format", "short"]).exit(1);
            let error = format!("a/clip.mp4: error[video/not-a-video]: the file {what}");
            assert!(run.stderr.contains(&error), "{error} in {}", run.stderr);
        }
    }
    assert!(asked(&site).is_empty(), "{:?}", asked(&site));
}

#[test]
fn a_sound_that_leads_to_other_files_is_refused_before_any_program_sees_it() {
    let site = site("", "- {type: audio, image: song.mp3}\n");
    program(&site, "ffmpeg", CALLED);
    for (bytes, what) in leading_elsewhere("/etc/hostname") {
        site.write("a/song.mp3", &bytes);
        let run = site.run(&["build", "--format", "short"]).exit(1);
        let error = format!("a/song.mp3: error[sound/not-a-sound]: the file {what}");
        assert!(run.stderr.contains(&error), "{error} in {}", run.stderr);
    }
    assert!(asked(&site).is_empty(), "{:?}", asked(&site));
}

#[test]
fn every_call_names_the_demuxer_and_forbids_all_others() {
    let site = site("", &format!("{CLIP}- {{type: audio, image: two.wma}}\n"));
    site.write("a/two.wma", b"\x30\x26\xB2\x75\x8E\x66\xCF\x11 something");
    let noted = |script: &str| format!("printf '%s\\n' \"$*\" >> \"$(dirname \"$0\")/called\"\n{script}");
    program(&site, "ffmpeg", &noted(FFMPEG));
    program(&site, "ffprobe", &noted(PROBE));
    site.build();
    let called = fs::read_to_string(site.root().join("../called")).expect("called");
    let with_input: Vec<&str> = called.lines().filter(|line| line.contains("file:")).collect();
    assert!(with_input.len() >= 4, "a probe, a frame, a film, a sound: {called}");
    for line in with_input {
        let demuxer = if line.contains("two.wma") { "asf" } else { "mov" };
        let door = format!("-f {demuxer} -format_whitelist {demuxer} -protocol_whitelist file ");
        let (before, _) = line.split_once("file:").expect("an input");
        assert!(before.contains(&door), "{line}");
    }
}

#[test]
fn settings_of_ffmpeg_in_the_environment_do_not_reach_it() {
    let site = site("", CLIP);
    program(&site, "ffprobe", &format!("env > \"$(dirname \"$0\")/env\"\n{PROBE}"));
    let report = site.root().join("report.log");
    let mut command = site.command(&["build"]);
    command.env("FFREPORT", format!("file={}", report.display())).env("AV_LOG_FORCE_COLOR", "1").env("KEPT", "yes");
    assert!(command.output().expect("cimaise runs").status.success());
    let env = fs::read_to_string(site.root().join("../env")).expect("written");
    assert!(!env.contains("FFREPORT") && !env.contains("AV_LOG") && env.contains("KEPT=yes"), "{env}");
}

/// Whether there is a real ffmpeg with these encoders. If not, a message is printed.
fn is_there(encoders: &[&str]) -> bool {
    let list = Command::new("ffmpeg").args(["-v", "error", "-encoders"]).output();
    let list = list.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let is_there = encoders.iter().all(|encoder| list.contains(&format!(" {encoder} ")));
    if !is_there {
        println!("skipped: there is no ffmpeg here with {}", encoders.join(", "));
    }
    is_there
}

const PICTURES: &str = "-f lavfi -i testsrc=size=64x36:rate=25:duration=0.4";

/// Returns a site with a real ffmpeg that makes small files of these videos and sounds.
fn real(videos: &[&str], sounds: &[&str]) -> SiteBuilder {
    let video = |name: &&str| format!("- {{type: bordered-picture, image: {{name: '{name}', type: video}}}}\n");
    let sound = |name: &&str| format!("- {{type: audio, image: '{name}'}}\n");
    let sections: String = videos.iter().map(video).chain(sounds.iter().map(sound)).collect();
    SiteBuilder::new()
        .settings("settings.yaml", "title: Films\n")
        .settings("a/settings.yaml", &format!("title: A\ncover: 1.jpg\nsections:\n{sections}"))
        .photo("a/1.jpg", crate::support::picture::seeded(60, 40, 1))
}

#[test]
fn every_documented_format_is_read_by_a_real_ffmpeg() {
    if !is_there(&["libx264", "aac", "libvpx", "libvorbis", "mpeg2video", "wmv2", "flv", "libtheora", "dvvideo"]) {
        return;
    }
    let h264 = "-c:v libx264 -pix_fmt yuv420p";
    let videos = [
        ("a.mp4", h264.to_owned()),
        ("a.mov", format!("{h264} -f mov")),
        ("a.3gp", format!("{h264} -f 3gp")),
        ("fragments.mp4", format!("{h264} -movflags frag_keyframe+empty_moov")),
        ("a.mkv", h264.to_owned()),
        ("a.webm", "-c:v libvpx".to_owned()),
        ("a.avi", "-c:v mpeg4".to_owned()),
        ("a.ts", format!("{h264} -f mpegts")),
        ("camcorder.mts", format!("{h264} -f mpegts -mpegts_m2ts_mode 1")),
        ("a.mpg", "-c:v mpeg2video".to_owned()),
        ("a.m2v", "-c:v mpeg2video -f mpeg2video".to_owned()),
        ("a.h264", format!("{h264} -f h264")),
        ("a.ogv", "-c:v libtheora".to_owned()),
        ("a.flv", "-c:v flv".to_owned()),
        ("a.wmv", "-c:v wmv2".to_owned()),
        ("a.mxf", "-c:v mpeg2video".to_owned()),
        ("a.dv", "-vf scale=720:576 -pix_fmt yuv420p -c:v dvvideo -f dv".to_owned()),
        ("a.gif", String::new()),
        ("a.apng", "-f apng".to_owned()),
    ];
    let sounds = [
        ("a.wma", "-c:a wmav2"),
        ("a.aiff", "-f aiff"),
        ("a.au", "-f au"),
        ("a.caf", "-f caf"),
        ("a.w64", "-f w64"),
        ("lossless.m4a", "-c:a alac"),
        ("a.mka", "-c:a libvorbis"),
        ("a.mp2", "-c:a mp2"),
    ];
    let names = |list: &[(&'static str, String)]| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let site = real(&names(&videos), &sounds.map(|(name, _)| name));
    let folder = site.root().join("a");
    let all: String = videos.iter().map(|(name, how)| format!(" {how} {name}")).collect();
    ffmpeg(&folder, &format!("{PICTURES}{all}"));
    let all: String = sounds.iter().map(|(name, how)| format!(" {how} {name}")).collect();
    ffmpeg(&folder, &format!("-f lavfi -i sine=440:duration=0.4{all}"));
    site.build();
    assert_eq!(published(&site, ".mp4").len(), videos.len(), "{:?}", published(&site, ".mp4"));
    assert_eq!(published(&site, ".mp3").len(), sounds.len(), "{:?}", published(&site, ".mp3"));
}

#[test]
fn a_real_ffmpeg_opens_no_file_that_another_file_names() {
    if !is_there(&["libx264"]) {
        return;
    }
    let site = real(&["v.mp4"], &["s.mp3"]);
    let folder = site.root().join("../elsewhere");
    fs::create_dir(&folder).expect("a folder");
    ffmpeg(
        &folder,
        &format!("{PICTURES} -f lavfi -i sine=440:duration=0.4 -c:v libx264 -pix_fmt yuv420p -f mpegts secret.ts"),
    );
    let part = folder.canonicalize().expect("there").join("secret.ts");
    ffmpeg(&site.root().join("a"), &format!("{PICTURES} img%03d.png"));
    for (bytes, _) in leading_elsewhere(&part.to_string_lossy()) {
        site.write("a/v.mp4", &bytes);
        site.write("a/s.mp3", &bytes);
        let run = site.run(&["build", "--format", "short"]).exit(1);
        for name in
            ["a/v.mp4: error[video/not-a-video]: the file is ", "a/s.mp3: error[sound/not-a-sound]: the file is "]
        {
            assert!(run.stderr.contains(name), "{}", run.stderr);
        }
    }
    assert!(!site.root().join("build/index.html").exists());
}

#[test]
fn names_that_ffmpeg_would_understand_are_names() {
    if !is_there(&["libx264", "aac"]) {
        return;
    }
    let names = ["-i.mp4", "concat:a|b.mp4", "img%03d.mp4", "subfile,,start,0,end,9,,:x.mp4", "http:x.mp4"];
    let site = real(&names, &[]);
    let folder = site.root().join("a");
    ffmpeg(&folder, &format!("{PICTURES} -c:v libx264 -pix_fmt yuv420p ../clip.mp4"));
    let film = fs::read(site.root().join("clip.mp4")).expect("a film");
    for (number, name) in names.iter().enumerate() {
        // Equal videos would be converted only once.
        let different = [&film[..], b"\0\0\0\x09free", &[number as u8]].concat();
        fs::write(folder.join(name), different).expect("written");
    }
    site.build();
    assert_eq!(published(&site, ".mp4").len(), names.len());
}

/// Returns the positions of the boxes at the end of this path of names in an MP4; `stsd` and `dref` are lists with a head.
fn boxes(mp4: &[u8], path: &[&str]) -> Vec<usize> {
    let (mut start, mut end) = (0, mp4.len());
    let mut found = Vec::new();
    for name in path {
        let length = |at: usize| u32::from_be_bytes(mp4[at..at + 4].try_into().expect("four bytes")) as usize;
        while &mp4[start + 4..start + 8] != name.as_bytes() {
            start += length(start);
            assert!(start < end, "there is a `{name}`");
        }
        found.push(start);
        (start, end) = (start + 8, start + length(start));
    }
    found
}

/// Returns an alias as `QuickTime` writes one for a track whose samples are in another file of the folder.
fn alias(name: &str) -> Vec<u8> {
    let mut record = b"\0\0\0\0alis\0\0\0\0".to_vec();
    record.extend([0; 10]);
    record.extend([&[0_u8][..], &[0; 27], &[0; 12]].concat());
    let mut shown = name.as_bytes().to_vec();
    shown.resize(63, 0);
    record.push(name.len() as u8);
    record.extend(shown);
    record.extend([0; 16]);
    record.extend([0, 1, 0, 1]);
    record.extend([0; 16]);
    for kind in [0_u8, 2] {
        let path = if kind == 0 { "" } else { name };
        record.extend([0, kind, 0, path.len() as u8]);
        record.extend(path.as_bytes());
        record.extend(vec![0; path.len() % 2]);
    }
    record.extend([0xFF, 0xFF, 0, 0]);
    let length = record.len() as u32;
    record[..4].copy_from_slice(&length.to_be_bytes());
    record
}

#[test]
fn a_film_whose_track_lies_in_another_file_does_not_show_that_file() {
    if !is_there(&["libx264"]) {
        return;
    }
    let site = real(&["v.mov"], &[]);
    let folder = site.root().join("a");
    let red = "-f lavfi -i color=red:size=64x36:rate=10:duration=1 -c:v libx264 -pix_fmt yuv420p";
    ffmpeg(&folder, &format!("{red} secret.mov"));
    let mut film = fs::read(folder.join("secret.mov")).expect("a film");
    let path = boxes(&film, &["moov", "trak", "mdia", "minf", "dinf", "dref"]);
    let (data, dref) = (boxes(&film, &["mdat"])[0], path[5]);
    assert!(data < dref, "what follows the samples may be moved");
    let old = u32::from_be_bytes(film[dref + 16..dref + 20].try_into().expect("four bytes")) as usize;
    let record = alias("secret.mov");
    for at in path {
        let length = u32::from_be_bytes(film[at..at + 4].try_into().expect("four bytes"));
        let length = length + (record.len() - old) as u32;
        film[at..at + 4].copy_from_slice(&length.to_be_bytes());
    }
    film.splice(dref + 16..dref + 16 + old, record);
    let size = u32::from_be_bytes(film[data..data + 4].try_into().expect("four bytes")) as usize;
    film[data + 8..data + size].fill(0);
    fs::write(folder.join("v.mov"), &film).expect("written");

    // Verifies the attack: if ffmpeg allows references, it shows the other video.
    ffmpeg(&folder, "-enable_drefs 1 -i v.mov -frames:v 1 -f image2 shown.png");
    let shown = image::open(folder.join("shown.png")).expect("a picture").to_rgb8();
    assert!(shown.get_pixel(9, 9)[0] > 200 && shown.get_pixel(9, 9)[1] < 60, "the other film is red");
    fs::remove_file(folder.join("shown.png")).expect("removed");

    let run = site.run(&["build", "--format", "short"]).exit(1);
    assert!(run.stderr.contains("a/v.mov: error["), "{}", run.stderr);
}

#[test]
fn the_camcorders_file_of_the_collection_is_read() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/bugs/05-interlaced-camcorder/g/clip.mts");
    if !file.exists() || !is_there(&["libx264", "aac"]) {
        println!("skipped: there is no collection of cases");
        return;
    }
    let site = real(&["clip.mts"], &[]);
    fs::copy(&file, site.root().join("a/clip.mts")).expect("copied");
    site.build();
    let film = site.root().join("build/a").join(&published(&site, ".mp4")[0]);
    assert!(look_into(&film).contains("codec_name=h264"));
}
