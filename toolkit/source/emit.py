"""From plain data to YAML text for a new file: what every reader of YAML 1.1 or 1.2 gives back as it was."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.source.text import FORBIDDEN

MAX_KEY = 1000  # a YAML key ends on its own line and within 1024 characters

# A letter first rules out numbers, dates, times and marks; what follows may hold no colon or hash that would end it.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.,;/()'+&@%=*!?$€£°·–—…’-]|:(?=\S)| (?=[^\s#]))*\Z")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile('[\\\\"\n\t\r\u2028\u2029]')
_ENDS_INLINE = re.compile("[],[{}:?]")
_UNWRITABLE = re.compile("[\ud800-\udfff]")


def emit(data: Mapping[str, object]) -> str:
    """Write fields as YAML, in the order given; a field that is None is left out.

    Values are texts, whole numbers, numbers, true or false, dates, lists and mappings of these. Lists are written one
    entry a line. A text is quoted wherever a reader could take it for something else. Raises ToolkitError for a
    character that no record may hold and for a number that has no digits.
    """
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def emit_front(data: Mapping[str, object], body: str) -> str:
    """Write a Markdown file: the fields between lines of dashes, an empty line, the text."""
    text = body.strip("\n")
    return f"---\n{emit(data)}---\n" + (f"\n{text}\n" if text else "")


def inline(value: object) -> str:
    """Write one value, or one group of fields, on a single line: `2026-11-21`, `{person: ana-kovacs, on: 2026-11-21}`.

    A text is quoted also where only the brackets around it, or a break in it, would end it. Raises ToolkitError as
    `emit` does.
    """
    if isinstance(value, Mapping):
        fields = (f"{_key(key)}: {inline(each)}" for key, each in value.items() if each is not None)
        return f"{{{', '.join(fields)}}}"
    written = _scalar(value)
    return _quoted(value) if isinstance(value, str) and written == value and _ENDS_INLINE.search(value) else written


def _mapping(data: Mapping[Any, object], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if value is None:
            continue
        name = _key(key)
        if len(name) > MAX_KEY:
            raise ToolkitError("a field's name is longer than 1000 characters", "shorten it")
        yield from _entry(f"{indent}{name}:", value, indent)


def _key(key: object) -> str:
    # `on` is a field of many records, and a person who writes one leaves it plain; so do we.
    return "on" if key == "on" else _text(str(key))


def _entry(head: str, value: object, indent: str) -> Iterator[str]:
    """One value after its key or dash: on the same line where it fits there, else indented below."""
    below = indent + "  "
    if isinstance(value, Mapping):
        fields = {key: each for key, each in value.items() if each is not None}
        yield from _nested(head, list(_mapping(fields, below)), "{}", below)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from _nested(head, list(_sequence(value, below)), "[]", below)
    elif isinstance(value, str) and _as_block(value):
        yield f"{head} {'|' if value.endswith(chr(10)) else '|-'}"
        yield from (f"{below}{line}" if line else "" for line in value.removesuffix("\n").split("\n"))
    else:
        yield f"{head} {_scalar(value)}"


def _nested(head: str, lines: list[str], empty: str, indent: str) -> Iterator[str]:
    """Lines below their key; after a dash the first of them stands on the same line."""
    if not lines:
        yield f"{head} {empty}"
    elif head.endswith("-"):
        yield f"{head} {lines[0].removeprefix(indent)}"
        yield from lines[1:]
    else:
        yield head
        yield from lines


def _sequence(values: Sequence[object], indent: str) -> Iterator[str]:
    for value in values:
        yield from _entry(f"{indent}-", value, indent)


def _as_block(text: str) -> bool:
    """Several lines read best as a block, where no space or tab at an edge could be lost in it."""
    if "\n" not in text or _UNWRITABLE.search(text) or FORBIDDEN.search(text):
        return False
    lines = text.removesuffix("\n").split("\n")
    blank_edge = not lines[0].strip() or not lines[-1].strip()
    return not blank_edge and not lines[0].startswith(" ") and not any(_odd(line) for line in lines)


def _odd(line: str) -> bool:
    return line != line.rstrip() or any(mark in line for mark in "\t\r\u0085\u2028\u2029")


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return _text(value)
    raise TypeError(f"a {type(value).__name__} cannot stand in a record")


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ToolkitError("a number without digits cannot be written", "it comes from a division by nothing")
    return repr(value) if "e" not in repr(value) else f"{value:.9f}".rstrip("0")


def _text(text: str) -> str:
    found = FORBIDDEN.search(text) or _UNWRITABLE.search(text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        raise ToolkitError(f"a text holds a character that cannot be seen ({code})", "delete it")
    if _PLAIN.match(text) and text.lower() not in _WORDS:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda match: _ESCAPES.get(match.group(), f"\\u{ord(match.group()):04X}"), text) + '"'
