"""The bill of materials. Whether it is valid CycloneDX is checked by .ci/sbom."""

import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
import sbom
from crates import Crate

TARGET = "x86_64-unknown-linux-musl"


class FixedToolchain:
    version = "1.2.3"

    def musl_version(self):
        return "1.2.5"


class Document(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        header = Path(folder.name, "c_src/mimalloc/v3/include/mimalloc.h")
        header.parent.mkdir(parents=True)
        header.write_text("#define MI_MALLOC_VERSION 30302  // comment\n", encoding="utf-8")
        nowhere = Path("/nowhere")
        self.crates = [
            Crate("cimaise", "0.1.0", "MIT", "", None, nowhere, None, (), (("libmimalloc-sys", "0.1.0"), ("rayon", "1.0.0"))),
            Crate("libmimalloc-sys", "0.1.0", "MIT", "", None, Path(folder.name), "ab" * 32, (), ()),
            Crate("rayon", "1.0.0", "MIT/Apache-2.0", "Threads", "https://example.org", nowhere, "cd" * 32, (), ()),
        ]
        self.document = sbom.document(TARGET, self.crates, FixedToolchain(), 86400)

    def component(self, name):
        return next(each for each in self.document["components"] if each["name"] == name)

    def test_a_crate_has_url_digest_and_licence(self):
        rayon = self.component("rayon")
        self.assertEqual(rayon["purl"], "pkg:cargo/rayon@1.0.0")
        self.assertEqual(rayon["hashes"], [{"alg": "SHA-256", "content": "cd" * 32}])
        self.assertEqual(rayon["licenses"], [{"expression": "MIT OR Apache-2.0"}])

    def test_what_is_no_crate_is_listed_too(self):
        self.assertEqual(self.component("musl")["version"], "1.2.5")
        self.assertEqual(self.component("rust-std")["version"], "1.2.3")
        self.assertEqual(self.component("mimalloc")["version"], "3.3.2")

    def test_every_component_is_in_the_graph_and_reached_from_the_program(self):
        edges = {each["ref"]: each["dependsOn"] for each in self.document["dependencies"]}
        reached, left = set(), [self.document["metadata"]["component"]["bom-ref"]]
        while left:
            reference = left.pop()
            reached.add(reference)
            left += [each for each in edges[reference] if each not in reached]
        self.assertEqual(reached - {"pkg:cargo/cimaise@0.1.0"}, {each["bom-ref"] for each in self.document["components"]})

    def test_the_same_input_gives_the_same_document_and_another_one_another_serial_number(self):
        again = sbom.document(TARGET, self.crates, FixedToolchain(), 86400)
        self.assertEqual(self.document, again)
        later = sbom.document(TARGET, self.crates, FixedToolchain(), 86401)
        self.assertNotEqual(self.document["serialNumber"], later["serialNumber"])
        self.assertEqual(self.document["metadata"]["timestamp"], "1970-01-02T00:00:00Z")


if __name__ == "__main__":
    unittest.main()
