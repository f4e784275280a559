"""Does the engine job with several tools in turn and prints a Markdown table. Called by engine.sh."""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

import tools
from tools import Job

Image.MAX_IMAGE_PIXELS = None
HEIGHTS = (450, 600, 800, 1366, 1920)
CORE = min(os.sched_getaffinity(0))
SITE = """title: Engine
settings:
  images: {ladder: [450, 600, 800, 1366, 1920], fit: height, full: none, metadata: none}
"""
GALLERY = "title: One\ncover: photo.jpg\nsections:\n  - type: pictures-group\n    images:\n      - [photo.jpg]\n"


@dataclass
class Cost:
    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other):
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


def run(commands, threads, environment):
    """What the commands cost, one after the other. Ends the program if one fails."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    cost = Cost()
    for command in commands:
        pin = (lambda: os.sched_setaffinity(0, {CORE})) if threads == 1 else None
        start = time.monotonic()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                 env=keep | {"LC_ALL": "C.UTF-8"} | environment, preexec_fn=pin)
        said = child.stderr.read()
        # wait4 counts the child and every process it has waited for itself.
        _, status, usage = os.wait4(child.pid, 0)
        cost += Cost(time.monotonic() - start, usage.ru_utime + usage.ru_stime)
        if status != 0:
            sys.exit(f"{command} failed: {said.decode(errors='replace')}")
    return cost


def prepare(photo, work, threads):
    """The job of one photo. Its five sizes without compression are made here, for cjpeg."""
    prepared = work / "prepared" / photo.stem
    prepared.mkdir(parents=True, exist_ok=True)
    with Image.open(photo) as image:
        stored = image.size
        upright = ImageOps.exif_transpose(image)
        heights = sorted({min(height, upright.height) for height in HEIGHTS})
        for height in heights:
            target = prepared / f"{height}.pnm"
            if not target.exists():
                width = round(upright.width * height / upright.height)
                upright.resize((width, height), Image.Resampling.LANCZOS).save(target, "PPM")
    share = heights[-1] / upright.height
    scale = next(f"1/{n}" for n in (4, 2, 1) if share <= 1 / n)
    hint = "x".join(str(round(side * share)) for side in stored)
    return Job(photo.absolute(), heights, work / "out", prepared, hint, scale, threads)


def site_of(work):
    """Makes a site of one photo, or brings the one that is there back to what it was before a build."""
    def site(photo):
        folder = work / "sites" / photo.stem
        if not folder.exists():
            (folder / "one").mkdir(parents=True)
            (folder / "settings.yaml").write_text(SITE)
            (folder / "one/settings.yaml").write_text(GALLERY)
            shutil.copyfile(photo, folder / "one/photo.jpg")
        for name in ("build", ".cimaise-cache"):
            shutil.rmtree(folder / name, ignore_errors=True)
        return folder
    return site


def check(tool, job):
    """Whether the tool made what it was asked for; how many bytes it took."""
    total = 0
    for height in job.heights:
        path = job.out / f"{height}.jpg"
        with Image.open(path) as image:
            if abs(image.height - height) > 1 or not image.info.get("progressive"):
                sys.exit(f"{tool.name} made {image.size} of {job.photo}, height {height}")
        total += path.stat().st_size
    return total


def clean(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def measure(everything, jobs, rounds, threads):
    """tool name -> (costs of the rounds, costs of only starting, bytes written)."""
    found = {tool.name: ([], [], [0]) for tool in everything}
    for number in range(rounds):
        try:
            costs = one_round(everything, jobs, threads, found if number == 0 else None)
        except KeyboardInterrupt:
            # What is complete is shown.
            if number > 0:
                break
            raise
        for name, (whole, start) in costs.items():
            found[name][0].append(whole)
            found[name][1].append(start)
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return found


def one_round(everything, jobs, threads, first):
    """tool name -> (cost, cost of only starting). Where it is the first, the results are looked at."""
    costs = {tool.name: (Cost(), Cost()) for tool in everything}
    for job in jobs:
        for tool in everything:
            clean(job.out)
            environment = tool.environment(threads)
            whole, start = costs[tool.name]
            costs[tool.name] = (
                whole + run(tool.commands(job), threads, environment),
                start + run(tool.start(job), threads, environment),
            )
            if first and tool.name != "cimaise build":
                first[tool.name][2][0] += check(tool, job)
    return costs


def table(everything, found, threads):
    what = "CPU" if threads == 1 else "wall"
    value = (lambda cost: cost.cpu) if threads == 1 else (lambda cost: cost.wall)
    ours = list(map(value, found[everything[-1].name][0]))
    yield f"| tool | version | CPU | of it to start | wall | bytes | cimaise's {what} as a share of it | without the start | wanted | |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---|"
    for tool in everything:
        whole, start, (size,) = found[tool.name]
        medians = [statistics.median(values) for values in
                   ([c.cpu for c in whole], [c.cpu for c in start], [c.wall for c in whole])]
        starts = list(map(value, start))
        ratio = statistics.median(our / value(cost) for our, cost in zip(ours, whole))
        bare = statistics.median((our - first) / max(value(cost) - begin, 1e-9) for our, first, cost, begin in
                                 zip(ours, map(value, found[everything[-1].name][1]), whole, starts))
        goal = f"{tool.target:.2f}" if tool.target and threads == 1 else ""
        met = ("met" if bare <= tool.target else "**not met**") if goal else ""
        yield (f"| {tool.name} | {tool.version} | {medians[0]:.3f} s | {medians[1]:.3f} s | {medians[2]:.3f} s "
               f"| {f'{size / 1000:.0f} kB' if size else ''} | {ratio:.3f} | {bare:.3f} | {goal} | {met} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--engine", type=Path, required=True)
    parser.add_argument("--cimaise", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("photos", type=Path, nargs="+")
    args = parser.parse_args()

    work = args.work.absolute() / "engine"
    everything = tools.every(args.work.absolute(), args.engine.absolute(), args.cimaise.absolute(), site_of(work))
    words = list(filter(None, args.only.split(",")))
    everything = [tool for tool in everything if not words or "cimaise" in tool.name or any(word in tool.name for word in words)]
    jobs = [prepare(photo, work, args.threads) for photo in args.photos]
    megapixels = sum(width * height for width, height in (Image.open(photo).size for photo in args.photos)) / 1e6
    found = measure(everything, jobs, args.rounds, args.threads)
    print(f"{len(jobs)} photo(s), {megapixels:.0f} megapixels, {sum(p.stat().st_size for p in args.photos) / 1e6:.1f} MB, "
          f"{len(found[everything[0].name][0])} round(s), {args.threads} thread(s). Medians; shares are medians over the rounds.\n")
    print("\n".join(table(everything, found, args.threads)))


if __name__ == "__main__":
    main()
