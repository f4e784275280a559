"""The way to run each recipe of docs/ci.md, by the name of its block. Recipes under one heading run one after another on one machine."""

from recipe import containers, hosted, system

RUNS = {
    ".github/workflows/site.yml": hosted.github,
    ".gitlab-ci.yml": hosted.gitlab,
    ".woodpecker.yml": hosted.woodpecker,
    "A Raspberry Pi: install": system.install,
    "/etc/systemd/system/cimaise.service": system.put,
    "/etc/systemd/system/cimaise.timer": system.put,
    "With a systemd timer": system.systemd,
    "With cron": system.cron,
    "Podman, as a quadlet": containers.pull,
    "~/.config/containers/systemd/cimaise.container": containers.put_at_home,
    "~/.config/systemd/user/cimaise.timer": containers.put_at_home,
    "Podman, as a quadlet, 2": containers.quadlet,
    "compose.yaml": containers.compose_file,
    "Docker, with compose": containers.compose,
}
