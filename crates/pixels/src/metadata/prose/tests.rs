use proptest::prelude::*;

use super::{is_machine_written, is_personal};

#[test]
fn what_machines_write_is_recognised() {
    let texts = [
        "OLYMPUS DIGITAL CAMERA",
        "MINOLTA DIGITAL CAMERA",
        "KONICA MINOLTA DIGITAL CAMERA",
        "KONICA MINOLTA DiMAGE",
        "SONY DSC",
        "SAMSUNG",
        "SAMSUNG CAMERA PICTURES",
        "Samsung",
        "PENTAX Image",
        "CASIO COMPUTER CO.,LTD",
        "KODAK Digital Still Camera",
        "Digital StillCamera",
        "Camera",
        "ptfbty",
        "Digital Camera",
        "SANYO DIGITAL CAMERA",
        "NIKON D70",
        "Hewlett-Packard",
        "<KENOX S630  / Samsung S630>",
        "<Digimax i5, Samsung #1>",
        "Exif_JPEG_PICTURE",
        "Exif JPEG",
        "EXIF_JPEG_T422",
        "default",
        "Untitled",
        "  jpeg ",
        "My beautiful picture",
        "n/a",
        "image",
        "charset=Ascii",
        "binary comment",
        "cof",
        "hdr",
        "rbt",
        "btfmdn",
        "oznorWO",
        "sdr_HDRB",
        "mde_soft",
        "burst",
        "rpt",
        "qrf",
        "hdrpl",
        "rhdr",
        "ozedf",
        "frontbhdp_cof",
        "fbthdr",
        "DCIM\\100MEDIA\\DJI_0001.JPG",
        "DCIM/101APPLE/IMG_0001.HEIC",
        "C:\\Users\\ann\\x",
        "IMG_1234.jpg",
        "holiday 1.jpeg",
        "IMG_20240501_120000",
        "DSC01234",
        "DSCF0001",
        "_MG_1234",
        "P1010001",
        "PXL_20240501_101112123.MP",
        "MVIMG_20200101_111111",
        "IMG-20200101-WA0001",
        "Photo-0012",
        "1984",
        "2024-05-01",
        "- - -",
        "Created with GIMP",
        "Created with The GIMP on a Mac",
        "Created by Imlib",
        "Processed with VSCO",
        "Processed with VSCO with a6 preset",
        "Edited with Snapseed.",
        "Shot on OnePlus",
        "SHOT ON MI A1",
        "Taken with iPhone",
        "File written by Adobe Photoshop\u{a8} 4.0",
        "Uploaded with Flickr",
        "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90",
        "LEAD Technologies Inc. V1.01",
        // User comments and JPEG comments of telephones and programs.
        "oplus_32",
        "oplus_1048864",
        "Hisilicon K3",
        "METADATA-START",
        "CS=ITU601",
        "JPEG Encoder Copyright 1998, James R. Weeks and BioElectroMech.",
        "Software: Microsoft Office",
        "Adobe ImageReady",
        "Compressed by jpeg-recompress",
        "Optimized by JPEGmini 3.14.2.84235 0x5a7c1d3e",
        "Resized with ImageMagick",
        "User comments",
        "JENOPTIK DIGITAL CAMERA",
        "Sony Ericsson",
        "ZTE",
        "mon",
        "btfhdr",
        "Lavc58.54.100",
        "Screenshot",
        "Screenshot 2024-05-01 at 10.11.12 AM",
        "Screenshot_20240501-101112_Maps",
        "Bildschirmfoto 2024-05-01 um 10.11.12",
        "filter: 0; fileterIntensity: 0.0; filterMask: 0; module: photo;",
        "{\"mirror\":false}",
        "FBMD01000a860100000c",
        "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    ];
    assert_eq!(texts.iter().filter(|text| !is_machine_written(text)).collect::<Vec<_>>(), <Vec<&&str>>::new());
}

#[test]
fn what_people_write_is_not_taken_for_a_machine_s() {
    let texts = [
        "Portrait of Eva, 1984",
        "A sea",
        "Sea",
        "mer",
        "Krk",
        "vrt",
        "Burst of colour",
        "Front",
        "Nor was it cold",
        "My first digital camera",
        "A Canon on a tripod",
        "The Kodak building, Rochester",
        "Leica M6",
        "Apple",
        "Honor",
        "Fuji at dawn",
        "Mon ami",
        "HDR panorama of the bay",
        "Edfu",
        "Screenshot of the new app",
        "Made by hand",
        "Created by Ann for the fair",
        "Shot by Robert Capa",
        "Shot on Kodak Portra 400",
        "Taken on the way to Rome",
        "Taken by my father",
        "Scanned by Eva from the negative",
        "Untitled no. 5 by Rothko",
        "Image of a saint",
        "P12",
        "Room 101",
        "Page 12",
        "Default judgement",
        "Photo 51",
        "Motorway",
        "Made in Italy",
        "Heinrichshütte – Été",
        "Mountains: Eiger; Mönch; Jungfrau",
        "Ein Bild",
        "写真",
        "Made with love",
        "Edited in a hurry",
        "R 66",
        "Captured in a moment of calm",
        "Nikon D70 and its lens",
        "s",
        "Developed with Rodinal",
        "Mon jardin",
        "Software and hardware at the fair",
        "Adobe houses in Santa Fe",
        "Comments on a painting",
        "Resized by the tailor",
        "Medion on the shelf",
    ];
    assert_eq!(texts.iter().filter(|text| is_machine_written(text)).collect::<Vec<_>>(), <Vec<&&str>>::new());
}

#[test]
fn coordinates_are_personal_in_every_notation() {
    let texts = [
        "47.3769, 8.5417",
        "47.3769,8.5417",
        "(47.377 / 8.542)",
        "47,3769; 8,5417",
        "8.5417 47.3769",
        "-33.8688 151.2093",
        "At home: 47.3769 N 8.5417 E",
        "47.3769° N",
        "47.3769N",
        "N 47.3769°",
        "46°30'N",
        "46° 30' 15\" N, 8° 20' 10\" E",
        "46º30′N",
        "46°30.5'",
        "46° N",
        "46 30 15 N 8 20 10 E",
        "N46 30.123 E8 20.456",
        "N 46 30.123 O 8 20.456",
        "+47.3769+008.5417/",
        "geo:47.3,8.5",
        "see geo:-33.8,151.2",
        "lat 47.37 lon 8.54",
        "Latitude: 47.37",
        "GPS 47.37 / 8.54",
        "https://maps.google.com/?q=home",
        "https://www.google.ch/maps/@47,8,15z",
        "goo.gl/maps/abc",
        "https://www.openstreetmap.org/node/1",
        "https://maps.apple.com/?ll=1,2",
        "https://what3words.com/a.b.c",
        "8FVC9G8F+6X",
        "9G8F+6X Zürich",
        "32T LT 12345 67890",
        "４７．３７６９，８．５４１７",
        "٤٧.٣٧٦٩, ٨.٥٤١٧",
        "47.3769\u{a0}\u{2013}\u{a0}8.5417",
    ];
    assert_eq!(texts.iter().filter(|text| !is_personal(text)).collect::<Vec<_>>(), <Vec<&&str>>::new());
}

#[test]
fn telephone_numbers_and_e_mail_addresses_are_personal() {
    let texts = [
        "+33 6 12 34 56 78",
        "+33612345678",
        "+33 (0)6 12 34 56 78",
        "(+41) 44 123 45 67",
        "0041 44 123 45 67",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "0612345678",
        "044 123 45 67",
        "(030) 123 45 67",
        "079/123 45 67",
        "020 7946 0958",
        "(555) 234-5678",
        "555-234-5678",
        "555.234.5678",
        "1-800-555-0199 ",
        "612 345 678",
        "91 234 56 78",
        "12 34 56 78",
        "Tel. 123456",
        "tel: 12 34 56",
        "call 555-0199 now, or 555 0199",
        "WhatsApp 123 456 78",
        "Eva, 1984, +49 30 1234567",
        "ann@example.org",
        "<ann.b+c@mail.example.co.uk>",
        "ann (at) example.org",
        "ann[at]example[dot]org",
        "mailto:ann@example.org",
        "ａｎｎ＠example.org",
        "ann@bücher.example",
    ];
    assert_eq!(texts.iter().filter(|text| !is_personal(text)).collect::<Vec<_>>(), <Vec<&&str>>::new());
}

#[test]
fn years_sizes_and_numbers_of_roads_are_not_personal() {
    let texts = [
        "Portrait of Eva, 1984",
        "Route 66, 2024-05-01",
        "Route 66",
        "2024-05-01 12:30:15",
        "01.05.2024",
        "01-02-2003 10:30",
        "07/08/2019 - 09/08/2019",
        "1914-1918 1939-1945",
        "© 2019-2024 Ann",
        "f/2.8, 1/250 s, ISO 100",
        "0.125 s",
        "24-70 mm",
        "1920x1080",
        "10 000 000 people",
        "150 000 000 km",
        "750 000 000 km",
        "1,200 to 1,500 metres",
        "ISO 100 200 400 800",
        "-5 °C",
        "30° C",
        "360° panorama",
        "A turn of 90°",
        "20°-30° in the shade",
        "20:17:40 UTC, 1969-07-20",
        "ISBN 978-3-16-148410-0",
        "IMG_0612345678",
        "Apollo 11",
        "3.14159",
        "5 x 7",
        "Boeing 747-400",
        "Flight 1234 to 5678",
        "12.50, 8.90",
        "@ann at the sea",
        "Rock@Park.2019",
        "me @ the beach",
        "50% + 20%",
        "1+1",
        "The map of Europe",
        "Row N 12, seat E 14",
        "007",
        "a 3.5 and a 4.5",
        "No. 5 at 10 o'clock",
        "Section 8, 47 houses",
        "Lot 12/345",
        "Version 10.0.19041.1",
        "A century: 1900 1950 2000",
        "Rue de Rivoli 99, 75001 Paris",
        "8-9 May 1945",
        "1 234 567 890",
        "Sur l'eau",
        "L'Est",
        "46 houses N of here",
        "At 20° it snowed",
    ];
    assert_eq!(texts.iter().filter(|text| is_personal(text)).collect::<Vec<_>>(), <Vec<&&str>>::new());
}

proptest! {
    #[test]
    fn any_text_is_judged(text in any::<String>(), odd in "[0-9+@.,°'NSEWO ()/:-]{0,40}") {
        for text in [&text, &odd] {
            let _ = (is_machine_written(text), is_personal(text));
        }
    }

    #[test]
    fn coordinates_are_found_wherever_they_stand(
        lat in -89.0..89.0f64, lon in -179.0..179.0f64, before in "([A-Za-z]{3,8} ){0,3}", after in "( [A-Za-z]{3,8}){0,3}",
    ) {
        let (ns, ew) = (if lat < 0.0 { 'S' } else { 'N' }, if lon < 0.0 { 'W' } else { 'E' });
        let (a, o) = (lat.abs(), lon.abs());
        let minutes = |value: f64| format!("{}°{:.2}'", value.trunc(), value.fract() * 59.0);
        for text in [
            format!("{lat:.4}, {lon:.4}"),
            format!("{lat:.5} {lon:.5}"),
            format!("{a:.4}° {ns}, {o:.4}° {ew}"),
            format!("{a:.4}{ns} {o:.4}{ew}"),
            format!("{} {ns} {} {ew}", minutes(a), minutes(o)),
            format!("geo:{lat:.3},{lon:.3}"),
            format!("{lat:.4}, {lon:.4}").replace('.', ",").replace(", ", "; "),
        ] {
            prop_assert!(is_personal(&format!("{before}{text}{after}")), "{before}{text}{after}");
        }
    }

    #[test]
    fn addresses_are_found_wherever_they_stand(
        local in "[a-z][a-z0-9.]{0,8}[a-z]", host in "[a-z]{2,9}", top in "[a-z]{2,6}", before in "([A-Za-z]{3,8} ){0,3}",
        country in 1u32..99, number in 100_000_000u64..999_999_999,
    ) {
        let digits = number.to_string();
        let (a, b, c) = (&digits[..3], &digits[3..6], &digits[6..]);
        for text in [
            format!("{local}@{host}.{top}"),
            format!("{local} (at) {host}.{top}"),
            format!("+{country} {a} {b} {c}"),
            format!("+{country}{number}"),
            format!("00{country} {a} {b} {c}"),
            format!("0{number}"),
            format!("tel {number}"),
        ] {
            prop_assert!(is_personal(&format!("{before}{text}")), "{before}{text}");
        }
    }

    #[test]
    fn words_and_years_are_nobody_s_address(text in "([A-Z]?[a-zéüß]{1,9}[,.;]? ){1,12}", year in 1800u32..2100) {
        prop_assert!(!is_personal(&text), "{}", text);
        let dated = format!("{text}{year}");
        prop_assert!(!is_personal(&dated), "{dated}");
    }
}
