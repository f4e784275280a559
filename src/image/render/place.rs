//! From a level to the grid of a rendition: size and orientation.

use std::sync::OnceLock;

use super::job::Grid;
use crate::image::error::Error;
use crate::image::hands::Hands;
use crate::image::header::Orientation;
use crate::image::picture::{Color, Picture};
use crate::image::plane::Plane;
use crate::image::plane::resample::{Axis, resample};

/// Brings a picture to a size, and upright; `None` if it is so already. For JPEG, chroma goes to half of that size at once.
pub(super) fn place(picture: &Picture, grid: Grid, hands: &dyn Hands) -> Result<Option<Picture>, Error> {
    let target = grid.turn.apply(grid.size);
    let source = picture.size;
    let full = [Axis::full(source.width, target.width), Axis::full(source.height, target.height)];
    let half = [
        Axis::half(source.width, target.width, grid.turn.mirrors_rows()),
        Axis::half(source.height, target.height, grid.turn.mirrors_columns()),
    ];
    let axes = |number: usize| {
        let chroma = grid.jpeg && picture.color == Color::YCbCr && (number == 1 || number == 2);
        if chroma { half } else { full }
    };
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
    hands.each(made.len(), &|number| {
        let [across, down] = axes(number);
        let plane = resample(&picture.planes[number], across, down).and_then(|plane| plane.turned(grid.turn));
        // Each number comes once.
        let _ = made[number].set(plane);
    });
    let planes = made.into_iter().map(|plane| plane.into_inner().unwrap_or(Err(Error::TooMuchMemory)));
    Ok(Some(Picture { size: grid.size, planes: planes.collect::<Result<_, _>>()?, ..*picture }))
}
