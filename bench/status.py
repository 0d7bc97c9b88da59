"""`mentoring status` on 1,000 pairs with 20 notes each against reading and parsing the same files."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import compare, report
from notes import build

PARSE = """
import sys, pathlib, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.*"):
    text = path.read_text(encoding="utf-8")
    fields = text.split("---\\n", 2)[1] if path.suffix == ".md" else text
    for event in yaml.parse(fields, Loader=yaml.CLoader):
        event.start_mark.line
"""


def main() -> None:
    """Measure and print one line."""
    with tempfile.TemporaryDirectory() as name:
        build(Path(name), pairs=1000, notes=20)
        ours = [sys.executable, "-m", "toolkit", "-C", name, "status", "--today", "2026-10-12"]
        reference = [sys.executable, "-c", PARSE, name]
        print(report("status, 1,000 pairs with 20 notes", *compare(ours, reference, runs=3), limit=3))


if __name__ == "__main__":
    main()
