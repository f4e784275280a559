#!/usr/bin/env python3
"""folder_site.py PROGRAM PHOTOS OUT: a site from a folder of 60 mixed files, with one command, and screenshots of its pages.

PHOTOS is a folder of photographs, with folders in it or not. The site gets JPEG and PNG files in folders such as `2024/Rome`, names with
spaces and upper case, a video, and files that are no pictures: notes, a PDF, `.DS_Store`, and a photo whose transfer broke off. HEIC
files come from PHOTOS if it has any. OUT gets the folder `Holidays`, the output of the build and the screenshots: front page, index and
story, on a phone and on a desktop, light and dark. Needs Pillow and ffmpeg; the screenshots need node and Chromium, as tests/browser does.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import time

TOTAL = 60
# The folder, its day, the shape of the names, and the number of photos. The rest goes beside the folders.
FOLDERS = [
    ("2024/Rome", "2024:05:{:02} 10:00:00", "IMG_{:04}.JPG", 16),
    ("2024/2024-07-14 Tea gardens", "2024:07:14 {:02}:30:00", "DSC {:03}.jpg", 14),
    ("2023/winter_walk", "2023:12:{:02} 09:00:00", "walk {:02}.jpeg", 12),
]
SIZES = [(1800, 1200), (1200, 1800), (1800, 1200), (1600, 1200), (1800, 1200), (2000, 900), (1500, 1500)]
HERE = pathlib.Path(__file__).resolve().parent


def sources(photos):
    found = sorted(path for path in photos.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))
    if not found:
        sys.exit(f"{photos} has no JPEG")
    return found, sorted(photos.rglob("*.heic"))


def photo(source, part, size, path, taken, kind="JPEG"):
    """Writes a part of a photograph, so that few photographs make many pictures."""
    from PIL import Image, ImageOps

    with Image.open(source) as image:
        image.draft("RGB", (3000, 3000))
        image = ImageOps.exif_transpose(image).convert("RGB")
    width = image.width * (100 - 12 * part) // 100
    height = image.height * (100 - 12 * part) // 100
    left, top = (image.width - width) * (part % 2), (image.height - height) // 2
    image = ImageOps.fit(image.crop((left, top, left + width, top + height)), size)
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, kind, **({"quality": 88, "exif": exif} if kind == "JPEG" else {}))


def set_time(path, taken):
    """Sets the time of the last change, which cameras set to that of the capture."""
    moment = time.mktime(time.strptime(taken, "%Y:%m:%d %H:%M:%S"))
    os.utime(path, (moment, moment))


def make(photos, folder):
    all_sources, heic = sources(photos)
    number = 0

    def one(path, taken, kind="JPEG"):
        nonlocal number
        source, part = all_sources[number % len(all_sources)], number // len(all_sources)
        photo(source, part, SIZES[number % len(SIZES)], folder / path, taken if kind == "JPEG" else None, kind)
        set_time(folder / path, taken)
        number += 1

    for place, taken, name, count in FOLDERS:
        for index in range(1, count + 1):
            one(f"{place}/{name.format(index)}", taken.format(index))
    one("2023/winter_walk/map.png", "2023:12:03 11:00:00", "PNG")
    one("2024/Rome/drawing of a house.PNG", "2024:05:04 11:00:00", "PNG")
    for index in range(1, 6):
        one(f"loose {index}.jpg", f"2022:08:0{index} 12:00:00")
    for index, source in enumerate(heic[:1]):
        path = folder / f"2024/Rome/IMG_9{index:03}.HEIC"
        shutil.copy(source, path)
        set_time(path, "2024:05:16 12:00:00")
    film = folder / "2024/Rome/MVI_0101.MOV"
    subprocess.run(["ffmpeg", "-loglevel", "error", "-loop", "1", "-i", folder / "2024/Rome/IMG_0001.JPG", "-t", "3", "-vf",
                    "scale=960:640,zoompan=z=1+in/400:d=1:s=960x640:fps=25", "-pix_fmt", "yuv420p", "-c:v", "libx264", film], check=True)
    set_time(film, "2024:05:05 10:00:00")
    whole = (folder / "2024/Rome/IMG_0002.JPG").read_bytes()
    (folder / "2024/Rome/IMG_0017.JPG").write_bytes(whole[: len(whole) * 2 // 3])
    set_time(folder / "2024/Rome/IMG_0017.JPG", "2024:05:02 10:00:00")
    (folder / "2024/Rome/notes.txt").write_text("buy film\n")
    (folder / "2024/tickets.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    while sum(path.is_file() for path in folder.rglob("*")) < TOTAL:
        one(f"2023/winter_walk/more {number}.jpg", "2023:12:12 10:00:00")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    program, photos, out = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    folder = out / "Holidays"
    make(photos, folder)
    print(sum(path.is_file() for path in folder.rglob("*")), "files in", folder)
    print("$ cimaise build")
    start = time.monotonic()
    built = subprocess.run([program, "build"], cwd=folder, stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True)
    print(built.stdout.rstrip())
    print(f"exit code {built.returncode}, {time.monotonic() - start:.1f} s")
    if built.returncode != 0:
        sys.exit(built.returncode)
    shots = HERE.parent / "tests/browser/screenshots.mjs"
    pages = ["", "2024/", "2024/Rome/", "2023/winter_walk/"]
    subprocess.run(["node", shots, folder / "build", out, *pages], check=True, env=os.environ)


if __name__ == "__main__":
    main()
