"""The checks of recipes: every block is found and checked. Needs PyYAML, which .ci/workflows installs."""

import tempfile
import unittest
from pathlib import Path

from context import ROOT
from expressions import condition, evaluate, fill
from recipe.blocks import blocks
from recipe.runs import RUNS
from recipes import main, unrun

DOCUMENT = (ROOT / "docs/ci.md").read_text(encoding="utf-8")


class Recipes(unittest.TestCase):
    def test_a_block_is_called_by_its_path_or_its_heading(self):
        found = blocks("# A\n```sh\n# not a heading\n```\n## B\n```yaml x.yml\na: b\n```\n```sh\none\n```\n```sh\ntwo\n```\n")
        self.assertEqual([block.name for block in found], ["A", "x.yml", "B", "B, 2"])
        self.assertEqual([block.line for block in found], [2, 6, 9, 12])
        self.assertEqual(found[3].content, "two\n")

    def test_every_recipe_is_run(self):
        self.assertEqual(unrun(blocks(DOCUMENT)), [])

    def test_a_recipe_that_nothing_runs_fails(self):
        added = DOCUMENT + "\n## Something new\n\n```sh\ntrue\n```\n"
        self.assertEqual(len(unrun(blocks(added))), 1)
        with tempfile.TemporaryDirectory() as folder:
            document = Path(folder, "document.md")
            document.write_text("## Something new\n\n```sh\ntrue\n```\n", encoding="utf-8")
            self.assertEqual(main(str(document), folder), 1)

    def test_a_run_without_a_recipe_fails(self):
        fewer = [block for block in blocks(DOCUMENT) if block.name != "With cron"]
        self.assertEqual(unrun(fewer), [".ci/recipe/runs.py runs `With cron`, which is not in the document"])
        self.assertIn("With cron", RUNS)


class Expressions(unittest.TestCase):
    KNOWN = {"inputs.cache": "true", "steps.a.outcome": "success", "empty": ""}

    def test_operators_bind_as_on_github(self):
        for expression, value in [("inputs.cache == 'TRUE' && steps.a.outcome != 'skipped'", True), ("empty || 'it''s'", "it's"),
                                  ("!(inputs.cache == 'true') || inputs.cache", "true"), ("empty && inputs.cache", "")]:
            self.assertEqual(evaluate(expression, self.KNOWN), value, expression)

    def test_a_step_without_a_question_runs_after_success_only(self):
        self.assertFalse(condition("inputs.cache == 'true'", self.KNOWN, "failure"))
        self.assertTrue(condition("always() && inputs.cache == 'true'", self.KNOWN, "failure"))
        self.assertFalse(condition("success()", self.KNOWN, "failure"))

    def test_what_is_not_understood_or_not_known_fails(self):
        for expression in ["a ~ b", "missing", "(empty", "empty empty"]:
            with self.assertRaises((ValueError, KeyError, IndexError), msg=expression):
                evaluate(expression, self.KNOWN)
        self.assertEqual(fill("x ${{ inputs.cache }} y", self.KNOWN), "x true y")


if __name__ == "__main__":
    unittest.main()
