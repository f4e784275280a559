"""Errors of packaging/archive when a requirement is missing. .ci/reproducible tests a successful build."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from context import ROOT

TARGET = "aarch64-unknown-linux-musl"
TOOLS = ["bash", "dirname", "env", "grep", "gzip", "python3", "readelf", "realpath", "sed", "tar"]


class Missing(unittest.TestCase):
    """A machine with a made-up toolchain and few programs."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path, self.sysroot = Path(folder.name, "bin"), Path(folder.name, "rust")
        self.path.mkdir()
        for tool in TOOLS:
            (self.path / tool).symlink_to(shutil.which(tool))
        self.program("cargo", "exit 1")
        self.program("rustc", f'case $* in *sysroot*) echo {self.sysroot} ;; *) printf "host: here\\ncommit-hash: 0\\n" ;; esac')
        self.program("uname", "echo aarch64")
        self.program("cc", "echo aarch64-linux-gnu")

    def program(self, name, body):
        file = self.path / name
        file.write_text(f"#!{self.path}/bash\n{body}\n", encoding="utf-8")
        file.chmod(0o755)

    def installed_target(self):
        (self.sysroot / "lib/rustlib" / TARGET / "lib").mkdir(parents=True)

    def refused(self, words, *arguments, **variables):
        environment = {"PATH": str(self.path), "HOME": "/nowhere", "SOURCE_DATE_EPOCH": "1", **variables}
        command = [str(self.path / "bash"), str(ROOT / "packaging/archive"), *(arguments or (TARGET,))]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(words, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_an_unknown_target(self):
        self.refused("targets: ", "riscv64gc-unknown-linux-gnu")
        self.refused("usage: ", "--profile")

    def test_the_standard_library_of_the_target(self):
        self.refused(f"rustup target add {TARGET}")

    def test_a_date(self):
        self.installed_target()
        self.refused("set SOURCE_DATE_EPOCH", SOURCE_DATE_EPOCH="")

    def test_a_compiler_for_musl(self):
        self.installed_target()
        self.refused("apt-get install musl-tools")

    def test_a_cross_compiler(self):
        self.installed_target()
        self.program("uname", "echo x86_64")
        self.refused("apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross")

    def test_the_headers_of_a_compiler(self):
        self.installed_target()
        self.program("musl-gcc", "exit 1")
        self.refused("musl-gcc does not find stdlib.h")

    def test_the_linker_of_the_toolchain(self):
        self.installed_target()
        self.program("musl-gcc", "exit 0")
        self.refused("rust-lld is missing")

    def test_binutils(self):
        (self.path / "readelf").unlink()
        self.refused("apt-get install binutils")


if __name__ == "__main__":
    unittest.main()
