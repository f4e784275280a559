"""Programs and folders that packaging/check-binary and packaging/check-paths refuse."""

import platform
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from context import ROOT

HERE = f"{platform.machine()}-unknown-linux-musl"
ELSEWHERE = "aarch64-unknown-linux-musl" if platform.machine() == "x86_64" else "x86_64-unknown-linux-musl"


def run(script, *arguments):
    done = subprocess.run([ROOT / "packaging" / script, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Binary(unittest.TestCase):
    def refused(self, words, target, binary):
        code, said = run("check-binary", target, str(binary))
        self.assertEqual(code, 1, said)
        self.assertIn(words, said)

    def test_a_dynamic_program_is_refused(self):
        self.refused("asks for a dynamic loader", HERE, Path(sys.executable).resolve())

    def test_a_program_for_another_machine_is_refused(self):
        self.refused("is not for", ELSEWHERE, Path(sys.executable).resolve())

    def test_what_is_no_program_is_refused(self):
        self.refused("is not an ELF file", HERE, __file__)
        self.refused("is not there", HERE, "/nowhere")


class Paths(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.file = Path(folder.name, "binary")

    def test_a_path_of_this_machine_is_found_between_any_bytes(self):
        self.file.write_bytes(b"\0\xffmessage/home/ann/cimaise/src/lib.rs\0")
        code, said = run("check-paths", self.folder, "/srv/other", "/home/ann/")
        self.assertEqual(code, 1)
        self.assertIn("/home/ann stands in", said)

    def test_another_path_is_no_finding(self):
        self.file.write_bytes(b"/home/anna/cimaise crates/rayon/src/lib.rs /rootless/")
        self.assertEqual(run("check-paths", self.folder, "/home/ann", "/src", "/root", "/"), (0, ""))

    def test_a_short_path_is_found_where_it_begins(self):
        self.file.write_bytes(b"\0/src/main.rs\0")
        self.assertEqual(run("check-paths", self.folder, "/src")[0], 1)

    def test_a_folder_that_is_not_there_does_not_pass(self):
        self.assertEqual(run("check-paths", self.folder + "/nowhere", "/src/a")[0], 1)


if __name__ == "__main__":
    unittest.main()
