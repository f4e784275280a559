"""packaging/oci-check.py: a good archive passes, and each way of spoiling one is found."""

import contextlib
import gzip
import importlib.util
import io
import json
import struct
import tarfile
import tempfile
import unittest

from context import ROOT



def module(command):
    """The name of a command is no name of a module."""
    spec = importlib.util.spec_from_file_location(command.replace("-", "_"), ROOT / "packaging" / f"{command}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


oci_check, both_layouts = module("oci-check"), module("both-layouts")

MACHINE = {"amd64": 62, "arm64": 183}


def tar_of(members):
    """A tar of (name, content, changes to the member); content None is a folder, a `str` where a link leads."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, content, changes in members:
            member = tarfile.TarInfo(name)
            if content is None:
                member.type = tarfile.DIRTYPE
            elif isinstance(content, str):
                member.type, member.linkname = tarfile.SYMTYPE, content
            else:
                member.size = len(content)
            for field, value in changes.items():
                setattr(member, field, value)
            tar.addfile(member, io.BytesIO(content) if isinstance(content, bytes) else None)
    return buffer.getvalue()


def root(architecture, **changes):
    """The members of an image's only layer; `changes` are made to the program."""
    program = b"\x7fELF" + bytes(14) + struct.pack("<H", MACHINE[architecture]) + b"code" * 100
    return [
        ("site/", None, {}),
        ("tmp/", None, {"mode": 0o1777}),
        ("usr/bin/cimaise", program, {"mode": 0o755} | changes),
        ("usr/share/licenses/cimaise/LICENSE-APACHE", b"A", {}),
        ("usr/share/licenses/cimaise/LICENSE-MIT", b"M", {}),
        ("var/www", "../site", {}),
    ]


class Builder:
    """An archive in the making. Each part can be spoiled before the parts that refer to it are made."""

    def __init__(self):
        self.blobs = {}

    def put(self, data, media_type, **more):
        digest = oci_check.sha256(data)
        self.blobs[digest] = data
        return {"mediaType": media_type, "digest": digest, "size": len(data)} | more

    def put_json(self, value, media_type, **more):
        return self.put(json.dumps(value).encode(), media_type, **more)

    def image(self, architecture, members=None, config=None, layer_type=oci_check.LAYER, told=None):
        layer = tar_of(root(architecture) if members is None else members)
        settings = {
            "os": "linux",
            "architecture": architecture,
            "config": {"Entrypoint": ["/usr/bin/cimaise"], "WorkingDir": "/site"},
            "rootfs": {"type": "layers", "diff_ids": [oci_check.sha256(layer)]},
        }
        merge(settings, config or {})
        manifest = {
            "schemaVersion": 2,
            "config": self.put_json(settings, oci_check.CONFIG),
            "layers": [self.put(gzip.compress(layer, mtime=0), layer_type)],
        }
        platform = {"os": "linux", "architecture": told or architecture}
        return self.put_json(manifest, oci_check.MANIFEST, platform=platform)

    def archive(self, images):
        """As podman writes it, and then with docker's layout, as both-layouts.py adds that."""
        index = {"schemaVersion": 2, "mediaType": oci_check.INDEX, "manifests": images}
        files = {
            "oci-layout": json.dumps({"imageLayoutVersion": "1.0.0"}).encode(),
            "index.json": json.dumps({"schemaVersion": 2, "manifests": [self.put_json(index, oci_check.INDEX)]}).encode(),
        }
        files |= {"blobs/" + digest.replace(":", "/"): data for digest, data in self.blobs.items()}
        return both_layouts.with_both(files, "localhost/cimaise", "latest")


def merge(into, changes):
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


def good():
    builder = Builder()
    return builder.archive([builder.image("amd64"), builder.image("arm64")])


def with_json(name, change):
    """A good archive in which `change` was made to a JSON file."""
    files = good()
    value = json.loads(files[name])
    change(value)
    return files | {name: json.dumps(value).encode()}


def with_amd64(**how):
    builder = Builder()
    return builder.archive([builder.image("amd64", **how), builder.image("arm64")])


class OciCheck(unittest.TestCase):
    def check(self, files, *arguments):
        with tempfile.NamedTemporaryFile(suffix=".oci.tar") as file:
            file.write(tar_of([(name, data, {}) for name, data in files.items()]))
            file.flush()
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                platforms = ["--platform", "linux/amd64", "--platform", "linux/arm64"]
                code = oci_check.main([file.name, *platforms, *arguments])
        return code, said.getvalue()

    def refused(self, files, because, *arguments):
        code, said = self.check(files, *arguments)
        self.assertEqual(code, 1, said)
        self.assertIn(because, said)

    def test_a_good_archive_passes_with_a_line_for_each_platform(self):
        code, said = self.check(good())
        self.assertEqual(code, 0, said)
        self.assertEqual([line.split()[0] for line in said.splitlines()], ["platform", "linux/amd64", "linux/arm64", "index"])

    def test_a_flipped_bit_in_any_blob_is_found(self):
        for name in [name for name in good() if name.startswith("blobs/")]:
            for at in (0, -1):
                files = good()
                spoiled = bytearray(files[name])
                spoiled[at] ^= 1
                self.refused(files | {name: bytes(spoiled)}, "holds something else")

    def test_a_missing_blob_and_a_shortened_one_are_found(self):
        for name in [name for name in good() if name.startswith("blobs/")]:
            files = good()
            data = files.pop(name)
            self.refused(files, "is missing")
            self.refused(files | {name: data[:-1]}, "bytes, not")

    def test_a_stray_blob_is_found(self):
        data = b"nobody asked for this"
        name = "blobs/" + oci_check.sha256(data).replace(":", "/")
        self.refused(good() | {name: data}, "nothing refers to")

    def test_a_platform_that_is_not_that_of_the_configuration_is_found(self):
        self.refused(with_amd64(config={"architecture": "arm64"}), "tells another platform")

    def test_a_program_for_another_machine_is_found(self):
        self.refused(with_amd64(members=root("arm64")), "is made for arm64")

    def test_missing_and_repeated_platforms_are_found(self):
        builder = Builder()
        self.refused(builder.archive([builder.image("amd64")]), "expected ['linux/amd64', 'linux/arm64']")
        builder = Builder()
        self.refused(builder.archive([builder.image("amd64"), builder.image("amd64")]), "there twice")

    def test_diff_ids_of_other_layers_are_found(self):
        other = oci_check.sha256(b"")
        self.refused(with_amd64(config={"rootfs": {"diff_ids": [other]}}), "diff_ids")

    def test_another_media_type_is_found(self):
        docker = "application/vnd.docker.image.rootfs.diff.tar.gzip"
        self.refused(with_amd64(layer_type=docker), docker)

    def test_another_way_to_run_is_found(self):
        self.refused(with_amd64(config={"config": {"Entrypoint": ["/bin/sh"]}}), "entrypoint")
        self.refused(with_amd64(config={"config": {"WorkingDir": "/"}}), "working directory")
        self.refused(with_amd64(config={"config": {"User": "65532"}}), "runs as 65532")
        self.refused(with_amd64(config={"config": {"Cmd": ["--help"]}}), "has a command")
        self.refused(good(), "version None", "--version", "1.0.0")

    def test_setuid_other_owners_and_devices_are_found(self):
        self.refused(with_amd64(members=root("amd64", mode=0o4755)), "setuid")
        self.refused(with_amd64(members=root("amd64", uid=1000)), "belongs to 1000:0")
        device = ("dev/null", None, {"type": tarfile.CHRTYPE})
        self.refused(with_amd64(members=[*root("amd64"), device]), "is a device")

    def test_scripts_and_further_programs_are_found(self):
        script = ("bin/sh", b"#!/bin/true\n" * 3, {"mode": 0o755})
        self.refused(with_amd64(members=[*root("amd64"), script]), "no ELF file")
        name, program, changes = root("amd64")[2]
        self.refused(with_amd64(members=[*root("amd64"), (name + "2", program, changes)]), "2 executables")

    def test_whatever_belongs_into_the_image_must_be_there(self):
        for number, (name, _, _) in enumerate(root("amd64")):
            members = root("amd64")
            del members[number]
            self.refused(with_amd64(members=members), name.strip("/"))
        folder = [("var/www", None, {}) if member[0] == "var/www" else member for member in root("amd64")]
        self.refused(with_amd64(members=folder), "var/www")

    def test_too_large_an_image_is_found(self):
        self.refused(good(), "at most 100 allowed", "--max-size", "100")

    def test_docker_finds_the_same_images_each_under_names_of_its_own(self):
        entries = json.loads(good()["manifest.json"])
        self.assertEqual([entry["RepoTags"] for entry in entries], [["localhost/cimaise:latest", "localhost/cimaise:amd64"], ["localhost/cimaise:arm64"]])
        self.assertTrue(all(name in good() for entry in entries for name in [entry["Config"], *entry["Layers"]]))

    def test_another_image_with_a_tag_of_its_own_names_no_platform_as_the_first_does(self):
        files = both_layouts.with_both({name: data for name, data in good().items() if name != "manifest.json"}, "localhost/cimaise", "full")
        tags = [entry["RepoTags"] for entry in json.loads(files["manifest.json"])]
        self.assertEqual(tags, [["localhost/cimaise:full", "localhost/cimaise:full-amd64"], ["localhost/cimaise:full-arm64"]])
        self.assertEqual(self.check(files, "--name", "localhost/cimaise:full")[0], 0)
        self.refused(files, "expected org.opencontainers.image.ref.name with localhost/cimaise:latest")

    def test_a_docker_layout_that_is_missing_or_describes_other_images_is_found(self):
        files = good()
        del files["manifest.json"]
        self.refused(files, "manifest.json is missing")
        swapped = json.loads(good()["manifest.json"])
        swapped[0]["Layers"], swapped[1]["Layers"] = swapped[1]["Layers"], swapped[0]["Layers"]
        self.refused(good() | {"manifest.json": json.dumps(swapped).encode()}, "is no image of the index")
        self.refused(with_json("manifest.json", lambda entries: entries.pop()), "is missing")
        self.refused(with_json("manifest.json", lambda entries: entries.append(entries[0])), "or there twice")

    def test_docker_names_that_are_missing_repeated_or_of_another_platform_are_found(self):
        self.refused(with_json("manifest.json", lambda entries: entries[0]["RepoTags"].clear()), "has no name")
        self.refused(with_json("manifest.json", lambda entries: entries[0]["RepoTags"].append("localhost/cimaise:latest")), "is there twice")

        def swap(entries):
            entries[0]["RepoTags"], entries[1]["RepoTags"] = entries[1]["RepoTags"], entries[0]["RepoTags"]

        self.refused(with_json("manifest.json", swap), "localhost/cimaise:latest is linux/arm64")

    def test_a_name_by_which_podman_does_not_find_the_image_is_found(self):
        def named(annotations):
            return with_json("index.json", lambda index: index["manifests"][0].update(annotations=annotations))

        self.refused(named({}), "the annotations are {}")
        self.refused(named({oci_check.NAME: "cimaise:latest"}), "expected org.opencontainers.image.ref.name with localhost/cimaise:latest")
        # podman would prefer this one.
        both = {oci_check.NAME: "localhost/cimaise:latest", "io.containerd.image.name": "docker.io/library/cimaise:latest"}
        self.refused(named(both), "docker.io/library/cimaise")

    def test_programs_of_a_base_are_looked_for_and_their_owners_are_not_looked_at(self):
        base = [("usr/bin/rsync", b"#!/bin/sh", {"mode": 0o4755, "gid": 42})]
        builder = Builder()
        files = builder.archive([builder.image(name, members=[*root(name), *base]) for name in ("amd64", "arm64")])
        self.refused(files, "setuid")
        self.assertEqual(self.check(files, "--also", "usr/bin/rsync")[0], 0)
        self.refused(files, "usr/bin/ffmpeg is missing", "--also", "usr/bin/ffmpeg")
        self.refused(with_amd64(members=[*root("arm64"), *base]), "is made for arm64", "--also", "usr/bin/rsync")

    def test_the_same_image_gives_the_same_archive(self):
        builder = Builder()
        files = builder.archive([builder.image("amd64"), builder.image("arm64")])
        with tempfile.TemporaryDirectory() as folder:
            archives = []
            for number, order in enumerate([sorted(files), sorted(files, reverse=True)]):
                given, out = f"{folder}/{number}.tar", f"{folder}/{number}.oci.tar"
                with open(given, "wb") as file:
                    file.write(tar_of([(name, files[name], {"mtime": 1000 + number, "uid": number}) for name in order]))
                both_layouts.main([given, out, "--date", "5"])
                with open(out, "rb") as file:
                    archives.append(file.read())
        self.assertEqual(*archives)

    def test_what_is_no_archive_is_refused_without_a_traceback(self):
        self.refused({"index.json": b"{}"}, "oci-layout is missing")
        self.refused(good() | {"index.json": b"{"}, "not JSON")
        self.refused(good() | {"index.json": b"{}"}, "field is missing")
        with tempfile.NamedTemporaryFile() as file, contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(oci_check.main([file.name, "--platform", "linux/amd64"]), 1)
        self.assertIn("cannot be read", said.getvalue())


if __name__ == "__main__":
    unittest.main()
