"""How each recipe of docs/ci.md is run: one function for each block, by the block's name. A function gets the world (recipe_world.py)
and the block, and returns in a few words what was seen. Recipes under one heading follow each other on one machine."""

import configparser
import os
import re
import shlex
import shutil
import socket
import time
import urllib.request
from pathlib import Path

import yaml
from expressions import condition, fill
from machines import SYSTEMCTL, program
from recipe_world import Wrong, made, run
from runner import Known, Runner

# QUADLET names one that is elsewhere.
GENERATORS = [os.environ.get("QUADLET", "/"), "/usr/libexec/podman/quadlet", "/usr/lib/podman/quadlet", "/usr/lib/systemd/system-generators/podman-system-generator"]


def twice(first, second):
    """What two runs of one recipe made: the second one nothing."""
    if not made(first) or made(second):
        raise Wrong(f"two runs make {made(first)} and {made(second)} renditions, expected some and none")
    return f"{made(first)} renditions made, then none"


def github(world, block):
    """The job `build`, on a runner that has the action of this repository."""
    runner = Runner(world.work / "github")
    runner.release(world.version, world.program)
    said = []
    for _ in range(2):
        known = Known({"github.event_name": "push"})
        shutil.rmtree(runner.repository)
        for step in yaml.safe_load(block.content)["jobs"]["build"]["steps"]:
            if not condition(step.get("if", "success()"), known, "success"):
                raise Wrong(f"a push leaves out the step {step['uses']}")
            match step["uses"].partition("@"):
                case ["actions/checkout", *_]:
                    shutil.copytree(world.site, runner.repository)
                case ["cimaise/cimaise", _, version]:
                    given = {name: {True: "true", False: "false"}.get(value, value) for name, value in step["with"].items()}
                    job = runner.run(**given, version=version.removeprefix("v"))
                    if job.status != "success":
                        raise Wrong(job.printed)
                    said.append(job.printed)
                    known.steps.add(step["id"])
                    known |= {f"steps.{step['id']}.outputs.{name}": value for name, value in job.outputs.items()}
                case ["actions/upload-pages-artifact", *_]:
                    files = world.checked(runner.repository / fill(step["with"]["path"], known))
                case _:
                    raise Wrong(f"nobody knows what {step['uses']} does")
    return f"{twice(*said)}; {files} for Pages"


def gitlab(world, block):
    """The job `pages`, twice: the second has nothing but the repository and the cache of the first."""
    job = yaml.safe_load(block.content)["pages"]
    said, cache, place = [], world.work / "gitlab-cache", world.work / "gitlab"
    for _ in range(2):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(world.site, place)
        for kept in job["cache"]["paths"]:
            if (cache / kept).exists():
                shutil.copytree(cache / kept, place / kept, symlinks=True)
        script = "set -eo pipefail\n" + "\n".join(job["script"])
        said.append(world.sandbox(job["image"], script, {"/builds/photos": place}, "/builds/photos", job["variables"]))
        shutil.rmtree(cache, ignore_errors=True)
        for kept in job["cache"]["paths"]:
            shutil.copytree(place / kept, cache / kept, symlinks=True)
    [artifact] = job["artifacts"]["paths"]
    return f"{twice(*said)}; {world.checked(place / artifact, place / '.cimaise-cache')} for Pages"


def woodpecker(world, block):
    """All steps, twice. The server is a folder, and the agent's machine keeps what its volumes are."""
    secrets = {"deploy_key": "a key", "known_hosts": "a server"}
    server, place, said = world.work / "server", world.work / "woodpecker", []
    server.mkdir()
    for _ in range(2):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(world.site, place)
        printed = ""
        for step in yaml.safe_load(block.content)["steps"]:
            env = {name: secrets[value["from_secret"]] if isinstance(value, dict) else value for name, value in step["environment"].items()}
            mounts = {"/woodpecker/src": place, "/var/www/photos": server}
            for volume in step["volumes"]:
                here, there = volume.split(":")
                mounts[there] = world.work / "agent" / here.lstrip("/")
                mounts[there].mkdir(parents=True, exist_ok=True)
            printed += world.sandbox(step["image"], "set -e\n" + "\n".join(step["commands"]), mounts, "/woodpecker/src", env)
        said.append(printed)
    work = mounts["/work"]
    return f"{twice(*said)}; {world.checked(work / 'site', work / 'cache')} linked to the cache, {world.checked(server)} uploaded"


