"""`mentoring --help` against importing Click alone."""

from __future__ import annotations

import sys

from measure import compare, report


def main() -> None:
    """Measure and print one line."""
    ours = [sys.executable, "-m", "toolkit", "--help"]
    reference = [sys.executable, "-c", "import click"]
    print(report("mentoring --help", *compare(ours, reference, runs=25), limit=1.5))


if __name__ == "__main__":
    main()
