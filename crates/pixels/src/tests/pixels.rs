//! Pixels of results: colours in their places, at the right size, for every format, sampling and orientation.

use jpeg::{Effort, Orientation, Size};
use jpeg_encoder::SamplingFactor as Sampling;

use super::make::*;
use crate::base::error::Error;
use crate::base::recipe::{Chroma, Encode, Encoding, Metadata, Placeholder, Recipe, Survey};
use crate::open::header::read_header;
use crate::render;

const SAMPLINGS: [Sampling; 5] = [Sampling::F_1_1, Sampling::F_2_1, Sampling::F_2_2, Sampling::F_1_2, Sampling::F_4_1];

fn assert_quarters(found: &(Size, usize, Vec<u8>), what: &str) {
    let size = found.0;
    for (x, y) in [(1, 1), (3, 1), (1, 3), (3, 3)] {
        let (x, y) = (size.width * x / 4, size.height * y / 4);
        let (pixel, expected) = (pixel(found, x, y), quarters(x, y, size));
        assert!(near(pixel, &expected, 12), "{what}: {pixel:?} instead of {expected:?} at {x}, {y}");
    }
}

#[test]
fn pictures_stand_upright_in_every_orientation_and_sampling() {
    for turn in turns() {
        for (i, sampling) in SAMPLINGS.into_iter().enumerate() {
            let source = jpeg(size(90, 61), turn, sampling, quarters);
            let header = read_header(&source).unwrap();
            assert_eq!(header.display(), size(90, 61));
            let result = rendered(&source, |header| Recipe::Encode(recipe(header, size(45, 31))));
            let found = look(&result);
            assert_eq!((found.0, found.1), (size(45, 31), 3));
            assert_eq!(read_header(&result).unwrap().orientation, Orientation::UPRIGHT);
            assert_quarters(&found, &format!("orientation {}, sampling {i}", turn.exif()));
        }
        let source = png(size(90, 61), turn, false, quarters);
        let found = look(&rendered(&source, |header| Recipe::Encode(recipe(header, size(45, 31)))));
        assert_quarters(&found, &format!("PNG, orientation {}", turn.exif()));
    }
}

/// Checks that slow gradients of all colours come out as if the picture had been painted at the small size. An error of half a
/// sample in the position of chroma fails here.
fn assert_slopes(found: &[u8], upright: Size, target: Size, most: u8, what: &str) {
    let found = look(found);
    assert_eq!(found.0, target, "{what}");
    let mut worst = 0;
    let mut sum = 0_u64;
    for y in 1..target.height - 1 {
        for x in 1..target.width - 1 {
            // The position in the large picture of a small pixel's middle.
            let at = |i: u32, from: u32, to: u32| ((2 * i + 1) * from / (2 * to)).min(from - 1);
            let expected = slopes(at(x, upright.width, target.width), at(y, upright.height, target.height), upright);
            for (a, b) in pixel(&found, x, y).iter().zip(expected) {
                worst = worst.max(a.abs_diff(b));
                sum += u64::from(a.abs_diff(b));
            }
        }
    }
    let mean = sum as f64 / (target.pixels() * 3) as f64;
    assert!(worst <= most && mean < 2.0, "{what}: {worst} at most, {mean:.2} in the mean");
}

#[test]
fn colours_stay_in_their_place() {
    for turn in turns() {
        for sampling in SAMPLINGS {
            for (upright, target) in
                [(size(97, 65), size(97, 65)), (size(97, 65), size(33, 22)), (size(300, 201), size(31, 21))]
            {
                let source = jpeg(upright, turn, sampling, slopes);
                let found = rendered(&source, |header| Recipe::Encode(recipe(header, target)));
                let what = format!("orientation {}, {sampling:?}, {target:?}", turn.exif());
                assert_slopes(&found, upright, target, 9, &what);
            }
        }
    }
}

/// Also if no edge coincides with that of a block or of a sample of chroma.
#[test]
fn without_pixels_colours_stay_in_their_place() {
    for turn in turns() {
        for sampling in SAMPLINGS {
            for upright in [size(97, 65), size(104, 72), size(91, 70), size(96, 64)] {
                let source = jpeg(upright, turn, sampling, slopes);
                let found = rendered(&source, |header| Recipe::Requantize(requantize(header)));
                let what = format!("orientation {}, {sampling:?}, {upright:?}", turn.exif());
                assert_slopes(&found, upright, upright, 9, &what);
            }
        }
    }
}

#[test]
fn sizes_are_exact_down_to_one_pixel_and_up_to_panoramas() {
    for (source, target) in [
        (size(1, 1), size(1, 1)),
        (size(1, 200), size(1, 100)),
        (size(200, 1), size(7, 1)),
        (size(3, 5), size(2, 3)),
        (size(17_003, 9), size(1_920, 1)),
        (size(9, 17_003), size(9, 17_003)),
    ] {
        for turn in [1, 3, 6] {
            let turn = Orientation::from_exif(turn);
            for bytes in [jpeg(source, turn, Sampling::F_2_2, slopes), png(source, turn, true, slopes)] {
                let found = look(&rendered(&bytes, |header| Recipe::Encode(recipe(header, target))));
                assert_eq!(found.0, target);
                let found = look(&rendered(&bytes, |header| {
                    Recipe::Encode(Encode { encoding: Encoding::Png, ..recipe(header, target) })
                }));
                assert_eq!(found.0, target);
            }
        }
    }
}

