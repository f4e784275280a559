"""Recipes with an image of cimaise: podman as a quadlet, and compose. podman is real; commands that would change this machine are
replaced. A function takes the world and the block, and returns a short description of the result."""

import configparser
import os
import re
import shlex
import shutil
import socket
import time
import urllib.request
from pathlib import Path

from recipe.machines import SYSTEMCTL, program, quadlet_generator
from recipe.world import Wrong, run, twice


def stand_in_podman(world):
    real = shutil.which("podman")
    program(world.bin / "podman", f'#!/bin/sh\nif [ "$1" = pull ]; then exec {real} image exists "$2"; fi\nexec {real} "$@"\n')
    program(world.bin / "loginctl", '#!/bin/sh\n[ "$*" = enable-linger ]\n')
    program(world.bin / "systemctl", SYSTEMCTL)
    program(world.bin / "docker", '#!/bin/sh\n[ "$1" = compose ] && shift && exec podman-compose "$@"\n')


def pull(world, block):
    """The registry is out of reach; what is pulled has to be an image that was made for this test under the name of a released one."""
    stand_in_podman(world)
    world.on_host(block.content)
    return "the image is there"


def put_at_home(world, block):
    file = world.home / block.path.removeprefix("~/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.content, encoding="utf-8")
    if file.suffix != ".container":
        return "in its place; the commands below it enable it"
    units = world.home / ".config/systemd/user"
    units.mkdir(parents=True, exist_ok=True)
    generator = quadlet_generator()
    command = generated(world, generator, file) if generator else translated(world, file)
    (units / "cimaise.service").write_text(f"[Service]\nExecStart={command}\n", encoding="utf-8")
    return f"made into a service by {generator or 'our own translation, because there is no generator here'}"


def generated(world, generator, file):
    """What podman's generator makes of a quadlet, without what only systemd can do."""
    said = run(generator, "-dryrun", "-user", env={"QUADLET_UNIT_DIRS": str(file.parent), "PATH": os.environ["PATH"]})
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
    commands = block.content.splitlines()
    # The last line serves; containers that have no network here cannot.
    if not world.podman.networked:
        commands = commands[:-1]
    said = [world.on_host("\n".join(["cd compose", *commands])) for _ in range(2)]
    [volume] = world.podman("volume", "ls", "--quiet").stdout.split()
    folder = Path(world.podman("volume", "inspect", volume, "--format", "{{.Mountpoint}}").stdout.strip())
    checked = world.checked(folder / "site", folder / "cache")
    if not world.podman.networked:
        return f"{twice(*said)}; {checked} linked to the cache; containers have no network here, so nothing is served"
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
