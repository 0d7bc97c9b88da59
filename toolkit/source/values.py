"""The quick way from YAML text to plain data, for the many files in which nothing is out of the ordinary.

It keeps no places. Where anything at all is unusual it gives up, and the careful reader in `parse` says what and where.
"""

from __future__ import annotations

from typing import Any

import yaml

from toolkit.source.parse import MAX_DEPTH, MAX_NODES, MAX_SCALAR, EventParser

_SCALAR, _SEQUENCE_START, _MAPPING_START = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent
_SEQUENCE_END, _MAPPING_END = yaml.SequenceEndEvent, yaml.MappingEndEvent
_ONCE = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent, yaml.StreamEndEvent)


def values(text: str) -> dict[str, Any] | None:
    """Read one document of fields as dicts, lists and texts; None where the careful reader must look.

    A key without a value is left out: it counts as absent.
    """
    if "\\" in text and '"' in text:  # an escape may bring in what is refused in the file itself
        return None
    parser = EventParser(text)
    try:
        found = _collect(parser.get_event)
    except (yaml.YAMLError, ValueError):
        return None
    finally:
        parser.dispose()
    return found if isinstance(found, dict) and found else None


def _collect(next_event: Any) -> Any:
    """Take events until there are none; this loop runs for every value of every file and is kept lean."""
    stack: list[list[Any]] = []
    children: list[Any] = []
    count = others = 0
    while (event := next_event()) is not None:
        kind = type(event)
        if kind is _SCALAR:
            value = event.value
            if event.anchor is not None or event.tag is not None or len(value) > MAX_SCALAR:
                return None
            children.append(value if value or event.style else None)
            count += 1
        elif kind is _SEQUENCE_START or kind is _MAPPING_START:
            if event.anchor is not None or event.tag is not None or len(stack) >= MAX_DEPTH:
                return None
            stack.append(children)
            children = []
        elif kind is _SEQUENCE_END:
            outer = stack.pop()
            outer.append(["" if child is None else child for child in children])
            children = outer
        elif kind is _MAPPING_END:
            outer = stack.pop()
            fields = _fields(children)
            if fields is None:
                return None
            outer.append(fields)
            children = outer
        else:
            others += 1
            if kind not in _ONCE or others > len(_ONCE) or count > MAX_NODES:
                return None
    return children[0] if children and count <= MAX_NODES else None


def _fields(children: list[Any]) -> dict[str, Any] | None:
    """Join keys and values; None where a key is no word, stands twice or would copy other fields."""
    keys = children[::2]
    try:
        fields = dict(zip(keys, children[1::2], strict=True))
    except TypeError:  # a list or a mapping as a key
        return None
    if len(fields) < len(keys) or None in fields or "<<" in fields:
        return None
    if None not in fields.values():
        return fields
    if any(value is None and " " in key for key, value in fields.items()):  # perhaps a text that a comma cut in two
        return None
    return {key: value for key, value in fields.items() if value is not None}