#[test]
fn transparency_stays_in_png_and_is_white_in_jpeg() {
    for turn in turns() {
        let source = png(size(80, 60), turn, true, quarters);
        let header = read_header(&source).unwrap();
        assert!(header.alpha);
        let jpeg = recipe(&header, size(40, 30));
        let png = Encode { encoding: Encoding::Png, ..jpeg.clone() };
        let results = render(&source, &header, &[Recipe::Encode(png), Recipe::Encode(jpeg)]).unwrap();
        let [png, jpeg] = [look(&results[0]), look(&results[1])];
        assert_eq!((png.1, jpeg.1), (4, 3));
        assert_eq!(pixel(&png, 5, 15)[3], 0);
        assert!(near(pixel(&png, 35, 5), &[30, 200, 30, 255], 1));
        assert!(near(pixel(&jpeg, 5, 5), &[255; 3], 2));
        assert!(near(pixel(&jpeg, 35, 5), &[30, 200, 30], 6));
    }
}

#[test]
fn gray_stays_gray() {
    let mut bytes = Vec::new();
    let samples: Vec<u8> = (0..40 * 30).map(|i| (i % 40 * 5) as u8).collect();
    jpeg_encoder::Encoder::new(&mut bytes, 95).encode(&samples, 40, 30, jpeg_encoder::ColorType::Luma).unwrap();
    for encoding in [
        Encoding::Jpeg { quality: 95, progressive: true, effort: Effort::Balanced, chroma: Chroma::Half },
        Encoding::Png,
    ] {
        let result = rendered(&bytes, |header| Recipe::Encode(Encode { encoding, ..recipe(header, size(20, 15)) }));
        let found = look(&result);
        assert_eq!((found.0, found.1), (size(20, 15), 1));
        assert!(near(pixel(&found, 10, 7), &[102], 4), "{:?}", pixel(&found, 10, 7));
    }
}

#[test]
fn a_rendition_does_not_depend_on_its_company() {
    let source = jpeg(size(301, 203), Orientation::from_exif(6), Sampling::F_2_2, slopes);
    let header = read_header(&source).unwrap();
    let turn = header.orientation;
    let mut recipes: Vec<Recipe> = [(301, 203), (150, 101), (75, 51), (75, 50), (20, 13)]
        .iter()
        .map(|(width, height)| Recipe::Encode(recipe(&header, size(*width, *height))))
        .collect();
    recipes.push(placeholder(turn));
    recipes.push(Recipe::Keep { metadata: Metadata::Credit });
    recipes.push(Recipe::Encode(Encode { encoding: Encoding::Png, ..recipe(&header, size(75, 50)) }));
    let together = render(&source, &header, &recipes).unwrap();
    for (recipe, expected) in recipes.iter().zip(&together) {
        let alone = render(&source, &header, std::slice::from_ref(recipe)).unwrap();
        assert!(alone == std::slice::from_ref(expected), "{recipe:?}");
    }
    recipes.reverse();
    let mut backwards = render(&source, &header, &recipes).unwrap();
    backwards.reverse();
    assert!(backwards == together);
}

#[test]
fn placeholders_tell_top_middle_and_bottom() {
    for turn in turns() {
        for bytes in [
            jpeg(size(120, 90), turn, Sampling::F_2_2, bands),
            png(size(120, 90), turn, false, bands),
            jpeg(size(9, 3), turn, Sampling::F_1_1, bands),
        ] {
            let found = rendered(&bytes, |header| placeholder(header.orientation));
            let Survey { placeholder: Placeholder(found), damage: None } = Survey::from_bytes(&found).unwrap() else {
                panic!("it is intact");
            };
            for (found, expected) in found.iter().zip([40, 120, 200]) {
                assert!(near(found, &[expected; 3], 4), "{found:?}, orientation {}", turn.exif());
            }
        }
    }
    let bytes = png(size(120, 90), Orientation::UPRIGHT, true, |_, _, _| [0; 3]);
    let found = rendered(&bytes, |header| placeholder(header.orientation));
    let Placeholder(found) = Survey::from_bytes(&found).unwrap().placeholder;
    assert!(found.iter().flatten().all(|color| color.abs_diff(128) <= 4), "half of it is white: {found:?}");
}

#[test]
fn nothing_is_ever_enlarged() {
    let source = jpeg(size(40, 30), Orientation::UPRIGHT, Sampling::F_2_2, slopes);
    let header = read_header(&source).unwrap();
    let good = recipe(&header, size(20, 15));
    for bad in [
        Encode { size: size(41, 30), ..good.clone() },
        Encode { size: size(0, 1), ..good.clone() },
        Encode { halvings: 2, ..good.clone() },
        Encode { halvings: 255, ..good.clone() },
    ] {
        let result = render(&source, &header, &[Recipe::Encode(bad)]);
        assert!(matches!(result, Err(Error::UnsuitableRecipe(_))), "{result:?}");
    }
}

#[test]
fn a_decoder_halves_by_itself_where_there_is_chroma_to_spare() {
    for (sampling, reduces) in [
        (Sampling::F_1_1, true),
        (Sampling::F_2_1, true),
        (Sampling::F_1_2, true),
        (Sampling::F_2_2, true),
        (Sampling::F_4_1, false),
    ] {
        let header = read_header(&jpeg(size(640, 480), Orientation::UPRIGHT, sampling, slopes)).unwrap();
        assert_eq!(header.reduces(), reduces, "{sampling:?}");
        let halvings = |width, height| header.halvings(size(width, height));
        assert_eq!(halvings(256, 192), u8::from(reduces), "{sampling:?}");
        assert_eq!(halvings(160, 120), 1, "{sampling:?}");
    }
}
