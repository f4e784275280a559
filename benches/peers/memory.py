"""Peak memory of `cimaise build`, and what it costs in time.

memory.py --cimaise FILE (--photo FILE | --site DIR) [--jobs N] [--rounds N] [-- OPTION...]

--photo makes a site of one photo of 100 megapixels out of FILE, once baseline and once progressive, and builds each with one
job; --site builds a copy of a site with récitale's sizes and N jobs (2). Options after `--` go to `cimaise build`.
Peak memory is the larger of the proportional set size of all processes (sampled) and the resident set size of the first (told by the kernel);
see measure.py.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

from PIL import Image, ImageOps

from compare import Tool, copy_site, with_settings
from measure import run

Image.MAX_IMAGE_PIXELS = None
LARGE = (12288, 8192)  # 100.7 megapixels
SITE = "title: Memory\n"
GALLERY = "title: One\ncover: photo.jpg\nsections:\n  - type: pictures-group\n    images:\n      - [photo.jpg]\n"


def mosaic(photo):
    """The photo four times, mirrored so that edges meet: enlarging it fourfold would leave nothing fine in it."""
    half = (LARGE[0] // 2, LARGE[1] // 2)
    with Image.open(photo) as image:
        part = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), half, Image.Resampling.BICUBIC)
    whole = Image.new("RGB", LARGE)
    for x, row in ((0, part), (half[0], ImageOps.mirror(part))):
        whole.paste(row, (x, 0))
        whole.paste(ImageOps.flip(row), (x, half[1]))
    return whole


def large_sites(photo, work):
    """(name, folder) of the sites of one photo."""
    image = mosaic(photo)
    for name, sampling, progressive in (
        ("baseline 4:2:0", "4:2:0", False), ("progressive 4:2:0", "4:2:0", True),
        ("baseline 4:4:4", "4:4:4", False), ("progressive 4:4:4", "4:4:4", True),
    ):
        folder = work / f"memory-{name.replace(':', '').replace(' ', '-')}"
        (folder / "one").mkdir(parents=True, exist_ok=True)
        (folder / "settings.yaml").write_text(SITE)
        (folder / "one/settings.yaml").write_text(GALLERY)
        target = folder / "one/photo.jpg"
        if not target.exists():
            image.save(target, "JPEG", quality=92, subsampling=sampling, progressive=progressive)
        with_settings(folder)
        yield f"{LARGE[0] * LARGE[1] / 1e6:.0f} megapixels, {name}, {target.stat().st_size / 1e6:.1f} MB", folder


def measure(name, folder, args, jobs):
    tool = Tool(name, folder, [str(args.cimaise.resolve()), "build", *args.options], ".cimaise-cache")
    costs = []
    for _ in range(args.rounds):
        tool.clean()
        costs.append(tool.build(jobs, args.work / "memory.log"))
    peaks = [cost.peak / 2**20 for cost in costs]
    wall, cpu = (statistics.median(getattr(cost, what) for cost in costs) for what in ("wall", "cpu"))
    print(f"| {name} | {jobs} | {statistics.median(peaks):.0f} MiB | {max(peaks):.0f} MiB | {wall:.2f} s | {cpu:.2f} s |", flush=True)


def main():
    own = sys.argv[1:]
    options = []
    if "--" in own:
        own, options = own[: own.index("--")], own[own.index("--") + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cimaise", type=Path, required=True)
    parser.add_argument("--photo", type=Path)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path(__file__).resolve().parent / "work")
    args = parser.parse_args(own)
    args.options = options
    if not args.photo and not args.site:
        parser.error("one of --photo and --site is needed")

    os.makedirs(args.work, exist_ok=True)
    print("| site | jobs | peak, median | peak, highest | wall | CPU |\n|---|---:|---:|---:|---:|---:|")
    if args.photo:
        for name, folder in large_sites(args.photo, args.work):
            measure(name, folder, args, 1)
    if args.site:
        copy = args.work / "memory-site"
        copy_site(args.site, copy)
        with_settings(copy)
        measure(f"site `{args.site.name}`", copy, args, args.jobs)


if __name__ == "__main__":
    main()
