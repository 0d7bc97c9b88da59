"""A guide becomes a page: its own Markdown, with citations turned into links to a list of sources at its end."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from toolkit.model.cited import CODE, FIGURE, SOURCE
from toolkit.publish.prose import inline
from toolkit.publish.view import View
from toolkit.source import fenced

_CITES = re.compile(rf"\s?{SOURCE.pattern}")
_HEAD = re.compile(r"^#\s", re.MULTILINE)


def body_of(
    text: str, references: Mapping[str, View], sources: Iterable[str], figures: Mapping[str, str]
) -> tuple[str, tuple[View, ...]]:
    """Turn `[@key]` into numbered links and `[=key]` into its number, outside code.

    Gives the text and the sources in the order of their numbers. `sources` are keys that the front matter names; those
    that the text does not cite come last. `figures` are the numbers of the ledger as they are printed. A key that no
    list has stays as it is written: `check` speaks of it.
    """
    cited: dict[str, int] = {}

    def shown(piece: str) -> str:
        numbers = FIGURE.sub(lambda found: figures.get(found.group(1), found.group(0)), piece)
        return _linked(numbers, references, cited)

    lines = [line if is_code else _outside_code(line, shown) for line, is_code in fenced(text.split("\n"))]
    for key in sources:
        if key in references:
            cited.setdefault(key, len(cited) + 1)
    return "\n".join(lines), tuple(references[key] for key in cited)


def _outside_code(line: str, shown: Callable[[str], str]) -> str:
    pieces, last = [], 0
    for code in CODE.finditer(line):
        pieces += [shown(line[last : code.start()]), code.group(0)]
        last = code.end()
    return "".join((*pieces, shown(line[last:])))


def _linked(text: str, references: Mapping[str, View], cited: dict[str, int]) -> str:
    def link(found: re.Match[str]) -> str:
        key = found.group(1)
        if key not in references:
            return found.group(0)
        number = cited.setdefault(key, len(cited) + 1)
        title = html.escape(str(references[key].title))
        return f'<sup class="cite"><a href="#source-{key}" title="{inline(html.unescape(title))}">{number}</a></sup>'

    return _CITES.sub(link, text)


def has_title(text: str) -> bool:
    """Say whether a guide brings a heading of the first level of its own."""
    return _HEAD.search(text) is not None


def source_line(source: Any) -> Markup:
    """Write one source as a list shows it: authors, year, title, where, and its address."""
    year = f" ({source.year})" if source.year else ""
    pieces = [inline(f"{source.authors}{year}."), Markup(" <cite>{}</cite>").format(inline(source.title))]
    if source.where:
        pieces.append(inline(". ") + Markup(" ") + inline(source.where))
    pieces.append(Markup("."))
    address = f"https://doi.org/{source.doi}" if source.doi else source.url
    if address:
        name = inline(f"doi:{source.doi}" if source.doi else source.url)
        pieces.append(Markup(' <a href="{}" rel="noopener noreferrer">{}</a>').format(inline(address), name))
    if source.note:
        pieces.append(Markup(' <span class="quiet">{}</span>').format(inline(source.note)))
    return Markup("").join(pieces)
