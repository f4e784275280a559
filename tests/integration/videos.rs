//! Videos and sounds: the arguments of ffmpeg, and its results. Most tests use scripts in place of ffmpeg and ffprobe;
//! if there is a real ffmpeg, its videos are examined.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::support::picture::seeded;
use crate::support::{Run, SiteBuilder, every_link_leads_somewhere};

/// Answers like ffprobe for an upright clip of two seconds, 640 by 360 as stored.
pub(crate) const PROBE: &str = r#"echo '{"streams": [{"index": 0, "codec_type": "video", "codec_name": "h264", "width": 640, "height": 360,
  "pix_fmt": "yuv420p", "side_data_list": [{"rotation": -90}]},
 {"index": 1, "codec_type": "audio", "codec_name": "aac"}], "format": {"duration": "2.0"}}'"#;

/// Lists encoders, prints a frame, or logs its arguments and makes a file of them.
pub(crate) const FFMPEG: &str = r#"here=$(dirname "$0")
case "$*" in
*-encoders*) printf ' ------\n V..... libx264 x\n V..... libvpx x\n A..... aac x\n A..... libvorbis x\n A..... libmp3lame x\n'; exit ;;
*image2pipe*) cat "$here/frame.bmp"; exit ;;
esac
for last; do :; done
printf '%s\n' "$*" >> "$here/asked"
case "$*" in
*bad.mp4*) echo 'first line' >&2; echo 'moov atom not found' >&2; exit 1 ;;
*slow.mp4*) echo $$ > "$here/pid"; exec sleep 600 ;;
esac
printf 'out_time_us=1000000\nprogress=end\n'
printf 'film of %s' "$*" | sed 's/file:[^ ]*//g' > "${last#file:}"
"#;

pub(crate) fn program(site: &SiteBuilder, name: &str, script: &str) {
    site.write(&format!("../{name}"), format!("#!/bin/sh\n{script}\n").as_bytes());
    let path = site.root().join("..").join(name);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("executable");
}

/// Returns a site with its own ffmpeg and ffprobe beside it; `sections` are those of its gallery, below a photo.
pub(crate) fn site(root: &str, sections: &str) -> SiteBuilder {
    let settings = format!(
        "title: Films\nsettings:\n  ffmpeg: {{binary: ../ffmpeg}}\n  ffmpeg_audio: {{binary: ../ffmpeg}}\n{root}"
    );
    let gallery = format!("title: A\ncover: 1.jpg\nsections:\n- {{type: bordered-picture, image: 1.jpg}}\n{sections}");
    let site = SiteBuilder::new()
        .settings("settings.yaml", &settings)
        .settings("a/settings.yaml", &gallery)
        .photo("a/1.jpg", seeded(600, 400, 1));
    site.write("a/clip.mp4", MP4);
    program(&site, "ffmpeg", FFMPEG);
    program(&site, "ffprobe", PROBE);
    site.write("../frame.bmp", &seeded(360, 640, 2).encode("bmp"));
    site
}

/// First bytes of an MP4 file.
pub(crate) const MP4: &[u8] = b"\0\0\0\x18ftypmp42";

pub(crate) const CLIP: &str = "- {type: bordered-picture, image: {name: clip.mp4, type: video}}\n";

