"""Recipes for the user's own machine: later recipes use the installation of earlier ones. A function takes the world and the block, and
returns a short description of the result."""

import re
import shlex

from recipe.world import Wrong, run, twice


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
