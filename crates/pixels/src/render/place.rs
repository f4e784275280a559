//! Resampling of a level to the grid of a rendition: size and orientation.

use std::sync::OnceLock;

use jpeg::{Orientation, Parallelism, Plane, resample};

use super::grid::Grid;
use crate::base::error::Error;
use crate::base::picture::Picture;

/// Scales a picture, and turns it upright; `None` if there is nothing to do. For JPEG, chroma is scaled directly to half of that size.
pub(super) fn place(picture: &Picture, grid: Grid, parallelism: &dyn Parallelism) -> Result<Option<Picture>, Error> {
    let placing = grid.placing(picture.size);
    let axes = |number: usize| placing.axes(picture.color.is_chroma(number));
    let mut planes = picture.planes.iter().enumerate();
    let placed = grid.turn == Orientation::UPRIGHT
        && planes.all(|(number, plane)| {
            let [across, down] = axes(number);
            across.keeps(plane.density[0], plane.width) && down.keeps(plane.density[1], plane.height)
        });
    if placed {
        return Ok(None);
    }
    let made: Vec<OnceLock<Result<Plane, Error>>> = picture.planes.iter().map(|_| OnceLock::new()).collect();
    parallelism.each(made.len(), &|number| {
        // Each number occurs once.
        let _ = made[number].set(resample(&picture.planes[number], axes(number), grid.turn).map_err(Error::from));
    });
    let planes = made.into_iter().map(|plane| plane.into_inner().unwrap_or(Err(Error::TooMuchMemory)));
    Ok(Some(Picture { size: grid.size, planes: planes.collect::<Result<_, _>>()?, ..*picture }))
}
