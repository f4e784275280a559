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

#[cfg(test)]
mod tests {
    use super::*;

    /// A matrix profile with these primaries (in units of 1/65536) and one curve for all three channels.
    fn profile(primaries: [[i32; 3]; 3], curve: &[u8]) -> Vec<u8> {
        let mut tags: Vec<([u8; 4], Vec<u8>)> = Vec::new();
        for (name, column) in [*b"rXYZ", *b"gXYZ", *b"bXYZ"].into_iter().zip(primaries) {
            tags.push((name, [b"XYZ \0\0\0\0", &column.map(i32::to_be_bytes).concat()[..]].concat()));
        }
        tags.extend([*b"rTRC", *b"gTRC", *b"bTRC"].map(|name| (name, curve.to_vec())));
        let mut profile = vec![0; TAG_TABLE];
        profile[16..24].copy_from_slice(b"RGB XYZ ");
        profile[36..40].copy_from_slice(b"acsp");
        profile.extend((tags.len() as u32).to_be_bytes());
        let mut offset = profile.len() + 12 * tags.len();
        for (name, data) in &tags {
            profile.extend(name);
            profile.extend((offset as u32).to_be_bytes());
            profile.extend((data.len() as u32).to_be_bytes());
            offset += data.len();
        }
        profile.extend(tags.into_iter().flat_map(|(_, data)| data));
        profile
    }

    fn table(curve: impl Fn(f64) -> f64) -> Vec<u8> {
        let entries = (0..1024).flat_map(|i| ((curve(f64::from(i) / 1023.0) * 65_535.0).round() as u16).to_be_bytes());
        b"curv\0\0\0\0\0\0\x04\0".iter().copied().chain(entries).collect()
    }

    fn srgb(x: f64) -> f64 {
        if x <= 0.04045 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) }
    }

    const SRGB: [[i32; 3]; 3] = [[28_578, 14_582, 912], [25_241, 46_981, 6_362], [9_376, 3_972, 46_799]];
    const ADOBE: [[i32; 3]; 3] = [[39_964, 20_394, 1_276], [13_449, 40_999, 3_987], [9_777, 4_143, 48_826]];

    #[test]
    fn srgb_needs_no_profile_and_every_other_space_does() {
        let formula: Vec<u8> = [157_286_i32, 62_119, 3_417, 5_072, 2_651].map(i32::to_be_bytes).concat();
        let formula = [b"para\0\0\0\0\0\x03\0\0", &formula[..]].concat();
        let gamma = b"curv\0\0\0\0\0\0\0\x01\x02\x33".to_vec();
        for (profile, kept) in [
            (profile(SRGB, &formula), false),
            (profile(SRGB, &table(srgb)), false),
            (profile(SRGB, &table(|x| x.powf(2.2))), true),
            (profile(SRGB, &table(|x| x)), true),
            (profile(SRGB, &gamma), true),
            (profile(ADOBE, &formula), true),
            (profile(ADOBE, &gamma), true),
        ] {
            assert_eq!(worth_keeping(&profile, Space::Rgb).is_some(), kept);
            assert_eq!(worth_keeping(&profile, Space::Gray), None);
        }
    }

    #[test]
    fn a_profile_that_ends_too_early_is_kept_if_its_header_is_whole() {
        let whole = profile(SRGB, &table(srgb));
        for length in 0..whole.len() {
            let kept = worth_keeping(&whole[..length], Space::Rgb);
            assert_eq!(kept.is_some(), length >= 40, "{length}");
        }
    }
}
