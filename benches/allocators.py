#!/usr/bin/env python3
"""Builds one site with the same program on three allocators: glibc's, musl's, and mimalloc on musl; prints a Markdown table.

    benches/allocators.py SITE [--rounds 5] [--jobs 1 2]

Needs a C compiler for musl (Debian: musl-tools) and the musl target of the toolchain. The programs take turns; the table shows
medians, and ratios to glibc within each round. What came out last is in docs/performance.md."""

import argparse
import os
import platform
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from peers.measure import run

ROOT = Path(__file__).resolve().parent.parent
MUSL = f"{platform.machine()}-unknown-linux-musl"


@dataclass
class Variant:
    name: str
    target: str | None  # None: the host
    flags: str

    def build(self, targets):
        """Compiles it; each variant has a target folder of its own, since other flags compile everything anew."""
        folder = targets / self.name.replace(" ", "-")
        command = ["cargo", "build", "--release", "--locked", "--quiet", "--target-dir", str(folder)]
        if self.target:
            command += ["--target", self.target]
        subprocess.run(command, cwd=ROOT, check=True, env=os.environ | {"RUSTFLAGS": self.flags})
        return folder / (self.target or "") / "release" / "cimaise"


VARIANTS = [
    Variant("glibc", None, ""),
    Variant("musl", MUSL, "--cfg cimaise_libc_malloc"),
    Variant("musl + mimalloc", MUSL, ""),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, os.cpu_count() or 1])
    arguments = parser.parse_args()
    programs = {variant.name: variant.build(ROOT / "target" / "allocators") for variant in VARIANTS}
    warm_up(arguments.site)
    print("| jobs | allocator | wall | ratio | CPU | page faults | peak memory |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    for jobs in arguments.jobs:
        costs = {name: [] for name in programs}
        for _ in range(arguments.rounds):
            for name, program in programs.items():
                costs[name].append(cold_build(program, arguments.site, jobs))
        for name, runs in costs.items():
            ratio = median(run.wall / base.wall for run, base in zip(runs, costs["glibc"]))
            middle = {field: median(getattr(run, field) for run in runs) for field in ("wall", "cpu", "faults", "peak")}
            print(
                f"| {jobs} | {name} | {middle['wall']:.2f} s | {ratio:.2f} | {middle['cpu']:.1f} s "
                f"| {middle['faults'] / 1000:.0f} k | {middle['peak'] / 2**20:.0f} MiB |",
                flush=True,
            )


def warm_up(site):
    """Reads every file once, so that the disk is not part of the first program's time."""
    for path in site.rglob("*"):
        if path.is_file():
            path.read_bytes()


def cold_build(program, site, jobs):
    """One build without cache and without output."""
    work = Path(tempfile.mkdtemp(prefix="cimaise-allocators-"))
    try:
        command = [program, "build", site, "--output", work / "out", "--cache-dir", work / "cache", "-j", jobs, "--quiet"]
        return run([str(word) for word in command], ROOT, work / "log")
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
