//! Runs of blocks without further coefficients in a band (T.81, G.1.2.2).

use super::tokens::Notes;

/// Number of consecutive blocks that ended without a further new coefficient.
#[derive(Debug)]
pub(super) struct Run {
    /// Number of blocks that are not coded yet.
    pub(super) blocks: u32,
    /// Longest run that can be coded at once.
    longest: u32,
}

impl Run {
    /// An empty run. In a sequential file, each block has its own end.
    pub(super) fn new(progressive: bool) -> Self {
        Self { blocks: 0, longest: if progressive { 0x7FFF } else { 1 } }
    }

    /// Adds a block. Returns whether the run has to be coded now.
    #[inline(always)]
    pub(super) fn add(&mut self) -> bool {
        self.blocks += 1;
        self.blocks == self.longest
    }

    /// Codes the run, unless it is empty.
    #[inline(always)]
    pub(super) fn end(&mut self, notes: &mut Notes<'_>) {
        if self.blocks > 0 {
            let count = self.blocks.ilog2();
            notes.symbol(count << 4, self.blocks & ((1 << count) - 1), count);
            self.blocks = 0;
        }
    }
}
