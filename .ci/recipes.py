#!/usr/bin/env python3
"""recipes.py DOCUMENT FOLDER: checks each code block of a Markdown document with the tool for its language, and checks that .ci/recipes
runs each of them.

A block starts with its language and, for files, the path: ```yaml .gitlab-ci.yml. It is written to this path below FOLDER. A block of an
unknown language is an error, as is a block that is never run, and a document without blocks, so that no block is skipped silently.
"""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from recipe.blocks import blocks
from recipe.machines import quadlet_generator
from recipe.runs import RUNS
from recipe.world import Wrong

# What a quadlet's [Container] may hold, as far as our recipes go (podman-systemd.unit(5)): a typing error would be refused at login.
QUADLET = {
    "Image", "Pull", "Exec", "Volume", "Network", "ReadOnly", "DropCapability", "NoNewPrivileges", "PodmanArgs", "UserNS", "Environment",
}


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise Wrong((done.stdout + done.stderr).strip() or f"{command[0]} fails")
    return done.stdout + done.stderr


def shell(content):
    run("shellcheck", "--shell=sh", "--exclude=SC2016", "-", input=content)
    return "shellcheck"


def crontab(content):
    for line in content.splitlines():
        match = re.fullmatch(r"((?:[\d*,/-]+ +){5})(.+)", line)
        if not match:
            raise Wrong(f"not five times and a command: {line}")
        if "%" in match[2]:
            raise Wrong("cron takes % for the end of the command")
        shell(match[2])
    return "fields, shellcheck"


def yaml_file(file):
    run("yamllint", "--strict", "--config-file", ".ci/yamllint.yml", file)
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    if ".github" in file.parts:
        # In the repository of whoever copies it, cimaise is an action as any other.
        run("zizmor", "--offline", "--quiet", "--no-progress", "--strict-collection", "--persona", "pedantic",
            "--config", ".github/zizmor.yml", file)
        return "yamllint, zizmor"
    if "services" in document:
        return "yamllint"
    scripts = list(lists_of_commands(document))
    if not scripts:
        raise Wrong("no job has commands")
    for commands in scripts:
        shell("set -e\n" + "\n".join(commands) + "\n")
    return "yamllint, shellcheck"


def lists_of_commands(node):
    """The shell lines of GitLab's (`script`) and Woodpecker's (`commands`) jobs, wherever they stand."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"script", "before_script", "after_script", "commands"}:
                yield value
            else:
                yield from lists_of_commands(value)
    elif isinstance(node, list):
        for value in node:
            yield from lists_of_commands(value)


def unit(file):
    keys = ini(file)
    if not shutil.which("systemd-analyze"):
        return f"{keys} keys (no systemd-analyze here)"
    # The program need not be installed here: another one stands for it. A quadlet's timer has its service from podman.
    verified = file.parent / "verified" / file.name
    verified.parent.mkdir(exist_ok=True)
    verified.write_text(file.read_text(encoding="utf-8").replace("/usr/local/bin/cimaise", "/bin/true"), encoding="utf-8")
    service = verified.with_suffix(".service")
    if not service.exists():
        service.write_text("[Service]\nType=oneshot\nExecStart=/bin/true\n", encoding="utf-8")
    said = run("systemd-analyze", "verify", "--recursive-errors=one", verified)
    # An unknown key is only a warning to systemd.
    ours = [line for line in said.splitlines() if file.name in line]
    if ours:
        raise Wrong("\n".join(ours))
    return "systemd-analyze verify"


def quadlet(file):
    ini(file)
    parser = parsed(file)
    unknown = set(parser["Container"]) - QUADLET
    if unknown or "Image" not in parser["Container"]:
        raise Wrong(f"unknown keys: {', '.join(sorted(unknown))}" if unknown else "no Image")
    generator = quadlet_generator()
    if not generator:
        return "keys (no quadlet here)"
    run(generator, "-dryrun", "-user", env={"QUADLET_UNIT_DIRS": str(file.parent), "PATH": "/usr/bin:/bin"})
    return "quadlet -dryrun"


def parsed(file):
    # systemd allows a key more than once; the last one has to do here.
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#", ";"), interpolation=None)
    parser.optionxform = str
    parser.read(file, encoding="utf-8")
    return parser


def ini(file):
    try:
        parser = parsed(file)
    except configparser.Error as error:
        raise Wrong(str(error)) from error
    return sum(len(parser[section]) for section in parser.sections())


def check(language, path, content, folder):
    if language in {"sh", "crontab"}:
        return {"sh": shell, "crontab": crontab}[language](content)
    if not path:
        raise Wrong("no path after the language")
    file = folder / path.replace("~", "home").lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    if language == "yaml":
        return yaml_file(file)
    if language == "ini" and file.suffix == ".container":
        return quadlet(file)
    if language == "ini" and file.suffix in {".service", ".timer"}:
        return unit(file)
    raise Wrong(f"nothing knows how to check `{language} {path}`")


def unrun(found):
    """What is wrong between the blocks of a document and the list of how they are run."""
    names = {block.name for block in found}
    return [f"nothing runs `{block.name}`: add it to .ci/recipe/runs.py" for block in found if block.name not in RUNS] + \
        [f".ci/recipe/runs.py runs `{name}`, which is not in the document" for name in RUNS if name not in names]


def main(document, folder):
    found = blocks(Path(document).read_text(encoding="utf-8"))
    problems = unrun(found)
    for block in found:
        where = f"{document}:{block.line}: {block.language} {block.path}"
        try:
            print(f"{where}: {check(block.language, block.path, block.content, Path(folder))}")
        except (Wrong, yaml.YAMLError) as wrong:
            problems.append(f"{where}: {wrong}")
    print("\n".join(problems))
    print(f"{len(found)} blocks, {len(problems)} problems")
    return 1 if problems or not found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