def install(world, block):
    said = world.in_debian(block.content)
    if not re.search(r"^cimaise \d", said.splitlines()[-1]):
        raise Wrong(f"the last line is not the version:\n{said}")
    return said.splitlines()[-1]


def put(world, block):
    """A file of the system, which the commands after it use."""
    run("podman", "exec", "--interactive", world.debian(), "/bin/sh", "-c", f"cat >{block.path}", env=world.podman.env, input=block.content)
    return "in its place; the commands below it start it"


def systemd(world, block):
    said = [world.in_debian(block.content) for _ in range(2)]
    unit = world.in_debian("cat /etc/systemd/system/timers.target.wants/cimaise.timer")
    if "OnCalendar=" not in unit:
        raise Wrong("the timer is not enabled")
    folder = world.out_of_debian("/var/lib/cimaise", "systemd")
    return f"{twice(*said)}; timer enabled; {world.checked(folder / 'build', folder / 'cache')} linked to the cache"


def cron(world, block):
    """As cron does: a short environment, the user's home, and mail if anything is printed."""
    world.in_debian("useradd --create-home --home-dir /home/ann --shell /bin/sh ann && cp -r /srv/photos /home/ann/photos && chown -R ann: /home/ann")
    for line in block.content.splitlines():
        command = re.fullmatch(r"(?:\S+ +){5}(.*)", line)[1]
        for _ in range(2):
            said = world.in_debian(f"exec env -i HOME=/home/ann LOGNAME=ann SHELL=/bin/sh PATH=/usr/bin:/bin setpriv --reuid ann --regid ann "
                                   f"--clear-groups /bin/sh -c {shlex.quote(command)}")
            if said:
                raise Wrong(f"cron would send a mail:\n{said}")
    folder = world.out_of_debian("/home/ann/photos", "cron")
    return f"no mail; {world.checked(folder / 'build', folder / '.cimaise-cache')}"


def pull(world, block):
    """The registry is out of reach; what is pulled has to be an image that was made for this test under the name of a released one."""
    stand_in_podman(world)
    world.on_host(block.content)
    return "the image is there"


def stand_in_podman(world):
    real = shutil.which("podman")
    program(world.bin / "podman", f'#!/bin/sh\nif [ "$1" = pull ]; then exec {real} image exists "$2"; fi\nexec {real} "$@"\n')
    program(world.bin / "loginctl", '#!/bin/sh\n[ "$*" = enable-linger ]\n')
    program(world.bin / "systemctl", SYSTEMCTL)
    program(world.bin / "docker", '#!/bin/sh\n[ "$1" = compose ] && shift && exec podman-compose "$@"\n')


