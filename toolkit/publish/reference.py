"""The reference pages: records, fields, types and readers, read from the models that decode the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, cast

from pydantic_core import PydanticUndefined

from toolkit.model import RECORDS, Part, Refers, Settings, field_extra, field_visibility, parts_of
from toolkit.model.catalog import AIMS, ALWAYS, ARRAYS, HELD, WEIGHED
from toolkit.model.fairness import Limits
from toolkit.publish.shape import named
from toolkit.publish.strings import Speech
from toolkit.workspace import PATTERNS

_PLAIN = {
    "date": "date",
    "uri": "url",
    "integer": "integer",
    "number": "number",
    "boolean": "flag",
    "string": "text",
}


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """One field: its name, type in words, unit, default, class, who reads it, its line, and the part it holds."""

    name: str
    type: str
    unit: str
    required: bool
    default: str
    visibility: str
    doc: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartDoc:
    """A group of fields inside a record, under the anchor that fields link to."""

    anchor: str
    name: str
    doc: str
    shorthand: str
    fields: tuple[FieldDoc, ...]


@dataclass(frozen=True, slots=True)
class RecordDoc:
    """One kind of record: where it lies, what it is, its fields and its parts."""

    kind: str
    path: str
    doc: str
    fields: tuple[FieldDoc, ...]
    parts: tuple[PartDoc, ...]


def record_docs(speech: Speech) -> tuple[RecordDoc, ...]:
    """Describe every kind of record, in the order in which a program comes to need them."""
    return tuple(_record(model, speech) for model in RECORDS)


def settings_doc(speech: Speech) -> RecordDoc:
    """Describe the settings."""
    return _record(Settings, speech)


def catalog() -> dict[str, Any]:
    """Give what matching can weigh, require, aim for and limit, and the arrays that a criterion reads."""
    limits = tuple((name, info.description or "") for name, info in Limits.model_fields.items())
    return {"weighed": WEIGHED, "held": HELD, "always": ALWAYS, "aims": AIMS, "limits": limits, "arrays": ARRAYS}


def catalog_words() -> tuple[str, ...]:
    """Every text of the catalog: its examples are sentences that a plan may well say, and give nothing of one away."""
    rows = [astuple(each) for name, every in catalog().items() if name != "limits" for each in every]
    return tuple(text for row in (*rows, *catalog()["limits"]) for text in row if isinstance(text, str))


def _record(model: Any, speech: Speech) -> RecordDoc:
    schema = model.model_json_schema()
    kind = model.record
    parts = tuple(_part(kind, part, schema, speech) for part in _below(model))
    doc = (model.__doc__ or "").strip()
    return RecordDoc(kind, PATTERNS[kind], doc, _fields(kind, model, schema, schema, speech), parts)


def _below(model: type[Part]) -> tuple[type[Part], ...]:
    """The parts below a model, each once, in the order in which they are met."""
    found: dict[type[Part], None] = {}
    todo = [model]
    while todo:
        for info in todo.pop(0).model_fields.values():
            for part in parts_of(info.annotation):
                if part not in found:
                    found[part] = None
                    todo.append(part)
    return tuple(found)


def _anchor(kind: str, part: type[Part]) -> str:
    return f"{kind}-{part.__name__.lower()}"


def _part(kind: str, part: type[Part], schema: Mapping[str, Any], speech: Speech) -> PartDoc:
    own = schema["$defs"][part.__name__]
    full = next((each for each in own.get("anyOf", ()) if "properties" in each), own)
    doc = " ".join((part.__doc__ or "").split())
    return PartDoc(_anchor(kind, part), part.__name__, doc, part.shorthand, _fields(kind, part, full, schema, speech))


def _fields(
    kind: str, model: type[Part], own: Mapping[str, Any], schema: Mapping[str, Any], speech: Speech
) -> tuple[FieldDoc, ...]:
    properties = cast(Mapping[str, Any], own["properties"])
    return tuple(
        FieldDoc(
            name,
            _type(properties[name], schema, info, speech),
            str(field_extra(model, name, "unit") or ""),
            info.is_required(),
            _default(info.default),
            field_visibility(model, name).value,
            info.description or "",
            tuple(_anchor(kind, part) for part in parts_of(info.annotation)),
        )
        for name, info in model.model_fields.items()
    )


def _default(value: Any) -> str:
    if value is PydanticUndefined or value is None or isinstance(value, Part):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | dict):
        return ", ".join(str(each) for each in value) if all(isinstance(each, str) for each in value) else ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _type(schema: Mapping[str, Any], whole: Mapping[str, Any], info: Any, speech: Speech) -> str:
    """Say a field's type in words: what it names, else what its schema says."""
    words = speech.table["types"]
    kind = _named(info)
    said = _schema(schema, whole, words)
    if kind and schema.get("type") not in ("array", "object"):
        said = str(words["refers"]).format(kind=speech.word(kind, "kinds").lower())
    elif kind and schema.get("type") == "array":
        said = str(words["list_of"]).format(item=str(words["refers"]).format(kind=speech.word(kind, "kinds").lower()))
    return said


def _named(info: Any) -> str:
    return next((each.kind for each in info.metadata if isinstance(each, Refers)), "") or named(info.annotation)


def _schema(schema: Mapping[str, Any], whole: Mapping[str, Any], words: Mapping[str, str]) -> str:
    if "$ref" in schema:
        return _reference(str(schema["$ref"]), whole, words)
    if "anyOf" in schema:
        options = [_schema(each, whole, words) for each in schema["anyOf"] if each.get("type") != "null"]
        return " / ".join(dict.fromkeys(options))
    if "enum" in schema or "const" in schema:
        listed = ", ".join(str(each) for each in schema.get("enum", [schema.get("const")]))
        return words["one_of"].format(list=listed)
    if schema.get("type") == "array":
        return words["list_of"].format(item=_schema(schema.get("items", {}), whole, words))
    if schema.get("type") == "object":
        return words["mapping_of"].format(item=_schema(schema.get("additionalProperties") or {}, whole, words))
    return _scalar(schema, words)


def _reference(name: str, whole: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """A part is linked by its name; an enumeration that is defined apart is written out."""
    short = name.rpartition("/")[2]
    target = whole.get("$defs", {}).get(short, {})
    return _schema(target, whole, words) if "enum" in target else short


def _scalar(schema: Mapping[str, Any], words: Mapping[str, str]) -> str:
    pattern = str(schema.get("pattern", ""))
    if pattern.startswith("^[a-z][a-z0-9]*(-"):
        base = words["slug"]
    elif pattern.startswith("^(mon|"):
        base = words["slot"]
    elif pattern.startswith("^([01]"):
        base = words["time"]
    elif pattern.startswith("^[a-z]{2,3}"):
        base = words["language"]
    elif schema.get("examples") == ["Europe/Lisbon"]:
        base = words["zone"]
    else:
        base = words[_PLAIN.get(str(schema.get("format") or schema.get("type")), "text")]
    return base + _bounds(schema, words)


def _bounds(schema: Mapping[str, Any], words: Mapping[str, str]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return ", " + words["from_to"].format(low=low, high=high)
    if low is not None:
        return ", " + words["at_least"].format(low=low)
    return ", " + words["at_most"].format(high=high) if high is not None else ""
