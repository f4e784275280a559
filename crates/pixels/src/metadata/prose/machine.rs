//! Texts that machines wrote: texts that cameras, telephones, scanners and programs write into each of their pictures.
//!
//! Such texts have a few forms, and the forms are recognised rather than individual texts: the name of a maker with
//! words for cameras only, abbreviations of a telephone for the modes of its camera, file names, a program that names
//! itself, values of settings. A sentence that a person wrote has none of these forms, whatever its subject.

/// Complete texts without information.
const EMPTY: [&str; 36] = [
    "add a caption",
    "applemark",
    "ascii",
    "binary comment",
    "camera",
    "caption",
    "comment",
    "comments",
    "default",
    "description",
    "enter a description",
    "image",
    "image description",
    "jpeg",
    "jpg",
    "my beautiful picture",
    "n/a",
    "nil",
    "no caption",
    "no description",
    "no title",
    "none",
    "null",
    "photo",
    "photograph",
    "picture",
    "title",
    "title here",
    "undefined",
    "unicode",
    "unknown",
    "untitled",
    "untitled image",
    "untitled photo",
    "user comment",
    "user comments",
];

/// Makers of cameras, telephones and scanners whose names have no other meaning.
const MAKERS: [&str; 59] = [
    "agfa",
    "agfaphoto",
    "aiptek",
    "alcatel",
    "asus",
    "benq",
    "blackview",
    "canon",
    "canoscan",
    "casio",
    "concord",
    "digimax",
    "dji",
    "doogee",
    "epson",
    "ericsson",
    "exilim",
    "fujifilm",
    "gopro",
    "hasselblad",
    "hewlett",
    "htc",
    "huawei",
    "infinix",
    "insta360",
    "jenoptik",
    "kenox",
    "kodak",
    "konica",
    "kyocera",
    "leica",
    "lenovo",
    "lge",
    "medion",
    "meizu",
    "minolta",
    "motorola",
    "nikon",
    "olympus",
    "oneplus",
    "oppo",
    "panasonic",
    "pentax",
    "polaroid",
    "realme",
    "ricoh",
    "rollei",
    "samsung",
    "samsungs",
    "sanyo",
    "scanjet",
    "skanhex",
    "sony",
    "ulefone",
    "umidigi",
    "vivitar",
    "wiko",
    "xiaomi",
    "zte",
];

/// Words that occur beside them.
const TRADE: [&str; 50] = [
    "by",
    "camcorder",
    "camera",
    "cameras",
    "co",
    "company",
    "computer",
    "coolpix",
    "corp",
    "corporation",
    "cybershot",
    "dc",
    "digital",
    "dimage",
    "dsc",
    "dvc",
    "eastman",
    "easyshare",
    "electric",
    "electronics",
    "exif",
    "finepix",
    "hdmi",
    "image",
    "images",
    "imaging",
    "inc",
    "industrial",
    "ixus",
    "jpeg",
    "jpg",
    "ltd",
    "lumix",
    "mobile",
    "optical",
    "optio",
    "packard",
    "phone",
    "photo",
    "photosmart",
    "picture",
    "pictures",
    "powershot",
    "scanner",
    "smartphone",
    "still",
    "stillcamera",
    "technologies",
    "techwin",
    "video",
];

/// Words that telephones write for a mode of their camera, alone.
const MODES: [&str; 22] = [
    "btf", "btr", "burst", "cof", "dav", "edf", "fbt", "frem", "fshbty", "hdr", "hdrpl", "mde", "mon", "nor", "ptfbty",
    "ptr", "qrf", "rbt", "rhdr", "rpt", "sdr", "yuv",
];

/// Prefixes and suffixes of these.
const MODIFIERS: [&str; 14] =
    ["+", "_", "bhdp", "bty", "front", "hdrb", "mdn", "oz", "pl", "pt", "ptf", "soft", "vtf", "wo"];

/// Verbs with which programs describe their work.
const VERBS: [&str; 26] = [
    "captured",
    "compressed",
    "converted",
    "created",
    "developed",
    "edited",
    "enhanced",
    "exported",
    "file written",
    "filtered",
    "generated",
    "made",
    "optimised",
    "optimized",
    "photographed",
    "processed",
    "produced",
    "rendered",
    "resized",
    "retouched",
    "saved",
    "scanned",
    "shot",
    "taken",
    "uploaded",
    "written",
];

