"""Machines on which the recipes run: podman with a separate image store, and two stand-in images in it. `alpine` is busybox with an
`apk` that knows a few packages; `debian` is this machine's /usr. Files of a release come from a folder. No network is used."""

import os
import shutil
import subprocess
from pathlib import Path

# Every container sees this machine's programs and libraries, under /host.
PLAIN = """[containers]
volumes = ["/usr:/host/usr:ro"]
[network]
network_config_dir = "NETWORKS"
"""
# Some machines need another runtime and lower limits than podman asks for (an old layout of control groups, no CAP_SYS_RESOURCE).
CAREFUL = PLAIN.replace("[network]", 'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n[network]') + """[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""

WGET = """#!/bin/sh
# Files of releases, from /releases or $RELEASES.
to=.
for word; do
    case $word in
        -P) to= ;;
        https://github.com/cimaise/cimaise/releases/download/v*/*) cp "${RELEASES:-/releases}/${word##*/download/}" "${to:-.}" || exit 8 ;;
        *) [ -z "$to" ] && to=$word || { echo "wget: not understood: $word" >&2; exit 1; } ;;
    esac
done
"""

# A program of this machine needs this machine's libraries, which are under /host.
APK = """#!/bin/sh
[ "$1 $2" = 'add --no-cache' ] || { echo "apk: not understood: $*" >&2; exit 1; }
shift 2
for package; do
    case $package in
        ffmpeg) ln -s /host/usr/bin/ffmpeg /host/usr/bin/ffprobe /usr/bin/ ;;
        rsync) ln -s /host/usr/bin/rsync /usr/bin/ ;;
        openssh-client) ln -s /ssh /usr/bin/ssh ;;
        *) echo "apk: there is no package $package" >&2; exit 1 ;;
    esac
done
"""

# The other side is this side. Only who has the key and knows the server gets there.
SSH = """#!/bin/sh
[ "$(stat -c %a /root/.ssh /root/.ssh/id_ed25519 | xargs)" = '700 600' ] || { echo 'ssh: the key is open to others' >&2; exit 255; }
grep -qx 'a key' /root/.ssh/id_ed25519 && grep -qx 'a server' /root/.ssh/known_hosts || { echo 'ssh: no' >&2; exit 255; }
while [ "$1" != www.example.org ]; do [ $# -gt 0 ] || exit 255; shift; done
shift
exec sh -c "$*"
"""

# Starts what a unit starts, as the unit's user, with its folders; enabling is left to the real one.
SYSTEMCTL = """#!/bin/sh
set -e
units=/etc/systemd/system log=/var/log/started
[ "$1" != --user ] || { shift; units=$HOME/.config/systemd/user log=$HOME/started; user=--user; }
value() { sed -n "s/^$1=//p" "$units/$unit"; }
case $1 in
    daemon-reload) ;;
    enable)
        [ "$2" = --now ]
        if [ -n "$user" ]; then grep -q '^WantedBy=' "$units/$3"; else /usr/bin/systemctl --root=/ enable "$3"; fi ;;
    start)
        unit=${2%.service}.service
        if [ -z "$user" ]; then
            owner=$(value User)
            folder=/var/lib/$(value StateDirectory)
            install -d -o "$owner" -m "$(value StateDirectoryMode)" "$folder"
            setpriv --reuid "$owner" --regid "$owner" --clear-groups --no-new-privs $(value ExecStart) >"$log" 2>&1
        else
            sh -c "$(value ExecStart)" >"$log" 2>&1
        fi ;;
    *) echo "systemctl: not understood: $*" >&2; exit 1 ;;
