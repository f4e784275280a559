//! Damage to a file, and how it is counted.

/// Extent of the damage to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Damage {
    /// This many hundredths of the picture, 1 to 99, are missing and rendered gray.
    Missing(u8),
    /// Nothing is missing, but some data contradicts itself, or details are lost.
    Flawed,
}

/// Counts of blocks, from which the damage follows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Blocks in the scans without which nothing of the picture can be seen.
    pub(super) needed: u64,
    /// Number of missing blocks among them.
    pub(super) missing: u64,
    /// Whether anything at all was wrong.
    pub(super) damaged: bool,
}

impl Tally {
    /// Adds another tally.
    pub(super) fn add(&mut self, other: Self) {
        self.needed += other.needed;
        self.missing += other.missing;
        self.damaged |= other.damaged;
    }

    /// Returns the damage that these counts amount to.
    pub(super) fn damage(&self) -> Option<Damage> {
        match (100 * self.missing).div_ceil(self.needed.max(1)) {
            0 => self.damaged.then_some(Damage::Flawed),
            percent => Some(Damage::Missing(percent.min(99) as u8)),
        }
    }
}
