//! Our decoder: the planes of a JPEG file as they are stored.

use jpeg::{Decoded, Error, Header, Parallelism, Plane, Request, decode};

/// The planes at each of these levels, and whether anything of the file is missing or contradicts itself.
pub type Levels = (Vec<(u8, Vec<Plane>)>, bool);

/// Decodes a file at levels from 0, the whole size, to 3, each half of the one before.
///
/// # Errors
/// If the file is not read, or nothing of the picture is there.
pub fn decode_jpeg(bytes: &[u8], levels: &[u8], parallelism: &dyn Parallelism) -> Result<Levels, Error> {
    let request = Request { levels, ..Request::default() };
    let Decoded { levels, damage, .. } = decode(bytes, &Header::read(bytes)?, &request, parallelism)?;
    Ok((levels, damage.is_some()))
}
