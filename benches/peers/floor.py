"""Where the time of such a build goes: CPU seconds for decoding, resizing and encoding with the `PIL` of the running Python.

floor.py SITE: decodes every JPEG below SITE once, makes cimaise's sizes of it (see README.md), and adds up each kind of work.
"""

import io
import sys
import time
from collections import Counter
from pathlib import Path

from PIL import Image

Image.MAX_IMAGE_PIXELS = None
HEIGHTS = (450, 600, 800, 1366, 1920)


def main():
    cost = Counter()

    def timed(kind, work):
        start = time.process_time()
        result = work()
        cost[kind] += time.process_time() - start
        return result

    photos = sorted(path for path in Path(sys.argv[1]).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))
    for path in photos:
        data = path.read_bytes()
        image = Image.open(io.BytesIO(data))
        timed("decode", image.load)
        sizes = [(round(image.width * height / image.height), height) for height in HEIGHTS if height < image.height]
        renditions = [image] + [timed("resize", lambda size=size: image.resize(size, Image.LANCZOS)) for size in sizes]
        for progressive in (False, True):
            for rendition in renditions:
                options = {"quality": 75, "subsampling": 2, "progressive": progressive, "optimize": not progressive}
                if rendition.mode == "L":
                    options.pop("subsampling")
                kind = "encode, progressive" if progressive else "encode, sequential with its own Huffman tables"
                timed(kind, lambda: rendition.save(io.BytesIO(), "JPEG", **options))
    print(f"{len(photos)} photos, CPU seconds:")
    for kind, seconds in cost.items():
        print(f"{seconds:7.1f}  {kind}")


if __name__ == "__main__":
    main()
