"""Simulates GitHub's runner, as far as the action and the workflow in docs/ci.md use it: conditions, inputs, outputs, scripts, a cache
that outlives the jobs, releases on a local server, and the job summary. Each job starts in the folder of the repository."""

import re
import shutil
import subprocess
import sys
import tarfile
from hashlib import sha256
from pathlib import Path

import yaml
from caches import Caches
from expressions import condition, fill

ROOT = Path(__file__).resolve().parent.parent


class Job:
    """What one run of the action did."""

    def __init__(self):
        self.printed, self.summary, self.outputs, self.steps, self.status = "", "", {}, {}, "success"


class Runner:
    """A machine with a folder for the repository (`repository`) and one for programs that stand in for others (`bin`)."""

    def __init__(self, work, action=ROOT):
        self.work, self.action, self.jobs = Path(work), Path(action), 0
        self.repository, self.bin, self.server = self.work / "repository", self.work / "bin", self.work / "server"
        for folder in [self.repository, self.bin]:
            folder.mkdir(parents=True)
        self.caches = Caches(self.work / "caches")
        self.stand_in("gh", f'exec {sys.executable} {ROOT}/.ci/caches.py {self.caches.folder} "$@"')

    def stand_in(self, name, script):
        program = self.bin / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    def release(self, version, program):
        """A release in which the program is this file, where the action looks for it."""
        machine = subprocess.run(["uname", "-m"], capture_output=True, text=True, check=True).stdout.strip()
        name = f"cimaise-{version}-{machine}-unknown-linux-musl"
        folder = self.server / f"someone/cimaise/releases/download/v{version}"
        folder.mkdir(parents=True)
        archive = folder / f"{name}.tar.gz"
        with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
            tar.add(program, f"{name}/cimaise")
        (folder / "SHA256SUMS").write_text(f"{sha256(archive.read_bytes()).hexdigest()}  {archive.name}\n", encoding="utf-8")

    def run(self, **given):
        """The action, with inputs by their names."""
        action = yaml.safe_load((self.action / "action.yml").read_text(encoding="utf-8"))
        unknown = set(given) - set(action["inputs"])
        assert not unknown, f"the action has no input {unknown}"
        self.jobs += 1
        temp = self.work / "temp"
        shutil.rmtree(temp, ignore_errors=True)
        temp.mkdir()
        known = Known({f"inputs.{name}": given.get(name, about.get("default", "")) for name, about in action["inputs"].items()})
        known |= {"github.action_path": str(self.action), "runner.temp": str(temp), "github.token": "none",
                  "github.action_repository": "someone/cimaise"}
        job = Job()
        for step in action["runs"]["steps"]:
            name = step.get("id", step["name"])
            known.steps.add(name)
            if not condition(step.get("if", "success()"), known, job.status):
                known[f"steps.{name}.outcome"] = "skipped"
                continue
            good, outputs = self.step(step, known, job)
            known |= {f"steps.{name}.outputs.{key}": value for key, value in outputs.items()}
            known[f"steps.{name}.outcome"] = "success" if good else "failure"
            if not good:
                job.status = "failure"
        job.outputs = {name: fill(about["value"], known) for name, about in action["outputs"].items()}
        job.steps = {key.split(".")[1]: value for key, value in known.items() if key.endswith(".outcome")}
        return job

    def step(self, step, known, job):
        """Whether a step went well, and its outputs."""
        if "uses" in step:
            given = {key: fill(text, known) for key, text in step["with"].items()}
            match re.match(r"actions/cache/(restore|save)@", step["uses"]):
                case None:
                    raise ValueError(f"unknown: {step['uses']}")
                case found if found[1] == "restore":
                    others = given["restore-keys"].split()
                    return True, self.caches.restore(self.repository, given["path"], given["key"], others)
            job.printed += self.caches.save(self.repository, given["path"], given["key"]) + "\n"
            return True, {}
        # The text of a script is not evaluated: nothing that the user writes may be a part of it.
        assert "${{" not in step["run"], step["name"]
        output, summary = self.work / "output", self.work / "summary"
        for file in [output, summary]:
            file.write_text("", encoding="utf-8")
        env = {"PATH": f"{self.bin}:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(self.work), "GITHUB_OUTPUT": str(output),
               "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_SERVER_URL": f"file://{self.server}", "GITHUB_RUN_ID": str(self.jobs),
               "GITHUB_RUN_ATTEMPT": "1", "GITHUB_REPOSITORY": "someone/photos", "GITHUB_REF": "refs/heads/main"}
        env |= {key: fill(text, known) for key, text in step.get("env", {}).items()}
        shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
        done = subprocess.run(shell, cwd=self.repository, env=env, text=True, errors="replace", check=False, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        job.printed += done.stdout
        job.summary += summary.read_text(encoding="utf-8", errors="replace")
        pairs = [line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines()]
        return done.returncode == 0, dict(pairs)


class Known(dict):
    """Names and their values. A step that was skipped, or did not say so, has empty outputs; a step that is not there is a mistake."""

    def __init__(self, *values):
        super().__init__(*values)
        self.steps = set()

    def __missing__(self, name):
        context, step, *_ = name.split(".")
        if context == "steps" and step in self.steps:
            return ""
        raise KeyError(name)
