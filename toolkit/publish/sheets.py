"""The templates on a site: one page that lists them, and each as a page to print and as a text to copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from toolkit.publish.extras import SheetPage
from toolkit.publish.surveys import Page
from toolkit.publish.view import View

INDEX = "templates.md"


def sheet_pages(sheets: tuple[SheetPage, ...], guides: Iterable[View]) -> Iterator[Page]:
    """The list of the templates, and a page to print for each, with the guides that speak of it."""
    if not sheets:
        return
    parts = [(part, list(group)) for part, group in groupby(sheets, key=lambda each: each.part)]
    yield INDEX, "templates", {"parts": parts}
    for each in sheets:
        speaking = [guide for guide in guides if f"{INDEX}#{each.name})" in (guide.body or "")]
        yield path_of(each), "template", {"sheet": each, "text_at": text_path(each), "guides": speaking}


def sheet_files(sheets: tuple[SheetPage, ...]) -> Iterator[tuple[str, str]]:
    """The templates as texts to copy: path to text."""
    return ((text_path(each), each.text) for each in sheets)


def path_of(sheet: SheetPage) -> str:
    """The page on which a template is shown."""
    return f"print/{sheet.name}.md"


def text_path(sheet: SheetPage) -> str:
    """The file that holds a template as text."""
    return f"print/{sheet.name}.txt"
