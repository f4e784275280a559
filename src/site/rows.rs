//! Divides a flat list of pictures into rows.
//!
//! In: the proportions of the pictures. Out: the length of each row. Pure: must not know about files or pages.

/// Ideal width of a row, as a multiple of its height: two landscape pictures, or four portrait ones.
const WIDTH: f64 = 3.0;
/// Maximum number of pictures in a row; more would be too small.
const MOST: usize = 5;
/// Cost of a row with a single ordinary picture, which would be much higher than the others.
const LONELY: f64 = 1.5;

/// Divides pictures into rows, given their proportions (width by height). Returns the lengths of the rows with the
/// lowest total cost; none is 0, and their sum is the number of pictures.
#[must_use]
pub fn divide(ratios: &[f64]) -> Vec<usize> {
    // best[n]: lowest cost of dividing the first n pictures, and the length of the last of these rows.
    let mut best = vec![(0.0, 0)];
    for end in 1..=ratios.len() {
        let choices = (1..=MOST.min(end)).map(|length| {
            let (before, _): (f64, usize) = best[end - length];
            (before + cost(&ratios[end - length..end]), length)
        });
        best.push(choices.reduce(|a, b| if b.0 < a.0 { b } else { a }).expect("end is at least 1"));
    }
    let mut rows = Vec::new();
    let mut end = ratios.len();
    while end > 0 {
        let (_, length) = best[end];
        rows.push(length);
        end -= length;
    }
    rows.reverse();
    rows
}

/// Returns the cost of a row: the square of its deviation from the ideal width, so that two mediocre rows are better
/// than a good and a bad one.
fn cost(row: &[f64]) -> f64 {
    // An extreme strip or a picture without height must not dominate the total cost.
    let width: f64 = row.iter().map(|ratio| if ratio.is_finite() { ratio.clamp(0.2, 5.0) } else { 1.5 }).sum();
    let off = if width < WIDTH { WIDTH / width - 1.0 } else { width / WIDTH - 1.0 };
    let lonely = if row.len() == 1 && width < 2.0 { LONELY } else { 0.0 };
    off * off + lonely
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LANDSCAPE: f64 = 1.5;
    const UPRIGHT: f64 = 2.0 / 3.0;
    const PANORAMA: f64 = 3.2;

    #[test]
    fn landscape_pictures_stand_in_pairs_and_none_is_left_alone() {
        assert_eq!(divide(&[LANDSCAPE; 4]), [2, 2]);
        assert_eq!(divide(&[LANDSCAPE; 3]), [3]);
        let mut rows = divide(&[LANDSCAPE; 7]);
        rows.sort_unstable();
        assert_eq!(rows, [2, 2, 3]);
    }

    #[test]
    fn upright_pictures_need_more_company() {
        assert_eq!(divide(&[UPRIGHT; 8]), [4, 4]);
    }

    #[test]
    fn a_panorama_has_a_row_of_its_own() {
        assert_eq!(divide(&[LANDSCAPE, LANDSCAPE, PANORAMA, UPRIGHT, UPRIGHT, LANDSCAPE]), [2, 1, 3]);
    }

    #[test]
    fn a_single_picture_is_a_row_and_no_picture_is_none() {
        assert_eq!(divide(&[UPRIGHT]), [1]);
        assert_eq!(divide(&[]), [0; 0]);
    }

    proptest! {
        #[test]
        fn every_picture_stands_in_one_row(ratios in prop::collection::vec(any::<f64>(), 0..80)) {
            let rows = divide(&ratios);
            prop_assert_eq!(rows.iter().sum::<usize>(), ratios.len());
            prop_assert!(rows.iter().all(|length| (1..=MOST).contains(length)));
        }

        #[test]
        fn ordinary_pictures_are_never_alone(ratios in prop::collection::vec(0.6_f64..1.8, 2..60)) {
            prop_assert!(divide(&ratios).iter().all(|length| *length > 1));
        }
    }
}
