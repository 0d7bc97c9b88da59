"""The codes that are raised while files are read and decoded, described for `mentoring explain`."""

from __future__ import annotations

from toolkit.rules.base import ERROR, Rule, described

RULES: tuple[Rule, ...] = (
    described(
        "unknown-field",
        ERROR,
        """
        A field is written that this kind of record does not have.

        A misspelled name would otherwise be lost without a word: the record would look complete and say nothing.

        Fix: correct the name, or delete the field; the reference page lists the fields of each record.
        """,
    ),
)
