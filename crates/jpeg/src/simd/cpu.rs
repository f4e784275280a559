//! Features of the CPU.

/// Whether the CPU has AVX2 and the other instructions that were introduced with it. All CPUs since 2013 have all of them or none.
#[inline]
pub(super) fn has_avx2() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
}
