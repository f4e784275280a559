//! Vectors of three numbers, and matrices of three columns.

/// X, Y, Z, or red, green, blue.
pub(crate) type Vector = [f64; 3];

/// A matrix, column by column.
pub(crate) type Matrix = [Vector; 3];

/// The white of the profile connection space.
pub(crate) const D50: Vector = [0.9642, 1.0, 0.8249];

/// The primaries of sRGB, adapted to D50, as profiles store them.
pub(crate) const SRGB: Matrix = [
    [28_578.0 / 65_536.0, 14_582.0 / 65_536.0, 912.0 / 65_536.0],
    [25_241.0 / 65_536.0, 46_981.0 / 65_536.0, 6_362.0 / 65_536.0],
    [9_376.0 / 65_536.0, 3_972.0 / 65_536.0, 46_799.0 / 65_536.0],
];

/// Applies the matrix to a vector.
pub(crate) fn apply(matrix: &Matrix, vector: Vector) -> Vector {
    std::array::from_fn(|i| matrix[0][i] * vector[0] + matrix[1][i] * vector[1] + matrix[2][i] * vector[2])
}

/// Returns the matrix that applies first `b`, then `a`.
pub(crate) fn multiply(a: &Matrix, b: &Matrix) -> Matrix {
    b.map(|column| apply(a, column))
}

/// Returns the inverse of the matrix, if it exists.
pub(crate) fn inverse(matrix: &Matrix) -> Option<Matrix> {
    let [a, b, c] = matrix;
    let cross = |u: &Vector, v: &Vector| -> Vector {
        [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    };
    let rows = [cross(b, c), cross(c, a), cross(a, b)];
    let determinant = a[0] * rows[0][0] + a[1] * rows[0][1] + a[2] * rows[0][2];
    let invertible = determinant.abs() > 1e-9;
    invertible.then(|| std::array::from_fn(|column| std::array::from_fn(|row| rows[row][column] / determinant)))
}

/// Returns X, Y, Z of L\*, a\*, b\*, both relative to D50.
pub(crate) fn xyz_of_lab([l, a, b]: Vector) -> Vector {
    let y = (l + 16.0) / 116.0;
    let [x, y, z] = [y + a / 500.0, y, y - b / 200.0]
        .map(|t| if t > 6.0 / 29.0 { t * t * t } else { 108.0 / 841.0 * (t - 4.0 / 29.0) });
    [x * D50[0], y * D50[1], z * D50[2]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inverted_twice_comes_back() {
        let back = inverse(&inverse(&SRGB).unwrap()).unwrap();
        for (a, b) in back.as_flattened().iter().zip(SRGB.as_flattened()) {
            assert!((a - b).abs() < 1e-12);
        }
        assert_eq!(inverse(&[[1.0; 3]; 3]), None);
    }

    #[test]
    fn lab_white_and_black_are_those_of_the_connection_space() {
        for (lab, xyz) in [([100.0, 0.0, 0.0], D50), ([0.0, 0.0, 0.0], [0.0; 3])] {
            for (a, b) in xyz_of_lab(lab).iter().zip(xyz) {
                assert!((a - b).abs() < 1e-12);
            }
        }
    }
}
