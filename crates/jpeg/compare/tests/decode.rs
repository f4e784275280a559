//! Planes of generated files, and of real ones where CIMAISE_PHOTOS names a folder, as our decoder and zune-jpeg give them.

use cimaise_jpeg_compare::ours::decode_jpeg;
use cimaise_jpeg_compare::{TOLERANCE, difference, zune};
use jpeg::Sequential;
use jpeg_encoder::SamplingFactor;
use picture::{SAMPLINGS, encoded};
use real_files::real_files;

#[path = "../../src/noise.rs"]
mod noise;
#[path = "../../src/decode/tests/picture.rs"]
mod picture;
#[path = "../../../pixels/src/tests/real_files.rs"]
mod real_files;

#[test]
fn made_files_are_decoded_as_another_decoder_does() {
    for sampling in SAMPLINGS {
        for progressive in [false, true] {
            for restart in [0, 1, 7] {
                let bytes = encoded(sampling, progressive, restart);
                let (levels, damaged) = decode_jpeg(&bytes, &[0], &Sequential).unwrap();
                assert!(!damaged);
                // The other decoder gets the chroma of these wrong; djpeg agrees with ours.
                if matches!(sampling, SamplingFactor::F_4_1 | SamplingFactor::F_4_2) && restart == 7 {
                    continue;
                }
                let difference = difference(&levels[0].1, &zune::decode(&bytes).unwrap()).expect("the same planes");
                assert!(difference <= TOLERANCE, "{sampling:?} {progressive} {restart}: {difference}");
            }
        }
    }
}

#[test]
#[ignore = "needs photographs: CIMAISE_PHOTOS"]
fn real_photographs_are_decoded_as_another_decoder_does() {
    let mut compared = 0;
    // Only some of them: all would take a minute without optimisation.
    let files = real_files("camera").into_iter().step_by(4);
    for path in
        files.chain(real_files("hard/coding")).chain(real_files("hard/sampling")).chain(real_files("hard/sizes"))
    {
        let bytes = std::fs::read(&path).unwrap();
        if let (Ok((levels, false)), Some(theirs)) = (decode_jpeg(&bytes, &[0], &Sequential), zune::decode(&bytes)) {
            let difference = difference(&levels[0].1, &theirs).expect("the same planes");
            assert!(difference <= TOLERANCE, "{}: {difference}", path.display());
            compared += 1;
        }
    }
    assert!(compared > 0, "no photograph was read by both decoders");
}
