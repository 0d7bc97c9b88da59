"""Finding e-mail addresses and telephone numbers in a text, without taking dates and book numbers for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
_LOCAL = re.compile(r"[\w.+%'-]+\Z")
# Both begin with a digit so that the expression engine can skip to one; what stands before is looked at afterwards.
_DIGITS = re.compile(r"[0-9][0-9 ()./\u00a0-]{6,}[0-9]")
_DAYS_OR_DIGITS = re.compile(r"[0-9](?:[0-9]{3}-[0-9][0-9]-[0-9][0-9](?![0-9 ./-]*[0-9])|[0-9 ()./\u00a0-]{6,}[0-9])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4}")
_GROUPS = re.compile(r"\(?\d{3}\)?[ .\u00a0-]?\d{3}[ .\u00a0-]\d{4}|0\d{1,4}(?:[ ./\u00a0-]\d{2,4}){2,5}")
_LABEL = re.compile(
    r"(?:phone|tel|tél|mobile|cell|whatsapp|signal|call|fax|móvil|celular|teléfono|téléphone|portable)\w*\W{0,4}\Z",
    re.IGNORECASE,
)
_LONGEST_LABEL = 24


class Contact(NamedTuple):
    """An address or a number: where it begins in the text, which of the two it is, and how it is written."""

    start: int
    noun: str
    text: str


def contacts(text: str, numbers: bool = True) -> Iterator[Contact]:
    """Go through the e-mail addresses and, unless told otherwise, the telephone numbers of a text."""
    at = text.find("@")
    while at >= 0:
        # An action names its owner after a space; an address has something before its sign.
        if at and not text[at - 1].isspace():
            domain = _DOMAIN.match(text, at + 1)
            local = _LOCAL.search(text[max(0, at - 64) : at]) if domain else None
            if domain and local:
                yield Contact(at - len(local.group()), "an e-mail address", local.group() + "@" + domain.group())
        at = text.find("@", at + 1)
    if numbers and not all(_is_day(run) for run in _DAYS_OR_DIGITS.findall(text)):
        for found in _DIGITS.finditer(text):
            for start, written in _without_days(found.start(), found.group()):
                if _is_number(text, start, written):
                    yield Contact(start, "a telephone number", written)


def _is_day(run: str) -> bool:
    """Whether a run of digits is nothing but an ISO date, as nearly all of them are."""
    return len(run) == 10 and run[4] == "-" and run[7] == "-"


def _without_days(start: int, written: str) -> Iterator[tuple[int, str]]:
    """What is left of a run of digits when its dates are taken out: each piece with where it begins."""
    reached = 0
    for day in (*_DAY.finditer(written), None):
        piece = written[reached : day.start() if day else None]
        digits = piece.strip(" ./-(\u00a0")
        if digits:
            yield start + reached + piece.index(digits), digits
        reached = day.end() if day else reached


def _is_number(text: str, start: int, written: str) -> bool:
    """Whether digits are a telephone number: by a leading plus, by how they are grouped, or by the word before them."""
    before = text[max(0, start - _LONGEST_LABEL) : start]
    digits = sum(character.isdigit() for character in written)
    if before[-1:].isalnum() or before[-1:] in ("/", "-", "_", ".", ":") or not 8 <= digits <= 15:
        return _LABEL.search(before) is not None and 8 <= digits <= 15
    if before.endswith(("+", "+(")):
        return True
    if _LABEL.search(before.rstrip("(")):
        return True
    opened = "(" + written if before.endswith("(") else written
    return digits >= 9 and _GROUPS.fullmatch(opened) is not None


def plain(text: str) -> str:
    """An address or number as it is compared: no spaces, no signs between digits, lower case."""
    return re.sub(r"[\s().\-/\u00a0]", "", text) if "@" not in text else text.casefold()
