"""The names by which the headings of a page can be linked to, as both engines make them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from toolkit.source.prose import Heading

_OWN = re.compile(r"\s*\{\s*[^}]*?#([\w-]+)[^}]*\}\s*$")
_MARKS = re.compile(r"[*_`]|\]\([^)]*\)|\[")


def anchors(headings: Iterable[Heading]) -> frozenset[str]:
    """Give the names of headings: the one that is written behind a heading, else those that its words can make."""
    found: set[str] = set()
    for heading in headings:
        words, own = split(heading.text)
        found.update((own,) if own else (anchor_of(words), _slug(unicodedata.normalize("NFC", words))))
    return frozenset(found)


def split(heading: str) -> tuple[str, str]:
    """Split a heading into its bare words and the name written behind them, `Words {#name}`; without one, an empty name."""
    own = _OWN.search(heading)
    words = heading[: own.start()] if own else heading
    return _MARKS.sub("", words), own.group(1) if own else ""


def unique(name: str, taken: Collection[str]) -> str:
    """Give a name that no earlier heading has: the second `next` is `next_1`, as the engines count."""
    number, found = 0, name or "_1"
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


def anchor_of(words: str) -> str:
    """Give the name that a heading's words make."""
    return _slug(unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode())


def _slug(text: str) -> str:
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())
