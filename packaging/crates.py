"""The crates of cimaise, as known to cargo. In: the checkout. Out: crates, their folders, their edges. Knows no licences and no file
formats."""

import json
import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Crate:
    """One crate."""

    name: str
    version: str
    licence: str | None
    description: str
    repository: str | None
    folder: Path
    # From Cargo.lock; None for the crates of this repository.
    sha256: str | None
    features: tuple
    # (name, version) of the linked crates that it uses.
    uses: tuple

    @property
    def is_own(self):
        """Whether it is a crate of this repository."""
        return self.sha256 is None

    @property
    def key(self):
        """By which crates are sorted and found."""
        return (self.name, self.version)


def _cargo(*arguments):
    done = subprocess.run(["cargo", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"cargo {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def metadata(target=None):
    """`cargo metadata`, for one target or for all."""
    only = ["--filter-platform", target] if target else []
    return json.loads(_cargo("metadata", "--format-version", "1", "--locked", *only))


def linked(target):
    """The crates whose code is in a program for `target`, sorted, cimaise among them. Build scripts, procedural macros and tests
    are not.

    `cargo tree` chooses, because `cargo metadata` adds the features that only tests ask for.
    """
    tree = _cargo("tree", "--locked", "--edges", "normal,no-proc-macro", "--target", target, "--prefix", "none")
    chosen = set(re.findall(r"^(\S+) v(\S+)", tree, re.MULTILINE))
    return _crates(metadata(target), chosen, _checksums())


def known():
    """All crates in Cargo.lock, those that only tests use among them."""
    data = metadata()
    return _crates(data, {(p["name"], p["version"]) for p in data["packages"]}, _checksums())


def _crates(data, chosen, checksums):
    packages = {p["id"]: p for p in data["packages"] if (p["name"], p["version"]) in chosen}
    if len(packages) != len(chosen):
        raise SystemExit("two crates of the same name and version, or one that cargo metadata does not know")
    crates = []
    for node in data["resolve"]["nodes"]:
        package = packages.get(node["id"])
        if package is None:
            continue
        used = [packages[d["pkg"]] for d in node["deps"] if d["pkg"] in packages and _is_normal(d)]
        crates.append(Crate(
            package["name"], package["version"], package["license"], " ".join((package["description"] or "").split()),
            package["repository"], Path(package["manifest_path"]).parent, checksums.get((package["name"], package["version"])),
            tuple(sorted(node["features"])), tuple(sorted((p["name"], p["version"]) for p in used)),
        ))
    return sorted(crates, key=lambda crate: crate.key)


def _is_normal(dependency):
    return any(kind["kind"] is None for kind in dependency["dep_kinds"])


def _checksums():
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    return {(p["name"], p["version"]): p.get("checksum") for p in lock["package"]}
