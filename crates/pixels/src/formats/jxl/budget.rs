//! A limit on the work that a JPEG XL may ask for: any number of frames can stand before the first that is seen, each as large as
//! the picture, in a few bytes. The decoder hands out its work in steps, so these are counted; time is not, because what is
//! refused must not depend on the machine.

use jpeg::Size;
use jxl::api::{JxlParallelRunner, JxlParallelRunnerFun};
use jxl::error::{Error, Result};

/// Steps for each square of [`SIDE`] pixels. A frame takes 16 to 20: the smallest groups have a side of 256 pixels but for
/// those of odd pictures, and each is a step.
const STEPS: u64 = 256;
const SIDE: u32 = 1024;
/// Small pictures may take more, as they cost little.
const FREE: u64 = 1000;

/// Runs the decoder's steps one after the other, until there are too many.
pub(super) struct Budget {
    left: u64,
    /// Whether there were too many.
    pub(super) is_spent: bool,
}

impl Budget {
    /// For a picture of this size.
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
        // To be called costs something too, even if there is nothing to do.
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
