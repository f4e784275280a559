#!/usr/bin/env python3
"""What comes out of cimaise, compared with Pillow, LittleCMS and arithmetic in linear light: the tables of docs/colour.md.

    python3 -m venv venv && venv/bin/pip install pillow numpy imagecodecs
    venv/bin/python benches/colour/compare.py --cimaise target/release/cimaise --photos FOLDER

FOLDER is searched for pictures with colour profiles (`icc`, `cmyk` in the path) and for photographs (`camera`). imagecodecs
brings LittleCMS with more than 8 bits.
"""

import argparse
import io
import subprocess
import sys
import tempfile
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image, ImageCms, ImageOps

Image.MAX_IMAGE_PIXELS = None
COMPENSATED = int(ImageCms.Flags.BLACKPOINTCOMPENSATION)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes()


def build(cimaise, photos, images):
    """Renditions at quality 100 of photos (a dict from name to bytes) under `settings.images`: a dict to lists of files."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "a").mkdir()
        (root / "settings.yaml").write_text(f"title: T\nsettings:\n  gm: {{quality: 100}}\n  images: {images}\n")
        names = list(photos)
        for name, data in photos.items():
            (root / "a" / name).write_bytes(data)
        rows = "".join(f"  - [{name}]\n" for name in names)
        (root / "a" / "settings.yaml").write_text(
            f"title: A\ncover: {names[0]}\nsections:\n- type: pictures-group\n  images:\n{rows}")
        run = subprocess.run([cimaise, "build"], cwd=root, capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(run.stderr)
        made = sorted((root / "build" / "a").iterdir())
        return {
            name: [path.read_bytes() for path in made if path.name.startswith(Path(name).stem + "-")] for name in names
        }


def opened(data):
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def like(data, pixels):
    """Pixels with the losses that a rendition has: those of JPEG at quality 100 with its sampling factors, or none."""
    if not data.startswith(b"\xff\xd8"):
        return pixels
    factors = opened(data).layer
    across, down = (factors[0][side] // factors[-1][side] for side in (1, 2))
    # Pillow writes no other factors; the nearest that loses no less.
    sampling = "4:4:4" if across * down == 1 else "4:2:2" if (across, down) == (2, 1) else "4:2:0"
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=100, subsampling=sampling)
    return np.asarray(opened(file.getvalue()))


# Geometry


def scene(width, height):
    """Slopes, a texture, and edges of saturated colours: odd sides, and nothing symmetric."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    waves = 30 * np.sin(x / 9) * np.cos(y / 13)
    rgb = np.stack([x / width * 200 + waves + 20, y / height * 180 + waves + 30, 128 + 90 * np.sin((x + 2 * y) / 90)], -1)
    rgb[height // 5 : height // 3, width // 2 : width * 3 // 4] = [200, 30, 40]
    rgb[height // 2 : height * 2 // 3, width // 8 : width // 3] = [30, 60, 190]
    return Image.fromarray(np.clip(rgb + 0.5, 0, 255).astype(np.uint8))


def stored(picture, orientation):
    """The picture as a camera held that way stores it."""
    T = Image.Transpose
    undo = [None, None, T.FLIP_LEFT_RIGHT, T.ROTATE_180, T.FLIP_TOP_BOTTOM, T.TRANSPOSE, T.ROTATE_90, T.TRANSVERSE, T.ROTATE_270]
    return picture if undo[orientation] is None else picture.transpose(undo[orientation])


def with_orientation(picture, kind, sampling, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels = stored(picture, orientation)
    file = io.BytesIO()
    if kind == "JPEG" and sampling in ("4:4:0", "4:1:1"):
        data = imagecodecs.jpeg8_encode(np.asarray(pixels), level=95, subsampling=sampling.replace(":", ""))
        block = b"Exif\0\0" + exif.tobytes().removeprefix(b"Exif\0\0")
        return data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + data[2:]
    options = {"JPEG": {"quality": 95, "subsampling": sampling}, "WebP": {"lossless": True}}.get(kind, {})
    pixels.save(file, kind, exif=exif, **options)
    return file.getvalue()


def geometry(cimaise, sides):
    kinds = [("JPEG", s) for s in ("4:4:4", "4:2:2", "4:4:0", "4:2:0", "4:1:1")]
    kinds += [("PNG", ""), ("WebP", ""), ("TIFF", "")]
    picture = scene(1203, 802)
    extensions = {"JPEG": "jpg", "PNG": "png", "WebP": "webp", "TIFF": "tif"}
    sources = {}
    for kind, sampling in kinds:
        for orientation in range(1, 9):
            name = f"{kind}{sampling.replace(':', '')}o{orientation}.{extensions[kind]}"
            sources[name] = (kind, sampling, with_orientation(picture, kind, sampling, orientation))
    for side in sides:
        made = build(cimaise, {name: data for name, (_, _, data) in sources.items()}, f"{{ladder: [{side}], full: none}}")
        print(f"\n1203 x 802 pixels to a long edge of {side}: largest and mean difference\n")
        print("| source | " + " | ".join(f"orientation {o}" for o in range(1, 9)) + " |")
        print("|---|" + "---|" * 8)
        for kind, sampling in kinds:
            cells = []
            for orientation in range(1, 9):
                name = f"{kind}{sampling.replace(':', '')}o{orientation}.{extensions[kind]}"
                result = made[name][0]
                ours = opened(result).convert("RGB")
                theirs = ImageOps.exif_transpose(opened(sources[name][2])).convert("RGB")
                theirs = like(result, np.asarray(theirs.resize(ours.size, Image.Resampling.LANCZOS)))
                difference = np.abs(np.asarray(ours, np.int16) - theirs.astype(np.int16))
                cells.append(f"{difference.max()} / {difference.mean():.2f}")
            print(f"| {kind} {sampling} | " + " | ".join(cells) + " |")


# Colours


def lab(pixels, profile):
    """L*a*b* of an array of 8 or 16 bits in a profile, in floating-point numbers."""
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[..., None], 3, 2)
    space = "cmyk" if pixels.shape[2] == 4 else "rgb"
    return imagecodecs.cms_transform(
        np.ascontiguousarray(pixels), profile, LAB, colorspace=space, outcolorspace="lab", outdtype="float32",
        intent=1, flags=COMPENSATED)


def to_srgb(pixels, profile):
    space = "cmyk" if pixels.shape[2] == 4 else "rgb"
    return imagecodecs.cms_transform(
        np.ascontiguousarray(pixels), profile, SRGB, colorspace=space, outcolorspace="rgb", outdtype="uint8",
        intent=1, flags=COMPENSATED)


def delta(a, b):
    distance = np.sqrt(((a.astype(np.float64) - b) ** 2).sum(-1))
    return f"{distance.mean():.2f} / {np.percentile(distance, 99):.2f}"


def description(profile):
    return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip().replace("|", "/")


def embedded(picture):
    """The profile of a picture, if it is one that LittleCMS uses for such pixels."""
    data = picture.info.get("icc_profile")
    space = {"RGB": "RGB ", "RGBA": "RGB ", "CMYK": "CMYK"}.get(picture.mode)
    if not data or data[16:20] != (space or "").encode():
        return None
    try:
        lab(np.zeros((1, 1, 4 if space == "CMYK" else 3), np.uint8), data)
        return data
    except imagecodecs.CmsError:
        return None


def pixels(path, picture):
    """The numbers of a source, upright, with all bits that they have."""
    if path.suffix == ".png":
        found = imagecodecs.png_decode(path.read_bytes())
        return found[..., :3]
    picture = ImageOps.exif_transpose(picture)
    return np.asarray(picture if picture.mode == "CMYK" else picture.convert("RGB"))


def is_srgb(profile):
    """Whether LittleCMS makes nearly the same of it as of sRGB."""
    steps = np.arange(0, 256, 51, np.uint8)
    chart = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(1, -1, 3)
    return profile[16:20] == b"RGB " and np.abs(lab(chart, profile) - lab(chart, SRGB)).max() < 1.5


def colours(cimaise, folder):
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".jpg", ".png", ".webp", ".tif") or "corrupt" in str(path) or "fuzz" in str(path):
            continue
        try:
            picture = opened(path.read_bytes())
        except Exception:  # Whatever Pillow does not read is no reference.
            continue
        profile = embedded(picture)
        opaque = picture.mode != "RGBA" or picture.getextrema()[3] == (255, 255)
        if profile and opaque and picture.size[0] * picture.size[1] < 30e6 and not is_srgb(profile):
            found[f"p{len(found):03}{path.suffix.lower()}"] = (path, picture, profile)
    sources = {name: path.read_bytes() for name, (path, _, _) in found.items()}
    rung = "{ladder: [16384], full: none"
    kept = build(cimaise, sources, rung + "}")
    converted = build(cimaise, sources, rung + ", color: srgb}")
    print("\n| file | profile | bits | kept: mean / 99 % | `color: srgb`: mean / 99 % |\n|---|---|---|---|---|")
    for name, (path, picture, profile) in found.items():
        source = pixels(path, picture)
        cells = []
        ours = opened(kept[name][0])
        own = embedded(ours)
        if own is None:
            cells.append("converted")
        else:
            reference = source if source.dtype == np.uint16 else like(kept[name][0], source)
            cells.append(delta(lab(np.asarray(ours.convert("RGB")), own), lab(reference, profile)))
        ours = opened(converted[name][0])
        assert embedded(ours) is None
        reference = like(converted[name][0], to_srgb(source, profile))
        cells.append(delta(lab(np.asarray(ours.convert("RGB")), SRGB), lab(reference, SRGB)))
        bits = 16 if source.dtype == np.uint16 else 8
        print(f"| {path.name} | {description(profile)} | {bits} | " + " | ".join(cells) + " |")


# Resizing


def lanczos(values, size, axis):
    """Along one axis, in one step, in floating-point numbers."""
    length = values.shape[axis]
    scale = length / size
    centres = (np.arange(size) + 0.5) * scale - 0.5
    reach = int(np.ceil(3 * scale)) + 1
    places = np.floor(centres)[:, None].astype(int) + np.arange(-reach, reach + 1)
    x = (places - centres[:, None]) / scale
    weights = np.where(np.abs(x) < 3, np.sinc(x) * np.sinc(x / 3), 0)
    weights[(places < 0) | (places >= length)] = 0
    weights /= weights.sum(1, keepdims=True)
    rows = np.moveaxis(values, axis, 0)
    made = [np.tensordot(w, rows[np.clip(p, 0, length - 1)], (0, 0)) for w, p in zip(weights, places)]
    return np.moveaxis(np.array(made), 0, axis)


def linear(values):
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def encoded(values):
    values = np.clip(values, 0, 1)
    return np.where(values <= 0.0031308, values * 12.92, 1.055 * values ** (1 / 2.4) - 0.055)


def resized(picture, size, light):
    values = np.asarray(picture, np.float64) / 255
    values = lanczos(lanczos(linear(values) if light else values, size[1], 0), size[0], 1)
    return (np.clip(encoded(values) if light else values, 0, 1) * 255 + 0.5).astype(np.uint8)


def charts():
    y, x = np.mgrid[0:1200, 0:1800]
    yield "white lines of one pixel in 16 on black", np.where((x % 16 == 0)[..., None], 255, np.zeros((1200, 1800, 3)))
    yield "black lines of one pixel in 16 on white", np.where((x % 16 == 0)[..., None], 0, np.full((1200, 1800, 3), 255))
    yield "red beside green, in stripes of 40", np.where((x // 40 % 2 == 0)[..., None], [220, 20, 20], [20, 200, 20])
    yield "red beside blue, in stripes of 40", np.where((x // 40 % 2 == 0)[..., None], [220, 20, 20], [20, 20, 220])
    zone = 127.5 + 127.5 * np.cos(((x - 900) ** 2 + (y - 600) ** 2) * np.pi / 2400)
    yield "zone plate", np.repeat(zone[..., None], 3, 2)


def resizing(cimaise, folder):
    pictures = [(name, Image.fromarray(values.astype(np.uint8))) for name, values in charts()]
    for path in sorted(folder.rglob("*.jpg")):
        if "camera" in path.parts and len(pictures) < 10:
            try:
                picture = ImageOps.exif_transpose(opened(path.read_bytes()))
            except Exception:
                continue
            if picture.mode == "RGB" and 3e6 < picture.size[0] * picture.size[1] < 13e6:
                pictures.append((path.name, picture))
    sources = {}
    for number, (_, picture) in enumerate(pictures):
        file = io.BytesIO()
        picture.save(file, "PNG", compress_level=1)
        sources[f"p{number:03}.png"] = file.getvalue()
    for side in (800, 400):
        made = build(cimaise, sources, f"{{ladder: [{side}], full: none}}")
        print(f"\nTo a long edge of {side}: distance in L\\*a\\*b\\*, mean / 99 %, and mean L\\* against that of linear light\n")
        print("| picture | cimaise and linear light | one step and linear light | cimaise and one step | L\\* |\n|---|---|---|---|---|")
        for name, (title, picture) in zip(sources, pictures):
            ours = opened(made[name][0]).convert("RGB")
            light = lab(resized(picture, ours.size, True), SRGB)
            one_step = lab(resized(picture, ours.size, False), SRGB)
            found = lab(np.asarray(ours), SRGB)
            lightness = found[..., 0].mean() - light[..., 0].mean()
            print(f"| {title} | {delta(found, light)} | {delta(one_step, light)} | {delta(found, one_step)} | {lightness:+.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cimaise", type=Path, required=True, help="the program")
    parser.add_argument("--photos", type=Path, help="a folder with pictures")
    arguments = parser.parse_args()
    program = arguments.cimaise.resolve()
    geometry(program, [800, 200])
    if arguments.photos:
        colours(program, arguments.photos)
        resizing(program, arguments.photos)


if __name__ == "__main__":
    main()
