//! A limit on the work that a JPEG XL may request: any number of frames can precede the first visible one, each as large as
//! the picture, in a few bytes. The decoder hands out its work in steps, so these are counted. Time is not measured, because the limit
//! must not depend on the machine.

use jpeg::Size;
use jxl::api::{JxlParallelRunner, JxlParallelRunnerFun};
use jxl::error::{Error, Result};

/// Number of steps for each square of [`SIDE`] pixels. A frame takes 16 to 20: the smallest groups have a side of 256 pixels, except for
/// those of unusual pictures, and each is a step.
const STEPS: u64 = 256;
const SIDE: u32 = 1024;
/// Number of steps that any picture may take, because small pictures cost little.
const FREE: u64 = 1000;

/// A runner of the decoder's steps, one after the other and up to a limit.
pub(super) struct Budget {
    left: u64,
    /// Whether the limit was exceeded.
    pub(super) is_spent: bool,
}

impl Budget {
    /// The budget for a picture of this size.
    pub(super) fn of(size: Size) -> Self {
        let squares = u64::from(size.width.div_ceil(SIDE)) * u64::from(size.height.div_ceil(SIDE));
        Self { left: STEPS * squares + FREE, is_spent: false }
    }

    fn spend(&mut self) -> Result<()> {
        self.is_spent = self.left == 0;
        self.left = self.left.checked_sub(1).ok_or(Error::ApiUsageError("too many steps"))?;
        Ok(())
    }
}

impl JxlParallelRunner for Budget {
    fn run(&mut self, count: usize, step: &JxlParallelRunnerFun<'_>) -> Result<()> {
        self.run_ordered(count, None, step)
    }

    fn run_ordered(&mut self, count: usize, _: Option<usize>, step: &JxlParallelRunnerFun<'_>) -> Result<()> {
        // A call is not free either, even if there is nothing to do.
        self.spend()?;
        (0..count).try_for_each(|number| {
            self.spend()?;
            step(number)
        })
    }

    fn num_threads(&self) -> usize {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_steps_are_done_and_no_more() {
        let done = std::sync::atomic::AtomicU64::new(0);
        let step = |_| {
            done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Ok(())
        };
        let mut budget = Budget::of(Size { width: 1025, height: 1 });
        // Each takes ten: the call, and nine steps.
        for _ in 0..(FREE + 2 * STEPS) / 10 {
            assert!(budget.run_ordered(9, Some(4), &step).is_ok() && !budget.is_spent);
        }
        assert!(budget.run_ordered(9, Some(4), &step).is_err() && budget.is_spent);
        assert!(done.into_inner() < FREE + 2 * STEPS);
    }
}
