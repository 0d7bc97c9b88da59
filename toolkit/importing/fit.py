"""One value as a form has it, made into what a field takes: a date, a number, a choice, an id, an address."""

from __future__ import annotations

import datetime
import re
from typing import Any

from toolkit.importing.cells import Piece, Refusal
from toolkit.importing.mapping import Take, folded
from toolkit.importing.shapes import Shape
from toolkit.model import is_slug
from toolkit.model.naming import slug_of

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\Z", re.DOTALL)
_WHOLE = re.compile(r"(-?\d{1,9})(?:\.0+)?\Z")
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,9})?\Z")
_BARE_ADDRESS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?\Z", re.IGNORECASE)


def fitted(shape: Shape, piece: Piece, take: Take, people: dict[str, str]) -> Any:
    """Make a value fit its field as far as that changes nothing of what was said; the decoder refuses the rest."""
    value = piece.value
    if not isinstance(value, str):
        return value
    text = value.strip()
    if shape.kind == "date":
        return _date(text, piece.column, take.format)
    if shape.kind == "integer":
        found = _WHOLE.match(text)
        return int(found[1]) if found else text
    if shape.kind == "number":
        return float(text.replace(",", ".")) if _NUMBER.match(text) else text
    if shape.kind == "flag":
        return text.lower()
    if shape.kind == "person":
        return _person(text, piece.column, people)
    if shape.kind == "slug":
        return text if is_slug(text) else slug_of(text, "x")
    if shape.kind == "language":
        return text.lower() if len(text) <= 3 else text
    if shape.kind == "url":
        return f"https://{text}" if _BARE_ADDRESS.match(text) else text
    if shape.kind == "choice":
        return next(
            (each for each in shape.choices if folded(text).replace(" ", "-") in (each, each.replace("_", "-"))), text
        )
    return text


def _date(text: str, column: str, form: str | None) -> object:
    """Read a date in the stated form, else one that begins with the year; anything else could be read two ways."""
    if form is None:
        found = _YEAR_FIRST.match(text)
        if found:
            try:
                return datetime.date(*map(int, found.groups()))
            except ValueError:
                raise Refusal(f"column “{column}” holds a day that does not exist") from None
        example = 'say in the map how dates are written, such as `format: "%d/%m/%Y"`'
        raise Refusal(f"column “{column}” holds a date that could be read in two ways: {example}")
    start = " ".join(text.split()[: len(form.split())])
    for written in (text, start):
        try:
            return datetime.datetime.strptime(written, form).date()
        except ValueError:
            continue
    raise Refusal(f"column “{column}” holds a date that is not written as the map says ({form})")


def _person(text: str, column: str, people: dict[str, str]) -> str:
    found = people.get(folded(text)) or people.get(text)
    if not found:
        where = f"column “{column}”" if column else "the map"
        raise Refusal(f"{where} names a person who is not known, or whose name two people have: use the id")
    return found
