//! What a damaged file has lost.

/// What could not be read of a picture that was rendered all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Damage {
    /// So many hundredths of it, 1 to 99, never came, and are gray.
    Missing(u8),
    /// All of it came, but some of it contradicts itself, or came only roughly.
    Flawed,
}

/// Blocks that were expected, and what became of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Blocks in those scans without which there is no picture.
    pub(super) needed: u64,
    /// How many of them are missing.
    pub(super) missing: u64,
    /// Whether anything at all was wrong.
    pub(super) damaged: bool,
}

impl Tally {
    /// Counts another one in.
    pub(super) fn add(&mut self, other: Self) {
        self.needed += other.needed;
        self.missing += other.missing;
        self.damaged |= other.damaged;
    }

    /// What there is to be said of it.
    pub(super) fn damage(&self) -> Option<Damage> {
        match (100 * self.missing).div_ceil(self.needed.max(1)) {
            0 => self.damaged.then_some(Damage::Flawed),
            percent => Some(Damage::Missing(percent.min(99) as u8)),
        }
    }
}
