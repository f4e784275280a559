"""The photos of the engine job: one of 24 megapixels, and the largest of a folder.

photos.py SOURCE OUT: makes OUT/24mp.jpg and OUT/largest/ (links, numbered by size) from the folder SOURCE of photographs.
"""

import os
import sys
from pathlib import Path

from PIL import Image, ImageOps

Image.MAX_IMAGE_PIXELS = None

# 6030 x 4028 as it left the camera: hardly resampled by what is done with it here.
LARGE = "camera/fedora-extras/stora-hornsjön.jpg"
# Folders of photographs. What lies beside them is made up or broken on purpose.
PHOTOGRAPHS = ("camera", "packages")
COUNT = 20


def make_large(source, target):
    """6000 x 4000, 4:2:0, baseline, quality 92, no metadata: 4.17 MB with libjpeg-turbo 3.2."""
    if target.exists():
        return
    with Image.open(source / LARGE) as image:
        image = ImageOps.fit(image.convert("RGB"), (6000, 4000), Image.Resampling.LANCZOS)
    part = target.with_suffix(".part")
    image.save(part, "JPEG", quality=92, subsampling="4:2:0", progressive=False)
    part.replace(target)


def jpegs(folder):
    """(pixels, path) of every JPEG in gray or YCbCr below `folder`, largest first."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".jpg", ".jpeg"):
            continue
        with Image.open(path) as image:
            if image.format in ("JPEG", "MPO") and image.mode in ("L", "RGB"):
                found.append((image.width * image.height, path))
    return sorted(found, key=lambda entry: (-entry[0], entry[1]))


def link_largest(source, target):
    target.mkdir(parents=True, exist_ok=True)
    found = [entry for name in PHOTOGRAPHS for entry in jpegs(source / name)]
    found.sort(key=lambda entry: (-entry[0], entry[1]))
    for number, (_, path) in enumerate(found[:COUNT], 1):
        # Names without anything that one of the tools could take for an option or a pattern.
        link = target / f"{number:02}-{''.join(c if c.isascii() and c.isalnum() else '-' for c in path.stem)}.jpg"
        if not link.exists():
            os.symlink(path.resolve(), link)


def main():
    source, out = map(Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    make_large(source, out / "24mp.jpg")
    link_largest(source, out / "largest")


if __name__ == "__main__":
    main()
