//! Updates of a packet that is kept as a whole.

use std::ops::Range;

use super::Xmp;
use super::names::{TIFF, XMP};

/// Returns the packet with its orientation reset and without embedded previews, which are not turned.
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
        // Changes inside a removed preview are skipped.
        if range.start >= copied {
            edited.push_str(&text[copied..range.start]);
            edited.push_str(new);
            copied = range.end;
        }
    }
    edited.push_str(&text[copied..]);
    Ok(edited)
}
