//! The order in which coefficients are coded.

/// The place, in natural order, of each coefficient in coding order: along the diagonals (T.81, figure 5).
pub(crate) const ZIGZAG: [u8; 64] = zigzag();

const fn zigzag() -> [u8; 64] {
    let mut order = [0; 64];
    let (mut row, mut column, mut at) = (0_u8, 0_u8, 0);
    while at < 64 {
        order[at] = row * 8 + column;
        // Upwards on even diagonals, downwards on odd ones, along the edge between them.
        if (row + column) % 2 == 0 {
            match (row, column) {
                (_, 7) => row += 1,
                (0, _) => column += 1,
                _ => {
                    row -= 1;
                    column += 1;
                }
            }
        } else {
            match (row, column) {
                (7, _) => column += 1,
                (_, 0) => row += 1,
                _ => {
                    row += 1;
                    column -= 1;
                }
            }
        }
        at += 1;
    }
    order
}

/// The position in a [`Block`](crate::Block), which is transposed, of each coefficient in coding order.
pub(crate) const TRANSPOSED: [u8; 64] = {
    let mut positions = [0; 64];
    let mut place = 0;
    while place < 64 {
        positions[place] = ZIGZAG[place] % 8 * 8 + ZIGZAG[place] / 8;
        place += 1;
    }
    positions
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zigzag_begins_and_ends_as_in_the_standard() {
        assert_eq!(ZIGZAG[..10], [0, 1, 8, 16, 9, 2, 3, 10, 17, 24]);
        assert_eq!(ZIGZAG[58..], [61, 54, 47, 55, 62, 63]);
        let mut all = ZIGZAG;
        all.sort_unstable();
        assert!(all.iter().enumerate().all(|(at, place)| at == usize::from(*place)));
    }
}
