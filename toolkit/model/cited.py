"""What a line of a guide calls by its key, and the code within it in which nothing is called."""

from __future__ import annotations

import re

FIGURE = re.compile(r"\[=([^\]]*)\]")
"""A number of the ledger; whether there is one under the key is another question."""
SOURCE = re.compile(r"\[@([^\]]*)\]")
"""A source of what is said, from the list of references."""
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
"""Code within a line, which ends at as many marks as it began with."""
