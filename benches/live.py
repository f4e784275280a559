#!/usr/bin/env python3
"""live.py PROGRAM PHOTOS [STEPS]: changes a site at random while `cimaise serve` shows it.

The site has four galleries with the JPEGs in the folder PHOTOS, one of them protected.

After each step, once the server is idle, every file of a fresh build is requested from the server and compared byte by byte; pages without
the one element that the preview adds. Prints the steps, the differences, and the memory of the server at the start and at the end. The exit
code is 1 if anything differs. The steps are the same in each run.
"""
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ADDED = re.compile(rb'<script src="/\.cimaise/live\.js" data-snapshot="\d+" defer></script>')


class Server:
    def __init__(self, program, site, work):
        command = [program, "serve", site, "--port", "0", "--cache-dir", work / "cache", "--output", work / "none"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=open(work / "log", "w"), text=True)
        self.base = re.search(r"http://\S+/", self.process.stdout.readline()).group()

    def get(self, path):
        try:
            with urllib.request.urlopen(self.base + urllib.parse.quote(path)) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            return f"{error.code}".encode()

    def state(self):
        return json.loads(self.get(".cimaise/state"))

    def wait(self):
        """Waits until a change has been noticed, and then until nothing is left to do."""
        end = time.monotonic() + 120
        time.sleep(0.5)
        while not (state := self.state())["idle"]:
            if time.monotonic() > end:
                sys.exit("the server is not idle after 120 s")
            time.sleep(0.05)
        return state

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024


def write_site(site, photos):
    site.mkdir()
    (site / "settings.yaml").write_text("title: Steps\nurl: https://example.org\nsettings:\n  rss: true\n")
    for number in range(4):
        gallery = site / f"gallery-{number}"
        gallery.mkdir()
        names = []
        for photo in photos[number::4]:
            shutil.copyfile(photo, gallery / photo.name)
            names.append(photo.name)
        locked = "password: a long password\n" if number == 3 else ""
        sections = "".join(f"- type: bordered-picture\n  image: {name}\n" for name in names)
        settings(gallery).write_text(f"title: Gallery {number}\n{locked}cover: {names[0]}\nsections:\n{sections}")


def settings(gallery):
    return gallery / "settings.yaml"


class Steps:
    """Changes of a site, each the name of a method."""

    def __init__(self, site, spare, seed):
        self.site, self.spare, self.random = site, spare, random.Random(seed)
        self.number, self.kept = 0, {}

    def galleries(self):
        return sorted(path.parent for path in self.site.glob("*/settings.yaml"))

    def gallery(self):
        return self.random.choice(self.galleries())

    def step(self):
        self.number += 1
        if self.kept:
            return self.fix()
        name = self.random.choice(["edit"] * 3 + ["breaks", "add", "delete", "rename", "replace", "style"])
        return getattr(self, name)()

    def edit(self):
        file = settings(self.gallery())
        file.write_text(re.sub(r"^title: .*$", f"title: Edited in step {self.number}", file.read_text(), count=1, flags=re.M))
        return f"edit {file.parent.name}"

    def breaks(self):
        file = settings(self.gallery())
        self.kept[file] = file.read_text()
        file.write_text(self.kept[file] + self.random.choice(["\n- [\n", "\ntitel: x\nsections: 1\n", "\n\tx\n", "\ncover: none.jpg\n"]))
        return f"break {file.parent.name}"

    def fix(self):
        for file, text in self.kept.items():
            file.write_text(text)
        self.kept = {}
        return "fix"

    def add(self):
        gallery, photo = self.gallery(), self.random.choice(self.spare)
        name = f"new-{self.number}{photo.suffix}"
        shutil.copyfile(photo, gallery / name)
        with settings(gallery).open("a") as file:
            file.write(f"- type: bordered-picture\n  image: {name}\n  text: Added in step {self.number}\n")
        return f"add {gallery.name}/{name}"

    def delete(self):
        gallery = self.gallery()
        text = settings(gallery).read_text()
        added = re.findall(r"- type: bordered-picture\n  image: (new-\S+)\n  text: .*\n", text)
        if not added:
            return self.edit()
        name = self.random.choice(added)
        settings(gallery).write_text(re.sub(rf"- type: bordered-picture\n  image: {re.escape(name)}\n  text: .*\n", "", text))
        (gallery / name).unlink()
        return f"delete {gallery.name}/{name}"

    def rename(self):
        gallery = self.gallery()
        photos = sorted(path for path in gallery.glob("*.jpg") if path.name in settings(gallery).read_text())
        if not photos:
            return self.edit()
        photo = self.random.choice(photos)
        name = f"renamed-{self.number}.jpg"
        text = settings(gallery).read_text()
        photo.rename(gallery / name)
        settings(gallery).write_text(text.replace(photo.name, name))
        return f"rename {gallery.name}/{photo.name}"

    def replace(self):
        gallery = self.gallery()
        photos = sorted(gallery.glob("*.jpg"))
        if not photos:
            return self.edit()
        photo = self.random.choice(photos)
        shutil.copyfile(self.random.choice(self.spare), photo)
        return f"replace {gallery.name}/{photo.name}"

    def style(self):
        (self.site / "custom.css").write_text(f"body {{ --step: {self.number}; }}\n")
        return "style"


def difference(server, program, site, work):
    """Builds the site afresh, and compares. Returns the differences; `None` if the site has errors."""
    output = work / "built"
    shutil.rmtree(output, ignore_errors=True)
    built = subprocess.run([program, "build", site, "--quiet", "--output", output, "--cache-dir", work / "cache"], capture_output=True, text=True)
    if built.returncode != 0:
        return None
    differences = []
    for file in sorted(path for path in output.rglob("*") if path.is_file() and path.name != ".cimaise-manifest"):
        path = file.relative_to(output).as_posix()
        served = server.get(path.removesuffix("index.html") if path.endswith("index.html") else path)
        if path.endswith(".html"):
            served = ADDED.sub(b"", served, count=1)
        if served != file.read_bytes():
            differences.append(path)
    return differences


def main():
    program, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    failed = broken = 0
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        site = work / "site"
        photos = sorted(source.rglob("*.jpg"))
        write_site(site, [photo for photo in photos if "build" not in photo.parts][:16])
        spare = work / "spare"
        spare.mkdir()
        for photo in sorted(site.rglob("*.jpg")):
            shutil.copyfile(photo, spare / photo.name)
        server = Server(program, site, work)
        change, memory = Steps(site, sorted(spare.iterdir()), 1), []
        try:
            for number in range(steps + 1):
                said = change.step() if number else "start"
                state = server.wait()
                differences = difference(server, program, site, work)
                memory.append(server.memory())
                if differences is None:
                    broken += 1
                    if not state["problems"]:
                        failed += 1
                        print(f"step {number}, {said}: a build reports errors, the server does not")
                elif differences or state["problems"]:
                    failed += 1
                    print(f"step {number}, {said}: {len(differences)} files differ: {differences[:5]}; {state['problems']}")
        finally:
            server.process.kill()
        print(f"{steps} steps, {broken} of them with errors in the site; {failed} differ from a fresh build")
        tenth = max(1, len(memory) // 10)
        print(f"memory: {max(memory[:tenth])} MiB in the first tenth, {max(memory[-tenth:])} MiB in the last, {max(memory)} MiB at most")
    return 1 if failed else 0


sys.exit(main())
