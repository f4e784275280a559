//! How far the work on a snapshot has come that is done while nobody waits.
//!
//! Out: the time for which the main loop waits before it goes on with that work. Pure.

use std::time::Duration;

/// Time without events after which nobody waits for anything.
const IDLE: Duration = Duration::from_millis(120);

/// The next step of the work that can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RestStage {
    /// The snapshot is new.
    Fresh,
    /// Files are read as a whole of which only a part has been read.
    Reading,
    /// Photos that the store holds are searched for damage.
    Surveying,
    /// Files that the store lacks are rendered.
    Rendering,
    /// Ledger and store are on the disk, and nothing is left to do.
    Settled,
}

impl RestStage {
    /// The longest time to wait for events before the next step; `None` if no step is left.
    pub(super) fn patience(self) -> Option<Duration> {
        match self {
            Self::Fresh | Self::Reading | Self::Rendering => Some(IDLE),
            Self::Surveying => Some(Duration::ZERO),
            Self::Settled => None,
        }
    }

    /// The stage after an event: the ledger or the store may have changed.
    pub(super) fn disturbed(self) -> Self {
        if self == Self::Settled { Self::Rendering } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::RestStage::*;

    #[test]
    fn the_loop_sleeps_once_nothing_is_left_and_any_event_wakes_it() {
        assert_eq!(Settled.patience(), None);
        for stage in [Fresh, Reading, Surveying, Rendering] {
            assert!(stage.patience().is_some() && stage.disturbed() == stage);
        }
        assert!(Settled.disturbed().patience().is_some());
    }
}
