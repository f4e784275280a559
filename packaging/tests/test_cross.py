"""cross.toml: cross itself needs an image registry, so this looks at the file only."""

import re
import tomllib
import unittest

from context import ROOT


class Cross(unittest.TestCase):
    def setUp(self):
        self.settings = tomllib.loads((ROOT / "cross.toml").read_text(encoding="utf-8"))

    def test_both_targets_of_packaging_archive_have_an_image_of_their_own(self):
        archive = (ROOT / "packaging/archive").read_text(encoding="utf-8")
        self.assertEqual(set(self.settings["target"]), set(re.findall(r"^ +(\S+-linux-musl)\)", archive, re.MULTILINE)))
        for target, settings in self.settings["target"].items():
            self.assertRegex(settings["image"], rf"(^|/){target}:[0-9]+\.[0-9]+\.[0-9]+(@sha256:[0-9a-f]{{64}})?$")

    def test_what_makes_builds_reproducible_gets_into_the_container(self):
        self.assertEqual(set(self.settings["build"]["env"]["passthrough"]), {"RUSTFLAGS", "SOURCE_DATE_EPOCH"})


if __name__ == "__main__":
    unittest.main()