/// Returns the logged arguments of the program, a line for each call.
pub(crate) fn asked(site: &SiteBuilder) -> Vec<String> {
    let text = fs::read_to_string(site.root().join("../asked")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

pub(crate) fn published(site: &SiteBuilder, extension: &str) -> Vec<String> {
    let names = fs::read_dir(site.root().join("build/a")).expect("published");
    let names = names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| name.ends_with(extension)).collect();
    names.sort();
    names
}

#[test]
fn a_turned_video_is_converted_once_for_each_size_and_shown_with_its_poster() {
    let twice = format!("{CLIP}{CLIP}- {{type: pictures-group, images: [[{{name: clip.mp4, type: video}}, 1.jpg]]}}\n");
    let site = site("", &twice);
    let run = site.build();
    assert!(run.stdout.contains("1 photo, 1 video:"), "{}", run.stdout);
    let sizes: Vec<_> = asked(&site).iter().map(|line| line.contains("scale=360:640")).collect();
    assert_eq!(sizes.len(), 2, "{:?}", asked(&site));
    assert_eq!(sizes.iter().filter(|own| **own).count(), 1, "the other is 336 by 600");
    let page = site.page("a/index.html");
    let film = published(&site, "360x640.mp4");
    assert!(page.contains(&format!("<source src=\"{}\" type=\"video/mp4\">", film[0])), "{page}");
    assert!(page.contains("width=\"360\" height=\"640\" poster=\"clip-"), "{page}");
    every_link_leads_somewhere(&site.root().join("build"));
    let again = site.build();
    assert_eq!((again.made_and_reused().0, asked(&site).len()), (0, 2));
}

#[test]
fn options_of_the_site_and_of_one_video_go_to_ffmpeg_as_a_list() {
    let own = "- {type: bordered-picture, image: {name: clip.mp4, type: video, format: webm, vbitrate: 900k, abitrate: 64k, \
               resolution: 200x200, loglevel: info, extension: webm, other: \"-crf 30 -metadata 'title=a; b'\"}}\n";
    let site = site("", own);
    site.build();
    let line = &asked(&site)[0];
    for part in [
        "-loglevel info ",
        "-nostdin -progress pipe:1 ",
        "-c:v libvpx -vf scale=112:200:flags=lanczos,setsar=1 -pix_fmt yuv420p -b:v 900k ",
        "-c:a libvorbis -b:a 64k -map_metadata -1 ",
        "-crf 30 -metadata title=a; b -f webm -y ",
    ] {
        assert!(line.contains(part), "{part} in {line}");
    }
    assert!(site.page("a/index.html").contains("type=\"video/webm\""));
}

#[test]
fn a_cover_may_be_a_video_whose_frame_is_a_picture_of_many_sizes() {
    let site = site("", CLIP);
    site.write(
        "a/settings.yaml",
        b"title: A\ncover: {name: clip.mp4, type: video}\nsections: [{type: text, text: x}]\n",
    );
    site.build();
    let front = site.page("index.html");
    assert!(front.contains("a/clip-") && front.contains(" 360w\"") && !front.contains("<video"), "{front}");
    assert!(asked(&site).is_empty(), "nothing plays, so nothing is converted");
}

#[test]
fn without_the_program_in_the_settings_there_is_one_error_at_its_key_and_skip_video_builds_the_rest() {
    let site = site("", CLIP);
    site.write("a/other.mp4", &[MP4, b"other"].concat());
    let covered = format!(
        "title: A\ncover: {{name: clip.mp4, type: video}}\nsections:\n{CLIP}{CLIP}\
         - {{type: pictures-group, images: [[1.jpg, {{name: other.mp4, type: video}}]]}}\n"
    );
    site.write("a/settings.yaml", covered.as_bytes());
    site.delete("../ffmpeg");
    let run = site.run(&["build", "--format", "short"]).exit(1);
    let errors: Vec<_> =
        run.stderr.lines().filter(|line| line.contains("error[video/no-ffmpeg]: cannot convert the video")).collect();
    assert_eq!(errors.len(), 1, "{}", run.stderr);
    assert!(errors[0].starts_with("settings.yaml:3:20: "), "{}", errors[0]);
    assert!(errors[0].contains("apt install ffmpeg") && errors[0].contains("--skip-video"), "{}", errors[0]);
    assert_eq!(site.run(&["check", "--format", "short"]).exit(1).stderr, run.stderr);

    let run = site.run(&["build", "--skip-video"]).success();
    assert!(run.stderr.contains("skipped 4 videos"), "{}", run.stderr);
    let page = site.page("a/index.html");
    assert!(!page.contains("<video") && page.contains("a.zoom") | page.contains("class=\"zoom\""), "{page}");
    assert!(site.page("index.html").contains("a/1-"), "the first photo is the cover");
    assert!(site.run(&["check", "--skip-video"]).success().stdout.starts_with("1 gallery, 1 photo, "));
}

#[test]
fn a_missing_encoder_is_an_error_at_its_key() {
    let site = site("", "- {type: bordered-picture, image: {name: clip.mp4, type: video, video: libx265}}\n");
    let run = site.run(&["check", "--format", "short"]).exit(1);
    let error = "a/settings.yaml:5:72: error[video/no-encoder]: the installed ffmpeg has no encoder `libx265`, which `video` names";
    assert!(run.stderr.contains(error), "{}", run.stderr);
}

#[test]
fn a_video_that_fails_is_one_error_and_the_others_are_made() {
    let bad = "- {type: bordered-picture, image: {name: bad.mp4, type: video}}\n";
    let site = site("", &format!("{bad}{CLIP}"));
    site.write("a/bad.mp4", &[MP4, b"bad"].concat());
    let run = site.run(&["build", "--format", "short"]).exit(1);
    let error = "a/bad.mp4: error[video/not-converted]: cannot convert the video: first line; moov atom not found";
    assert!(run.stderr.contains(error), "{}", run.stderr);
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    assert!(!site.root().join("build/index.html").exists());
    site.write("a/settings.yaml", format!("title: A\ncover: 1.jpg\nsections:\n{CLIP}").as_bytes());
    let before = asked(&site).len();
    site.build();
    assert_eq!(asked(&site).len(), before, "the good one was kept");
}

#[test]
fn a_build_that_is_asked_to_end_leaves_no_child_and_nothing_half_made() {
    let site = site("", "- {type: bordered-picture, image: {name: slow.mp4, type: video}}\n");
    site.write("a/slow.mp4", &[MP4, b"slow"].concat());
    // If the tests run in the background, they and their children may ignore some signals.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).map(str::trim);
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask, 16).ok()).unwrap_or(0);
    for (signal, number) in [("TERM", 15), ("INT", 2)] {
        if ignored & (1 << (number - 1)) != 0 {
            println!("skipped: SIG{signal} is ignored here");
            continue;
        }
        let _ = fs::remove_file(site.root().join("../pid"));
        let mut command = site.command(&["build"]);
        let mut build = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
        let pid = loop {
            match fs::read_to_string(site.root().join("../pid")) {
                Ok(pid) if pid.ends_with('\n') => break pid.trim().to_owned(),
                _ => thread::sleep(Duration::from_millis(10)),
            }
            assert!(build.try_wait().expect("a child").is_none(), "it waits for the film");
        };
        let kill = |signal: &str, pid: &str| {
            Command::new("sh").args(["-c", &format!("kill -{signal} {pid} 2>/dev/null")]).status().expect("a shell")
        };
        assert!(kill(signal, &build.id().to_string()).success());
        let status = build.wait().expect("ended");
        assert_eq!(status.code(), None, "ended by the signal, as without a film");
        assert!(!kill("0", &pid).success(), "the child is gone");
    }
    let rest = Command::new("find").arg(site.root()).args(["-name", ".cimaise-tmp-*"]).output().expect("a list");
    assert_eq!(String::from_utf8_lossy(&rest.stdout), "");
}

