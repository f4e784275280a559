#!/usr/bin/env python3
"""Checks every dependency in Cargo.lock: only permissive licences are allowed, and no C code except the allocator's, which is allowed on
musl only."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "packaging"))
import crates  # noqa: E402
import spdx  # noqa: E402

ALLOWED = {
    "MIT", "MIT-0", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib",
    "CC0-1.0", "Unlicense", "Unicode-3.0", "BSL-1.0", "IJG",
}

TARGETS = [f"{machine}-{system}" for system in ("unknown-linux-musl", "unknown-linux-gnu", "apple-darwin")
           for machine in ("x86_64", "aarch64")]

# Crates with which a build script calls a compiler, or looks for a library of the system.
NATIVE_BUILDERS = {"autotools", "bindgen", "cc", "cmake", "gcc", "meson", "nasm-rs", "pkg-config", "system-deps", "vcpkg"}
FOREIGN_SOURCES = {".asm", ".c", ".cc", ".cpp", ".cxx", ".m", ".mm", ".s"}
# Already compiled code in a crate would be worse.
COMPILED = {".a", ".dll", ".dylib", ".lib", ".o", ".so"}

ALLOCATOR = "libmimalloc-sys"
# Crates that carry C and leave it alone: as long as they have the one feature, or lack the other.
ASLEEP_WITH = {"blake3": "pure"}
ASLEEP_WITHOUT = {"signal-hook": "extended-siginfo-raw"}
# `links` without a library: it only keeps a second release of the same crate out of the program.
NO_LIBRARY = {"rayon-core"}


def main():
    """Prints all problems; the exit code tells whether there is one."""
    every = crates.metadata()
    problems = licence_problems(every)
    for target in TARGETS:
        problems += [f"{target}: {problem}" for problem in native_problems(crates.metadata(target), target)]
    for problem in problems:
        print(problem)
    print(f"{len(every['packages'])} packages, {len(TARGETS)} targets, {len(problems)} problems")
    return 1 if problems else 0


def licence_problems(metadata):
    """Packages that cannot be used under a licence on the list. All platforms count, tests and build scripts too."""
    problems = []
    for package in metadata["packages"]:
        try:
            fine = bool(package["license"]) and spdx.accepted(package["license"], ALLOWED)
        except ValueError:
            fine = False
        if not fine:
            problems.append(f"{package['name']} {package['version']}: licence {package['license']!r} is not on the list")
    return problems


def native_problems(metadata, target):
    """Packages that bring foreign code into a build for one target, tests included."""
    packages = {package["id"]: package for package in metadata["packages"]}
    problems = []
    for node in metadata["resolve"]["nodes"]:
        package = packages[node["id"]]
        if package["name"] == ALLOCATOR and target.endswith("-musl"):
            continue
        builders = {
            packages[dependency["pkg"]]["name"] for dependency in node["deps"]
            if any(kind["kind"] == "build" for kind in dependency["dep_kinds"])
        } & NATIVE_BUILDERS
        for reason in native_reasons(package, node["features"], builders):
            problems.append(f"{package['name']} {package['version']}: {reason}")
    return problems


def native_reasons(package, features, builders):
    """What says that a package is not Rust alone."""
    if ASLEEP_WITH.get(package["name"]) in features:
        return
    if package["name"] in ASLEEP_WITHOUT and ASLEEP_WITHOUT[package["name"]] not in features:
        return
    if builders:
        yield f"builds native code with {', '.join(sorted(builders))}"
    if package["links"] and package["name"] not in NO_LIBRARY:
        yield f"links the library {package['links']}"
    suffixes = {path.suffix.lower() for path in Path(package["manifest_path"]).parent.rglob("*")} if package["source"] else set()
    if suffixes & COMPILED:
        yield f"holds compiled code ({', '.join(sorted(suffixes & COMPILED))})"
    if suffixes & FOREIGN_SOURCES and any("custom-build" in each["kind"] for each in package["targets"]):
        yield f"has a build script and foreign sources ({', '.join(sorted(suffixes & FOREIGN_SOURCES))})"


if __name__ == "__main__":
    sys.exit(main())
