"""What the rules of the handbook read: which guides and translations are published, and their lines outside code."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import Guide, GuideTranslation, Records
from toolkit.model.cited import CODE
from toolkit.source import fenced

Page = Guide | GuideTranslation


def published(records: Records) -> Iterator[Guide]:
    """The guides that readers see."""
    return (guide for guide in records.guides.values() if not guide.draft)


def pages(records: Records) -> Iterator[Page]:
    """The guides that readers see, and their translations."""
    yield from published(records)
    yield from translations(records)


def translations(records: Records) -> Iterator[GuideTranslation]:
    """The translations of guides that readers see."""
    for (ident, _), each in records.guide_translations.items():
        guide = records.guides.get(ident)
        if guide is not None and not guide.draft:
            yield each


def prose(page: Page) -> Iterator[tuple[int, str]]:
    """The lines of a guide outside code, with their numbers in the file; code within a line becomes spaces."""
    source = page.origin.source
    if source is None:
        return
    for number, (line, is_code) in enumerate(fenced(source.body.split("\n")), source.body_line):
        if not is_code:
            yield number, CODE.sub(lambda found: " " * len(found.group()), line) if "`" in line else line
