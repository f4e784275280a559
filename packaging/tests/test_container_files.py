"""The Containerfile, and the lists of files that its build may read."""

import re
import unittest

from context import ROOT


class ContainerFiles(unittest.TestCase):
    def test_docker_and_podman_leave_the_same_files_out(self):
        # podman prefers .containerignore, docker knows .dockerignore only.
        self.assertEqual((ROOT / ".dockerignore").read_bytes(), (ROOT / ".containerignore").read_bytes())

    def test_every_base_is_named_in_full(self):
        # podman on Debian resolves no short name.
        text = (ROOT / "Containerfile").read_text(encoding="utf-8")
        defaults = dict(re.findall(r"^ARG (\w+)=(\S+)$", text.split("\nFROM ")[0], re.MULTILINE))
        self.assertGreaterEqual(set(defaults), {"BUILDER", "ALPINE", "RUNTIME"})
        stages = set(re.findall(r"^FROM .* AS (\w+)$", text, re.MULTILINE))
        bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
        self.assertTrue(bases)
        for base in bases:
            name = re.sub(r"\$\{(\w+)\}", lambda match: defaults[match[1]], base)
            self.assertTrue(name in stages | {"scratch"} or re.fullmatch(r"[\w-]+(\.[\w-]+)+(/[\w.-]+)+:[\w.-]+", name), base)