#[test]
fn sounds_that_browsers_play_are_copied_and_others_become_mp3() {
    let sounds = ["one.mp3", "two.wma"].map(|name| format!("- {{type: audio, image: {name}}}\n"));
    let site = site("", &sounds.concat());
    site.write("a/one.mp3", b"ID3 and so on");
    site.write("a/two.wma", b"\x30\x26\xB2\x75\x8E\x66\xCF\x11 something else");
    site.build();
    assert_eq!(asked(&site).len(), 1);
    assert!(asked(&site)[0].contains("-map 0:a:0 -c:a libmp3lame -map_metadata -1"), "{:?}", asked(&site));
    let files = published(&site, ".mp3");
    assert_eq!(files.len(), 2, "{files:?}");
    let copied = fs::read(site.root().join("build/a").join(&files[0])).expect("published");
    assert_eq!(copied, b"ID3 and so on");
    every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn a_sound_is_converted_if_its_author_asks_for_something_else() {
    let site = site("", "- {type: audio, image: one.mp3}\n");
    site.write("a/one.mp3", b"ID3 and so on");
    site.write(
        "settings.yaml",
        b"title: T\nsettings: {ffmpeg_audio: {binary: ../ffmpeg, audio: libvorbis, extension: ogg, loglevel: error}}\n",
    );
    site.build();
    assert!(asked(&site)[0].contains("-c:a libvorbis") && asked(&site)[0].contains("-f ogg"), "{:?}", asked(&site));
    assert_eq!(published(&site, ".ogg").len(), 1);
}

#[test]
fn explain_tells_of_videos_too() {
    let site = site("", CLIP);
    let run = site.run(&["build", "--explain"]).success();
    assert_eq!(run.stdout.lines().filter(|line| line.starts_with("miss a/clip-")).count(), 2, "{}", run.stdout);
    let run = site.run(&["build", "--explain"]).success();
    assert_eq!(run.stdout.lines().filter(|line| line.starts_with("hit  a/clip-")).count(), 2, "{}", run.stdout);
}

/// Returns the properties of a file by a real ffprobe: width, height, rotation, tenths of seconds, tags.
pub(crate) fn look_into(file: &Path) -> String {
    let entries =
        "stream=codec_name,width,height,pix_fmt:stream_side_data=rotation:format_tags=location:format=duration";
    let arguments = ["-v", "error", "-of", "default=nw=1", "-show_entries", entries];
    let output = Command::new("ffprobe").args(arguments).arg(file).output().expect("ffprobe runs");
    Run::new(output).success().stdout
}

pub(crate) fn ffmpeg(folder: &Path, arguments: &str) {
    let arguments = arguments.split_whitespace();
    let status = Command::new("ffmpeg").current_dir(folder).args(["-v", "error", "-y"]).args(arguments).status();
    assert!(status.expect("ffmpeg runs").success());
}

#[test]
fn a_real_ffmpeg_makes_upright_films_in_both_containers() {
    let list = Command::new("ffmpeg").args(["-v", "error", "-encoders"]).output();
    let list = list.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    if !["libx264 ", " aac ", "libvpx ", "libvorbis "].iter().all(|encoder| list.contains(encoder)) {
        println!("skipped: there is no ffmpeg here with libx264, aac, libvpx and libvorbis");
        return;
    }
    let site = SiteBuilder::new().settings(
        "a/settings.yaml",
        "title: A\ncover: {name: clip.mp4, type: video}\nsections:\n\
         - {type: full-picture, image: {name: clip.mp4, type: video}}\n\
         - {type: bordered-picture, image: {name: clip.mp4, type: video, format: webm, resolution: 100x100}}\n",
    );
    let folder = site.root().join("a");
    let source = "-f lavfi -i testsrc=size=320x180:rate=10:duration=2 -f lavfi -i sine=440:duration=2 -shortest";
    ffmpeg(&folder, &format!("{source} -pix_fmt yuv420p -c:v libx264 -c:a aac upright.mp4"));
    ffmpeg(&folder, "-i upright.mp4 -c copy -metadata:s:v rotate=90 -metadata location=+48.85+002.29/ clip.mp4");
    if !look_into(&folder.join("clip.mp4")).contains("rotation=") {
        // Versions from 6 on need another option for the rotation.
        ffmpeg(&folder, "-display_rotation 90 -i upright.mp4 -c copy -metadata location=+48.85+002.29/ clip.mp4");
    }
    assert!(look_into(&folder.join("clip.mp4")).contains("rotation="), "the source is turned");
    site.build();
    let told = |extension: &str| look_into(&site.root().join("build/a").join(&published(&site, extension)[0]));
    let (mp4, webm) = (told(".mp4"), told(".webm"));
    assert!(mp4.contains("codec_name=h264\nwidth=180\nheight=320\npix_fmt=yuv420p\n"), "{mp4}");
    assert!(webm.contains("codec_name=vp8\nwidth=56\nheight=100\n"), "{webm}");
    for film in [&mp4, &webm] {
        assert!(film.contains("duration=2.") && !film.contains("rotation") && !film.contains("location"), "{film}");
    }
    let poster = site.picture(&format!("a/{}", published(&site, "180x320.jpg")[0]));
    assert_eq!(poster.dimensions(), (180, 320));
    assert!(poster.pixels().map(|pixel| u64::from(pixel[1])).sum::<u64>() > 40 * 180 * 320, "the poster is not black");
    every_link_leads_somewhere(&site.root().join("build"));
    assert!(site.run(&["check", "--privacy"]).success().stdout.contains("a/clip.mp4: location"));
}

#[test]
fn templates_get_videos_and_pictures_of_them_in_the_sizes_that_they_ask_for() {
    let site = site("", "- {type: reel, clip: clip.mp4}\n");
    let template = "{% set film = Video.get(link, section.clip) %}\
                    <video src=\"{{ film.reencode((None, 320)) }}\" poster=\"{{ film.thumbnail((None, 320)) }}\" data-ratio=\"{{ film.ratio }}\"></video>";
    site.write("templates/sections/reel.html", template.as_bytes());
    site.build();
    let page = site.page("a/index.html");
    let film = published(&site, "180x320.mp4");
    let poster = published(&site, "180x320.jpg");
    let reel = format!("<video src=\"{}\" poster=\"{}\" data-ratio=\"0.5625\"></video>", film[0], poster[0]);
    assert!(page.contains(&reel), "{reel} in {page}");
    every_link_leads_somewhere(&site.root().join("build"));
    assert_eq!(site.build().made_and_reused().0, 0);
}

#[test]
fn films_behind_a_password_are_encrypted_with_their_posters() {
    let site = site("", CLIP);
    let settings = fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
    site.write("a/settings.yaml", format!("password: seven quiet herons\nprotect: media\n{settings}").as_bytes());
    site.build();
    let files = site.output().0;
    assert!(!files.keys().any(|path| path.starts_with("a/") && path != "a/index.html"), "{:?}", files.keys());
    let locked = files.iter().filter(|(path, _)| path.starts_with("locked/"));
    assert!(locked.clone().count() >= 4 && locked.clone().all(|(_, bytes)| bytes.starts_with(b"cimaise2")));
    assert!(!files.values().any(|bytes| bytes.windows(7).any(|seven| seven == b"film of")));
}

#[test]
fn a_film_that_an_open_page_shows_as_well_is_told() {
    let site = site("", CLIP);
    let settings = fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
    site.write("a/settings.yaml", format!("password: seven quiet herons\nprotect: media\n{settings}").as_bytes());
    let open =
        "title: B\npublic: false\nsections:\n- {type: bordered-picture, image: {name: ../a/clip.mp4, type: video}}\n";
    site.write("b/settings.yaml", open.as_bytes());
    let said = site.build().stderr;
    assert!(said.contains("`a/clip.mp4` is protected here, but a public page shows it as well"), "{said}");
}

#[test]
fn a_cover_that_moves_stands_still_in_feeds() {
    let site = site("  og: true\nurl: https://films.example\n", CLIP);
    let settings = fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
    site.write("a/settings.yaml", settings.replace("cover: 1.jpg", "cover: {name: clip.mp4, type: video}").as_bytes());
    site.build();
    let picture = published(&site, "360x640.jpg").remove(0);
    let address = format!("https://films.example/a/{picture}");
    assert!(site.page("feed.xml").contains(&address) && site.page("a/index.html").contains(&address), "{address}");
}
