//! All scans of a progressive frame, read together: a row of units of each scan in turn, then the next row. The whole file is in memory,
//! and a scan depends only on the earlier scans of the same blocks, so that no more than a row of units of coefficients is held here.

use super::coefficients::Coefficients;
use super::damage::Tally;
use super::frame::Frame;
use super::progressive::ProgressiveScan;
use super::rows::CoefficientSink;
use crate::error::Error;
use crate::simd::Steps;

/// Limit on the number of scans that are read together, because each one needs memory for its state. No encoder has reason to write more;
/// such scans are read one after the other, and all coefficients are kept.
pub(super) const MOST_AT_ONCE: usize = if cfg!(test) { 11 } else { 128 };

/// The scans of a frame, in their order.
#[derive(Debug, Default)]
pub(super) struct Scans<'a> {
    waiting: Vec<ProgressiveScan<'a>>,
    /// The coefficients from scans that were read at once, because there were too many.
    whole: Option<Vec<Coefficients>>,
    tally: Tally,
}

impl<'a> Scans<'a> {
    /// Adds a scan.
    pub(super) fn add(&mut self, scan: ProgressiveScan<'a>, frame: &Frame) -> Result<(), Error> {
        self.waiting.push(scan);
        if self.waiting.len() > MOST_AT_ONCE && self.whole.is_none() {
            self.whole = Some(Coefficients::of(frame, frame.units[1])?);
        }
        if let Some(whole) = &mut self.whole {
            for mut scan in self.waiting.drain(..) {
                scan.read(frame.units[1], whole)?;
                self.tally.add(scan.tally());
            }
        }
        Ok(())
    }

    /// Reads all scans, and hands on the components whose quantization is known. Returns the counts of missing and damaged blocks.
    pub(super) fn read(
        mut self,
        frame: &Frame,
        steps: &[Option<Steps>],
        rows: &mut impl CoefficientSink,
    ) -> Result<Tally, Error> {
        if let Some(whole) = &self.whole {
            hand_on(whole, steps, rows)?;
            return Ok(self.tally);
        }
        let mut band = Coefficients::of(frame, 1)?;
        for row in 0..frame.units[1] {
            band.iter_mut().for_each(|component| component.begin_at(row));
            for scan in &mut self.waiting {
                scan.read(row + 1, &mut band)?;
            }
            hand_on(&band, steps, rows)?;
        }
        self.waiting.iter().for_each(|scan| self.tally.add(scan.tally()));
        Ok(self.tally)
    }
}

fn hand_on(components: &[Coefficients], steps: &[Option<Steps>], rows: &mut impl CoefficientSink) -> Result<(), Error> {
    for (number, (component, steps)) in components.iter().zip(steps).enumerate() {
        if let Some(steps) = steps {
            component.hand_on(number, steps, rows)?;
        }
    }
    Ok(())
}
