//! Memory that a build needs.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use crate::support::SiteBuilder;
use crate::support::picture::seeded;

/// Returns the largest resident memory of the process, in MiB, sampled until it ends.
fn peak(site: &SiteBuilder, args: &[&str]) -> u64 {
    let mut child = site.command(args).spawn().expect("the program");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("a child").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        peak = line.and_then(|number| number.parse().ok()).unwrap_or(0).max(peak);
        sleep(Duration::from_millis(2));
    }
    assert!(child.wait().expect("a child").success());
    peak / 1024
}

#[test]
fn what_threads_are_done_with_does_not_count() {
    let photo = seeded(5000, 3504, 1).encode("jpg");
    let names: Vec<String> = (1..=12).map(|number| format!("{number}.jpg")).collect();
    let list: String = names.iter().map(|name| format!("    - {name}\n")).collect();
    let settings =
        format!("title: A\ndate: 2024-05-01\ncover: 1.jpg\nsections:\n- type: pictures-group\n  images:\n  -\n{list}");
    let site = SiteBuilder::new().settings("a/settings.yaml", &settings);
    for name in &names {
        // The same picture with another comment is another photo.
        let comment = [&[0xFF, 0xFE, 0, 2 + name.len() as u8], name.as_bytes()].concat();
        site.write(&format!("a/{name}"), &[&photo[..2], &comment, &photo[2..]].concat());
    }
    // Each of four threads would keep the memory of its largest photo, if the allocator were not configured otherwise.
    let peak = peak(&site, &["build", "-q", "-j4", "--memory", "96m"]);
    assert!((16..=96).contains(&peak), "{peak} MiB");
}

/// Returns a site with files that are published unchanged, of `mebibytes` MiB each: one of no known format, and pictures and a video
/// followed by zeros. They are sparse, so they take no space on the disk.
fn with_long_files(mebibytes: u64) -> SiteBuilder {
    let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(60, 40, 1))]);
    let film = [&b"\0\0\0\x0Cftypmp42\0\0\0\x01mdat"[..], &(mebibytes << 20).to_be_bytes()].concat();
    let heads: [(&str, &[u8]); 5] = [
        ("1.zip", b"PK\x03\x04"),
        ("2.zip", b"PK\x03\x04"),
        ("3.jpg", b"\xFF\xD8\xFF\xDA\0\x04no\x11"),
        ("4.png", b"\x89PNG\r\n\x1A\n\x7F\xFF\xFF\xFFIDAT"),
        ("5.mp4", &film),
    ];
    for (name, head) in heads {
        let path = format!("static/{name}");
        site.write(&path, head);
        let file = fs::OpenOptions::new().write(true).open(site.root().join(path)).expect("opened");
        file.set_len(mebibytes << 20).expect("lengthened");
    }
    site
}

#[test]
fn files_that_are_published_as_they_are_stay_within_the_memory() {
    let site = with_long_files(80);
    let peak_of_check = peak(&site, &["check", "-q"]);
    assert!((8..=80).contains(&peak_of_check), "{peak_of_check} MiB");
    let peak = peak(&site, &["build", "-q", "-j4", "--memory", "56m"]);
    assert!((8..=56).contains(&peak), "{peak} MiB");
}

#[test]
fn what_is_in_the_output_is_looked_into_within_the_memory() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(60, 40, 1))]);
    site.build();
    for number in 0..4 {
        let path = format!("build/{number}.jpg");
        site.write(&path, b"\xFF\xD8\xFF\xDA\0\x04no\x11");
        let file = fs::OpenOptions::new().write(true).open(site.root().join(path)).expect("opened");
        file.set_len(80 << 20).expect("lengthened");
    }
    let peak = peak(&site, &["check", "-q", "--privacy"]);
    assert!((8..=100).contains(&peak), "{peak} MiB");
}
