#!/usr/bin/env python3
"""Checks an archive of images in OCI's and docker's layout, using only Python's standard library.

Every blob must match its digest and size. Everything must be reachable from the index, without additional files. The index entry of each
platform must agree with its configuration and with every executable inside. Docker's `manifest.json` must describe the same images under
unique names. Prints a table with one line for each platform; the exit code is 1 if there is an error.
"""

import argparse
import gzip
import hashlib
import io
import json
import struct
import sys
import tarfile

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"

# The e_machine of ELF files, by the name that OCI has for the architecture.
MACHINES = {62: "amd64", 183: "arm64"}

PROGRAM = "usr/bin/cimaise"
# What an image must hold, and of which kind it is. See packaging/image-root.
CONTENT = {
    "site": tarfile.DIRTYPE,
    "tmp": tarfile.DIRTYPE,
    PROGRAM: tarfile.REGTYPE,
    "var/www": tarfile.SYMTYPE,
    "usr/share/licenses/cimaise/LICENSE-APACHE": tarfile.REGTYPE,
    "usr/share/licenses/cimaise/LICENSE-MIT": tarfile.REGTYPE,
}


# The one annotation from which podman and containerd take the image's name.
NAME = "org.opencontainers.image.ref.name"
# The platform whose image has the name that users type, where docker has no choice by platform.
COMMON = "linux/amd64"


class Wrong(Exception):
    """What is wrong, in one line."""


def require(condition, message):
    if not condition:
        raise Wrong(message)


class Archive:
    """The files of an archive, and which blobs have been asked for."""

    def __init__(self, data):
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            self.files = {}
            for member in tar:
                require(not member.issym() and not member.islnk(), f"{member.name} is a link")
                if member.isfile():
                    require(member.name not in self.files, f"{member.name} is there twice")
                    self.files[member.name] = tar.extractfile(member).read()
        self.used = {"oci-layout", "index.json", "manifest.json"}

    def json(self, name):
        require(name in self.files, f"{name} is missing")
        return parsed(self.files[name], name)

    def blob(self, descriptor, media_type):
        digest = descriptor["digest"]
        require(descriptor["mediaType"] == media_type, f"{digest} is {descriptor['mediaType']}, expected {media_type}")
        algorithm, _, hexadecimal = digest.partition(":")
        require(algorithm == "sha256" and hexadecimal.isalnum(), f"{digest} is no sha256 digest")
        name = f"blobs/sha256/{hexadecimal}"
        require(name in self.files, f"{name} is missing")
        data = self.files[name]
        require(len(data) == descriptor["size"], f"{name} has {len(data)} bytes, not {descriptor['size']}")
        require(sha256(data) == digest, f"{name} holds something else than its name says")
        self.used.add(name)
        return data

    def stray(self):
        return sorted(set(self.files) - self.used)


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def parsed(data, name):
    try:
        return json.loads(data)
    except ValueError as error:
        raise Wrong(f"{name} is not JSON: {error}") from error


def check_archive(data, expected):
    """One row for each platform, and the digest of the index. `expected` are the parsed arguments."""
    archive = Archive(data)
    require(archive.json("oci-layout") == {"imageLayoutVersion": "1.0.0"}, "oci-layout is not of version 1.0.0")
    roots = archive.json("index.json")["manifests"]
    require(len(roots) == 1, f"index.json names {len(roots)} images, expected 1")
    index = parsed(archive.blob(roots[0], INDEX), "the index")
    require(index["schemaVersion"] == 2 and index.get("mediaType", INDEX) == INDEX, "the index is of another version")

    names = roots[0].get("annotations", {})
    require(names == {NAME: expected.name}, f"index.json: the annotations are {names}, expected {NAME} with {expected.name}")

    rows = {}
    for descriptor in index["manifests"]:
        told = descriptor["platform"]
        platform = f"{told['os']}/{told['architecture']}"
        require(platform not in rows, f"{platform} is there twice")
        rows[platform] = check_image(archive, descriptor, platform, expected)
    require(sorted(rows) == sorted(expected.platform), f"platforms {sorted(rows)}, expected {sorted(expected.platform)}")
    check_docker(archive, index, expected.name)
    require(not archive.stray(), f"nothing refers to {', '.join(archive.stray())}")
    return rows, roots[0]["digest"]


def check_docker(archive, index, name):
    """docker's `manifest.json` has one entry for each image of the index, with the same configuration and layers."""
    platforms = {}
    for descriptor in index["manifests"]:
        manifest = parsed(archive.blob(descriptor, MANIFEST), "a manifest")
        told = descriptor["platform"]
        parts = (blob_name(manifest["config"]), tuple(blob_name(layer) for layer in manifest["layers"]))
        platforms[parts] = f"{told['os']}/{told['architecture']}"
    tags = {}
    for entry in archive.json("manifest.json"):
        platform = platforms.pop((entry["Config"], tuple(entry["Layers"])), None)
        require(platform, f"manifest.json: {entry['Config']} with its layers is no image of the index, or there twice")
        require(entry["RepoTags"], f"manifest.json: {platform} has no name")
        for tag in entry["RepoTags"]:
            require(tag not in tags, f"manifest.json: {tag} is there twice")
            tags[tag] = platform
    require(not platforms, f"manifest.json: {', '.join(platforms.values())} is missing")
    require(tags.get(name) == COMMON, f"manifest.json: {name} is {tags.get(name)}, expected {COMMON}")


