//! Rendering small pictures: any bytes, no panic, and results of exactly the size that was asked for.

#![no_main]

use cimaise::image::{Background, Colors, Encode, Encoding, Metadata, Recipe, Requantize, Size, halvings, read_header, render};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(header) = read_header(bytes) else { return };
    if header.stored.pixels() > 1 << 20 {
        return;
    }
    let turn = header.orientation;
    let third = |side: u32| side.div_ceil(3);
    let size = Size { width: third(header.display().width), height: third(header.display().height) };
    let background = Background::WHITE;
    let encode = |encoding, colors| {
        let halvings = halvings(header.stored, turn.apply(size));
        Recipe::Encode(Encode { size, halvings, turn, encoding, metadata: Metadata::AllButLocation, colors, background })
    };
    let recipes = [
        encode(Encoding::Jpeg { quality: 75, progressive: true }, Colors::Keep),
        encode(Encoding::Png, Colors::Srgb),
        Recipe::Survey { turn, colors: Colors::Keep, background },
    ];
    let encoding = Encoding::Jpeg { quality: 75, progressive: bytes.len() % 2 == 0 };
    let requantize = Requantize { size: header.display(), turn, encoding, metadata: Metadata::AllButLocation };
    if header.requantizes(turn)
        && let Ok(results) = render(bytes, &header, &[Recipe::Requantize(requantize)])
    {
        assert_eq!(read_header(&results[0]).expect("our own picture").stored, header.display());
    }
    if let Ok(results) = render(bytes, &header, &recipes) {
        for result in &results[..2] {
            assert_eq!(read_header(result).expect("our own picture").stored, size);
        }
    }
});
