#!/usr/bin/env python3
"""action_days.py PROGRAM [ACTION]: runs the action on ten days, for a site whose settings alone are in git, and prints the number of
renditions of each day. On the second day the program is killed. Each day must render the missing files and no others. An action in
another folder (an older one, for comparison) is only measured.

The runner is .ci/runner.py: each day starts with nothing but the photos and the caches that GitHub saved."""

import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from runner import ROOT, Runner

# Photos that are new on each of the days; on the last but one, nothing of the site has changed, and on the last, only a word.
NEW = [3, 8, 0, 1, 1, 0, 2, 1, 0, 0]
KILLED = 2
# Kills the program as soon as its cache holds a few renditions more than at its start.
KILLER = """#!{python}
import os, signal, subprocess, sys, time
from pathlib import Path
if not os.path.exists("{flag}"):
    os.execv("{program}", ["{program}", *sys.argv[1:]])
site = Path(sys.argv[-1]).resolve()
process = subprocess.Popen(["{program}", *sys.argv[1:]])
store = site / ".cimaise-cache/store"
def count():
    return sum(path.is_file() and not path.name.startswith(".") for path in store.rglob("*")) if store.exists() else 0
before = count()
while process.poll() is None and count() < before + 3:
    time.sleep(0.002)
process.kill()
sys.exit(128 + signal.SIGKILL if process.wait() == -signal.SIGKILL else "the program ended before it was killed")
"""


def photo(number):
    """A picture that no other number has, as PNG."""
    width, height = 1500, 1000
    row = bytes((x * (number + 1)) % 251 for x in range(width * 3))
    pixels = b"".join(b"\0" + row[3 * (y % width):] + row[:3 * (y % width)] for y in range(height))

    def chunk(kind, content):
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels, 1)) + chunk(b"IEND", b"")


def renditions(cache):
    """The names in the cache's store: each stands for one rendition."""
    return {path.name for path in (cache / "store").rglob("*") if path.is_file() and not path.name.startswith(".")}


class Days:
    """The photos, the machine of each day, and the table."""

    def __init__(self, work, program, action):
        self.runner = Runner(work / "runner", action)
        self.photos, self.flag = work / "photos", work / "kill"
        (self.photos / "days").mkdir(parents=True)
        (self.photos / "settings.yaml").write_text("title: Ten days\n", encoding="utf-8")
        killer = work / "cimaise"
        killer.write_text(KILLER.format(python=sys.executable, flag=self.flag, program=program), encoding="utf-8")
        killer.chmod(0o755)
        self.runner.release("1.2.0", killer)
        self.count, self.made = 0, []

    def arrive(self, new):
        """New photos, and a story that shows all."""
        for _ in range(new):
            self.count += 1
            (self.photos / f"days/{self.count:02}.png").write_bytes(photo(self.count))
        sections = "".join(f"- {{type: full-picture, image: {number:02}.png}}\n" for number in range(1, self.count + 1))
        (self.photos / "days/settings.yaml").write_text(f"title: Days\ncover: 01.png\nsections:\n{sections}", encoding="utf-8")

    def day(self, number, new):
        """A fresh machine, the photos from elsewhere, and the action: what was restored, made and saved, and how it ended."""
        self.arrive(new)
        if number == 10:
            (self.photos / "settings.yaml").write_text("title: Ten days, the end\n", encoding="utf-8")
        shutil.rmtree(self.runner.repository)
        shutil.copytree(self.photos, self.runner.repository)
        self.git("init", "-q")
        self.git("add", "settings.yaml")
        self.git("-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "commit.gpgsign=false", "commit", "-qm", "The site")
        if number == KILLED:
            self.flag.touch()
        else:
            self.flag.unlink(missing_ok=True)
        before = self.saved()
        job = self.runner.run(version="1.2.0", args="--jobs 1")
        cache = renditions(self.runner.repository / ".cimaise-cache")
        restored = renditions(before / ".cimaise-cache") if before else set()
        return job, restored, cache

    def git(self, *words):
        subprocess.run(["git", *words], cwd=self.runner.repository, check=True)

    def saved(self):
        """The newest of the saved caches."""
        entries = self.runner.caches.entries()
        return self.runner.caches.folder / str(entries[-1]["id"]) if entries else None


def main():
    program, action = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else ROOT
    wrong = []
    print("| day | new photos | restored | made | of them for the second time | saved | caches kept | end |\n|---:|---:|---:|---:|---:|---|---:|---|")
    with tempfile.TemporaryDirectory() as folder:
        days = Days(Path(folder), program, action)
        ever, total = set(), 0
        for number, new in enumerate(NEW, 1):
            job, restored, cache = days.day(number, new)
            made = cache - restored
            again = made & ever
            ever |= made
            total += len(made)
            saved = "saved" in job.printed
            kept = len(days.runner.caches.entries())
            end = "killed" if number == KILLED else job.status
            print(f"| {number} | {new} | {len(restored)} | {len(made)} | {len(again)} | {'yes' if saved else 'no'} | {kept} | {end} |")
            if job.status != ("failure" if number == KILLED else "success"):
                wrong.append(f"day {number} ends with {job.status}:\n{job.printed}")
            said = re.search(r"(\d+) renditions? made", job.printed)
            if number != KILLED and (not said or int(said[1]) != len(made)):
                wrong.append(f"day {number} makes {len(made)} renditions, and says: {said and said[0]}")
            if again:
                wrong.append(f"day {number} makes {len(again)} renditions that were made before")
            if saved != bool(made):
                wrong.append(f"day {number} makes {len(made)} renditions, but saved is {saved}")
            if kept > 2:
                wrong.append(f"after day {number}, {kept} caches are kept")
            if number == KILLED + 1 and not 0 < len(made) < len(ever) * NEW[KILLED - 1] / days.count:
                wrong.append(f"day {number} makes {len(made)} renditions; expected a part of those of the second day")
        print(f"\n{total} renditions made on ten days, {len(ever)} of them different")
    if action == ROOT and wrong:
        print("\n".join(wrong))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
