//! What the CPU can do.

/// Whether the CPU has AVX2 and the instructions that came with it: all CPUs since 2013 have all of them or none.
#[inline]
pub(super) fn has_avx2() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
}
