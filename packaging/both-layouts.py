#!/usr/bin/env python3
"""Adds docker's description of the same images to an OCI archive, so that every `docker load` accepts the archive.

Docker's classic store reads only `manifest.json`; podman, and docker with containerd's store, read `index.json`. Both files refer to the
same blobs here. `manifest.json` cannot assign entries to architectures, so amd64 has the name that users type, and each platform has its
architecture as a tag. The archive is rewritten with sorted names and one date: the same image gives the same bytes.
"""

import argparse
import io
import json
import tarfile

# Whose entry `NAME:TAG` is where there is no choice by platform.
COMMON = "amd64"
# podman and containerd take the image's name from here. podman would also take containerd's own annotation, and prefer it: no name can
# be `cimaise` to both, as that is `localhost/cimaise` to one and `docker.io/library/cimaise` to the other.
OCI_NAME = "org.opencontainers.image.ref.name"


def path(descriptor):
    return "blobs/" + descriptor["digest"].replace(":", "/")


def docker_manifest(files, index, name, tag):
    """The content of `manifest.json`: an entry for each image of an index."""
    entries = []
    for descriptor in sorted(index["manifests"], key=lambda descriptor: descriptor["platform"]["architecture"]):
        manifest = json.loads(files[path(descriptor)])
        architecture = descriptor["platform"]["architecture"]
        # A second image must not be called `NAME:arm64`, as if it were the first.
        of_platform = architecture if tag == "latest" else f"{tag}-{architecture}"
        tags = [f"{name}:{tag}"] if architecture == COMMON else []
        entries.append({
            "Config": path(manifest["config"]),
            "RepoTags": [*tags, f"{name}:{of_platform}"],
            "Layers": [path(layer) for layer in manifest["layers"]],
        })
    return entries


def with_both(files, name, tag):
    """The files of an archive, with `manifest.json` and the name by which programs find the image."""
    outer = json.loads(files["index.json"])
    [root] = outer["manifests"]
    root["annotations"] = {OCI_NAME: f"{name}:{tag}"}
    index = json.loads(files[path(root)])
    return files | {"index.json": encoded(outer), "manifest.json": encoded(docker_manifest(files, index, name, tag))}


def encoded(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def read(file):
    with tarfile.open(file) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}


def write(file, files, date):
    with tarfile.open(file, "w", format=tarfile.USTAR_FORMAT) as tar:
        for name in sorted(files):
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.mtime = len(files[name]), 0o644, date
            tar.addfile(member, io.BytesIO(files[name]))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive", help="as podman writes it")
    parser.add_argument("out")
    parser.add_argument("--name", default="localhost/cimaise", help="(%(default)s)")
    parser.add_argument("--tag", default="latest", help="(%(default)s)")
    parser.add_argument("--date", type=int, required=True, help="of each file, in seconds since 1970")
    given = parser.parse_args(arguments)
    write(given.out, with_both(read(given.archive), given.name, given.tag), given.date)


if __name__ == "__main__":
    main()
