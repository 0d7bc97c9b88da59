"""From a record to the text of its new file: only what is set, in the order of the model, short where a part may be."""

from __future__ import annotations

from typing import Any

from toolkit.model import Part, Record
from toolkit.source import emit


def text_of(record: Record) -> str:
    """Write a new record as YAML; `check` reads it back as the same record."""
    return emit(plain_of(record))


def plain_of(record: Part) -> dict[str, Any]:
    """Give what is set of a record as plain data; an empty list or group says nothing and is left out."""
    fields = {
        name: _plain(getattr(record, name)) for name in type(record).model_fields if name in record.model_fields_set
    }
    return {name: value for name, value in fields.items() if value not in (None, [], {})}


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        fields = plain_of(value)
        return fields[value.shorthand] if value.shorthand and list(fields) == [value.shorthand] else fields
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value
