"""Recipes for hosted builds: GitHub, GitLab and Woodpecker. Each runs twice, the second time on a machine that has only the repository
and the files that the host keeps. A function takes the world and the block, and returns a short description of the result."""

import shutil

import yaml
from expressions import condition, fill
from runner import Known, Runner

from recipe.world import Wrong, twice


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
