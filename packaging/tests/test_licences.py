"""The check of licences and C code, on packages that it must refuse."""

import tempfile
import unittest
from pathlib import Path

import context  # noqa: F401
import licences

MUSL, GNU, APPLE = "x86_64-unknown-linux-musl", "aarch64-unknown-linux-gnu", "aarch64-apple-darwin"


class Planted(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.packages, self.nodes = [], []

    def plant(self, name, licence="MIT", links=None, build_uses=(), features=(), files=("src/lib.rs",), script=True):
        folder = Path(self.folder.name, name)
        for file in files:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        kinds = [["lib"], ["custom-build"]] if script else [["lib"]]
        self.packages.append({
            "id": name, "name": name, "version": "1.0.0", "license": licence, "links": links, "source": "registry",
            "manifest_path": str(folder / "Cargo.toml"), "targets": [{"kind": kind} for kind in kinds],
        })
        deps = [{"pkg": each, "dep_kinds": [{"kind": "build"}]} for each in build_uses]
        self.nodes.append({"id": name, "features": list(features), "deps": deps})

    def problems(self, target):
        return licences.native_problems({"packages": self.packages, "resolve": {"nodes": self.nodes}}, target)

    def test_a_package_that_builds_with_cc_is_refused_on_every_target(self):
        self.plant("cc", script=False)
        self.plant("zstd", build_uses=["cc"])
        for target in licences.TARGETS:
            self.assertEqual(self.problems(target), ["zstd 1.0.0: builds native code with cc"], target)

    def test_the_allocator_is_for_musl_only(self):
        self.plant("cc", script=False)
        self.plant("libmimalloc-sys", links="mimalloc", build_uses=["cc"], files=["c_src/static.c"])
        self.assertEqual(self.problems(MUSL), [])
        for target in (GNU, APPLE):
            self.assertEqual(len(self.problems(target)), 3, target)

    def test_blake3_must_be_pure(self):
        self.plant("cc", script=False)
        self.plant("blake3", build_uses=["cc"], features=["std"], files=["c/blake3.c"])
        self.assertEqual(len(self.problems(GNU)), 2)
        self.nodes[-1]["features"].append("pure")
        self.assertEqual(self.problems(GNU), [])

    def test_signal_hook_must_leave_its_c_code_alone(self):
        self.plant("signal-hook", files=["src/low_level/extract.c"])
        self.assertEqual(self.problems(GNU), [])
        self.nodes[-1]["features"].append("extended-siginfo-raw")
        self.assertEqual(len(self.problems(GNU)), 1)

    def test_a_library_of_the_system_is_refused(self):
        self.plant("openssl-sys", links="openssl")
        self.plant("rayon-core", links="rayon-core")
        self.assertEqual(self.problems(GNU), ["openssl-sys 1.0.0: links the library openssl"])

    def test_compiled_code_is_refused_even_without_a_build_script(self):
        self.plant("blob", files=["lib/blob.a"], script=False)
        self.assertEqual(self.problems(GNU), ["blob 1.0.0: holds compiled code (.a)"])

    def test_assembler_beside_a_build_script_is_refused(self):
        self.plant("fast", files=["asm/fast.S"])
        self.plant("data", files=["tests/data.c"], script=False)
        self.assertEqual(self.problems(GNU), ["fast 1.0.0: has a build script and foreign sources (.s)"])

    def test_a_licence_that_is_not_on_the_list_is_refused(self):
        for number, licence in enumerate(["GPL-3.0-only", "MIT AND MPL-2.0", None, "MIT OR"]):
            self.plant(f"package{number}", licence=licence)
        self.plant("good", licence="MIT OR GPL-2.0-only")
        self.assertEqual(len(licences.licence_problems({"packages": self.packages})), 4)


if __name__ == "__main__":
    unittest.main()
