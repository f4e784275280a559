"""cross.toml: cross itself needs an image registry, so this looks at the file only."""

import re
import tomllib
import unittest

from context import ROOT

# Where cross publishes its images, and its numbered releases whose images have both targets.
REGISTRY = "ghcr.io/cross-rs"
RELEASES = {"0.2.5"}


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


class Cross(unittest.TestCase):
    def setUp(self):
        self.settings = tomllib.loads(text("cross.toml"))
        self.targets = self.settings["target"]

    def test_the_targets_are_those_of_the_release_and_of_packaging_archive(self):
        released = re.findall(r"\{ target: (\S+), runner:", text(".github/workflows/release.yml"))
        self.assertEqual(len(released), 2)
        self.assertEqual(set(self.targets), set(released))
        self.assertEqual(set(self.targets), set(re.findall(r"^ +(\S+-linux-musl)\)", text("packaging/archive"), re.MULTILINE)))

    def test_each_image_is_one_that_cross_publishes_by_its_full_address(self):
        for target, settings in self.targets.items():
            image, _, digest = settings["image"].partition("@")
            address, _, release = image.rpartition(":")
            self.assertEqual(address, f"{REGISTRY}/{target}")
            self.assertIn(release, RELEASES)
            self.assertRegex(digest, r"^(sha256:[0-9a-f]{64})?$")

    def test_all_images_are_of_one_release(self):
        releases = {settings["image"].partition("@")[0].rpartition(":")[2] for settings in self.targets.values()}
        self.assertEqual(len(releases), 1, releases)

    def test_no_key_is_one_that_cross_does_not_know(self):
        # cross takes an unknown key for a warning, and goes on with its defaults.
        self.assertEqual(set(self.settings), {"build", "target"})
        self.assertEqual(set(self.settings["build"]), {"env"})
        for settings in self.targets.values():
            self.assertLessEqual(set(settings), {"image", "pre-build", "env", "runner"})

    def test_what_makes_builds_reproducible_gets_into_the_container(self):
        self.assertEqual(set(self.settings["build"]["env"]["passthrough"]), {"RUSTFLAGS", "SOURCE_DATE_EPOCH"})

    def test_the_documented_commands_name_a_target_and_a_profile_that_are_there(self):
        profiles = re.findall(r"^\[profile\.(\w+)\]", text("Cargo.toml"), re.MULTILINE)
        for path in ["cross.toml", "docs/packaging.md"]:
            commands = re.findall(r"CROSS_CONFIG=cross\.toml cross build .*--profile (\S+) --target (\S+)", text(path))
            self.assertTrue(commands, path)
            for profile, target in commands:
                self.assertIn(profile, profiles)
                self.assertIn(target, self.targets)


if __name__ == "__main__":
    unittest.main()
