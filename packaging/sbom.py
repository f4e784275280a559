#!/usr/bin/env python3
"""sbom.py TARGET: writes the components of a static cimaise, as CycloneDX 1.5 JSON, to standard output.

The same checkout and toolchain give the same bytes: the time is SOURCE_DATE_EPOCH, and the serial number is derived from the content.
"""

import datetime
import hashlib
import json
import os
import re
import sys
import uuid

import crates
import spdx
from toolchain import Toolchain


def main(target):
    """Prints the document."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        raise SystemExit("sbom.py: set SOURCE_DATE_EPOCH (seconds since 1970)")
    made = document(target, crates.linked(target), Toolchain.current(target), int(epoch))
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    json.dump(made, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def document(target, linked, toolchain, epoch):
    """The whole document as nested dictionaries."""
    program = next(crate for crate in linked if crate.name == "cimaise")
    own = {reference(crate): crate_component(crate) for crate in linked}
    edges = {reference(crate): [purl(*key) for key in crate.uses] for crate in linked}
    for component, user in foreign(linked, toolchain, reference(program)):
        own[component["bom-ref"]] = component
        edges[component["bom-ref"]] = []
        edges[user].append(component["bom-ref"])
    root = own.pop(reference(program))
    root["type"] = "application"
    root["properties"] = [{"name": "cimaise:target", "value": target}]
    made = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.datetime.fromtimestamp(epoch, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "component": root,
        },
        "components": [own[key] for key in sorted(own)],
        "dependencies": [{"ref": key, "dependsOn": sorted(edges[key])} for key in sorted(edges)],
    }
    digest = hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()
    return {**made, "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, f"sha256:{digest}").urn}


def purl(name, version):
    """The package URL of a crate."""
    return f"pkg:cargo/{name}@{version.replace('+', '%2B')}"


def reference(crate):
    """By what the document refers to a crate."""
    return purl(crate.name, crate.version)


def crate_component(crate):
    """A crate from the registry, with the digest of its package file as Cargo.lock has it."""
    component = library(crate.name, crate.version, reference(crate), crate.licence)
    if crate.description:
        component["description"] = crate.description
    if crate.sha256:
        component["hashes"] = [{"alg": "SHA-256", "content": crate.sha256}]
    if crate.repository:
        component["externalReferences"] = [{"type": "vcs", "url": crate.repository}]
    return component


def foreign(linked, toolchain, program):
    """What is linked in and no crate of ours: (component, reference of who uses it)."""
    rust, musl = toolchain.version, toolchain.musl_version()
    yield library("rust-std", rust, f"pkg:generic/rust-std@{rust}", "(MIT OR Apache-2.0) AND Unicode-3.0"), program
    yield library("musl", musl, f"pkg:generic/musl@{musl}", "MIT"), program
    for crate in linked:
        if crate.name == "libmimalloc-sys":
            version = mimalloc_version(crate)
            yield library("mimalloc", version, f"pkg:github/microsoft/mimalloc@v{version}", "MIT"), reference(crate)


def mimalloc_version(crate):
    """Of the C sources inside the crate, which holds two generations of them."""
    generation = "v2" if "v2" in crate.features else "v3"
    header = crate.folder / "c_src/mimalloc" / generation / "include/mimalloc.h"
    text = header.read_text(encoding="utf-8")
    number = re.search(r"^#define MI_MALLOC_VERSION\s+([0-9]+)([0-9]{2})([0-9]{2})\b", text, re.MULTILINE)
    if number is None:
        raise SystemExit(f"sbom.py: no version of mimalloc in {header}")
    return ".".join(str(int(part)) for part in number.groups())


def library(name, version, reference_, licence):
    """A component; the licence as an identifier where it is one, else as an expression."""
    licence = spdx.normal(licence)
    simple = " " not in licence
    return {
        "type": "library",
        "bom-ref": reference_,
        "name": name,
        "version": version,
        "purl": reference_,
        "licenses": [{"license": {"id": licence}} if simple else {"expression": licence}],
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: sbom.py TARGET")
    main(sys.argv[1])
