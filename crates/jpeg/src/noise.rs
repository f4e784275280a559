//! Numbers without order, the same in each run.

/// All numbers of 16 bits, in an order that a seed decides: the upper halves of what a linear congruential generator of 32 bits makes
/// (Press et al., "Numerical Recipes", 1992, 7.1).
pub(crate) fn noise(seed: u32) -> impl FnMut() -> u16 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as u16
    }
}
