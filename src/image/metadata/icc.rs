//! Colour profiles (ICC.1): which of them has to travel with a picture.

/// Where in the profile, and how long, a tag's data is.
const TAG_TABLE: usize = 128;

/// The colour space that profiles are about, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::image) enum Space {
    /// Gray.
    Gray,
    /// Red, green, blue, also when they are written as Y'CbCr.
    Rgb,
}

/// The profile, if it has to be kept with pixels of this kind: it is one, it is about such pixels, and it says anything
/// else than what is assumed without a profile, which is sRGB.
pub(in crate::image) fn worth_keeping(profile: &[u8], pixels: Space) -> Option<&[u8]> {
    let space = match profile.get(16..20)? {
        b"GRAY" => Space::Gray,
        b"RGB " => Space::Rgb,
        _ => return None,
    };
    let valid = profile.get(36..40)? == b"acsp" && space == pixels;
    (valid && !(space == Space::Rgb && is_srgb(profile).unwrap_or(false))).then_some(profile)
}

/// Whether a matrix profile has sRGB's primaries and curve. Anything more elaborate is not taken for sRGB.
fn is_srgb(profile: &[u8]) -> Option<bool> {
    if profile.get(20..24)? != b"XYZ "
        || [b"A2B0", b"A2B1", b"A2B2", b"cicp"].iter().any(|name| tag(profile, name).is_some())
    {
        return Some(false);
    }
    // The columns of the matrix, adapted to D50, in units of 1/65536.
    const PRIMARIES: [(&[u8; 4], [i32; 3]); 3] =
        [(b"rXYZ", [28_578, 14_582, 912]), (b"gXYZ", [25_241, 46_981, 6_362]), (b"bXYZ", [9_376, 3_972, 46_799])];
    for (name, expected) in PRIMARIES {
        let data = tag(profile, name)?;
        for (i, expected) in expected.into_iter().enumerate() {
            // Profiles round differently; other colour spaces are a hundred times farther away.
            if i32::abs(i32_at(data, 8 + 4 * i)?.checked_sub(expected)?) > 60 {
                return Some(false);
            }
        }
    }
    for name in [b"rTRC", b"gTRC", b"bTRC"] {
        if !is_srgb_curve(tag(profile, name)?)? {
            return Some(false);
        }
    }
    Some(true)
}

/// Whether a tone curve is sRGB's, as a formula or as a table.
fn is_srgb_curve(data: &[u8]) -> Option<bool> {
    match data.get(..4)? {
        b"para" => {
            // g, a, b, c, d of formula 3 (ICC.1:2022, table 68), in units of 1/65536.
            const FORMULA: [i32; 5] = [157_286, 62_119, 3_417, 5_072, 2_651];
            if data.get(8..10)? != [0, 3] {
                return Some(false);
            }
            let near =
                |(i, expected): (usize, &i32)| Some(i32::abs(i32_at(data, 12 + 4 * i)?.checked_sub(*expected)?) <= 8);
            FORMULA.iter().enumerate().map(near).try_fold(true, |all, near| Some(all && near?))
        }
        b"curv" => {
            // What sRGB's curve has at sixteenths of its way, in units of 1/65535.
            const CURVE: [i64; 17] = [
                0, 338, 940, 1_923, 3_334, 5_215, 7_603, 10_530, 14_027, 18_122, 22_840, 28_206, 34_243, 40_975,
                48_420, 56_601, 65_535,
            ];
            let count = u32_at(data, 8)? as usize;
            let table = data.get(12..)?.as_chunks::<2>().0;
            // A table of one number is a plain power, which sRGB's curve is not.
            if count < 256 || table.len() < count {
                return Some(false);
            }
            let at = |i: usize| {
                let (index, rest) = (i * (count - 1) / 16, i * (count - 1) % 16);
                let entry = |index: usize| i64::from(u16::from_be_bytes(table[index.min(count - 1)]));
                entry(index) + (entry(index + 1) - entry(index)) * rest as i64 / 16
            };
            Some(CURVE.iter().enumerate().all(|(i, expected)| i64::abs(at(i) - expected) <= 40))
        }
        _ => Some(false),
    }
}

/// The data of a tag.
fn tag<'a>(profile: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let count = u32_at(profile, TAG_TABLE)?.min(256) as usize;
    let entries = profile.get(TAG_TABLE + 4..)?.chunks_exact(12).take(count);
    let entry = entries.into_iter().find(|entry| entry.starts_with(name))?;
    let (offset, length) = (u32_at(entry, 4)? as usize, u32_at(entry, 8)? as usize);
    profile.get(offset..offset.checked_add(length)?)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    Some(u32_at(bytes, at)?.cast_signed())
}
