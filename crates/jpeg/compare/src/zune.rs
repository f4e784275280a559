//! zune-jpeg as a second opinion: the planes of a JPEG file as they are stored.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Width, height and samples of a component.
pub type Plane = (usize, usize, Vec<u8>);

/// Returns the planes; `None` if zune-jpeg refuses the file. In strict mode it refuses any damage that it sees.
pub fn decode(bytes: &[u8]) -> Option<Vec<Plane>> {
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(65_535).set_max_height(65_535);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let mut session = decoder.raw_output();
    let infos = session.layout()?[..session.num_components()?].to_vec();
    let mut planes: Vec<Vec<u8>> = infos.iter().map(|info| vec![0; info.width * info.height]).collect();
    let strides: Vec<usize> = infos.iter().map(|info| info.width).collect();
    let mut targets: Vec<&mut [u8]> = planes.iter_mut().map(Vec::as_mut_slice).collect();
    session.decode_into_planes_strided(&mut targets, &strides).ok()?;
    Some(infos.iter().zip(planes).map(|(info, samples)| (info.width, info.height, samples)).collect())
}
