"""THIRD-PARTY.txt."""

import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
import notices
from crates import Crate
from toolchain import Notice


class Notices(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def crate(self, name, version="1.0.0", licence="MIT", **files):
        folder = Path(self.folder.name, f"{name}-{version}")
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        return Crate(name, version, licence, "", None, folder, None, (), ())

    def test_a_crate_without_a_licence_file_is_an_error(self):
        with self.assertRaisesRegex(SystemExit, "bare 1.0.0 .* has no licence file"):
            notices.of_crates([self.crate("bare", **{"README": "hello"})], [])

    def test_a_crate_without_a_licence_is_an_error(self):
        with self.assertRaisesRegex(SystemExit, "states no licence"):
            notices.of_crates([self.crate("bare", licence=None, LICENSE="terms")], [])

    def test_the_rule_takes_texts_of_another_release_under_the_same_licence(self):
        old, new = self.crate("zune-core", "0.4.0"), self.crate("zune-core", "0.5.0", LICENSE="terms")
        self.assertEqual(notices.of_crates([old], [old, new])[0].texts, [("LICENSE", "terms")])
        other = self.crate("zune-core", "0.6.0", licence="Zlib", LICENSE="other terms")
        with self.assertRaises(SystemExit):
            notices.of_crates([old], [old, other])

    def test_the_rule_takes_texts_of_another_crate_of_the_same_authors(self):
        bare, other = self.crate("alloc-stdlib", "0.3.0"), self.crate("alloc-no-stdlib", "3.0.0", LICENSE="terms")
        self.assertEqual(notices.of_crates([bare], [bare, other])[0].texts, [("LICENSE", "terms")])

    def test_licence_files_are_known_by_their_names(self):
        names = ["COPYING", "LICENCE.md", "LICENSE-MIT", "LICENSE_A2", "NOTICE", "UNLICENSE", "copyright"]
        crate = self.crate("many", **dict.fromkeys([*names, "Cargo.toml", "licensed.rs", "notices.py"], "x"))
        self.assertEqual([name for name, _ in notices.licence_files(crate.folder)], names)

    def test_sources_inside_a_crate_bring_their_own_licence(self):
        crate = self.crate("wrapper", LICENSE="mine")
        for inner in ("c_src/library", "tests/data"):
            (crate.folder / inner).mkdir(parents=True)
            (crate.folder / inner / "LICENSE").write_text(inner, encoding="utf-8")
        self.assertEqual([text for _, text in notices.licence_files(crate.folder)], ["mine", "c_src/library"])

    def test_a_text_that_differs_in_white_space_only_is_printed_once(self):
        made = notices.document("any", [Notice("a", "1", "MIT", [("L", "some  terms\r\n")]), Notice("b", "2", "MIT", [("L", "some terms")])])
        self.assertEqual(made.count("some"), 1)
        self.assertIn("a 1: MIT [1]\nb 2: MIT [1]\n", made)

    def test_the_jpeg_groups_sentence_is_there_when_its_licence_applies(self):
        texts = [("LICENSE", "terms")]
        self.assertIn(notices.IJG, notices.document("any", [Notice("jpeg", "1", "MIT AND IJG", texts)]))
        self.assertNotIn(notices.IJG, notices.document("any", [Notice("jpeg", "1", "MIT", texts)]))


if __name__ == "__main__":
    unittest.main()
