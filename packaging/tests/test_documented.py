""".ci/documented.py: it covers every command of the documentation, and detects a command that fails."""

import contextlib
import io
import socket
import tempfile
import unittest
import unittest.mock
from pathlib import Path

import context  # noqa: F401 (makes .ci importable)
import documented

ENTRY = '[[block]]\ndocument = "README.md"\nstarts = "{}"\n{}\n'


class Documented(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / ".ci").mkdir()
        self.places = self.root / "places"
        for name in ("outside", "home", "example"):
            (self.places / name).mkdir(parents=True)
            (self.places / name / "page").write_text("the site", encoding="utf-8")

    def main(self, action, text, *entries):
        (self.root / "README.md").write_text(text, encoding="utf-8")
        table = self.root / ".ci" / "documented.toml"
        table.write_text('documents = ["README.md"]\n' + "".join(ENTRY.format(*entry) for entry in entries), encoding="utf-8")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = documented.main(action, table, *([self.places] if action == "run" else []))
        return code, said.getvalue()

    def refused(self, words, text, *entries, action="check"):
        code, said = self.main(action, text, *entries)
        self.assertEqual(code, 1, said)
        self.assertIn(words, said)

    def test_indented_and_fenced_blocks_are_found_and_data_and_prose_are_not(self):
        text = "Words\n\n    one\n\n    two\nmore\n\n```\nthree\n```\n\n```yaml\nfour: 4\n```\n\n- item\n    wrapped\n\n~~~sh\nfive\n~~~\n"
        self.assertEqual(list(documented.blocks(text)), [(3, "one\n\ntwo"), (9, "three"), (20, "five")])

    def test_a_block_without_an_entry_escapes_and_is_an_error(self):
        entry = ("true", 'skip = "nothing to see"')
        self.assertEqual(self.main("check", "A\n\n    true\n", entry)[0], 0)
        self.refused("README.md:6: 0 entries, expected 1: podman pull x", "A\n\n    true\n\n```console\npodman pull x\n```\n", entry)
        self.refused("README.md:5: 0 entries", "A\n\n    true\n```\nfalse\n```\n", entry)

    def test_an_entry_without_a_block_or_with_two_is_an_error(self):
        self.refused("0 blocks start so", "A\n\n    true\n", ("true", 'in = "site"'), ("false", 'in = "site"'))
        self.refused("2 blocks start so", "A\n\n    true\n\nB\n\n    true\n", ("true", 'in = "site"'))

    def test_an_entry_says_either_where_or_why_not(self):
        self.refused("either `skip` or `in`", "A\n\n    true\n", ("true", 'in = "site"\nskip = "why"'))
        self.refused("either `skip` or `in`", "A\n\n    true\n", ("true", ""))
        self.refused("either `skip` or `in`", "A\n\n    true\n", ("true", 'in = "site"\nmake = "build"'))

    def test_a_command_inside_a_sentence_is_in_a_block_as_well(self):
        entry = ("podman build -t x .         # builds", 'in = "site"')
        block = "\n\n    podman build -t x .         # builds\n"
        self.assertEqual(self.main("check", "From `podman build -t x .` or `podman load`:" + block, entry)[0], 0)
        self.refused("`docker build -t x .` is in no block", "Or `docker build -t x .`:" + block, entry)

    def test_blocks_run_as_they_are_and_their_result_is_compared(self):
        text = 'A\n\n    mkdir build\n    cp page "build/page"\n'
        code, said = self.main("run", text, ("mkdir build", 'in = "site"\nmakes = "build"'))
        self.assertEqual(code, 0, said)
        self.assertIn('$ cp page "build/page"', said)
        self.refused("holds other files", text + "    touch build/more\n", ("mkdir build", 'in = "site"\nmakes = "build"'), action="run")
        spoiled = text + "    echo more >>build/page\n"
        self.refused("differ from", spoiled, ("mkdir build", 'in = "site"\nmakes = "build"'), action="run")
        self.refused("was not made", "A\n\n    true\n", ("true", 'in = "site"\nmakes = "build"'), action="run")

    def test_a_command_that_fails_is_noticed_also_before_the_last_line(self):
        self.refused("exit code 1", "A\n\n    false\n    true\n", ("false", 'in = "site"'), action="run")

    def test_a_block_with_answers_shows_what_is_really_answered(self):
        entry = ("$ echo 3 photos", 'in = "site"')
        self.assertEqual(self.main("run", "A\n\n    $ echo 3 photos\n    3 photos\n", entry)[0], 0)
        self.refused("does not answer `2 photos`", "A\n\n    $ echo 3 photos\n    2 photos\n", entry, action="run")

    def test_a_file_of_the_documentation_is_written_for_the_commands_after_it(self):
        text = "A\n\n```dockerfile Containerfile\nFROM x\n```\n\n    grep x Containerfile\n"
        entries = ("FROM x", 'in = "base"\nfile = "Containerfile"'), ("grep x Containerfile", 'in = "base"')
        code, said = self.main("run", text, *entries)
        self.assertEqual(code, 0, said)
        self.assertIn("2 blocks of commands, 2 run, 0 skipped", said)

    def test_a_server_runs_until_it_answers(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = f"python3 -u -m http.server --bind 127.0.0.1 {port}"
        entry = (command, f'in = "site"\nserves = "http://127.0.0.1:{port}/page"')
        code, said = self.main("run", f"A\n\n    {command}\n", entry)
        self.assertEqual(code, 0, said)
        self.assertIn("(8 bytes from", said)
        self.refused("nothing answers", "A\n\n    true\n", ("true", f'in = "site"\nserves = "http://127.0.0.1:{port}/"'), action="run")

    def test_what_holds_for_root_only_runs_as_root_only(self):
        entry = ("false", 'in = "site"\nonly = "root"')
        with unittest.mock.patch("os.getuid", return_value=1000):
            code, said = self.main("run", "A\n\n    false\n", entry)
            self.assertEqual(code, 0, said)
            self.assertIn("README.md:3: not run, for root only", said)
        with unittest.mock.patch("os.getuid", return_value=0):
            self.refused("exit code 1", "A\n\n    false\n", entry, action="run")

    def test_the_documents_of_this_repository_have_no_other_commands(self):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(documented.main("check", context.ROOT / ".ci" / "documented.toml"), 0, said.getvalue())


if __name__ == "__main__":
    unittest.main()
