"""All guides on one page, to print or to read at a stretch: their headings one step lower, their links within the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.model.anchors import anchor_of, split, unique
from toolkit.publish.view import View
from toolkit.source import fenced

PATH = "print/handbook.md"
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_INLINE = re.compile(r"\]\(([a-z][a-z0-9-]*)?(?:\.md)?(?:#([\w-]+))?\)")
_HREF = re.compile(r'href="#([\w-]+)"')


@dataclass(frozen=True, slots=True)
class Chapter:
    """A guide as a part of the whole: its text for this page, and what it cites."""

    guide: View
    body: str
    sources: tuple[View, ...]


def chapter(guide: View, body: str, sources: tuple[View, ...], guides: Iterable[str]) -> Chapter:
    """Make a guide's page a part of the whole. `guides` are the ids of all of them: only links to these turn inwards."""
    known = frozenset(guides)
    names: set[str] = set()
    lines = []
    for line, is_code in fenced(body.strip("\n").split("\n")):
        heading = None if is_code else _HEADING.match(line)
        if heading and len(heading.group(1)) == 1:
            continue  # the title, which the page writes itself
        text = _lower(heading, str(guide.id), names) if heading else line
        lines.append(text if is_code else _inwards(text, str(guide.id), known))
    return Chapter(guide, "\n".join(lines).strip("\n"), sources)


def _lower(heading: re.Match[str], ident: str, names: set[str]) -> str:
    words, own = split(heading.group(2))
    name = unique(own or anchor_of(words), names)
    names.add(name)
    shown = heading.group(2).rpartition("{")[0].rstrip() if own else heading.group(2)
    return f"{'#' * min(len(heading.group(1)) + 1, 6)} {shown} {{#{ident}--{name}}}"


def _inwards(line: str, ident: str, known: frozenset[str]) -> str:
    """Turn links to guides, and within the guide, into links within the page."""

    def link(found: re.Match[str]) -> str:
        guide, name = found.group(1) or ident, found.group(2)
        if found.group(1) and ".md" not in found.group(0):
            return found.group(0)
        if guide not in known:
            return f"](../handbook/{found.group(0)[2:]}"  # a page of the handbook that is no guide
        return f"](#{guide}--{name})" if name else f"](#{guide})"

    return _HREF.sub(rf'href="#{ident}--\1"', _INLINE.sub(link, line))
