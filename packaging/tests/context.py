"""Makes the scripts of `packaging` and `.ci` importable for the tests."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / ".ci")]
