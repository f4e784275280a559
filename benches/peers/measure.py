"""Runs one command and measures it: wall time, CPU time of all its processes, peak memory of the process tree."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass


@dataclass
class Cost:
    wall: float
    cpu: float
    peak: int  # bytes
    faults: int  # page faults that did not touch the disk


def tree(pid):
    """The process and everything below it."""
    found, todo = [], [pid]
    while todo:
        pid = todo.pop()
        found.append(pid)
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{thread}/children") as children:
                    todo += map(int, children.read().split())
        except OSError:
            pass
    return found


def proportional_set_size(pid):
    """Memory in bytes, shared pages counted in equal parts with those who share them."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            for line in rollup:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def high_water(pid):
    """The largest resident set in bytes since the process began its program. What `wait4` tells is no good for this: it counts the memory
    that the process had as a copy of this one, before it began."""
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def run(command, cwd, log):
    """Runs `command`; its output goes to the end of `log`. Ends the program if it fails."""
    peak = 0
    done = threading.Event()
    with open(log, "ab") as out:
        start = time.monotonic()
        child = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=clean_env())

        def sample():
            nonlocal peak
            while not done.wait(0.02):
                peak = max(peak, sum(map(proportional_set_size, tree(child.pid))), high_water(child.pid))

        sampler = threading.Thread(target=sample)
        sampler.start()
        # wait4 counts the child and every process it has waited for itself, which is the whole tree.
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        done.set()
        sampler.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{command[0]} failed with exit code {child.returncode}; see {log}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak, usage.ru_minflt)


def clean_env():
    """No locale and no Python or colour settings of the caller."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return keep | {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
