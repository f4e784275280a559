//! The order of photos: by instant or by clock, by names that hold times, and by names as people count.

use super::*;
use crate::support::Metadata;

/// Tag of the offset of the capture time.
const OFFSET: u16 = 0x9011;
const TIME: u16 = 0x9003;

fn with_offset(seed: u32, time: &str, offset: Option<&str>) -> Picture {
    let exif = Metadata::exif().shot(TIME, format!("{time}\0").as_bytes());
    let exif = offset.iter().fold(exif, |exif, offset| exif.shot(OFFSET, format!("{offset}\0").as_bytes()));
    seeded(64, 48, seed).metadata(exif)
}

/// Returns the photos of a story that `autogen` writes.
fn story(site: &SiteBuilder, names: &[&str]) -> Vec<String> {
    for name in names {
        // Copies and clones have one date.
        let file = fs::File::options().write(true).open(site.root().join("a").join(name)).expect("there");
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
        file.set_modified(time).expect("a date");
    }
    site.run(&["autogen", "-d", "a"]).success();
    let text = fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
    let sections = text.split("sections:").nth(1).expect("sections").to_owned();
    let mut found: Vec<&str> = names.to_vec();
    let at = |name: &&str| sections.find(&format!("{name},")).or_else(|| sections.find(&format!("{name}]")));
    found.sort_by_key(|name| at(name).unwrap_or_else(|| panic!("{name}: {sections}")));
    found.into_iter().map(str::to_owned).collect()
}

fn gallery(photos: &[(&str, Picture)]) -> Vec<String> {
    let site = SiteBuilder::new().settings("a/settings.yaml", "title: A\n");
    let site = photos.iter().fold(site, |site, (name, picture)| site.photo(&format!("a/{name}"), picture.clone()));
    story(&site, &photos.iter().map(|(name, _)| *name).collect::<Vec<_>>())
}

#[test]
fn photos_of_two_clocks_are_sorted_by_instant_if_all_offsets_are_known() {
    let photos = |camera: Option<&str>| {
        gallery(&[
            ("phone.jpg", with_offset(1, "2024:05:01 12:30:00", Some("+02:00"))),
            ("camera.jpg", with_offset(2, "2024:05:01 10:45:00", camera)),
            ("tablet.jpg", with_offset(3, "2024:05:01 05:35:00", Some("-05:00"))),
        ])
    };
    assert_eq!(photos(Some("+00:00")), ["phone.jpg", "tablet.jpg", "camera.jpg"]);
    assert_eq!(photos(Some("+01:00")), ["camera.jpg", "phone.jpg", "tablet.jpg"]);
    assert_eq!(photos(None), ["tablet.jpg", "camera.jpg", "phone.jpg"]);
}

#[test]
fn photos_of_one_second_are_sorted_as_people_count() {
    let burst = |(seed, name)| (name, taken(seed, "2024:05:01 10:00:00"));
    let names = [(1, "IMG_2 (1).jpg"), (2, "IMG_10.jpg"), (3, "IMG_2.jpg"), (4, "IMG_1.jpg"), (5, "img_9.jpg")];
    assert_eq!(gallery(&names.map(burst)), ["IMG_1.jpg", "IMG_2.jpg", "IMG_2 (1).jpg", "img_9.jpg", "IMG_10.jpg"]);
    let scan = |(seed, name)| (name, seeded(64, 48, seed));
    let names = [(1, "scan100.png"), (2, "scan20.png"), (3, "scan3.png")];
    assert_eq!(gallery(&names.map(scan)), ["scan3.png", "scan20.png", "scan100.png"]);
}

#[test]
fn names_date_photos_that_do_not_date_themselves() {
    let photos = [
        ("IMG-20200104-WA0010.jpg", seeded(64, 48, 1)),
        ("IMG-20200104-WA0002.jpg", seeded(64, 48, 2)),
        ("Screenshot 2020-01-02 at 3.00.00 PM.jpg", seeded(64, 48, 3)),
        ("PXL_20200102_145900123.jpg", seeded(64, 48, 4)),
        ("z.jpg", taken(5, "2020:01:03 10:00:00")),
    ];
    let expected = [
        "PXL_20200102_145900123.jpg",
        "Screenshot 2020-01-02 at 3.00.00 PM.jpg",
        "z.jpg",
        "IMG-20200104-WA0002.jpg",
        "IMG-20200104-WA0010.jpg",
    ];
    assert_eq!(gallery(&photos), expected);
}

#[test]
fn sync_by_time_compares_instants_too() {
    let site = SiteBuilder::new()
        .settings("a/settings.yaml", "title: A\n")
        .photo("a/1.jpg", with_offset(1, "2024:05:01 12:30:00", Some("+02:00")))
        .photo("a/3.jpg", with_offset(3, "2024:05:01 11:00:00", Some("+00:00")));
    site.run(&["autogen", "-d", "a"]).success();
    let site = site.photo("a/2.jpg", with_offset(2, "2024:05:01 10:45:00", Some("+00:00")));
    site.run(&["sync", "-d", "a", "--by-time"]).success();
    let text = fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
    let at = |name: &str| text.rfind(name).expect("there");
    assert!(at("1.jpg") < at("2.jpg") && (at("2.jpg") < at("3.jpg") || text.contains("[1.jpg, 3.jpg]")), "{text}");
}
