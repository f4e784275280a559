#!/usr/bin/env python3
"""zone_plate.py CIMAISE: errors of a zone plate reduced to 640 pixels, as JPEG and as PNG, for reductions from 1.2 to 20.

A zone plate contains all frequencies in all directions, up to the finest that its pixels can show. Prints a table of the rms differences from
Pillow's Lanczos filter at full size. Results are written with quality 100, whose own error is in the last column. Needs Pillow and numpy.
"""
import io
import pathlib
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

WIDTH = 640
REDUCTIONS = (1.2, 1.5, 1.8, 2, 2.4, 2.5, 2.8, 3, 3.125, 3.5, 4, 5, 6, 7, 8, 10, 12, 16, 20)


def plate(side):
    """A gray zone plate whose finest ring, at the middle of each side, is two pixels wide."""
    squares = (numpy.arange(side, dtype=numpy.float32) - (side - 1) / 2) ** 2
    rows = (127.5 + 127.5 * numpy.cos(numpy.pi / side * (squares[start:start + 512, None] + squares)) for start in range(0, side, 512))
    return Image.fromarray(numpy.vstack([row.round().clip(0, 255).astype(numpy.uint8) for row in rows]))


def rms(one, other):
    return float(numpy.sqrt(((numpy.asarray(one.convert("L"), float) - numpy.asarray(other.convert("L"), float)) ** 2).mean()))


def made(binary, source, name):
    """Returns the rendition with a width of WIDTH."""
    with tempfile.TemporaryDirectory() as site:
        site = pathlib.Path(site)
        (site / "a").mkdir()
        source.save(site / "a" / name, quality=100, compress_level=1)
        (site / "settings.yaml").write_text(
            f"title: Plates\nsettings:\n  gm: {{quality: 100}}\n  images: {{ladder: [{WIDTH}], png: keep, full: none}}\n")
        (site / "a" / "settings.yaml").write_text(f"title: A\ncover: {name}\nsections: [{{type: bordered-picture, image: {name}}}]\n")
        subprocess.run([binary, "build", "-q", site], check=True)
        [path] = (site / "build" / "a").glob(f"*-{WIDTH}x{WIDTH}.*")
        return Image.open(io.BytesIO(path.read_bytes()))


def main():
    Image.MAX_IMAGE_PIXELS = None
    binary = pathlib.Path(sys.argv[1]).resolve()
    print("| reduction | JPEG | PNG | quality 100 |\n|---:|---:|---:|---:|")
    for reduction in REDUCTIONS:
        source = plate(round(WIDTH * reduction))
        expected = source.resize((WIDTH, WIDTH), Image.Resampling.LANCZOS)
        encoded = io.BytesIO()
        expected.save(encoded, "JPEG", quality=100)
        own = rms(Image.open(encoded), expected)
        jpeg, png = (rms(made(binary, source, name), expected) for name in ("plate.jpg", "plate.png"))
        print(f"| {reduction:g} | {jpeg:.2f} | {png:.2f} | {own:.2f} |", flush=True)


main()
