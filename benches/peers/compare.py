"""Builds copies of one site with several tools in turn and prints a Markdown table. Called by run.sh."""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from PIL import Image

from measure import run

Image.MAX_IMAGE_PIXELS = None
LADDER = {"ladder": [450, 600, 800, 1366, 1920], "fit": "height", "full": "reencode"}
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif"}


@dataclass
class Tool:
    name: str
    site: Path
    command: list
    cache: str
    costs: dict = field(default_factory=dict)  # (jobs, "cold" or "warm") -> [Cost]
    sizes: Counter = field(default_factory=Counter)
    output: int = 0

    def clean(self):
        for name in ("build", self.cache):
            path = self.site / name
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()

    def build(self, jobs, log):
        return run([*self.command, "-j", str(jobs)], self.site, log)


def copy_site(source, target, first=None):
    """A copy whose files are hard links where the file system allows, without output and caches of earlier builds.

    `first`: only so many of its galleries, by name.
    """
    shutil.rmtree(target, ignore_errors=True)
    galleries = sorted(path.parent.name for path in source.glob("*/settings.yaml"))
    others = galleries[first:] if first else []

    def link(a, b):
        try:
            os.link(a, b)
        except OSError:
            shutil.copy2(a, b)

    def ignored(folder, names):
        left_out = others if Path(folder) == Path(source) else []
        return {name for name in names if name == "build" or name.startswith(".") or name in left_out}

    shutil.copytree(source, target, copy_function=link, ignore=ignored)


def with_settings(site):
    """Adds the sizes to a site's settings; the file is replaced, not changed, since it is a hard link."""
    path = site / "settings.yaml"
    settings = yaml.safe_load(path.read_text(encoding="utf8"))
    settings.setdefault("settings", {})["images"] = LADDER
    path.unlink()
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), encoding="utf8")


def with_equal_sections(site):
    """Turns full-screen pictures into framed ones: récitale makes one size of the former, where cimaise makes all."""
    for path in site.rglob("settings.yaml"):
        settings = yaml.safe_load(path.read_text(encoding="utf8"))
        for section in settings.get("sections") or []:
            if section["type"] == "full-picture":
                section["type"] = "bordered-picture"
                section.pop("text", None)
        path.unlink()
        path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), encoding="utf8")


def measure_output(tool):
    """What the last build wrote: how many pictures of which size, and how many bytes they take."""
    tool.sizes.clear()
    tool.output = 0
    for folder, folders, names in os.walk(tool.site / "build"):
        folders[:] = [name for name in folders if name != "static"]
        for name in names:
            path = Path(folder, name)
            if path.suffix.lower() in PICTURES:
                with Image.open(path) as image:
                    tool.sizes[image.size] += 1
                tool.output += path.stat().st_size


def pixels(sizes):
    return sum(width * height * count for (width, height), count in sizes.items())


def without_counterpart(theirs, ours):
    """Sizes of `theirs`, apart from those of covers and full-screen pictures, that `ours` lacks, give or take 2 pixels."""
    left, missing = Counter(ours), 0
    for (width, height), count in sorted(theirs.items(), reverse=True):
        if height in (150, 900, 2000):
            continue
        for _ in range(count):
            near = [(width + x, height + y) for x in (0, -1, 1, -2, 2) for y in (0, -1, 1) if left[width + x, height + y]]
            if near:
                left[near[0]] -= 1
            else:
                missing += 1
    return missing


def median(costs, what):
    return statistics.median(getattr(cost, what) for cost in costs)


def table(tools, jobs, phase):
    last = tools[-1].costs[jobs, phase]
    yield f"| {phase}, -j {jobs} | wall | CPU | peak memory | wall, ratio | CPU, ratio | slowest round, wall |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for tool in tools:
        costs = tool.costs[jobs, phase]
        wall, cpu, peak = (median(costs, what) for what in ("wall", "cpu", "peak"))
        ratios = (wall / median(last, "wall"), cpu / median(last, "cpu"))
        yield (
            f"| {tool.name} | {wall:.2f} s | {cpu:.2f} s | {peak / 2**20:.0f} MiB | {ratios[0]:.2f} | {ratios[1]:.2f} "
            f"| {max(cost.wall for cost in costs):.2f} s |"
        )


def version(python):
    code = "import PIL; from PIL import features as f; print(PIL.__version__, 'libjpeg-turbo', f.version_feature('libjpeg_turbo'))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--cimaise", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--first", type=int)
    parser.add_argument("--as-it-is", action="store_true")
    parser.add_argument("--jobs", type=int, nargs="+", default=[2, 1])
    args = parser.parse_args()

    # cimaise is last: the ratios say how many times more the others take.
    pillow, simd = args.work / "pillow/bin", args.work / "simd/bin"
    tools = [
        Tool(f"récitale 2.0.0b2, Pillow {version(pillow / 'python')}", args.work / "site-pillow",
             [str(pillow / "recitale"), "build"], ".recitale_cache"),
        Tool(f"récitale 2.0.0b2, Pillow-SIMD {version(simd / 'python')}", args.work / "site-simd",
             [str(simd / "recitale"), "build"], ".recitale_cache"),
        Tool("cimaise", args.work / "site-cimaise", [str(args.cimaise.resolve()), "build"], ".cimaise-cache"),
    ]
    for tool in tools:
        copy_site(args.site, tool.site, args.first)
        if not args.as_it_is:
            with_equal_sections(tool.site)
    with_settings(tools[-1].site)

    source = [path for path in tools[-1].site.rglob("*") if path.suffix.lower() in PICTURES]
    source_bytes = sum(len(path.read_bytes()) for path in source)  # also brings them into the page cache
    source_pixels = 0
    for path in source:
        with Image.open(path) as image:
            source_pixels += image.width * image.height

    log = args.work / "builds.log"
    log.write_bytes(b"")
    for jobs in args.jobs:
        for number in range(args.rounds):
            # Each round starts with another tool, so that none always runs in the wake of the same one.
            for tool in tools[number % len(tools):] + tools[:number % len(tools)]:
                tool.clean()
                for phase in ("cold", "warm"):
                    cost = tool.build(jobs, log)
                    tool.costs.setdefault((jobs, phase), []).append(cost)
                    print(f"-j {jobs} round {number + 1} {tool.name} {phase}: {cost.wall:.2f} s wall, {cost.cpu:.2f} s CPU",
                          file=sys.stderr, flush=True)
    for tool in tools:
        measure_output(tool)

    print(f"{len(source)} photos, {source_bytes / 2**20:.0f} MiB, {source_pixels / 1e6:.0f} megapixels. {processor()}, "
          f"{os.cpu_count()} threads, {platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}. "
          f"Medians of {args.rounds} rounds.\n")
    for phase in ("cold", "warm"):
        for jobs in args.jobs:
            print("\n".join(table(tools, jobs, phase)), end="\n\n")
    print("| output | renditions | megapixels | bytes | bytes per pixel |\n|---|---:|---:|---:|---:|")
    for tool in tools:
        count, total = sum(tool.sizes.values()), pixels(tool.sizes)
        print(f"| {tool.name} | {count} | {total / 1e6:.0f} | {tool.output / 2**20:.1f} MiB | {tool.output / total:.3f} |")
    missing = without_counterpart(tools[0].sizes, tools[-1].sizes)
    print(f"\nSizes of récitale's pictures in groups and frames without a counterpart in cimaise's output: {missing}.")


if __name__ == "__main__":
    main()
