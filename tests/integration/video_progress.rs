//! Termination of ffmpeg: a program that makes no progress does not block a build.

use std::fs;
use std::process::Command;

use crate::support::SiteBuilder;
use crate::videos::{CLIP, FFMPEG, program, site};

/// Returns a site whose ffmpeg may be idle for a second.
fn impatient(sections: &str) -> SiteBuilder {
    let site = site("", sections);
    let settings = fs::read_to_string(site.root().join("settings.yaml")).expect("there");
    let settings = settings.replace("ffmpeg: {binary: ../ffmpeg}", "ffmpeg: {binary: ../ffmpeg, timeout: 1}");
    site.write("settings.yaml", settings.as_bytes());
    site
}

/// Returns an ffmpeg that runs this script instead of making a video.
fn instead(script: &str) -> String {
    FFMPEG.replacen("printf 'out_time_us", &format!("{script}\nprintf 'out_time_us"), 1)
}

fn leftovers(site: &SiteBuilder) -> String {
    let find = Command::new("find").arg(site.root()).args(["-name", ".cimaise-tmp-*"]).output().expect("a list");
    String::from_utf8_lossy(&find.stdout).into_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn an_ffmpeg_that_makes_no_progress_is_ended_with_an_error_that_names_the_file() {
    let site = impatient(CLIP);
    program(&site, "ffmpeg", &instead("printf half > \"${last#file:}\"; echo out_time_us=1000; sleep 600"));
    let run = site.run(&["build", "--format", "short"]).exit(1);
    let error = "a/clip.mp4: error[video/not-converted]: cannot convert the video: `ffmpeg` made no progress for 1 s; \
                 check that the file plays; for a slow disk or machine, raise `settings.ffmpeg.timeout`";
    assert!(run.stderr.contains(error), "{}", run.stderr);
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    assert_eq!(leftovers(&site), "");
}

#[cfg(target_os = "linux")]
#[test]
fn neither_probe_nor_frame_nor_list_of_encoders_can_hang() {
    for (name, script, error) in [
        (
            "ffprobe",
            "sleep 600".to_owned(),
            "a/clip.mp4: error[video/not-converted]: cannot inspect the video: `ffprobe` made no progress for 1 s",
        ),
        (
            "ffmpeg",
            FFMPEG.replace("cat \"$here/frame.bmp\"", "sleep 600"),
            "a/clip.mp4: error[video/not-converted]: cannot convert the video: `ffmpeg` made no",
        ),
        ("ffmpeg", "sleep 600".to_owned(), "error[video/no-ffmpeg]: cannot convert the video: `"),
    ] {
        let site = impatient(CLIP);
        program(&site, name, &script);
        let run = site.run(&["build", "--format", "short"]).exit(1);
        assert!(run.stderr.contains(error) && run.stderr.contains("made no progress for 1 s"), "{}", run.stderr);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_sound_that_makes_no_progress_is_ended_as_well() {
    let site = impatient("- {type: audio, image: two.wma}\n");
    site.write("a/two.wma", b"\x30\x26\xB2\x75\x8E\x66\xCF\x11 something");
    program(&site, "ffmpeg", &instead("sleep 600"));
    let run = site.run(&["build", "--format", "short"]).exit(1);
    let error = "a/two.wma: error[sound/not-converted]: cannot convert the sound: `ffmpeg` made no progress for 1 s";
    assert!(run.stderr.contains(error), "{}", run.stderr);
}

#[test]
fn a_slow_ffmpeg_is_not_ended_while_it_computes_or_writes() {
    // Each lasts three times as long as the time limit without progress.
    let computes = "end=$(($(date +%s) + 3)); while [ $(date +%s) -lt $end ]; do :; done";
    let writes = "for part in 1 2 3 4 5 6 7 8; do echo $part >> \"${last#file:}\"; sleep 0.4; done";
    let advances = "for part in 1 2 3 4 5 6 7 8; do echo out_time_us=${part}00000; sleep 0.4; done";
    for script in [computes, writes, advances] {
        let site = impatient(CLIP);
        program(&site, "ffmpeg", &instead(script));
        site.build();
    }
}

#[test]
fn what_a_probe_prints_without_end_is_cut() {
    let site = site("", CLIP);
    program(
        &site,
        "ffprobe",
        "while :; do echo '{\"streams\": [{\"tags\": {\"title\": \"long and longer and longer\"'; done",
    );
    let run = site.run(&["build", "--format", "short"]).exit(1);
    let error = "a/clip.mp4: error[video/not-converted]: cannot inspect the video: it printed more than expected";
    assert!(run.stderr.contains(error), "{}", run.stderr);
}
