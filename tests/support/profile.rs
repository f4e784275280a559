//! Minimal colour profiles.

/// Returns a display profile with these primaries (X, Y, Z of red, green and blue relative to D50, in units of 1/65536) and this power
/// as its curve, in units of 1/256.
pub fn matrix(primaries: [[i32; 3]; 3], power: u16) -> Vec<u8> {
    let curve = [&b"curv\0\0\0\0\0\0\0\x01"[..], &power.to_be_bytes(), &[0, 0]].concat();
    let mut tags: Vec<(&[u8; 4], Vec<u8>)> = Vec::new();
    for (name, column) in [b"rXYZ", b"gXYZ", b"bXYZ"].into_iter().zip(primaries) {
        tags.push((name, [&b"XYZ \0\0\0\0"[..], &column.map(i32::to_be_bytes).concat()].concat()));
    }
    tags.extend([b"rTRC", b"gTRC", b"bTRC"].map(|name| (name, curve.clone())));
    let mut profile = vec![0; 128];
    profile[8] = 2;
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend((tags.len() as u32).to_be_bytes());
    let mut offset = profile.len() + 12 * tags.len();
    for (name, data) in &tags {
        profile.extend(*name);
        profile.extend((offset as u32).to_be_bytes());
        profile.extend((data.len() as u32).to_be_bytes());
        offset += data.len();
    }
    profile.extend(tags.into_iter().flat_map(|(_, data)| data));
    let length = profile.len() as u32;
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}

/// Returns a profile of Adobe RGB (1998).
pub fn adobe_rgb() -> Vec<u8> {
    matrix([[39_964, 20_394, 1_276], [13_449, 40_999, 3_987], [9_777, 4_143, 48_826]], 563)
}

/// Returns the profile that a JPEG file contains in one segment.
pub fn of_jpeg(bytes: &[u8]) -> Option<&[u8]> {
    let start = bytes.windows(12).position(|window| window == b"ICC_PROFILE\0")?;
    let length = usize::from(u16::from_be_bytes([bytes[start - 2], bytes[start - 1]]));
    Some(&bytes[start + 14..start - 2 + length])
}
