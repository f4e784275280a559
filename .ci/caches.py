"""Simulates GitHub's caches of one branch, as seen by the action. A saved key is never replaced. A key that was never saved finds the
newest cache whose key begins with it, or else with the first restore key that has a match. `gh` lists and deletes the caches."""

import glob
import json
import shutil
import sys
from pathlib import Path


class Caches:
    """Each entry is a copy in a folder; the list is in the order of saving."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.list = self.folder / "list.json"

    def entries(self):
        return json.loads(self.list.read_text(encoding="utf-8")) if self.list.exists() else []

    def write(self, entries):
        self.list.write_text(json.dumps(entries), encoding="utf-8")

    def restore(self, place, path, key, others):
        """What actions/cache/restore puts out. What was saved from another path is never found."""
        for start in [key, *others]:
            matching = [entry for entry in self.entries() if entry["key"].startswith(start) and entry["path"] == path]
            if matching:
                entry = next((entry for entry in matching if entry["key"] == key), matching[-1])
                shutil.copytree(self.folder / str(entry["id"]), place, symlinks=True, dirs_exist_ok=True)
                return {"cache-hit": "true" if entry["key"] == key else "false", "cache-matched-key": entry["key"]}
        return {"cache-hit": "", "cache-matched-key": ""}

    def save(self, place, path, key):
        """What actions/cache/save says. It never fails: a cache that is not saved is only a warning."""
        entries = self.entries()
        if any(entry["key"] == key for entry in entries):
            return f"warning: unable to reserve cache with key {key}"
        if len(key) > 512 or "," in key:
            return f"warning: {key} cannot be a key"
        folders = glob.glob(path, root_dir=place, include_hidden=True)
        if not folders:
            return f"warning: nothing is at {path}"
        number = 1 + max((entry["id"] for entry in entries), default=0)
        for folder in folders:
            shutil.copytree(Path(place, folder), self.folder / str(number) / folder, symlinks=True)
        self.write([*entries, {"id": number, "key": key, "path": path}])
        return f"saved {key}"

    def forget(self, number):
        self.write([entry for entry in self.entries() if entry["id"] != number])
        shutil.rmtree(self.folder / str(number))


def gh(folder, words):
    """The program `gh`, for what packaging/forget-caches and packaging/install ask of it."""
    if words[:2] == ["attestation", "verify"]:
        return 0
    caches = Caches(folder)
    match words:
        case ["api", "--method", "GET", _, *options]:
            start = next(option.removeprefix("key=") for option in options if option.startswith("key="))
            for entry in reversed(caches.entries()):
                if entry["key"].startswith(start):
                    print(entry["id"])
            return 0
        case ["api", "--method", "DELETE", path]:
            caches.forget(int(path.rsplit("/", 1)[1]))
            return 0
    print(f"gh: not understood: {words}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(gh(sys.argv[1], sys.argv[2:]))
