#!/usr/bin/env python3
"""Checks every dependency in Cargo.lock: permissive licences only, and no C code besides mimalloc's."""

import json
import re
import subprocess
import sys

ALLOWED = {
    "MIT", "MIT-0", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib",
    "CC0-1.0", "Unlicense", "Unicode-3.0", "BSL-1.0", "IJG",
}

# Crates that may use the C compiler, and why. blake3 lists `cc` but does not call it with its feature `pure`.
C_COMPILER = {"libmimalloc-sys": "the allocator, on musl only", "blake3": "not called with `pure`"}
NATIVE_BUILDERS = {"cc", "cmake", "bindgen", "pkg-config", "nasm-rs", "autotools"}


def accepted(expression):
    """Whether an SPDX expression can be met with allowed licences. `/` is an old way to write OR."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def either():
        result = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            result = both() | result
        return result

    def both():
        result = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            result = one() & result
        return result

    def one():
        token = tokens.pop(0)
        if token == "(":
            result = either()
            tokens.pop(0)
            return result
        if tokens and tokens[0] == "WITH":
            token = f"{token} WITH {tokens[1]}"
            del tokens[:2]
        return token in ALLOWED

    return either()


def main():
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    metadata = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    features = {node["id"]: node["features"] for node in metadata["resolve"]["nodes"]}
    problems = []
    for package in metadata["packages"]:
        name = f"{package['name']} {package['version']}"
        licence = package["license"]
        if not licence or not accepted(licence):
            problems.append(f"{name}: licence {licence!r} is not on the list")
        native = {d["name"] for d in package["dependencies"] if d["kind"] == "build" and not d["optional"]} & NATIVE_BUILDERS
        if native and package["name"] not in C_COMPILER:
            problems.append(f"{name}: builds native code with {', '.join(sorted(native))}")
        if package["name"] == "blake3" and "pure" not in features[package["id"]]:
            problems.append(f"{name}: without its feature `pure` it compiles C and assembler")
    for problem in problems:
        print(problem)
    print(f"{len(metadata['packages'])} packages, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
