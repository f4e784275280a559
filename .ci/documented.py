#!/usr/bin/env python3
"""documented.py check | run TABLE PLACES: runs the commands of the documentation, word for word.

Each block of commands in the documents must have an entry in the table (documented.toml), which sets the folder where the block runs
(`in`) or gives the reason why it does not (`skip`). A block without an entry is an error, and so is an entry without a block. `run` runs
the blocks in the order of the table, and prints a transcript. PLACES is a folder with a subfolder for each value of `in`; its subfolder
`outside` contains the expected website. The caller (.ci/container) provides the images, `podman` and `docker`.
"""

import contextlib
import filecmp
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

# What a fence with this word holds is no command. A fence with any other word, or none, has to be in the table.
DATA = {"yaml", "json", "ini", "html", "css", "jinja"}
KEYS = {"document", "starts", "skip", "in", "makes", "file", "serves", "built", "only"}
# Seconds until a server must answer: far more than it takes.
PATIENCE = 30


class Wrong(Exception):
    """What is wrong, in one line."""


def blocks(text):
    """(line, content) of each fenced or indented block that is not data."""
    lines, number = text.splitlines(), 0
    while number < len(lines):
        begin, fence = number, re.match(r"\s*(```+|~~~+)\s*(\S*)", lines[number])
        number += 1
        if fence:
            while number < len(lines) and not lines[number].strip().startswith(fence[1]):
                number += 1
            if fence[2] not in DATA:
                yield begin + 2, "\n".join(lines[begin + 1 : number])
            number += 1
        elif lines[begin].startswith("    ") and (begin == 0 or not lines[begin - 1].strip()):
            while number < len(lines) and (lines[number].startswith("    ") or not lines[number].strip()):
                number += 1
            yield begin + 1, "\n".join(line[4:] for line in lines[begin:number]).rstrip()


def in_passing(text):
    """Commands with arguments inside a sentence, where nobody would run them."""
    prose = re.sub(r"^\s*(```+).*?^\s*\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`((?:podman|docker|skopeo) +\w+ +[^`]+)`", prose)


def claimed(table, root):
    """[(entry, block)] in the order of the table; raises what escapes."""
    problems, pairs = [], []
    found = {name: list(blocks((root / name).read_text(encoding="utf-8"))) for name in table["documents"]}
    for entry in table["block"]:
        name, starts = entry.get("document"), entry.get("starts", "")
        where = f"the entry `{starts}` of {name}"
        if set(entry) - KEYS or len({"skip", "in"} & set(entry)) != 1 or not starts:
            problems.append(f"{where}: expected `document`, `starts`, and either `skip` or `in`")
        matching = [block for block in found.get(name, []) if block[1].split("\n")[0] == starts]
        if len(matching) != 1:
            problems.append(f"{where}: {len(matching)} blocks start so, expected 1")
        pairs += [(entry, block) for block in matching]
    for name, of_document in found.items():
        taken = [line for entry, (line, _) in pairs if entry["document"] == name]
        text = (root / name).read_text(encoding="utf-8")
        for line, content in of_document:
            if taken.count(line) != 1:
                problems.append(f"{name}:{line}: {taken.count(line)} entries, expected 1: {content.splitlines()[0]}")
        commands = {line.split("#")[0].strip() for _, content in of_document for line in content.splitlines()}
        problems += [f"{name}: `{command}` is in no block" for command in in_passing(text) if command not in commands]
    if problems or not pairs:
        raise Wrong("\n".join(problems) or "no blocks")
    return pairs


def commands(content):
    """(shell text, expected lines): with `$ `, a block shows what is typed and what is answered."""
    lines = content.splitlines()
    if not any(line.startswith("$ ") for line in lines):
        return content, []
    return "\n".join(line[2:] for line in lines if line.startswith("$ ")), [line for line in lines if line and not line.startswith("$ ")]


def place(entry, places):
    """The folder where a block runs: `site` is a fresh copy of the site each time, with its website if the entry says `built`."""
    folder = places / entry["in"]
    if entry["in"] == "site":
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(places / "example", folder, symlinks=True)
    folder.mkdir(exist_ok=True)
    if entry.get("built"):
        shutil.copytree(places / "outside", folder / "build", symlinks=True)
    return folder


