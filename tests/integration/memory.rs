//! How much memory a build takes.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use crate::support::SiteBuilder;
use crate::support::picture::seeded;

/// What the process held at most, in MiB, told again and again until it ends.
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
    // Each of four threads keeps what its largest photo took, unless its allocator is told otherwise.
    let peak = peak(&site, &["build", "-q", "-j4", "--memory", "96m"]);
    assert!((16..=96).contains(&peak), "{peak} MiB");
}
