#!/usr/bin/env python3
"""notices.py TARGET: writes THIRD-PARTY.txt, the licences of everything that is linked into a static cimaise, to standard output.

Identical texts are printed once. A crate without a licence file is an error unless there is a rule for it.
"""

import os
import re
import sys

import crates
import spdx
from toolchain import Notice, Toolchain

LICENCE_FILE = re.compile(r"(licen[cs]e|copying|copyright|notice|unlicense)([-_.].*)?", re.IGNORECASE)

# Crates that came without licence files, and where their authors keep the text, for the same terms: in another release of the crate, or in
# another crate of the same repository.
TEXTS_FROM = {"zune-core": "zune-core", "zune-jpeg": "zune-jpeg", "alloc-stdlib": "alloc-no-stdlib"}

# Crates whose archive and repository name a licence that cimaise chooses for them, without a file. Apache-2.0 has one text for all works.
STANDARD = {"heifer-hevc-dec": ("Apache-2.0", "LICENSE-APACHE")}

IJG = "This software is based in part on the work of the Independent JPEG Group."


def main(target):
    """Prints the whole file."""
    linked = [crate for crate in crates.linked(target) if not crate.is_own]
    toolchain = Toolchain.current(target)
    musl = (crates.ROOT / "packaging/texts/musl.txt").read_text(encoding="utf-8")
    works = of_crates(linked, crates.known()) + toolchain.notices() + [Notice("musl", toolchain.musl_version(), "MIT", [("COPYRIGHT", musl)])]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(document(target, works))


def of_crates(linked, known):
    """A notice for each crate that is linked, with the texts from its own folder, or from where the rules say."""
    notices = []
    for crate in linked:
        if not crate.licence:
            raise SystemExit(f"{crate.name} {crate.version} states no licence")
        found = licence_files(crate.folder) or from_elsewhere(crate, known)
        if not found:
            raise SystemExit(f"{crate.name} {crate.version} ({crate.licence}) has no licence file, and notices.py no rule for it")
        notices.append(Notice(crate.name, crate.version, spdx.normal(crate.licence), found))
    return notices


def licence_files(folder):
    """(path below the folder, text) of each licence file, C sources inside the crate included, its tests not."""
    found = []
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(set(folders) - {"tests", "benches", "examples", "target"})
        for name in sorted(files):
            if LICENCE_FILE.fullmatch(name):
                path = os.path.join(where, name)
                with open(path, encoding="utf-8") as file:
                    found.append((os.path.relpath(path, folder), file.read()))
    return found


def from_elsewhere(crate, known):
    """The texts of the crate that the rule names, under the same licence; or the standard text of a licence."""
    licence, name = STANDARD.get(crate.name, ("", ""))
    if licence and licence in spdx.licences(crate.licence):
        return [(name, (crates.ROOT / name).read_text(encoding="utf-8"))]
    for other in known:
        if other.name == TEXTS_FROM.get(crate.name) and other.licence == crate.licence and (texts := licence_files(other.folder)):
            return texts
    return []


def document(target, works):
    """The whole file: what it is, a list of the works, and each text once."""
    lines = [f"cimaise for {target} contains the works listed here. Each is used under the licence that",
             "stands beside it; the numbers say which of the texts below belong to it. cimaise itself is under the terms of",
             "LICENSE-MIT or LICENSE-APACHE.", ""]
    if any("IJG" in spdx.licences(work.licence) for work in works):
        lines += [IJG, ""]
    numbers = {}
    texts = []
    for work in works:
        own = set()
        for _, text in work.texts:
            # Copies differ in line ends and indentation.
            number = numbers.setdefault(" ".join(text.split()), len(numbers) + 1)
            if number > len(texts):
                texts.append(text)
            own.add(number)
        lines.append(f"{work.name} {work.version}: {spdx.normal(work.licence)} [{', '.join(map(str, sorted(own)))}]")
    for number, text in enumerate(texts, 1):
        body = "\n".join(line.rstrip() for line in text.expandtabs().splitlines()).strip("\n")
        lines += ["", f"======== [{number}]", "", body]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: notices.py TARGET")
    main(sys.argv[1])
