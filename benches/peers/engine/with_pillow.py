"""The engine job as récitale does it, with whatever `PIL` there is: decode once, then for each height a copy of the full
size, reduced with `thumbnail`, saved with the source's subsampling and colour profile. Arguments: FOLDER PHOTO HEIGHT...
"""

import sys

from PIL import Image, ImageOps, JpegImagePlugin

Image.MAX_IMAGE_PIXELS = None
ANY = 1 << 20  # a width that limits nothing


def main(folder, photo, *heights):
    image = Image.open(photo)
    options = {"format": "JPEG", "quality": 75, "progressive": True, "optimize": True}
    sampling = JpegImagePlugin.get_sampling(image)
    if sampling >= 0:
        options["subsampling"] = sampling
    if image.getexif().get(0x0112, 1) != 1:
        image = ImageOps.exif_transpose(image)
    for height in heights:
        small = image.copy()
        small.thumbnail((ANY, int(height)), Image.Resampling.LANCZOS)
        small.save(f"{folder}/{height}.jpg", **options)


if len(sys.argv) > 1:
    main(*sys.argv[1:])
