"""The code blocks of a Markdown document. Each has a name: the path after its language, or else the heading above it."""

import re
from dataclasses import dataclass


@dataclass
class Block:
    """A fenced block; `path` is empty if it is not a file."""

    line: int
    language: str
    path: str
    content: str
    name: str


def blocks(text):
    """All blocks, in their order. Of two without a path under one heading, the second is called `HEADING, 2`."""
    found, heading, names = [], "", {}
    for match in re.finditer(r"^#+ (?P<heading>[^\n]+)$|^```(?P<language>\S+)[ ]*(?P<path>.*?)\n(?P<content>.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if match["heading"]:
            heading = match["heading"]
            continue
        name = match["path"].strip() or heading
        names[name] = names.get(name, 0) + 1
        if names[name] > 1:
            name = f"{name}, {names[name]}"
        line = text.count("\n", 0, match.start()) + 1
        found.append(Block(line, match["language"], match["path"].strip(), match["content"], name))
    return found