def put_at_home(world, block):
    file = world.home / block.path.removeprefix("~/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.content, encoding="utf-8")
    if file.suffix != ".container":
        return "in its place; the commands below it enable it"
    units = world.home / ".config/systemd/user"
    units.mkdir(parents=True, exist_ok=True)
    generator = next((path for path in GENERATORS if Path(path).is_file()), None)
    command = generated(world, generator, file) if generator else translated(world, file)
    (units / "cimaise.service").write_text(f"[Service]\nExecStart={command}\n", encoding="utf-8")
    return f"made into a service by {generator or 'our own translation, because there is no generator here'}"


def generated(world, generator, file):
    """What podman's generator makes of a quadlet, without what only systemd can do."""
    said = run(generator, "-dryrun", "-user", env={"QUADLET_UNIT_DIRS": str(file.parent), "PATH": os.environ["PATH"], "HOME": str(world.home)})
    command = re.search(r"^ExecStart=(\S+ .*)$", said, re.MULTILINE)
    if not command:
        raise Wrong(f"the generator makes no service:\n{said}")
    words = shlex.split(command[1].replace("%h", str(world.home)).replace("%N", "cimaise"))
    kept = [word for word in words[1:] if not re.match(r"--(cgroups|sdnotify|cidfile)=", word)]
    return shlex.join(["podman", *kept])


def translated(world, file):
    """The same for podman older than 4.6."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#", ";"))
    parser.optionxform = str
    parser.read(file, encoding="utf-8")
    given = dict(parser["Container"])
    options = {"Pull": "--pull={}", "Volume": "--volume={}", "Network": "--network={}", "DropCapability": "--cap-drop={}", "PodmanArgs": "{}"}
    switches = {"ReadOnly": "--read-only", "NoNewPrivileges": "--security-opt=no-new-privileges"}
    words = ["podman", "run", "--name=systemd-cimaise", "--replace", "--rm"]
    image, command = given.pop("Image"), given.pop("Exec")
    for key, value in given.items():
        if key in switches and value == "true":
            words.append(switches[key])
        else:
            words.append(options[key].format(value.replace("%h", str(world.home))))
    return " ".join([*words, image, command])


def quadlet(world, block):
    shutil.copytree(world.site, world.home / "photos")
    said = []
    for _ in range(2):
        world.on_host(block.content)
        said.append((world.home / "started").read_text(encoding="utf-8"))
    return f"{twice(*said)}; {world.checked(world.home / 'photos/build', world.home / 'photos/.cimaise-cache')}"


def compose_file(world, block):
    folder = world.home / "compose"
    folder.mkdir()
    shutil.copytree(world.site, folder / "photos")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        world.port = free.getsockname()[1]
    text = block.content.replace("127.0.0.1:8080:", f"127.0.0.1:{world.port}:")
    if text == block.content:
        raise Wrong("no port is published for this machine only")
    (folder / "compose.yaml").write_text(text, encoding="utf-8")
    stand_in_podman(world)
    world.on_host("cd compose && docker compose config")
    return "podman-compose config"


def compose(world, block):
    said = [world.on_host(f"cd compose\n{block.content}") for _ in range(2)]
    [volume] = world.podman("volume", "ls", "--quiet").stdout.split()
    folder = Path(world.podman("volume", "inspect", volume, "--format", "{{.Mountpoint}}").stdout.strip())
    checked = world.checked(folder / "site", folder / "cache")
    served = [fetched(f"http://127.0.0.1:{world.port}/{path}") for path in ["", "a/", "cache/"]]
    if served != [(folder / "site/index.html").read_bytes(), (folder / "site/a/index.html").read_bytes(), None]:
        raise Wrong(f"the second service does not serve the site: {[answer and answer[:80] for answer in served]}")
    return f"{twice(*said)}; {checked} linked to the cache and served"


def fetched(url):
    """What a web server answers, or None. It may have to start first."""
    for _ in range(50):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError:
            return None
        except OSError:
            time.sleep(0.1)
    return None


RUNS = {
    ".github/workflows/site.yml": github,
    ".gitlab-ci.yml": gitlab,
    ".woodpecker.yml": woodpecker,
    "A Raspberry Pi: install": install,
    "/etc/systemd/system/cimaise.service": put,
    "/etc/systemd/system/cimaise.timer": put,
    "With a systemd timer": systemd,
    "With cron": cron,
    "Podman, as a quadlet": pull,
    "~/.config/containers/systemd/cimaise.container": put_at_home,
    "~/.config/systemd/user/cimaise.timer": put_at_home,
    "Podman, as a quadlet, 2": quadlet,
    "compose.yaml": compose_file,
    "Docker, with compose": compose,
}