def blob_name(descriptor):
    return "blobs/" + descriptor["digest"].replace(":", "/")


def check_image(archive, descriptor, platform, expected):
    manifest = parsed(archive.blob(descriptor, MANIFEST), "a manifest")
    config = parsed(archive.blob(manifest["config"], CONFIG), "a configuration")
    require(f"{config['os']}/{config['architecture']}" == platform, f"{platform}: its configuration tells another platform")
    run = config["config"]
    require(run.get("Entrypoint") == [expected.entrypoint], f"{platform}: entrypoint {run.get('Entrypoint')}")
    require(run.get("WorkingDir") == expected.workdir, f"{platform}: working directory {run.get('WorkingDir')}")
    require(not run.get("User"), f"{platform}: runs as {run.get('User')}")
    require(not run.get("Cmd"), f"{platform}: has a command, {run.get('Cmd')}")
    labels = run.get("Labels") or {}
    version = labels.get("org.opencontainers.image.version")
    require(expected.version in (None, version), f"{platform}: version {version}, expected {expected.version}")

    layers = [gunzip(archive.blob(layer, LAYER)) for layer in manifest["layers"]]
    require([sha256(layer) for layer in layers] == config["rootfs"]["diff_ids"], f"{platform}: diff_ids are not those of its layers")
    kinds, unpacked, executables = {}, 0, 0
    for layer in layers:
        with tarfile.open(fileobj=io.BytesIO(layer)) as tar:
            for member in tar:
                name = member.name.removeprefix("./").strip("/")
                kinds[name] = member.type
                unpacked += member.size
                if not expected.also or name == PROGRAM:
                    executables += check_member(tar, member, platform)
    for name, kind in (CONTENT | dict.fromkeys(expected.also, tarfile.REGTYPE)).items():
        require(kinds.get(name) == kind, f"{platform}: {name} is missing or of another kind")
    require(executables == 1, f"{platform}: {executables} executables, expected 1")
    require(unpacked <= expected.max_size, f"{platform}: {unpacked} bytes unpacked, at most {expected.max_size} allowed")
    packed = sum(layer["size"] for layer in manifest["layers"])
    return descriptor["digest"], len(layers), packed, unpacked


def check_member(tar, member, platform):
    """Whether it is an executable."""
    require(not member.mode & 0o6000, f"{platform}: {member.name} is setuid or setgid")
    require(not member.isdev(), f"{platform}: {member.name} is a device")
    require((member.uid, member.gid) == (0, 0), f"{platform}: {member.name} belongs to {member.uid}:{member.gid}")
    if not (member.isfile() and member.mode & 0o111):
        return False
    head = tar.extractfile(member).read(20)
    require(head[:4] == b"\x7fELF", f"{platform}: {member.name} is executable and no ELF file")
    machine = MACHINES.get(struct.unpack_from("<H", head, 18)[0])
    require(f"linux/{machine}" == platform, f"{platform}: {member.name} is made for {machine}")
    return True


def gunzip(data):
    try:
        return gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise Wrong(f"a layer cannot be unpacked: {error}") from error


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive")
    parser.add_argument("--platform", action="append", required=True, help="expected, such as linux/arm64; repeat for each")
    parser.add_argument("--max-size", type=int, default=16_000_000, help="bytes of an unpacked image (%(default)s)")
    parser.add_argument("--entrypoint", default="/usr/bin/cimaise")
    parser.add_argument("--workdir", default="/site")
    parser.add_argument("--name", default="localhost/cimaise:latest", help="by which programs find the image (%(default)s)")
    parser.add_argument("--also", action="append", default=[], metavar="PATH",
                        help="a program of a base that the image must hold; the base's other files are not looked at then")
    parser.add_argument("--version", help="of the label; any if not given")
    expected = parser.parse_args(arguments)
    try:
        with open(expected.archive, "rb") as file:
            rows, digest = check_archive(file.read(), expected)
    except (OSError, tarfile.TarError) as error:
        print(f"{expected.archive}: cannot be read: {error}")
        return 1
    except (KeyError, TypeError, AttributeError) as error:
        print(f"{expected.archive}: a field is missing or of another type: {error!r}")
        return 1
    except Wrong as wrong:
        print(f"{expected.archive}: {wrong}")
        return 1
    print(f"{'platform':12} {'layers':>6} {'packed':>9} {'unpacked':>9}  digest")
    for platform, (image, layers, packed, unpacked) in sorted(rows.items()):
        print(f"{platform:12} {layers:6} {packed:9} {unpacked:9}  {image}")
    print(f"{'index':39}  {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
