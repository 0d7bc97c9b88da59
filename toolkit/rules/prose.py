"""What the rules of the handbook read of a guide: which are published, and their lines outside code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model import Guide, Records
from toolkit.source import fenced

_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")


def published(records: Records) -> Iterator[Guide]:
    """The guides that readers see."""
    return (guide for guide in records.guides.values() if not guide.draft)


def prose(guide: Guide) -> Iterator[tuple[int, str]]:
    """The lines of a guide outside code, with their numbers in the file; code within a line becomes spaces."""
    source = guide.origin.source
    if source is None:
        return
    for number, (line, is_code) in enumerate(fenced(source.body.split("\n")), source.body_line):
        if not is_code:
            yield number, _CODE.sub(lambda found: " " * len(found.group()), line) if "`" in line else line
