"""Parts of the Rust toolchain that are linked into a static program: its standard library, LLVM's unwinder and musl. The texts come from
the toolchain's own files, so that they match the version in use."""

import re
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

# Crates in the standard library's folder that are part of Rust's own source tree, and those that no program uses unless it asks.
IN_TREE = {
    "alloc", "compiler_builtins", "core", "panic_abort", "panic_unwind", "rustc_std_workspace_alloc", "rustc_std_workspace_core",
    "rustc_std_workspace_std", "std", "std_detect", "sysroot", "unwind",
}
UNUSED = {"getopts", "proc_macro", "profiler_builtins", "rustc_literal_escaper", "test"}


@dataclass
class Notice:
    """One work with its licence and the texts that go with it: (file name, text)."""

    name: str
    version: str
    licence: str
    texts: list = field(default_factory=list)


@dataclass
class Toolchain:
    """The toolchain in use, seen from one target."""

    target: str
    version: str
    documents: Path
    libraries: Path

    @classmethod
    def current(cls, target):
        """Of the `rustc` that cargo calls here."""
        sysroot = Path(_rustc("--print", "sysroot"))
        version = re.search(r"^release: (.+)$", _rustc("--version", "--verbose"), re.MULTILINE).group(1)
        return cls(target, version, sysroot / "share/doc/rust", sysroot / "lib/rustlib" / target / "lib")

    def musl_version(self):
        """As musl's own archive states it."""
        versions = set(re.findall(rb"\0(1\.[0-9]+\.[0-9]+)\0", (self.libraries / "self-contained/libc.a").read_bytes()))
        if len(versions) != 1:
            raise SystemExit(f"cannot tell the version of musl from {self.libraries}/self-contained/libc.a: {sorted(versions)}")
        return versions.pop().decode()

    def notices(self):
        """Of the standard library, of the crates in it, and of the unwinder."""
        in_tree, crates = self._library_notices()
        licence_texts = [(name, self._document(f"licenses/{name}.txt")) for name in ("MIT", "Apache-2.0", "Unicode-3.0")]
        exception = ("LLVM-exception", self._document("licenses/LLVM-exception.txt"))
        return [
            Notice("Rust standard library", self.version, "(MIT OR Apache-2.0) AND Unicode-3.0", [in_tree, *licence_texts]),
            Notice("LLVM libunwind and compiler-rt", f"of Rust {self.version}", "Apache-2.0 WITH LLVM-exception",
                   [licence_texts[1], exception]),
            *crates,
        ]

    def _library_notices(self):
        reader = _read(self._document("COPYRIGHT-library.html"))
        present = {re.fullmatch(r"lib(.+)-[0-9a-f]+\.rlib", file.name).group(1) for file in self.libraries.glob("*.rlib")}
        if "std" not in present or not reader.in_tree:
            raise SystemExit(f"the notices of Rust {self.version} are not as expected")
        known = {_underscored(notice.name): notice for notice in reader.crates}
        wanted = sorted(present - IN_TREE - UNUSED)
        known.update(self._compiler_notices([name for name in wanted if name not in known]))
        without = [name for name in wanted if name not in known or not known[name].texts]
        if without:
            raise SystemExit(f"Rust {self.version} has these crates in its standard library, and no notices for them: {without}")
        return ("COPYRIGHT", "\n".join(reader.in_tree) + "\n"), [known[name] for name in wanted]

    def _compiler_notices(self, names):
        """COPYRIGHT-library.html leaves the crates out that print backtraces. The compiler uses releases of them too, by the same
        authors under the same terms; the last one listed is the newest."""
        if not names:
            return {}
        found = {}
        for entry in re.split(r"(?=<h3>)", self._document("COPYRIGHT.html")):
            heading = re.match(r"<h3>📦 (.+)-[0-9]+\.[0-9]+\.", entry)
            if heading and _underscored(heading.group(1)) in names:
                notice = _read(entry).crates[0]
                notice.version = f"of Rust {self.version}"
                found[_underscored(notice.name)] = notice
        return found

    def _document(self, name):
        path = self.documents / name
        if not path.is_file():
            raise SystemExit(f"{path} is missing: the notices of Rust's standard library come with rustup's component rustc; "
                             "use a toolchain from rustup to make an archive")
        return path.read_text(encoding="utf-8")


def _rustc(*arguments):
    return subprocess.run(["rustc", *arguments], capture_output=True, text=True, check=True).stdout.strip()


def _underscored(name):
    return name.replace("-", "_")


def _read(html):
    reader = _Notices()
    reader.feed(html)
    return reader


class _Notices(HTMLParser):
    """Reads Rust's COPYRIGHT pages: labelled paragraphs, a heading for each crate, a summary and a `pre` for each text."""

    def __init__(self):
        super().__init__()
        # "File/Directory: library/backtrace", "License: …", "Copyright: …" of the source tree itself.
        self.in_tree = []
        self.crates = []
        self._file = None
        self._text = ""

    def handle_starttag(self, tag, attrs):
        if tag in ("p", "h2", "h3", "summary", "pre"):
            self._text = ""

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        line = " ".join(self._text.split())
        if tag == "h3":
            name, _, version = line.removeprefix("📦").strip().rpartition("-")
            self.crates.append(Notice(name, version, ""))
        elif tag == "summary":
            self._file = line
        elif tag == "pre" and self.crates:
            self.crates[-1].texts.append((self._file, self._text))
        elif tag == "p" and line.startswith("License:") and self.crates:
            self.crates[-1].licence = line.removeprefix("License:").strip()
        elif tag == "p" and re.match(r"(File/Directory|License|Copyright): ", line):
            self.in_tree.append(line)
