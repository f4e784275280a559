//! Runs of blocks in which nothing more of a band comes (T.81, G.1.2.2).

use super::tokens::Notes;

/// How many blocks in a row ended without a further new coefficient.
#[derive(Debug)]
pub(super) struct Run {
    /// So many are to be told.
    pub(super) blocks: u32,
    /// As many as may be told at once.
    longest: u32,
}

impl Run {
    /// None yet. In a sequential file, each block ends by itself.
    pub(super) fn new(progressive: bool) -> Self {
        Self { blocks: 0, longest: if progressive { 0x7FFF } else { 1 } }
    }

    /// One more; whether it has to be told now.
    #[inline(always)]
    pub(super) fn add(&mut self) -> bool {
        self.blocks += 1;
        self.blocks == self.longest
    }

    /// Tells the run, if there is one.
    #[inline(always)]
    pub(super) fn end(&mut self, notes: &mut Notes<'_>) {
        if self.blocks > 0 {
            let count = self.blocks.ilog2();
            notes.symbol(count << 4, self.blocks & ((1 << count) - 1), count);
            self.blocks = 0;
        }
    }
}
