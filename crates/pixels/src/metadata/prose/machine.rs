//! Whether a machine wrote a text: what cameras, telephones, scanners and programs put into each of their pictures.
//!
//! Texts of this kind are met in a few forms, and the forms are looked for rather than each text: the name of a maker with nothing
//! but words for cameras, letters that a telephone puts together for the modes of its camera, names of files, a program that names
//! itself, values of settings. A sentence that a person wrote is none of these, whatever it is about.

/// Texts that say nothing, as a whole.
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

/// Makers of cameras, telephones and scanners whose name is no other word.
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

/// What stands beside them.
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

/// What telephones write for a mode of their camera, alone.
const MODES: [&str; 20] = [
    "burst", "btf", "btr", "cof", "dav", "edf", "fbt", "frem", "fshbty", "hdr", "hdrpl", "mde", "nor", "ptr", "qrf",
    "rbt", "rhdr", "rpt", "sdr", "yuv",
];

/// What they put before or behind it.
const MODIFIERS: [&str; 14] =
    ["bhdp", "bty", "front", "hdrb", "mdn", "oz", "pl", "ptf", "soft", "vtf", "wo", "pt", "_", "+"];

/// What a program says that it did.
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

/// Programs, and the telephones that say that they took a picture, with `|` between them.
const PROGRAMS: &str = "\
    a color story|acdsee|adobe|affinity|afterlight|beautyplus|camera+|camscanner|canva|capture one|\
    darktable|digikam|dxo|faceapp|facebook|facetune|faststone|flickr|galaxy|gd-jpeg|gimp|gopro|\
    graphicsmagick|hipstamatic|honor|huawei|imagemagick|imlib|instagram|iphone|irfanview|jpegmini|\
    jpegoptim|lightroom|luminar|meitu|microsoft|mi a|mi phone|moto|nokia|oneplus|oppo|paint.net|\
    paint shop|photobooth|photo booth|photopea|photoscape|photoshop|picasa|picsart|pixlr|poco|polarr|\
    prisma|rawtherapee|realme|redmi|silverfast|snapseed|vsco|vuescan|xiaomi";

/// Beginnings that only machines write.
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

/// Beginnings of what is called "screenshot" in the world.
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

/// Beginnings of the names that cameras and telephones give to files.
const STEMS: [&str; 38] = [
    "_dsc", "_img", "_mg", "cimg", "dcp", "dji", "dsc", "dscf", "dscn", "dscpdc", "dvc", "epsn", "ext", "fxn", "gopr",
    "hpim", "image", "img", "imgp", "imgs", "mvc", "mvi", "mvimg", "p", "pana", "photo", "pic", "picture", "pict",
    "pxl", "r", "rimg", "s", "sam", "stp", "vid", "wp", "scan",
];

/// Ends of names of files.
const EXTENSIONS: [&str; 35] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "avif", "heic", "heif", "hif", "tif", "tiff", "bmp", "jxl",
    "jp2", "dng", "cr2", "cr3", "nef", "nrw", "arw", "srf", "sr2", "orf", "rw2", "raf", "pef", "srw", "psd", "xcf",
    "mp4", "mov", "avi", "insp",
];

/// No text of this kind is longer, but for data.
const LONGEST: usize = 120;

/// Whether a machine wrote it.
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

/// Values of settings, serialised: JSON, XML, `key: value;` again and again, or what is packed.
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

/// `<Digimax i5, Samsung #1>`.
fn is_bracketed(lower: &str) -> bool {
    lower.starts_with('<') && lower.ends_with('>')
}

/// Makers and what they make; names of models count where all is written in capitals, as no person does.
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
        // "Hewlett-Packard", "HP Photosmart" and their like name the make of a scanner.
        || matches!(lower.as_str(), "hp" | "iclarified" | "lg electronics")
}

/// Words of a telephone for how its camera was set, run together: `oznorWO`, `sdr_HDRB`, `mde_soft`.
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

/// The name of a file, with its folders or without; or the stem that a camera gives it.
fn is_file(lower: &str) -> bool {
    let name = lower.rsplit(['/', '\\']).next().unwrap_or(lower);
    let named = name.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && EXTENSIONS.contains(&end));
    let is_path = lower.contains("dcim") && lower.contains(['/', '\\']) || lower.get(1..3) == Some(":\\");
    let plain = lower.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '(' | ')' | '~' | '.'));
    let stem = lower.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '_');
    let begins = lower[..lower.len() - stem.len()].trim_end_matches('_');
    let digits = stem.chars().filter(char::is_ascii_digit).count();
    let letters = stem.chars().filter(char::is_ascii_alphabetic).count();
    // After a short beginning the number is long; `p1010001`, but `p12` may be a page.
    let enough = if begins.len() == 1 { digits >= 6 } else { digits >= 3 };
    named || is_path || (plain && STEMS.contains(&begins) && enough && letters <= 6)
}

/// "Screenshot", with nothing behind it but when and of which program.
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

/// "Created with GIMP", "Shot on OnePlus": a verb, and a program that did so.
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
