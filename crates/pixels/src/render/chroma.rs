//! Whether half of the chroma is enough for a picture.
//!
//! In: its planes, with halved chroma. Out: a verdict, from the detail that is left. Chroma whose finest detail is strong had more of it
//! before it was halved: thin strokes of saturated colour, which half of the samples turn gray. Chroma of most photographs is smooth, and
//! full chroma would only take bytes. The limits separate 43 photographs by the bytes that a file with full chroma takes at the same
//! SSIMULACRA2 (`docs/performance.md`).

use jpeg::Plane;

/// Curvature, the sum of second differences across and down, above which a sample of chroma is strong detail.
const STRONG: u16 = 64;

/// A picture may have one sample of strong detail among this many.
const RARE: usize = 64;

/// Whether a picture with halved chroma has visibly lost detail. Gray pictures have none.
pub(super) fn is_lossy(planes: &[Plane]) -> bool {
    let [_, cb, cr] = planes else { return false };
    let (width, height) = (cb.width, cb.height);
    if width < 3 || height < 3 || (cr.width, cr.height) != (width, height) {
        return false;
    }
    let mut strong = vec![false; width - 2];
    let mut count = 0;
    for row in 1..height - 1 {
        strong.fill(false);
        for plane in [cb, cr] {
            let [above, here, below] = [row - 1, row, row + 1].map(|row| &plane.samples[row * width..][..width]);
            mark(&mut strong, above, here, below);
        }
        count += strong.iter().filter(|strong| **strong).count();
    }
    count * RARE > (width - 2) * (height - 2)
}

/// Marks the samples of a row, without its first and its last one, that are strong detail.
fn mark(strong: &mut [bool], above: &[u8], here: &[u8], below: &[u8]) {
    let last = here.len() - 1;
    let beside = here[..last - 1].iter().zip(&here[2..]);
    let over = above[1..last].iter().zip(&below[1..last]);
    for (((strong, middle), (left, right)), (above, below)) in
        strong.iter_mut().zip(&here[1..last]).zip(beside).zip(over)
    {
        let middle = 2 * u16::from(*middle);
        let across = middle.abs_diff(u16::from(*left) + u16::from(*right));
        let down = middle.abs_diff(u16::from(*above) + u16::from(*below));
        *strong |= across + down > STRONG;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jpeg::Density;

    /// A picture with a gray Cb, and a Cr where every so many-th sample of every second row has another value.
    fn picture(every: usize, value: u8) -> Vec<Plane> {
        let plane = |samples| Plane { width: 66, height: 66, density: [Density::FULL; 2], samples };
        let dots = (0..66 * 66).map(|at| if at / 66 % 2 == 1 && at % every == 1 { value } else { 128 });
        vec![plane(vec![0; 66 * 66]), plane(vec![128; 66 * 66]), plane(dots.collect())]
    }

    #[test]
    fn much_strong_detail_needs_full_chroma() {
        assert!(is_lossy(&picture(4, 150)));
        assert!(!is_lossy(&picture(4, 140)), "it is faint");
        assert!(!is_lossy(&picture(512, 255)), "it is rare");
        let mut swapped = picture(4, 150);
        swapped.swap(1, 2);
        assert!(is_lossy(&swapped));
    }

    #[test]
    fn gray_pictures_and_tiny_ones_have_no_detail_of_chroma() {
        assert!(!is_lossy(&picture(4, 200)[..1]));
        let tiny = |width, height| {
            let plane = Plane { width, height, density: [Density::FULL; 2], samples: vec![0; width * height] };
            vec![plane.clone(), plane.clone(), plane]
        };
        for (width, height) in [(0, 0), (1, 1), (2, 9), (9, 2), (3, 3)] {
            assert!(!is_lossy(&tiny(width, height)));
        }
    }
}