/// Programs, and telephones that name themselves as the camera, separated by `|`.
const PROGRAMS: &str = "\
    a color story|acdsee|adobe|affinity|afterlight|beautyplus|camera+|camscanner|canva|capture one|darktable|\
    digikam|dxo|exiftool|faceapp|facebook|facetune|faststone|ffmpeg|flickr|galaxy|gd-jpeg|gimp|gopro|\
    graphicsmagick|hipstamatic|honor|huawei|hugin|imagemagick|imlib|inkscape|instagram|iphone|irfanview|\
    jpeg-recompress|jpegmini|jpegoptim|libvips|lightroom|luminar|matlab|meitu|mi a|mi phone|microsoft|moto|\
    mozjpeg|nokia|oneplus|oppo|paint shop|paint.net|photo booth|photobooth|photomatix|photopea|photoprism|\
    photoscape|photoshop|picasa|picsart|pixlr|poco|polarr|prisma|ptgui|rawtherapee|realme|redmi|silverfast|\
    snapseed|squoosh|tinypng|topaz|vsco|vuescan|xiaomi|xnview";

/// Prefixes that only machines write.
const BEGINNINGS: [&str; 29] = [
    "<?xml",
    "<rdf:",
    "<x:xmpmeta",
    "[{\"",
    "acd systems",
    "adobe fireworks",
    "adobe imageready",
    "adobe lightroom",
    "adobe photoshop",
    "charset=",
    "creator: gd-jpeg",
    "cs=itu",
    "exif jpeg",
    "exif-jpeg",
    "exif_jpeg",
    "fbmd0",
    "file source:",
    "handmade software",
    "hisilicon",
    "intel(r) jpeg",
    "jfif",
    "jpeg encoder copyright",
    "lavc",
    "lead technologies",
    "metadata-start",
    "oplus_",
    "software:",
    "u-lead systems",
    "{\"",
];

/// Words for "screenshot" in several languages, as prefixes.
const SCREENS: [&str; 11] = [
    "bildschirmfoto",
    "captura de pantalla",
    "captura de tela",
    "capture d'écran",
    "schermafbeelding",
    "schermata",
    "screen capture",
    "screen shot",
    "screen-capture",
    "screencapture",
    "screenshot",
];

/// Prefixes of the file names that cameras and telephones assign.
const STEMS: [&str; 38] = [
    "_dsc", "_img", "_mg", "cimg", "dcp", "dji", "dsc", "dscf", "dscn", "dscpdc", "dvc", "epsn", "ext", "fxn", "gopr",
    "hpim", "image", "img", "imgp", "imgs", "mvc", "mvi", "mvimg", "p", "pana", "photo", "pic", "pict", "picture",
    "pxl", "r", "rimg", "s", "sam", "scan", "stp", "vid", "wp",
];

/// File name extensions.
const EXTENSIONS: [&str; 35] = [
    "arw", "avi", "avif", "bmp", "cr2", "cr3", "dng", "gif", "heic", "heif", "hif", "insp", "jfif", "jp2", "jpe",
    "jpeg", "jpg", "jxl", "mov", "mp4", "nef", "nrw", "orf", "pef", "png", "psd", "raf", "rw2", "sr2", "srf", "srw",
    "tif", "tiff", "webp", "xcf",
];

/// Length of the longest text of this kind, apart from data.
const LONGEST: usize = 120;

/// Whether a machine wrote the text.
pub(super) fn is_machine_written(text: &str) -> bool {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(|c: char| c == '"' || c == '\'' || c == '.' || c == ' ');
    if !lower.contains(char::is_alphabetic) || is_data(lower) {
        return true;
    }
    lower.chars().count() <= LONGEST
        && (EMPTY.contains(&lower)
            || is_bracketed(lower)
            || is_trade(&text)
            || is_mode(lower)
            || is_file(lower)
            || is_screen(lower)
            || is_program(lower))
}

/// Whether a text is data: serialised settings (JSON, XML, repeated `key: value;`), or packed values.
fn is_data(lower: &str) -> bool {
    let values = lower.split(';').filter(|pair| {
        let key = pair.split_once(':').map_or("", |(key, _)| key.trim());
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    });
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    let is_packed =
        lower.len() >= 20 && digits >= 4 && lower.chars().all(|c| c.is_ascii_alphanumeric() || "-_+/=".contains(c));
    BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning)) || values.count() >= 3 || is_packed
}

/// Whether a text is like `<Digimax i5, Samsung #1>`.
fn is_bracketed(lower: &str) -> bool {
    lower.starts_with('<') && lower.ends_with('>')
}

