"""A dossier as JSON for machines and as text for people."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from itertools import groupby

from toolkit.exporting.dossier import Dossier, Entry
from toolkit.exporting.values import Value


def to_json(made: Dossier) -> str:
    """Write the dossier as JSON: version, person, date, and records with kind, path, why, fields and withheld."""
    records = [
        {
            "kind": entry.kind,
            "path": entry.path,
            "why": entry.why,
            "fields": [
                {"field": each.field, "class": each.visibility, "means": each.means, "value": each.value}
                for each in entry.values
            ],
            "withheld": list(entry.withheld),
        }
        for entry in made.entries
    ]
    data = {"version": 1, "person": made.person, "date": made.day.isoformat(), "records": records}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def to_text(made: Dossier) -> str:
    """Write the dossier as a text that a person can read from top to bottom."""
    head = [
        f"What this program holds about {made.person}, on {made.day.isoformat()}",
        "",
        "In brackets stands who may read a value. public: anyone; members: the people of the program; staff: the",
        "coordinators (and your pair, where the value is about it); pair: your pair alone. What other people said in",
        "confidence, and what only a safeguarding lead may open, is not printed: ask the coordinators for it.",
    ]
    parts = ["\n".join(head), *("\n".join(_record(entry)) for entry in made.entries)]
    return "\n\n\n".join(parts) + "\n"


def _record(entry: Entry) -> Iterator[str]:
    title = f"{entry.kind.replace('-', ' ').capitalize()}: {entry.path}"
    yield title
    yield "=" * len(title)
    yield f"Here because {entry.why}."
    yield ""
    for field, group in groupby(entry.values, key=_line):
        values = tuple(group)
        text = ", ".join(_plain(each.value) for each in values)
        if "\n" in text:
            yield f"{field} ({values[0].visibility}):"
            yield textwrap.indent(text, "    ")
        else:
            yield f"{field}: {text} ({values[0].visibility})"
    if entry.withheld:
        yield f"Not printed: {', '.join(entry.withheld)}"


def _line(value: Value) -> str:
    """The line a value stands on: the entries of a list of words share one."""
    way, _, last = value.field.rpartition(".")
    return way if last.isdigit() else value.field


def _plain(value: str | int | float | bool) -> str:
    return str(value) if not isinstance(value, bool) else ("yes" if value else "no")
