#!/usr/bin/env python3
"""Bytes of mozjpeg and jpegli at the SSIMULACRA2 of cimaise's JPEG files.

    python3 -m venv venv && venv/bin/pip install pillow numpy 'pyvips[binary]' pyjpegli
    cargo build --release --manifest-path benches/quality/Cargo.toml
    venv/bin/python benches/quality/encoders.py --photos FOLDER [--height 1366] [--every 1] [--quality 82]

All photographs in FOLDER are brought to the height by Pillow's Lanczos filter, and kept without loss: that is what files are compared with.
cimaise encodes them with the effort `balanced`. mozjpeg (in pyvips: trellis, its own quantization tables, all scans) and jpegli (progressive)
encode them at qualities around, between which the bytes at cimaise's score are interpolated, in their logarithm. cimaise and mozjpeg halve
chroma, or keep it (`--chroma full`); jpegli always keeps it. Prints the median of the others' bytes as a multiple of cimaise's, and its range.
"""
import argparse
import math
import pathlib
import statistics
import subprocess
import tempfile

import numpy
import pyjpegli
import pyvips
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent


def mozjpeg(pixels, quality, full):
    image = pyvips.Image.new_from_array(pixels).copy(interpretation="srgb")
    return image.jpegsave_buffer(
        Q=quality, optimize_coding=True, interlace=True, trellis_quant=True, overshoot_deringing=True, optimize_scans=True, quant_table=3,
        subsample_mode="off" if full else "on", keep="none")


def jpegli(pixels, quality, _):
    return pyjpegli.encode(pixels.tobytes(), pixels.shape[1], pixels.shape[0], quality)


ENCODERS = {"mozjpeg": mozjpeg, "jpegli": jpegli}


def bytes_at(score, points):
    """Interpolates the logarithm of the bytes between the two nearest (score, bytes) around a score; `None` outside of them."""
    points = sorted(points)
    for (low, few), (high, many) in zip(points, points[1:]):
        if low <= score <= high and high > low:
            part = (score - low) / (high - low)
            return math.exp((1 - part) * math.log(few) + part * math.log(many))
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=pathlib.Path, required=True)
    parser.add_argument("--height", type=int, default=1366)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--quality", type=int, default=82)
    parser.add_argument("--chroma", choices=("half", "full"), default="half")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/cimaise-quality")
    given = parser.parse_args()
    full = given.chroma == "full"
    found = sorted(path for path in given.photos.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    ratios = {name: [] for name in ENCODERS}
    with tempfile.TemporaryDirectory() as work:
        for number, path in enumerate(found[::given.every]):
            try:
                photo = Image.open(path).convert("RGB")
            except (OSError, ValueError):
                continue
            if photo.height < given.height:
                continue
            photo = photo.resize((round(photo.width * given.height / photo.height), given.height), Image.Resampling.LANCZOS)
            source = f"{work}/{number}.png"
            photo.save(source, compress_level=1)
            pixels = numpy.asarray(photo)
            fields = [source, f"balanced:{given.quality}:{given.chroma}"]
            for name, encode in ENCODERS.items():
                for quality in range(given.quality - 14, min(given.quality + 15, 100), 4):
                    fields.append(f"{work}/{number}-{name}-{quality}.jpg")
                    pathlib.Path(fields[-1]).write_bytes(encode(pixels, quality, full))
            said = subprocess.run([given.program], input="\t".join(fields) + "\n", text=True, capture_output=True, check=True).stdout
            lines = [line.split("\t") for line in said.splitlines()]
            own = next((float(score), int(size)) for _, field, size, score in lines if field.startswith("balanced"))
            for name in ENCODERS:
                points = [(float(score), int(size)) for _, field, size, score in lines if f"-{name}-" in field]
                if (at := bytes_at(own[0], points)) is not None:
                    ratios[name].append(at / own[1])
            print(f"{path.name}: score {own[0]:.1f}, " + ", ".join(f"{name} {values[-1]:.3f}" for name, values in ratios.items() if values), flush=True)
    for name, values in ratios.items():
        print(f"{name}: {statistics.median(values):.3f} ({min(values):.3f} to {max(values):.3f}), {len(values)} photographs")


main()
