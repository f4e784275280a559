"""The engine job with libvips in one process. Arguments: MODE FOLDER PHOTO HEIGHT...

MODE is `once` (decoded into memory once, all heights from there) or `each` (opened for each height, which lets libvips
decode at a reduced scale).
"""

import sys

import pyvips

ANY = 1 << 20  # a width that limits nothing


def save(image, folder, height):
    image.jpegsave(f"{folder}/{height}.jpg", Q=75, interlace=True, optimize_coding=True, keep="none")


def main(mode, folder, photo, *heights):
    if mode == "once":
        image = pyvips.Image.new_from_file(photo).autorot().copy_memory()
        for height in heights:
            save(image.thumbnail_image(ANY, height=int(height), size="down"), folder, height)
    else:
        for height in heights:
            save(pyvips.Image.thumbnail(photo, ANY, height=int(height), size="down"), folder, height)


if len(sys.argv) > 1:
    main(*sys.argv[1:])
