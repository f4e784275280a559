//! A packet that is kept whole, but for what is no longer true of the picture.

use std::ops::Range;

use super::Xmp;
use super::names::{TIFF, XMP};

/// The packet with its orientation reset and without embedded previews, which show the picture as it was.
pub(crate) fn upright(text: &str) -> Result<String, String> {
    let xmp = Xmp::parse(text)?;
    let mut changes: Vec<(Range<usize>, &str)> = Vec::new();
    for element in xmp.elements() {
        let orientation = element.attribute_node((TIFF, "Orientation"));
        changes.extend(orientation.map(|attribute| (attribute.range_value(), "1")));
        if element.has_tag_name((XMP, "Thumbnails")) {
            changes.push((element.range(), ""));
        } else if element.has_tag_name((TIFF, "Orientation")) {
            changes.extend(element.children().filter(|child| child.is_text()).map(|text| (text.range(), "1")));
        }
    }
    changes.sort_by_key(|(range, _)| range.start);
    let mut edited = String::with_capacity(text.len());
    let mut copied = 0;
    for (range, new) in changes {
        // What lies in a preview that has gone is gone with it.
        if range.start >= copied {
            edited.push_str(&text[copied..range.start]);
            edited.push_str(new);
            copied = range.end;
        }
    }
    edited.push_str(&text[copied..]);
    Ok(edited)
}
