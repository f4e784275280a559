//! A picture that grows from top to bottom, cropped and halved while its rows arrive.
//!
//! In: bands of full width. Out: the displayed part of the picture, at one level, the same as if all of it had been halved at once.

use jpeg::{Density, Plane};

use super::transforms::DisplayedPart;
use crate::base::decoded::Decoded;
use crate::base::error::Error;
use crate::base::picture::Picture;

/// A picture in the making.
#[derive(Debug)]
pub(super) struct Assembly {
    part: DisplayedPart,
    level: u8,
    planes: Vec<GrowingPlane>,
    /// The first band, without samples.
    first: Option<Decoded>,
}

/// One component.
#[derive(Debug)]
struct GrowingPlane {
    /// First column and number of columns, first row and row after the last, in samples of the source.
    columns: [usize; 2],
    rows: [usize; 2],
    density: [Density; 2],
    /// Rows that wait for others with which they are halved.
    waiting: Vec<u8>,
    made: Option<Plane>,
}

impl Assembly {
    /// A picture that is halved `level` times.
    pub(super) fn new(part: DisplayedPart, level: u8) -> Self {
        Self { part, level, planes: Vec::new(), first: None }
    }

    /// Adds the band that begins at row `top` of the source.
    pub(super) fn push(&mut self, mut band: Decoded, top: usize) -> Result<(), Error> {
        let Some((_, picture)) = band.levels.first_mut() else { return Ok(()) };
        let planes = std::mem::take(&mut picture.planes);
        if self.first.is_none() {
            self.planes = planes.iter().map(|plane| GrowingPlane::new(self.part, plane.density)).collect();
            self.first = Some(band);
        }
        let mut pairs = self.planes.iter_mut().zip(planes);
        pairs.try_for_each(|(growing, plane)| growing.push(&plane, top, self.level))
    }

    /// Returns the picture.
    pub(super) fn finish(self) -> Result<Decoded, Error> {
        let Some(Decoded { mut levels, profile, .. }) = self.first else { return Err(Error::NoPixels) };
        let Some((_, first)) = levels.pop() else { return Err(Error::NoPixels) };
        let planes = self.planes.into_iter().map(|plane| plane.finish(self.level)).collect::<Result<_, _>>()?;
        let whole = Decoded::whole(Picture { size: self.part.size, planes, ..first }, profile);
        Ok(Decoded { levels: whole.levels.into_iter().map(|(_, picture)| (self.level, picture)).collect(), ..whole })
    }
}

impl GrowingPlane {
    fn new(part: DisplayedPart, density: [Density; 2]) -> Self {
        // Chroma begins with the sample that covers the first pixel.
        let [columns, rows] = [(density[0], part.left, part.size.width), (density[1], part.top, part.size.height)]
            .map(|(density, start, count)| [start as usize / density.pixels as usize, density.count(count)]);
        Self { columns, rows: [rows[0], rows[0] + rows[1]], density, waiting: Vec::new(), made: None }
    }

    fn push(&mut self, plane: &Plane, top: usize, level: u8) -> Result<(), Error> {
        let top = top / self.density[1].pixels as usize;
        let [left, width] = self.columns;
        for y in self.rows[0].max(top)..self.rows[1].min(top + plane.height) {
            let row = plane.row(y - top).get(left..left + width);
            self.waiting.extend(row.ok_or_else(|| super::items::damaged("its planes do not fit together"))?);
        }
        // Rounding alternates from row to row, so rows are halved in multiples of what makes two of them.
        let unit = width << (level + 1);
        let ready = self.waiting.len() / unit.max(1) * unit;
        self.halve(ready, level)
    }

    /// Halves the first samples that wait.
    fn halve(&mut self, count: usize, level: u8) -> Result<(), Error> {
        if count == 0 {
            return Ok(());
        }
        let rest = self.waiting.split_off(count);
        let samples = std::mem::replace(&mut self.waiting, rest);
        let [_, width] = self.columns;
        let mut plane = Plane { width, height: count / width, density: self.density, samples };
        for _ in 0..level {
            plane = plane.halved()?;
        }
        match &mut self.made {
            Some(made) => {
                made.samples.extend(&plane.samples);
                made.height += plane.height;
            }
            None => {
                let rows = (self.rows[1] - self.rows[0]).div_ceil(1 << level);
                let more = plane.width * rows.saturating_sub(plane.height);
                plane.samples.try_reserve_exact(more).map_err(|_| Error::TooMuchMemory)?;
                self.made = Some(plane);
            }
        }
        Ok(())
    }

    fn finish(mut self, level: u8) -> Result<Plane, Error> {
        self.halve(self.waiting.len(), level)?;
        let rows = (self.rows[1] - self.rows[0]).div_ceil(1 << level);
        self.made.filter(|plane| plane.height == rows).ok_or(Error::Truncated(crate::base::format::Format::Heic))
    }
}
