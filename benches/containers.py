#!/usr/bin/env python3
"""What becomes of cimaise in containers of all kinds: a table of exit code, message and state afterwards.

    benches/containers.py PROGRAM [ROW...]

PROGRAM may be linked dynamically; its libraries go into the image. Needs podman, ffmpeg and, for rootless rows, root's right to make a
user. Each row says what has to come out; the exit code is 1 if anything else did. With ROW, only rows that hold this text are run.
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

TAG = f"table-{os.getpid()}"
IMAGE = f"localhost/cimaise-{TAG}:1"
USER = TAG
HERE = os.path.dirname(os.path.abspath(__file__))
# Where podman does not run as it is: old control groups, no CAP_SYS_RESOURCE.
CONF = """[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""


def call(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **more)


def must(command, **more):
    done = call(command, **more)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stdout}")
    return done.stdout.strip()


class Place:
    """A temporary folder, an image and a user, which all go in the end."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="containers-")
        os.chmod(self.folder, 0o755)
        self.count = 0
        root = os.path.join(self.folder, "root")
        must([os.path.join(HERE, "../packaging/image-root"), program, root, os.path.join(HERE, "../packaging")])
        for word in call(["ldd", program]).stdout.split():
            if word.startswith("/"):
                os.makedirs(root + os.path.dirname(word), exist_ok=True)
                shutil.copy(os.path.realpath(word), root + word)
        tar = os.path.join(self.folder, "root.tar")
        must(["tar", "-C", root, "-cf", tar, "."])
        changes = ["--change", 'ENTRYPOINT ["/usr/bin/cimaise"]', "--change", "WORKDIR /site"]
        must(["podman", "import", "-q", *changes, tar, IMAGE])
        if call(["podman", "run", "--rm", "--network=none", IMAGE, "--version"]).returncode != 0:
            conf = os.path.join(self.folder, "containers.conf")
            with open(conf, "w") as file:
                file.write(CONF)
            os.environ["CONTAINERS_CONF"] = conf
        must(["podman", "run", "--rm", "--network=none", IMAGE, "--version"])
        self.uid = None

    def rootless(self):
        """An ordinary user who has the image."""
        if self.uid is None:
            must(["useradd", "--create-home", USER])
            self.uid = int(must(["id", "-u", USER]))
            saved = os.path.join(self.folder, "image.tar")
            must(["podman", "save", "-q", "-o", saved, IMAGE])
            os.chmod(saved, 0o644)
            must(self.as_user(["podman", "load", "-q", "-i", saved]))
        return self.uid

    def as_user(self, command):
        quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in command)
        conf = os.environ.get("CONTAINERS_CONF", "")
        run = f"export XDG_RUNTIME_DIR=$HOME/run CONTAINERS_CONF={conf}; mkdir -pm 700 $HOME/run; cd /; {quoted}"
        return ["su", "-", USER, "-c", run]

    def site(self, owner=0, photos=("900x600 jpg",) * 3):
        """A fresh site of one gallery; a photo is its size and its kind."""
        self.count += 1
        site = os.path.join(self.folder, f"site-{self.count}")
        os.makedirs(os.path.join(site, "a"))
        names = []
        for number, photo in enumerate(photos):
            size, kind = photo.split()
            names.append(f"{number}.{kind}")
            shutil.copy(self.photo(size, kind), os.path.join(site, "a", names[-1]))
            with open(os.path.join(site, "a", names[-1]), "ab") as file:
                file.write(bytes([number]))
        with open(os.path.join(site, "settings.yaml"), "w") as file:
            file.write("title: Table\nlicence: false\n")
        with open(os.path.join(site, "a", "settings.yaml"), "w") as file:
            rows = "".join(f"    - {name}\n" for name in names)
            file.write(f"title: A\ncover: {names[0]}\nsections:\n- type: pictures-group\n  images:\n  -\n{rows}")
        if owner:
            must(["chown", "-R", f"{owner}:{owner}", site])
        return site

    def photo(self, size, kind):
        path = os.path.join(self.folder, f"photo-{size}.{kind}")
        if not os.path.exists(path):
            picture = f"testsrc2=size={size}:rate=1,noise=alls=12"
            format = ["-pix_fmt", "yuvj420p", "-q:v", "3"] if kind == "jpg" else ["-pix_fmt", "rgb24"]
            must(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-frames:v", "1", *format, path])
        return path

    def clean_up(self):
        call(["podman", "rm", "--force", "--all", "--filter", f"label={TAG}"])
        call(["podman", "volume", "rm", "--force", f"cache-{TAG}"])
        call(["podman", "rmi", "--force", IMAGE])
        if self.uid is not None:
            call(self.as_user(["podman", "system", "reset", "--force"]))
            call(["userdel", "--remove", USER])
        shutil.rmtree(self.folder, ignore_errors=True)


def tree(folder):
    """Names and contents below a folder, in one number."""
    total = hashlib.sha256()
    for path, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            with open(os.path.join(path, name), "rb") as file:
                total.update(f"{os.path.relpath(path, folder)}/{name}".encode() + file.read())
    return total.hexdigest()[:12]


def state(site):
    """Whether there is an output, whose, and what it holds; and whether there is a cache."""
    build, cache = os.path.join(site, "build"), os.path.join(site, ".cimaise-cache")
    if os.path.exists(os.path.join(build, "index.html")):
        said = f"build {tree(build)} of {os.stat(build).st_uid}"
    else:
        said = "build unfinished" if os.path.isdir(build) else "no build"
    store = os.path.join(cache, "store")
    stored = sum(len(files) for _, _, files in os.walk(store))
    return f"{said}, {stored} in the cache"


class Table:
    def __init__(self, place, wanted):
        self.place, self.wanted, self.failed, self.rows = place, wanted, 0, 0

    def asks_for(self, name):
        return not self.wanted or any(text in name for text in self.wanted)

    def run(self, name, code, words, site, options=(), arguments=("build",), rootless=False, then=state, mount="/site"):
        """One row: `code` is the exit code, or several that are right; `words` have to be in what it says."""
        if not self.asks_for(name):
            return
        network = [] if any(option.startswith(("--network", "-p")) for option in options) else ["--network=none"]
        mounts = ["-v", f"{site}:{mount}"] if mount else []
        command = ["podman", "run", "--rm", "--label", TAG, *network, *options, *mounts, IMAGE, *arguments]
        done = call(self.place.as_user(command) if rootless else command)
        self.row(name, done.returncode, done.stdout, code, words, then(site) if site else "")

    def row(self, name, code, said, expected, words, state=""):
        expected = expected if isinstance(expected, tuple) else (expected,)
        words = [words] if isinstance(words, str) else words
        missing = [word for word in words if word not in said]
        bad = code not in expected or missing or "panicked" in said
        self.failed += bool(bad)
        self.rows += 1
        lines = [line for line in said.strip().splitlines() if line]
        message = " / ".join(line for line in lines if re.match(r"(.*: )?(error|warning|help): ", line)) or " / ".join(lines[-2:])
        print(f"{'WRONG' if bad else 'ok   '} | {name} | {code} | {message} | {state}", flush=True)
        if bad:
            print(f"      expected {expected} and {missing} in: {said}", flush=True)


STRICT = ("--network=none", "--read-only", "--cap-drop=all", "--security-opt=no-new-privileges")
OTHER = 12345
MADE = "renditions made, 0 reused"


def users(table, place):
    table.run("root", 0, MADE, place.site())
    table.run("root, --read-only", 0, MADE, place.site(), ["--read-only"])
    table.run("root, --cap-drop=all", 0, MADE, place.site(), ["--cap-drop=all"])
    table.run("root, everything taken away", 0, MADE, place.site(), STRICT)
    table.run("root, /var/www", 0, MADE, place.site(), mount="/var/www")
    table.run("root, --user of the owner", 0, MADE, place.site(OTHER), ["--user", f"{OTHER}:{OTHER}"])
    words = ["belongs to user 0 (root), and cimaise runs as user 12345", "earlier run without `--user`"]
    table.run("root, --user on root's folder", 3, words, place.site(), ["--user", f"{OTHER}:{OTHER}"])
    left = place.site(OTHER)
    table.run("root, first run without --user", 0, MADE, left)
    words = ["`.cimaise-cache", "sudo chown -R 12345:12345"]
    table.run("root, second run with --user: leftovers of root", 3, words, left, ["--user", f"{OTHER}:{OTHER}"])
    words = ["belongs to user 12345, and cimaise runs as user 0 (root)", "`--user 12345:12345`", "DAC_OVERRIDE"]
    capless = place.site(OTHER)
    table.run("root, --cap-drop=all on somebody's folder", 3, words, capless, ["--cap-drop=all"])
    table.run("the same with --cap-add=DAC_OVERRIDE", 0, MADE, capless, ["--cap-drop=all", "--cap-add=DAC_OVERRIDE"])


def rootless(table, place):
    if not table.asks_for("rootless"):
        return
    me = place.rootless()
    table.run("rootless", 0, MADE, place.site(me), rootless=True)
    table.run("rootless, everything taken away", 0, MADE, place.site(me), STRICT, rootless=True)
    table.run("rootless, /var/www", 0, MADE, place.site(me), mount="/var/www", rootless=True)
    words = ["belongs to user 0 (root), and cimaise runs as user 1000", "omit `--user`", "`--userns=keep-id`"]
    table.run("rootless, --user", 3, words, place.site(me), ["--user", "1000:1000"], rootless=True)
    table.run("rootless, --userns=keep-id", 0, MADE, place.site(me), ["--userns=keep-id"], rootless=True)
    words = ["a user of the host unknown to this container", "sudo chown -R"]
    table.run("rootless, somebody else's folder", 3, words, place.site(54321), rootless=True)


def memory(table, place):
    pictures = [("1224x816", "jpg"), ("4243x2828", "jpg"), ("6000x4000", "jpg"), ("9000x6000", "jpg"),
                ("1224x816", "png"), ("4243x2828", "png"), ("6000x4000", "png"), ("9000x6000", "png")]
    for limit in ("64m", "128m", "256m", "512m", "1g"):
        for size, kind in pictures:
            name = f"--memory={limit}, {size} {kind}"
            if table.asks_for(name):
                table.run(name, (0, 1), [], place.site(photos=[f"{size} {kind}"]), [f"--memory={limit}", f"--memory-swap={limit}"])


def threads(table, place):
    for most in (1, 2, 3, 4, 6, 12):
        site = place.site()
        table.run(f"--pids-limit={most}", 0, MADE, site, [f"--pids-limit={most}"], ["build", "-j8"])
    if table.asks_for("--pids-limit=3, preview"):
        built = place.site()
        table.run("built for --pids-limit=3, preview", 0, MADE, built)
        table.run("--pids-limit=3, preview", 3, "--pids-limit", built, ["--pids-limit=3"], ["preview"])


def mounts(table, place):
    site = place.site()
    table.run("read-only mount", 3, ":ro", site, mount="/site:ro")
    out = os.path.join(place.folder, "out")
    os.makedirs(out, exist_ok=True)
    elsewhere = ["build", "-v", "-o", "/out/build", "--cache-dir", "/out/.cimaise-cache"]
    table.run("read-only mount, -o elsewhere", 0, MADE, site, ["-v", f"{out}:/out"], elsewhere, mount="/site:ro", then=lambda _: state(out))
    for command in ("build", "check", "preview", "serve", "deploy", "verify"):
        table.run(f"nothing mounted, {command}", 1, "-v FOLDER:/site", None, arguments=[command], mount=None)
    table.run("nothing mounted, clean", 0, "-v FOLDER:/site", None, arguments=["clean"], mount=None)
    foreign = place.site()
    os.remove(os.path.join(foreign, "settings.yaml"))
    table.run("foreign mount", 1, "has no `settings.yaml`", foreign)
    taken = place.site()
    os.makedirs(os.path.join(taken, "build"))
    shutil.copy(os.path.join(taken, "settings.yaml"), os.path.join(taken, "build", "index.html"))
    table.run("foreign output", 1, "contains files that cimaise did not create", taken)
    volume = ["-v", f"cache-{TAG}:/site/.cimaise-cache"]
    cached = place.site()
    table.run("named cache volume", 0, [MADE, "copied from the cache, not linked"], cached, volume, ["build", "-v"])
    table.run("named cache volume, again", 0, ": 0 renditions made", cached, volume, ["build", "-v"])
    links = place.site()
    os.symlink("/photos/2024", os.path.join(links, "a", "archive"))
    table.run("a link that leaves the mount", 0, ["FOLDER:/photos/2024:ro", "follow_links"], links)
    mounted = place.site()
    volume = ["-v", f"{mounted}/build:/site/build"]
    os.makedirs(os.path.join(mounted, "build"))
    table.run("build as a mount point", 0, MADE, mounted, volume)
    table.run("clean with build as a mount point", 0, "a file system is mounted there", mounted, volume, ["clean"])


def together(table, place):
    if not table.asks_for("two at once"):
        return
    site = place.site(photos=["6000x4000 png"] * 3)
    command = ["podman", "run", "--rm", "--label", TAG, "--network=none", "-v", f"{site}:/site", IMAGE, "build"]
    begun = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
    said = [one.communicate()[0] for one in begun]
    for number, (one, text) in enumerate(zip(begun, said)):
        table.row(f"two at once, {'first' if number == 0 else 'second'}", one.returncode, text, 0, [], state(site))
    table.row("two at once, one says so", 0 if "another run is using the cache" in "".join(said) else 1, "".join(said), 0, [])


def ends(table, place):
    for signal, code in (("TERM", 143), ("INT", 130), ("KILL", 137)):
        name = f"{'stop' if signal == 'TERM' else 'kill'} with SIG{signal}"
        if not table.asks_for(name):
            continue
        site = place.site(photos=["6000x4000 png"] * 4)
        command = ["podman", "run", "--detach", "--label", TAG, "--network=none", "-v", f"{site}:/site", IMAGE, "build"]
        container = must(command)
        time.sleep(2)
        must(["podman", "kill", "--signal", signal, container])
        ended = int(must(["podman", "wait", container]))
        table.row(name, ended, call(["podman", "logs", container]).stdout, code, [], state(site))
        table.run(f"a build after {name}", 0, " made, ", site)


def previews(table, place):
    site = place.site()
    table.run("built for a preview", 0, MADE, site)
    for name, options, arguments, url in (
        ("preview on loopback", ["--network=none"], ["preview"], None),
        ("preview --host 0.0.0.0 -p", ["-p", "127.0.0.1:9137:9137"], ["preview", "-p", "9137", "--host", "0.0.0.0"], "http://localhost:9137/"),
    ):
        if not table.asks_for(name):
            continue
        command = ["podman", "run", "--detach", "--label", TAG, *options, "-v", f"{site}:/site", IMAGE, *arguments]
        started = call(command)
        if started.returncode != 0:
            print(f"skip  | {name} | no published ports here: {started.stdout.strip()[-200:]}", flush=True)
            continue
        container = started.stdout.strip().splitlines()[-1]
        time.sleep(2)
        said = call(["podman", "logs", container]).stdout
        if url is None:
            words = ["browsers outside the container cannot open", "--host 0.0.0.0"]
        else:
            words = [url]
            try:
                with urllib.request.urlopen(url, timeout=10) as page:
                    said += f"\n{url} gives {page.status}"
            except OSError as error:
                said += f"\n{url}: {error}"
            words.append("gives 200")
        call(["podman", "stop", container])
        code = int(must(["podman", "wait", container]))
        table.row(name, code, said, 143, words, state(site))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    place = Place(os.path.realpath(sys.argv[1]))
    # Runtimes leave a file behind where they run out of memory.
    os.chdir(place.folder)
    table = Table(place, sys.argv[2:])
    try:
        for part in (users, rootless, mounts, threads, together, ends, previews, memory):
            part(table, place)
    finally:
        os.chdir("/")
        place.clean_up()
    print(f"{table.rows - table.failed} passed, {table.failed} failed")
    sys.exit(1 if table.failed or not table.rows else 0)


if __name__ == "__main__":
    main()
