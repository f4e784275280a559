#!/usr/bin/env python3
"""run_recipes.py PROGRAM DOCUMENT: runs every recipe of a document with this program, and prints the results. Exits with code 77 if
containers cannot be run."""

import sys
import tempfile
from pathlib import Path

from recipe.blocks import blocks
from recipe.runs import RUNS
from recipe.world import World, Wrong


def main(program, document):
    text = Path(document).read_text(encoding="utf-8")
    found = blocks(text)
    problems = 0
    with tempfile.TemporaryDirectory() as work:
        world = World(work, Path(program).resolve(), text)
        try:
            if reason := world.images():
                print(f"no containers here: {reason}")
                return 77
            for block in found:
                try:
                    if block.name not in RUNS:
                        raise Wrong("nothing runs this recipe: .ci/recipe/runs.py")
                    print(f"{document}:{block.line}: {block.name}: {RUNS[block.name](world, block)}", flush=True)
                except (Wrong, KeyError, OSError, AssertionError) as wrong:
                    problems += 1
                    said = wrong if isinstance(wrong, Wrong) else repr(wrong)
                    print(f"{document}:{block.line}: {block.name}: FAILED: {said}", flush=True)
        finally:
            world.close()
    print(f"{len(found)} recipes, {problems} problems")
    return 1 if problems or not found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
