//! Pseudo-random numbers, the same in each run.

/// Returns a generator of all 16-bit numbers in an order that depends on the seed: the upper halves of the states of a linear
/// congruential generator of 32 bits (Press et al., "Numerical Recipes", 1992, 7.1).
pub(crate) fn noise(seed: u32) -> impl FnMut() -> u16 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as u16
    }
}