esac
"""


class Podman:
    """podman, with its images in a folder that is removed in the end."""

    def __init__(self, work):
        self.work = Path(work)
        self.settings, self.networked = self.work / "containers.conf", True
        self.env = os.environ | {"CONTAINERS_STORAGE_CONF": str(self.work / "storage.conf"), "CONTAINERS_CONF": str(self.settings)}
        driver = "overlay" if os.geteuid() == 0 else "vfs"
        places = f'graphroot = "{self.work}/store"\nrunroot = "{self.work}/run"\nrootless_storage_path = "{self.work}/store"\n'
        (self.work / "storage.conf").write_text(f'[storage]\ndriver = "{driver}"\n{places}', encoding="utf-8")
        self.configure(PLAIN)

    def configure(self, settings):
        (self.work / "networks").mkdir(exist_ok=True)
        self.settings.write_text(settings.replace("NETWORKS", str(self.work / "networks")), encoding="utf-8")

    def __call__(self, *words, **options):
        return subprocess.run(["podman", *map(str, words)], env=self.env, capture_output=True, text=True, check=False, **options)

    def image(self, name, root, *changes):
        """An image of a folder."""
        tar = subprocess.Popen(["tar", "-C", str(root), "--owner=0", "--group=0", "-c", "."], stdout=subprocess.PIPE)
        options = [word for change in changes for word in ("--change", change)]
        done = self("import", "--quiet", *options, "-", name, stdin=tar.stdout)
        if tar.wait() or done.returncode:
            raise OSError(f"podman cannot import an image: {done.stderr}")

    def works(self, image):
        """Why no container runs here; None if one does. Where one does without a network only, `networked` says so."""
        for self.networked in [True, False]:
            for settings in [PLAIN, CAREFUL]:
                self.configure(settings)
                network = [] if self.networked else ["--network=none"]
                done = self("run", "--rm", *network, "--memory=64m", image, "true")
                if done.returncode == 0:
                    return None
        return done.stderr.strip().splitlines()[-1]

    def close(self):
        self("rm", "--force", "--all", "--time=0")
        self("network", "prune", "--force")
        self("rmi", "--force", "--all")
        if os.geteuid() == 0:
            subprocess.run(["umount", str(self.work / "store/overlay")], capture_output=True, check=False)
        else:
            self("unshare", "rm", "-rf", self.work / "store")


def quadlet_generator():
    """Podman's generator of services, where podman is 4.4 or newer. QUADLET names one that is elsewhere."""
    usual = ["/usr/libexec/podman/quadlet", "/usr/lib/podman/quadlet", "/usr/lib/systemd/system-generators/podman-system-generator"]
    return next((path for path in [os.environ.get("QUADLET", ""), *usual] if Path(path).is_file()), None)


def program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def names_only(root):
    """What both stand-ins have: places for this machine's /usr, and links to its libraries."""
    for folder in ["host/usr", "usr", "etc", "tmp", "root", "proc", "dev", "sys", "run", "var/log", "var/lib", "releases"]:
        (root / folder).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    shutil.copytree("/etc/alternatives", root / "etc/alternatives", symlinks=True)
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\n", encoding="utf-8")
    (root / "etc/group").write_text("root:x:0:\n", encoding="utf-8")
    for name in ["lib", "lib64"]:
        (root / name).symlink_to(f"host/usr/{name}")
        (root / "usr" / name).symlink_to(f"../host/usr/{name}")
    program(root / "ssh", SSH)


def alpine(root):
    """busybox under all its names."""
    names_only(root)
    (root / "bin").mkdir()
    shutil.copy("/bin/busybox", root / "bin/busybox")
    for name in subprocess.run(["/bin/busybox", "--list"], capture_output=True, text=True, check=True).stdout.split():
        if name not in {"busybox", "wget"}:
            (root / "bin" / name).symlink_to("busybox")
    program(root / "usr/bin/wget", WGET)
    program(root / "sbin/apk", APK)


def debian(root):
    """This machine's programs, with a /usr/local and an /etc of its own."""
    names_only(root)
    for name in ["bin", "sbin"]:
        (root / name).symlink_to(f"usr/{name}")
    for name in ["sbin", "share", "libexec"]:
        (root / "usr" / name).symlink_to(f"../host/usr/{name}")
    (root / "usr/bin").mkdir()
    for name in set(os.listdir("/usr/bin")) - {"ffmpeg", "ffprobe"}:
        (root / "usr/bin" / name).symlink_to(f"/host/usr/bin/{name}")
    (root / "etc/shadow").write_text("root:*:1::::::\n", encoding="utf-8")
    shutil.copy("/etc/login.defs", root / "etc/login.defs")
    (root / "usr/local/bin").mkdir(parents=True)
    (root / "etc/systemd/system").mkdir(parents=True)
    stand_ins = {"wget": WGET, "systemctl": SYSTEMCTL, "sudo": '#!/bin/sh\nexec "$@"\n', "journalctl": "#!/bin/sh\ncat /var/log/started\n",
                 "apt-get": '#!/bin/sh\n[ "$*" = "install --yes ffmpeg" ] && ln -s /host/usr/bin/ffmpeg /host/usr/bin/ffprobe /usr/bin/\n'}
    for name, text in stand_ins.items():
        program(root / "usr/local/sbin" / name, text)


def full(root, cimaise):
    """Makes of `alpine` what the full image is: the program, ffmpeg and a place for the site."""
    shutil.copy(cimaise, root / "usr/bin/cimaise")
    (root / "site").mkdir()
    for name in ["ffmpeg", "ffprobe"]:
        (root / "usr/bin" / name).symlink_to(f"/host/usr/bin/{name}")


def caddy(root):
    """Makes of `alpine` a web server that knows one command."""
    program(root / "usr/bin/caddy", '#!/bin/sh\n[ "$1 $2 $4" = "file-server --root --listen" ] && exec httpd -f -p "${5#:}" -h "$3"\n')