def run(entry, content, places):
    folder = place(entry, places)
    if "file" in entry:
        (folder / entry["file"]).write_text(content + "\n", encoding="utf-8")
        return content
    script, expected = commands(content)
    if "serves" in entry:
        return served(script, entry["serves"], folder, places)
    done = subprocess.run(["sh", "-ec", script], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          env=os.environ | {"HOME": str(places / "home")})
    said = "".join(f"$ {line}\n" for line in script.splitlines()) + done.stdout
    if done.returncode != 0:
        raise Wrong(f"exit code {done.returncode}\n{said}")
    missing = [line for line in expected if line not in done.stdout.splitlines()]
    if missing:
        raise Wrong(f"does not answer `{missing[0]}`\n{said}")
    if "makes" in entry:
        made = places / "home" / entry["makes"][2:] if entry["makes"].startswith("~/") else folder / entry["makes"]
        said += same(places / "outside", made)
    return said


def served(script, address, folder, places):
    """Runs what only ends when it is stopped, until a page at the address answers."""
    with subprocess.Popen(["sh", "-ec", f"exec {script}"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=os.environ | {"HOME": str(places / "home")}) as server:
        page = None
        for _ in range(PATIENCE * 10):
            if page or server.poll() is not None:
                break
            time.sleep(0.1)
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                    page = answer.read()
        # Not SIGINT: what a shell runs in the background ignores it, and so does what that starts.
        server.terminate()
        try:
            output, _ = server.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            output, _ = server.communicate()
        said = f"$ {script}\n{output}"
    if not page:
        raise Wrong(f"nothing answers at {address}\n{said}")
    return f"{said}({len(page)} bytes from {address})\n"


def same(expected, made):
    """A line that says that two folders hold the same, and that the second belongs to this user."""
    if not made.is_dir():
        raise Wrong(f"{made} was not made")
    names = [sorted(str(path.relative_to(root)) for path in root.rglob("*")) for root in (expected, made)]
    if names[0] != names[1]:
        raise Wrong(f"{made} holds other files than {expected}: {sorted(set(names[0]) ^ set(names[1]))[:3]}")
    files = [name for name in names[0] if (expected / name).is_file()]
    different = filecmp.cmpfiles(expected, made, files, shallow=False)
    if different[1] or different[2] or not files:
        raise Wrong(f"{made}: {(different[1] + different[2])[:3]} differ from {expected}")
    foreign = [name for name in names[0] if (made / name).lstat().st_uid != os.getuid()]
    if foreign:
        raise Wrong(f"{made / foreign[0]} belongs to somebody else")
    return f"({len(files)} files in {made.name}, the same as from a build outside, all of this user)\n"


def main(action, table, places=None):
    table = Path(table)
    root = table.resolve().parent.parent
    try:
        pairs = claimed(tomllib.loads(table.read_text(encoding="utf-8")), root)
    except Wrong as wrong:
        print(wrong)
        return 1
    skipped = [entry for entry, _ in pairs if "skip" in entry]
    if action == "run":
        for entry, (line, content) in pairs:
            where = f"{entry['document']}:{line}"
            if "skip" in entry:
                continue
            if entry.get("only") == "root" and os.getuid() != 0:
                print(f"--- {where}: not run, for root only\n")
                continue
            try:
                print(f"--- {where}, in {entry['in']}\n{run(entry, content, Path(places))}", flush=True)
            except (Wrong, OSError) as wrong:
                print(f"FAILED: {where}: {wrong}")
                return 1
    for entry in skipped:
        print(f"not run: {entry['document']}: {entry['starts']}: {entry['skip']}")
    print(f"{len(pairs)} blocks of commands, {len(pairs) - len(skipped)} run, {len(skipped)} skipped")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in {"check", "run"} or (sys.argv[1] == "run") != (len(sys.argv) == 4):
        sys.exit(__doc__.split("\n", maxsplit=1)[0])
    sys.exit(main(*sys.argv[1:]))
