//! Texts that machines wrote: texts that cameras, telephones, scanners and programs write into each of their pictures.
//!
//! Such texts have a few forms, and the forms are recognised rather than individual texts: the name of a maker with
//! words for cameras only, abbreviations of a telephone for the modes of its camera, file names, a program that names
//! itself, values of settings. A sentence that a person wrote has none of these forms, whatever its subject.

/// Complete texts without information.
const EMPTY: [&str; 28] = [
    "default",
    "untitled",
    "untitled image",
    "untitled photo",
    "unknown",
    "none",
    "null",
    "nil",
    "n/a",
    "undefined",
    "no description",
    "no title",
    "no caption",
    "description",
    "caption",
    "title",
    "image description",
    "image",
    "picture",
    "photo",
    "photograph",
    "my beautiful picture",
    "binary comment",
    "ascii",
    "unicode",
    "jpeg",
    "jpg",
    "applemark",
];

/// Makers of cameras, telephones and scanners whose names have no other meaning.
const MAKERS: [&str; 42] = [
    "agfa",
    "agfaphoto",
    "aiptek",
    "benq",
    "canon",
    "casio",
    "concord",
    "digimax",
    "dji",
    "epson",
    "exilim",
    "fujifilm",
    "gopro",
    "hasselblad",
    "hewlett",
    "htc",
    "huawei",
    "insta360",
    "kenox",
    "kodak",
    "konica",
    "kyocera",
    "leica",
    "lge",
    "minolta",
    "motorola",
    "nikon",
    "oneplus",
    "oppo",
    "olympus",
    "panasonic",
    "pentax",
    "polaroid",
    "realme",
    "ricoh",
    "rollei",
    "samsung",
    "samsungs",
    "sanyo",
    "sony",
    "vivitar",
    "xiaomi",
];

/// Words that occur beside them.
const TRADE: [&str; 48] = [
    "camera",
    "cameras",
    "camcorder",
    "digital",
    "still",
    "dsc",
    "dvc",
    "hdmi",
    "image",
    "images",
    "imaging",
    "jpeg",
    "jpg",
    "mobile",
    "phone",
    "photo",
    "picture",
    "pictures",
    "scanner",
    "smartphone",
    "video",
    "company",
    "co",
    "computer",
    "corp",
    "corporation",
    "electric",
    "electronics",
    "eastman",
    "inc",
    "industrial",
    "ltd",
    "optical",
    "packard",
    "techwin",
    "technologies",
    "exif",
    "by",
    "coolpix",
    "cybershot",
    "dimage",
    "easyshare",
    "finepix",
    "ixus",
    "lumix",
    "optio",
    "photosmart",
    "powershot",
];

/// Words that telephones write for a mode of their camera, alone.
const MODES: [&str; 20] = [
    "burst", "btf", "btr", "cof", "dav", "edf", "fbt", "frem", "fshbty", "hdr", "hdrpl", "mde", "nor", "ptr", "qrf",
    "rbt", "rhdr", "rpt", "sdr", "yuv",
];

/// Prefixes and suffixes of these.
const MODIFIERS: [&str; 14] =
    ["bhdp", "bty", "front", "hdrb", "mdn", "oz", "pl", "ptf", "soft", "vtf", "wo", "pt", "_", "+"];

/// Verbs with which programs describe their work.
const VERBS: [&str; 24] = [
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
    "processed",
    "produced",
    "retouched",
    "saved",
    "scanned",
    "shot",
    "taken",
    "uploaded",
    "photographed",
    "written",
];

/// Programs, and telephones that name themselves as the camera, separated by `|`.
const PROGRAMS: &str = "\
    a color story|acdsee|adobe|affinity|afterlight|beautyplus|camera+|camscanner|canva|capture one|\
    darktable|digikam|dxo|faceapp|facebook|facetune|faststone|flickr|galaxy|gd-jpeg|gimp|gopro|\
    graphicsmagick|hipstamatic|honor|huawei|imagemagick|imlib|instagram|iphone|irfanview|jpegmini|\
    jpegoptim|lightroom|luminar|meitu|microsoft|mi a|mi phone|moto|nokia|oneplus|oppo|paint.net|\
    paint shop|photobooth|photo booth|photopea|photoscape|photoshop|picasa|picsart|pixlr|poco|polarr|\
    prisma|rawtherapee|realme|redmi|silverfast|snapseed|vsco|vuescan|xiaomi";

/// Prefixes that only machines write.
const BEGINNINGS: [&str; 19] = [
    "charset=",
    "creator: gd-jpeg",
    "lavc",
    "lead technologies",
    "intel(r) jpeg",
    "acd systems",
    "fbmd0",
    "{\"",
    "[{\"",
    "<?xml",
    "<x:xmpmeta",
    "<rdf:",
    "exif_jpeg",
    "exif jpeg",
    "exif-jpeg",
    "jfif",
    "file source:",
    "u-lead systems",
    "handmade software",
];

/// Words for "screenshot" in several languages, as prefixes.
const SCREENS: [&str; 11] = [
    "screenshot",
    "screen shot",
    "screen capture",
    "screen-capture",
    "screencapture",
    "bildschirmfoto",
    "capture d'écran",
    "captura de pantalla",
    "captura de tela",
    "schermata",
    "schermafbeelding",
];

/// Prefixes of the file names that cameras and telephones assign.
const STEMS: [&str; 38] = [
    "_dsc", "_img", "_mg", "cimg", "dcp", "dji", "dsc", "dscf", "dscn", "dscpdc", "dvc", "epsn", "ext", "fxn", "gopr",
    "hpim", "image", "img", "imgp", "imgs", "mvc", "mvi", "mvimg", "p", "pana", "photo", "pic", "picture", "pict",
    "pxl", "r", "rimg", "s", "sam", "stp", "vid", "wp", "scan",
];

/// File name extensions.
const EXTENSIONS: [&str; 35] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "avif", "heic", "heif", "hif", "tif", "tiff", "bmp", "jxl",
    "jp2", "dng", "cr2", "cr3", "nef", "nrw", "arw", "srf", "sr2", "orf", "rw2", "raf", "pef", "srw", "psd", "xcf",
    "mp4", "mov", "avi", "insp",
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
    let is_camera = lower.contains("digital camera") || lower.contains("still camera");
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
