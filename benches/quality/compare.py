#!/usr/bin/env python3
"""Bytes and SSIMULACRA2 of cimaise's JPEG files against Pillow's: the tables under "Quality" in docs/performance.md.

    python3 -m venv venv && venv/bin/pip install pillow
    cargo build --release --manifest-path benches/quality/Cargo.toml
    venv/bin/python benches/quality/compare.py --photos FOLDER [--heights 450,600,800] [--every 1] [--quality 75]

All photographs in FOLDER are brought to each height by Pillow's Lanczos filter, and kept without loss: that is what files are
compared with. Pillow encodes it with 4:2:0, progressive, optimized; cimaise with each effort at three qualities, between
which bytes are interpolated (in their logarithm) for Pillow's score, and the score for Pillow's bytes.
"""

import argparse
import math
import subprocess
import tempfile
from pathlib import Path
from statistics import median, quantiles

from PIL import Image, ImageOps

Image.MAX_IMAGE_PIXELS = None
EFFORTS = ["fast", "balanced", "small"]


def pictures(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"):
            try:
                picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
            except (OSError, SyntaxError, ValueError):
                continue
            if picture.width * picture.height >= 250_000:
                yield picture


def between(x, points):
    """The y at x on a line through the two of the points (x, y) that are nearest to it."""
    (x0, y0), (x1, y1) = sorted(sorted(points, key=lambda point: abs(point[0] - x))[:2])
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def measure(program, quality, reference, folder):
    """For each effort: bytes at equal score as a ratio, score at equal bytes, score and bytes at equal quality, as differences."""
    theirs = folder / "theirs.jpg"
    Image.open(reference).save(theirs, quality=quality, subsampling="4:2:0", progressive=True, optimize=True)
    steps = [max(quality - 7, 1), quality, min(quality + 7 if quality < 90 else quality + 3, 99)]
    fields = [str(reference), str(theirs)] + [f"{effort}:{step}" for effort in EFFORTS for step in steps]
    run = subprocess.run([program], input="\t".join(fields) + "\n", capture_output=True, text=True, check=True)
    found = [(math.log(int(line[2])), float(line[3])) for line in (row.split("\t") for row in run.stdout.splitlines())]
    (size, score), ours = found[0], found[1:]
    results = {"score": score}
    for number, effort in enumerate(EFFORTS):
        points = ours[3 * number:3 * number + 3]
        results[effort] = (math.exp(between(score, [(s, b) for b, s in points]) - size), between(size, points) - score,
                           points[1][1] - score, math.exp(points[1][0] - size))
    return results


def row(name, results):
    cells = [name, str(len(results)), f"{median(result['score'] for result in results):.1f}"]
    for effort in EFFORTS:
        ratios = [result[effort][0] for result in results]
        spread = quantiles(ratios, n=10) if len(ratios) > 1 else ratios
        cells += [f"{median(ratios):.3f} ({spread[0]:.3f} to {spread[-1]:.3f})",
                  f"{median(result[effort][1] for result in results):+.2f}",
                  f"{median(result[effort][2] for result in results):+.2f}, {median(result[effort][3] for result in results):.3f}"]
    print("| " + " | ".join(cells) + " |", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--heights", default="450,600,800,1366,1920")
    arguments.add_argument("--every", type=int, default=1, help="only every so many-th photograph")
    arguments.add_argument("--quality", type=int, default=75)
    arguments.add_argument("--program", default=str(Path(__file__).parent / "target/release/cimaise-quality"))
    options = arguments.parse_args()
    heights = [int(height) for height in options.heights.split(",")]
    print("| height | photographs | Pillow's score |" + "".join(
        f" {effort}: bytes at that score (tenths) | score at those bytes | at the same quality: score, bytes |"
        for effort in EFFORTS))
    print("|" + "---:|" * (3 + 3 * len(EFFORTS)))
    results = {height: [] for height in heights}
    with tempfile.TemporaryDirectory() as folder:
        reference = Path(folder) / "reference.png"
        for number, picture in enumerate(pictures(options.photos)):
            for height in heights:
                if number % options.every == 0 and height <= picture.height:
                    width = round(picture.width * height / picture.height)
                    picture.resize((width, height), Image.LANCZOS).save(reference, compress_level=1)
                    results[height].append(measure(options.program, options.quality, reference, Path(folder)))
    for height in heights:
        if results[height]:
            row(str(height), results[height])
    row("all", [result for some in results.values() for result in some])


if __name__ == "__main__":
    main()
