"""The names by which the headings of a page can be linked to, as both engines make them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from toolkit.source.prose import Heading

_OWN = re.compile(r"\{\s*[^}]*?#([\w-]+)[^}]*\}\s*$")


def anchors(headings: Iterable[Heading]) -> frozenset[str]:
    """Give the names of headings: the one that is written behind a heading, else those that its words can make."""
    found: set[str] = set()
    for heading in headings:
        own = _OWN.search(heading.text)
        words = re.sub(r"[*_`]|\]\([^)]*\)|\[", "", heading.text[: own.start()] if own else heading.text)
        found.update(own.groups() if own else (anchor_of(words), _slug(unicodedata.normalize("NFC", words))))
    return frozenset(found)


def anchor_of(words: str) -> str:
    """Give the name that a heading's words make."""
    return _slug(unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode())


def _slug(text: str) -> str:
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())