/// Whether a text consists of makers and their products. Names of models count if all letters are capitals, which people do not write.
fn is_trade(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_word = |c: char| c.is_alphanumeric();
    let words: Vec<&str> = lower.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect();
    let is_loud = !text.contains(char::is_lowercase);
    let is_model = |word: &str| is_loud && (word.contains(|c: char| c.is_ascii_digit()) || word.len() == 1);
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let named = words.iter().any(|word| MAKERS.contains(word));
    let is_camera = ["digital camera", "still camera", "stillcamera"].iter().any(|words| lower.contains(words));
    let fits =
        |word: &&str| MAKERS.contains(word) || TRADE.contains(word) || is_model(word) || (is_camera && is_number(word));
    (named || is_camera || lower == "pictures by") && words.iter().all(fits)
        // "Hewlett-Packard", "HP Photosmart" and similar texts name the make of a scanner.
        || matches!(lower.as_str(), "hp" | "iclarified" | "lg electronics")
}

/// Whether a text consists of a telephone's abbreviations for its camera settings: `oznorWO`, `sdr_HDRB`, `mde_soft`.
fn is_mode(lower: &str) -> bool {
    fn rest(text: &str, named: bool) -> bool {
        if text.is_empty() {
            return named;
        }
        let mode = MODES.iter().any(|mode| text.strip_prefix(mode).is_some_and(|after| rest(after, true)));
        mode || MODIFIERS.iter().any(|mark| text.strip_prefix(mark).is_some_and(|after| rest(after, named)))
    }
    lower.len() <= 20 && rest(lower, false)
}

/// Whether a text is a file name, with or without folders, or the stem that a camera assigns.
fn is_file(lower: &str) -> bool {
    let name = lower.rsplit(['/', '\\']).next().unwrap_or(lower);
    let named = name.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && EXTENSIONS.contains(&end));
    let is_path = lower.contains("dcim") && lower.contains(['/', '\\']) || lower.get(1..3) == Some(":\\");
    let plain = lower.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '(' | ')' | '~' | '.'));
    let stem = lower.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '_');
    let begins = lower[..lower.len() - stem.len()].trim_end_matches('_');
    let digits = stem.chars().filter(char::is_ascii_digit).count();
    let letters = stem.chars().filter(char::is_ascii_alphabetic).count();
    // After a short prefix the number must be long: `p1010001`; but `p12` may be a page.
    let enough = if begins.len() == 1 { digits >= 6 } else { digits >= 3 };
    named || is_path || (plain && STEMS.contains(&begins) && enough && letters <= 6)
}

/// Whether a text is "screenshot", followed only by its time and program.
fn is_screen(lower: &str) -> bool {
    let rest = SCREENS.iter().find_map(|screen| lower.strip_prefix(screen));
    rest.is_some_and(|rest| {
        let words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let is_date = |word: &str| {
            matches!(word, "at" | "um" | "à" | "a" | "las" | "às" | "alle" | "om" | "le" | "am" | "pm" | "h")
        };
        // `screenshot_20240501-120000_com.example.app`
        rest.starts_with(['_', '-']) || words.into_iter().all(is_date)
    })
}

/// Whether a text is like "Created with GIMP" or "Shot on OnePlus": a verb and a program.
fn is_program(lower: &str) -> bool {
    let Some(rest) = VERBS.iter().find_map(|verb| lower.strip_prefix(verb)) else { return false };
    let ways = [" with ", " by ", " using ", " on ", " in ", " from ", " via ", " through "];
    let Some(program) = ways.iter().find_map(|way| rest.strip_prefix(way)) else { return false };
    let program =
        ["the ", "a ", "an ", "my "].iter().find_map(|article| program.strip_prefix(article)).unwrap_or(program);
    PROGRAMS.split('|').any(|known| {
        let after = program.strip_prefix(known);
        after.is_some_and(|after| known.ends_with(" a") || !after.starts_with(char::is_alphabetic))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a sorted list, gaps and duplicates are easy to see.
    #[test]
    fn all_lists_are_sorted() {
        let lists: [&[&str]; 10] =
            [&EMPTY, &MAKERS, &TRADE, &MODES, &MODIFIERS, &VERBS, &BEGINNINGS, &SCREENS, &STEMS, &EXTENSIONS];
        let programs: Vec<&str> = PROGRAMS.split('|').collect();
        for list in lists.into_iter().chain([&programs[..]]) {
            let wrong = list.windows(2).find(|pair| pair[0] >= pair[1]);
            assert_eq!(wrong, None);
        }
    }
}
