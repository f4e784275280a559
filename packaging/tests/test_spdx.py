"""Licence expressions."""

import unittest

import context  # noqa: F401
import spdx

ALLOWED = {"MIT", "Zlib", "IJG"}


class Expressions(unittest.TestCase):
    def test_one_allowed_alternative_is_enough(self):
        self.assertTrue(spdx.accepted("GPL-3.0-only OR MIT", ALLOWED))
        self.assertTrue(spdx.accepted("GPL-3.0-only/MIT", ALLOWED))

    def test_all_parts_that_apply_together_must_be_allowed(self):
        self.assertFalse(spdx.accepted("MIT AND GPL-3.0-only", ALLOWED))
        self.assertTrue(spdx.accepted("(GPL-3.0-only OR MIT) AND IJG", ALLOWED))

    def test_and_binds_more_closely_than_or(self):
        self.assertTrue(spdx.accepted("MIT OR GPL-3.0-only AND Apache-2.0", ALLOWED))

    def test_a_licence_with_an_exception_is_another_licence(self):
        self.assertFalse(spdx.accepted("MIT WITH LLVM-exception", ALLOWED))

    def test_every_named_licence_is_found(self):
        self.assertEqual(spdx.licences("(MIT OR Apache-2.0 WITH LLVM-exception) AND IJG"),
                         {"MIT", "Apache-2.0 WITH LLVM-exception", "IJG"})

    def test_old_spelling_becomes_new(self):
        self.assertEqual(spdx.normal("MIT/Apache-2.0"), "MIT OR Apache-2.0")
        self.assertEqual(spdx.normal("((MIT) OR Zlib) AND IJG"), "(MIT OR Zlib) AND IJG")

    def test_what_is_no_expression_is_refused(self):
        for broken in ("", "MIT OR", "(MIT", "MIT)", "MIT Zlib"):
            with self.assertRaises(ValueError, msg=broken):
                spdx.parse(broken)


if __name__ == "__main__":
    unittest.main()
