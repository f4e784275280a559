"""Common needs of all recipes: a site with photographs and a video, the expected website, a release to download, and machines. A recipe
that does not behave as described raises `Wrong`."""

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from recipe import machines

ROOT = Path(__file__).resolve().parent.parent.parent
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Wrong(Exception):
    """What is wrong with a recipe."""


def run(*command, **options):
    """What a command prints; it has to succeed."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          check=False, **options)
    if done.returncode != 0:
        raise Wrong(f"exit code {done.returncode}: {' '.join(map(str, command[:3]))} ...\n{done.stdout.strip()}")
    return done.stdout


def made(said):
    """How many renditions a build says to have made."""
    match = re.search(r"(\d+) renditions? made", said)
    if not match:
        raise Wrong(f"no build was summed up:\n{said}")
    return int(match[1])


def twice(first, second):
    """What two runs of one recipe made: the second one nothing."""
    if not made(first) or made(second):
        raise Wrong(f"two runs make {made(first)} and {made(second)} renditions, expected some and none")
    return f"{made(first)} renditions made, then none"


def tree(folder):
    """Path and hash of all that is to be served. The manifest is not."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*") if path.is_file() and path.name != ".cimaise-manifest"}


class World:
    """One for all recipes of a document. Its folder may be read by every user: some recipes are for others than root."""

    def __init__(self, work, program, document):
        self.work, self.program, self.podman = Path(work), Path(program), machines.Podman(work)
        self.work.chmod(0o755)
        self.version = re.search(r"Versions are written as `([^`]+)`", document)[1]
        self.site, self.releases, self.home, self.bin = (self.work / name for name in ["site", "releases", "home", "bin"])
        self.machine = None
        for folder in [self.home, self.bin]:
            folder.mkdir()
        self.make_site()
        shutil.copytree(self.site, self.work / "reference")
        run(self.program, "build", self.work / "reference")
        self.expected = tree(self.work / "reference/build")
        if not any(name.endswith(".mp4") for name in self.expected):
            raise Wrong("there is no video in the website")
        self.release()

    def make_site(self):
        """Two photos, and a second of video."""
        story = self.site / "a"
        story.mkdir(parents=True)
        for number, photo in enumerate(["looking-up/harbour.jpg", "small-things/otter.jpg"], 1):
            shutil.copy(ROOT / "example" / photo, story / f"{number}.jpg")
        run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=160x90:rate=10:duration=1", "-pix_fmt", "yuv420p", story / "clip.mp4")
        (self.site / "settings.yaml").write_text("title: Recipes\n", encoding="utf-8")
        (story / "settings.yaml").write_text(
            "title: A\ncover: 1.jpg\nsections:\n- {type: full-picture, image: 2.jpg}\n"
            "- {type: bordered-picture, image: {name: clip.mp4, type: video}}\n", encoding="utf-8")

    def release(self):
        """The files that recipes fetch. The program stands in for that of the release."""
        name = f"cimaise-{self.version}-{os.uname().machine}-unknown-linux-musl"
        folder = self.releases / f"v{self.version}"
        folder.mkdir(parents=True)
        with tarfile.open(folder / f"{name}.tar.gz", "w:gz", compresslevel=1) as tar:
            tar.add(self.program, f"{name}/cimaise")
        digest = hashlib.sha256((folder / f"{name}.tar.gz").read_bytes()).hexdigest()
        (folder / "SHA256SUMS").write_text(f"{digest}  {name}.tar.gz\n{digest}  another.tar.gz\n", encoding="utf-8")

    def images(self):
        """Makes the images, under the names that recipes use. The reason why none can be used here, if so."""
        roots = self.work / "roots"
        for kind in ["alpine", "debian", "full", "caddy"]:
            root = roots / kind
            root.mkdir(parents=True)
            machines.debian(root) if kind == "debian" else machines.alpine(root)
        machines.full(roots / "full", self.program)
        machines.caddy(roots / "caddy")
        names = {"alpine": "docker.io/library/alpine:3.23", "debian": "localhost/debian:1", "caddy": "docker.io/library/caddy:2-alpine",
                 "full": f"ghcr.io/cimaise/cimaise:{self.version}-full"}
        for kind, name in names.items():
            changes = [f"ENV PATH={PATH}"]
            if kind == "full":
                changes += ["WORKDIR /site", 'ENTRYPOINT ["/usr/bin/cimaise"]']
            self.podman.image(name, roots / kind, *changes)
        return self.podman.works(names["alpine"])

    def sandbox(self, image, script, mounts, workdir, env):
        """What a script prints in a new container. An image without a registry is one of Docker's."""
        if "/" not in image:
            image = f"docker.io/library/{image}"
        volumes = [word for there, here in {"/releases": self.releases, **mounts}.items() for word in ("--volume", f"{here}:{there}")]
        variables = [word for name, value in env.items() for word in ("--env", f"{name}={value}")]
        # busybox as Debian builds it takes its own programs first, whatever PATH says.
        script = f'wget() {{ /usr/bin/wget "$@"; }}\n{script}'
        return run("podman", "run", "--rm", "--network=none", "--pull=never", *volumes, *variables, "--workdir", workdir, image,
                   "/bin/sh", "-c", script, env=self.podman.env)

    def debian(self):
        """A Debian that lasts: what one recipe installs, the next ones use. The site is /srv/photos there."""
        if not self.machine:
            self.machine = run("podman", "run", "--detach", "--network=none", "--volume", f"{self.releases}:/releases", "--volume",
                               f"{self.site}:/srv/photos:ro", "localhost/debian:1", "sleep", "600", env=self.podman.env).strip()
        return self.machine

    def in_debian(self, script, *options):
        return run("podman", "exec", *options, self.debian(), "/bin/sh", "-c", script, env=self.podman.env)

    def out_of_debian(self, path, name):
        """A copy of a folder in the machine. Hard links stay what they are."""
        folder = self.work / name
        folder.mkdir()
        tar = subprocess.Popen(["podman", "exec", self.debian(), "tar", "-C", path, "-c", "."], env=self.podman.env, stdout=subprocess.PIPE)
        run("tar", "-C", folder, "-x", stdin=tar.stdout)
        if tar.wait():
            raise Wrong(f"{path} cannot be read")
        return folder

    def on_host(self, script):
        """What a script prints on this machine, with stand-ins for what it must not touch."""
        env = self.podman.env | {"HOME": str(self.home), "PATH": f"{self.bin}:{os.environ['PATH']}", "RELEASES": str(self.releases)}
        return run("sh", "-e", "-c", script, env=env, cwd=self.home)

    def checked(self, folder, cache=None):
        """The website has to be there, byte for byte; with a cache, it shares its bytes."""
        found = tree(Path(folder)) if Path(folder).is_dir() else {}
        different = sorted(name for name in self.expected.keys() | found.keys() if self.expected.get(name) != found.get(name))
        if different:
            raise Wrong(f"{len(different)} files of {len(self.expected)} are not as they have to be, for instance {different[0]}")
        if cache:
            stored = {path.stat().st_ino for path in Path(cache).rglob("*") if path.is_file()}
            copied = [path for path in Path(folder).rglob("*") if path.suffix in {".jpg", ".mp4"} and path.stat().st_ino not in stored]
            if copied:
                raise Wrong(f"{len(copied)} files are copies, for instance {copied[0]}")
        return f"{len(found)} files"

    def close(self):
        self.podman.close()
