#!/usr/bin/env python3
"""Checks the shell code in workflows and actions, that every script they call exists and is executable, and that ci.yml calls every
script of .ci."""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml


def steps(document):
    """Every step of a workflow or of a composite action."""
    for job in document.get("jobs", {}).values():
        yield from job.get("steps", [])
    yield from document.get("runs", {}).get("steps", [])


def calls(text):
    """The scripts that a `run` text names: by their path from the repository, or from $PACKAGING."""
    named = set(re.findall(r"(?<![\w/.-])((?:\.ci|packaging)/[\w.-]+)", text))
    return named | {f"packaging/{name}" for name in re.findall(r"\$PACKAGING/([\w.-]+)", text)}


def shellcheck(text):
    """What shellcheck says of a `run` text, under the options that GitHub sets."""
    done = subprocess.run(["shellcheck", "--shell=bash", "--format=gcc", "-"], input="set -eo pipefail\n" + text, capture_output=True,
                          check=False, text=True)
    return done.stdout.splitlines() + done.stderr.splitlines()


def main():
    files = sorted([*Path(".github").rglob("*.yml"), Path("action.yml")])
    problems, called_by_ci, count = [], set(), 0
    for file in files:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        for step in steps(document):
            for script in calls(step.get("run", "")):
                count += 1
                if file.name == "ci.yml":
                    called_by_ci.add(script)
                if not os.access(script, os.X_OK) or Path(script).is_dir():
                    problems.append(f"{file}: {script} is not there, or cannot be run")
            problems += [f"{file}: {line}" for line in shellcheck(step.get("run", ""))]
            action = step.get("uses", "")
            if action.startswith("$/") and not Path(action[2:], "action.yml").is_file():
                problems.append(f"{file}: there is no action {action}")
    tracked = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", ".ci"], capture_output=True, check=True,
                             text=True).stdout.split()
    for script in tracked:
        if os.access(script, os.X_OK) and script not in called_by_ci:
            problems.append(f".github/workflows/ci.yml: no job calls {script}")
    problems += gate(yaml.safe_load(Path(".github/workflows/ci.yml").read_text(encoding="utf-8")))
    print("\n".join(problems) or f"{count} calls in {len(files)} files")
    return 1 if problems or not count else 0


def gate(workflow):
    """A job that the gate does not wait for could fail unseen."""
    missing = set(workflow["jobs"]) - {"gate"} - set(workflow["jobs"]["gate"]["needs"])
    return [f".github/workflows/ci.yml: the gate does not wait for {job}" for job in sorted(missing)]


if __name__ == "__main__":
    sys.exit(main())
