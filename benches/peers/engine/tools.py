"""The programs that do the engine job: their commands, their versions, and what starting them costs by itself."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ANY = 1 << 20  # a width that limits nothing


@dataclass
class Job:
    photo: Path
    heights: list  # ascending, none above the photo's own
    out: Path
    prepared: Path  # HEIGHT.pnm of the photo
    hint: str  # WIDTHxHEIGHT of the largest result, as the photo is stored
    scale: str  # at which djpeg decodes for all heights
    threads: int


@dataclass
class Tool:
    name: str
    version: str
    commands: object  # Job -> list of commands
    start: object  # Job -> list of commands that do everything but the work
    target: float | None = None  # cimaise may take this share of the tool's CPU time
    environment: object = lambda threads: {}
    threaded: bool = False  # whether it makes use of more than one core for one photo


def output(*command, **options):
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    return (result.stdout + result.stderr).strip()


def paths(job):
    return [str(job.out), str(job.photo), *map(str, job.heights)]


def pillow(name, python, target):
    code = "import PIL; from PIL import features as f; print(PIL.__version__, f.version_feature('libjpeg_turbo'))"
    version, turbo = output(python, "-c", code).split()
    program = [python, str(HERE / "with_pillow.py")]
    return Tool(name, f"{version}, libjpeg-turbo {turbo}", lambda job: [program + paths(job)], lambda job: [program], target)


def graphicsmagick(name, reduced):
    version = re.search(r"GraphicsMagick (\S+)", output("gm", "version"))[1]

    def commands(job):
        # One after the other, each from the next larger: the least work that gm can be asked for. A size before the photo
        # is a hint; it is decoded at the smallest of libjpeg's scales that is no smaller.
        command = ["gm", "convert", *(["-size", job.hint] if reduced else []), str(job.photo), "-auto-orient",
                   "+profile", "*", "-quality", "75", "-interlace", "Line", "-sampling-factor", "2x2"]
        for height in reversed(job.heights):
            command += ["-resize", f"x{height}", *(["-write"] if height != job.heights[0] else []), f"{job.out}/{height}.jpg"]
        return [command]

    return Tool(name, f"{version}, libjpeg-turbo {turbo_version()}", commands, lambda job: [["gm", "version"]],
                environment=lambda threads: {"OMP_NUM_THREADS": str(threads)}, threaded=True)


def turbo_version():
    """Debian's, which its own programs use."""
    return re.search(r"version (\S+)", output("djpeg", "-version"))[1]


def vips_environment(threads):
    return {"VIPS_CONCURRENCY": str(threads)}


def vipsthumbnail():
    version = re.search(r"vips-(\S+)", output("vipsthumbnail", "--version"))[1]

    def commands(job):
        return [["vipsthumbnail", str(job.photo), "--size", f"x{height}>", "-o",
                 f"{job.out}/{height}.jpg[Q=75,interlace,optimize_coding,strip]"] for height in job.heights]

    return Tool("vipsthumbnail", f"libvips {version}, libjpeg-turbo {turbo_version()}", commands,
                lambda job: [["vipsthumbnail", "--version"]] * len(job.heights), 0.25, vips_environment, True)


def pyvips(python, mode, name):
    version = output(python, "-c", "import pyvips as p; print('.'.join(str(p.version(i)) for i in range(3)))")
    program = [python, str(HERE / "with_pyvips.py")]
    return Tool(name, f"libvips {version}, mozjpeg", lambda job: [[*program, mode, *paths(job)]], lambda job: [program], 0.25,
                vips_environment, True)


def sharp(folder, mode, name):
    versions = output("node", "-e", "const v = require('sharp').versions; console.log(v.sharp, v.vips)", cwd=folder).split()
    program = ["node", str(HERE / "with_sharp.mjs")]
    return Tool(name, "{}, libvips {}, mozjpeg".format(*versions), lambda job: [[*program, str(job.threads), mode, *paths(job)]],
                lambda job: [program], None,
                lambda threads: {"SHARP": str(folder), "UV_THREADPOOL_SIZE": str(threads), **vips_environment(threads)}, True)


def floor(name, scale):
    def commands(job):
        work = [["djpeg", "-scale", scale or job.scale, "-outfile", f"{job.out}/decoded.pnm", str(job.photo)]]
        for height in job.heights:
            work.append(["cjpeg", "-quality", "75", "-progressive", "-optimize", "-sample", "2x2",
                         "-outfile", f"{job.out}/{height}.jpg", f"{job.prepared}/{height}.pnm"])
        return work

    return Tool(name, f"libjpeg-turbo {turbo_version()}", commands,
                lambda job: [["djpeg", "-version"]] + [["cjpeg", "-version"]] * len(job.heights), 1.0)


def cimaise(program):
    return Tool("cimaise, the library", "", lambda job: [[str(program), str(job.photo), str(job.out), "1", str(job.threads)]],
                lambda job: [[str(program)]])


def cimaise_build(program, site):
    def commands(job):
        return [[str(program), "build", "-j", str(job.threads), str(site(job.photo))]]

    return Tool("cimaise build", "", commands, lambda job: [[str(program), "--version"]])


def every(work, engine, binary, site):
    """All tools; cimaise's two are last."""
    return [
        graphicsmagick("GraphicsMagick", False),
        graphicsmagick("GraphicsMagick, decoded at a reduced scale", True),
        pillow("récitale's way, Pillow", f"{work}/pillow/bin/python", 0.15),
        pillow("récitale's way, Pillow-SIMD", f"{work}/simd/bin/python", 0.25),
        vipsthumbnail(),
        pyvips(f"{work}/vips/bin/python", "once", "pyvips, decoded once"),
        pyvips(f"{work}/vips/bin/python", "each", "pyvips, opened for each"),
        sharp(work / "sharp", "once", "sharp, decoded once"),
        sharp(work / "sharp", "each", "sharp, clones"),
        floor("floor: djpeg, cjpeg", None),
        floor("floor: djpeg always 1/2, cjpeg", "1/2"),
        cimaise_build(binary, site),
        cimaise(engine),
    ]
