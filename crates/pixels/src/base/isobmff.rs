//! The boxes of the ISO base media file format (ISO/IEC 14496-12), the container of HEIC, AVIF and CR3 files.

/// A box of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IsoBox<'a> {
    /// Type of the box.
    pub(crate) kind: [u8; 4],
    /// The content after length and type. A box that is longer than its file ends with it.
    pub(crate) body: &'a [u8],
}

/// Returns the consecutive boxes in `bytes`, up to the first invalid one.
pub(crate) fn boxes(bytes: &[u8]) -> impl Iterator<Item = IsoBox<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (head, after) = rest.split_first_chunk::<8>()?;
        let [l0, l1, l2, l3, kind @ ..] = *head;
        let (header, length) = match u32::from_be_bytes([l0, l1, l2, l3]) {
            0 => (8, rest.len()),
            1 => (16, usize::try_from(u64::from_be_bytes(*after.first_chunk()?)).ok()?),
            length => (8, length as usize),
        };
        let length = length.min(rest.len());
        let body = rest.get(header..length)?;
        rest = &rest[length..];
        Some(IsoBox { kind, body })
    })
}

/// Returns the body of the first box of a type.
pub(crate) fn find<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|found| found.kind == *kind).map(|found| found.body)
}

/// Returns the body of a nested box, each the first of its type.
pub(crate) fn descend<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    path.iter().try_fold(bytes, |bytes, kind| find(bytes, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_found_in_each_way_to_write_a_length() {
        let bytes = b"\0\0\0\x0Aaaaa12\0\0\0\x01bbbb\0\0\0\0\0\0\0\x1334\x35\0\0\0\0ccccrest";
        let found: Vec<_> = boxes(bytes).map(|found| (found.kind, found.body)).collect();
        assert_eq!(found, [(*b"aaaa", &b"12"[..]), (*b"bbbb", b"345"), (*b"cccc", b"rest")]);
        assert_eq!(find(bytes, b"bbbb"), Some(&b"345"[..]));
        assert_eq!(descend(b"\0\0\0\x11aaaa\0\0\0\x09bbbbx", &[b"aaaa", b"bbbb"]), Some(&b"x"[..]));
    }

    #[test]
    fn lengths_that_make_no_sense_end_the_walk() {
        assert_eq!(boxes(b"\0\0\0\x07aaaa").count(), 0);
        assert_eq!(boxes(b"\0\0\0\x01aaaa\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFx").count(), 1);
        assert_eq!(boxes(b"\0\0\0\x01aaaa\0\0\0\0\0\0\0\x08").count(), 0);
        assert_eq!(boxes(b"\0\0\0\x10aaaa").next().map(|found| found.body), Some(&b""[..]));
        assert_eq!(boxes(b"\0\0\0").count(), 0);
    }
}
