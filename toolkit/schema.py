"""The JSON Schemas that editors complete and check records with, made from the models that `check` decodes with."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from toolkit import store
from toolkit.errors import ToolkitError
from toolkit.model import RECORDS, Part
from toolkit.workspace import PATTERNS, SCHEMAS, Workspace

EDITOR = ".vscode/settings.json"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_OURS = ("visibility", "unit", "own", "opens", "needs")
_LIMITS = {"ge": "minimum", "le": "maximum", "min_length": "minLength", "max_length": "maxLength"}
_NOISE = ("title", "default")
_NAMED = ("properties", "patternProperties", "definitions")


def schemas() -> dict[str, dict[str, Any]]:
    """Give the schema of every kind of record: kind to schema, in the order in which a program needs them."""
    return {model.record: schema_of(model) for model in RECORDS}


def schema_of(model: type[Part]) -> dict[str, Any]:
    """Describe one kind of record as JSON Schema draft-07, the version that every editor reads.

    Fields carry `x-visibility` (who may read them), `x-unit`, `x-own`, `x-opens` and `x-needs` where the model says so. A field
    that may be left out may also be left empty. The text below the fields of a Markdown file is not in it.
    """
    made = _clean(_moved(model.model_json_schema(by_alias=True)))
    made.get("properties", {}).pop("body", None)
    head = {"$schema": _DRAFT, "title": model.__name__}
    return {**head, **made}


def files() -> dict[str, str]:
    """Give the schema files that lie in a program's folder: path to text, the same bytes each time."""
    return {f"{SCHEMAS}/{kind}.json": _text(schema) for kind, schema in schemas().items()}


def bindings() -> dict[str, list[str]]:
    """Say which schema belongs to which files, as the YAML extension of VS Code reads it: schema to patterns.

    Only YAML files are bound: the extension does not look into Markdown, where `mentoring check` does the work.
    """
    return {
        f"./{SCHEMAS}/{kind}.json": [re.sub(r"\{\w+\}", "*", pattern)]
        for kind, pattern in PATTERNS.items()
        if pattern.endswith(".yaml")
    }


def editor_settings() -> str:
    """Give the settings file that binds the schemas in VS Code."""
    return _text({"yaml.schemas": bindings()})


def missing_bindings(text: str) -> dict[str, list[str]]:
    """Say which bindings a settings file that a person keeps does not have; all of them where it cannot be read."""
    try:
        written = json.loads(text)
    except ValueError:
        written = None
    held = written.get("yaml.schemas") if isinstance(written, dict) else None
    return {name: globs for name, globs in bindings().items() if not isinstance(held, dict) or held.get(name) != globs}


def write(workspace: Workspace) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    """Put the schemas into a program's folder: the files written, and the bindings that a person has to add.

    The schema files are ours and are renewed; the editor's settings are written only where there are none.
    """
    written = [name for name, text in files().items() if _renew(workspace / name, text)]
    editor = workspace / EDITOR
    if not os.path.lexists(editor):
        store.create(editor, editor_settings())
        return (*written, EDITOR), {}
    try:
        held = editor.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        held = ""
    return tuple(written), missing_bindings(held)


def _renew(path: Path, text: str) -> bool:
    if not os.path.lexists(path):
        store.create(path, text)
        return True
    try:
        before = path.read_bytes()
    except OSError as error:
        raise ToolkitError(f"{path} could not be read: {error.strerror}", "move it away; it is made anew") from None
    store.change(path, before, text.encode("utf-8"))
    return before != text.encode("utf-8")


def _text(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _moved(schema: dict[str, Any]) -> dict[str, Any]:
    """Rename what draft-07 calls otherwise: `$defs`, and references into it."""
    text = json.dumps(schema).replace('"#/$defs/', '"#/definitions/').replace('"$defs":', '"definitions":')
    moved: dict[str, Any] = json.loads(text)
    return moved


def _clean(node: Any) -> Any:
    """Bring one schema, and all below it, into the form that editors show well."""
    if isinstance(node, list):
        return [_clean(each) for each in node]
    if not isinstance(node, dict):
        return node
    made: dict[str, Any] = {}
    for key, value in node.items():
        if key in _NAMED:
            made[key] = {name: _clean(each) for name, each in value.items()}
        elif key in _OURS:
            made[f"x-{key}"] = value
        elif key not in _NOISE or (key == "default" and isinstance(value, str | int | float)):
            made[_LIMITS.get(str(key), str(key))] = _clean(value)
    return _opened(_closed(_as_read(_one_of_one(made))))


def _one_of_one(node: dict[str, Any]) -> dict[str, Any]:
    """Write `this or nothing` as this; that a field may be empty is said once, in `_opened`."""
    branches = [each for each in node.get("anyOf", []) if each != {"type": "null"}]
    if len(branches) != 1:
        return node
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**branches[0], **rest}


def _as_read(node: dict[str, Any]) -> dict[str, Any]:
    """Allow what our reader allows: a title of digits only, `yes` for true; and keep words beside a reference."""
    kind = node.get("type")
    if "const" in node:
        rest = {key: value for key, value in node.items() if key != "const"}
        return {**rest, "enum": [node["const"]]}
    if kind == "boolean":
        return {**{key: value for key, value in node.items() if key != "type"}, "enum": [True, False, "yes", "no"]}
    if kind == "string" and not {"enum", "pattern", "format"} & set(node):
        return {**node, "type": ["string", "number"]}
    if "$ref" in node and len(node) > 1:
        rest = {key: value for key, value in node.items() if key != "$ref"}
        return {**rest, "allOf": [{"$ref": node["$ref"]}]}
    return node


def _closed(node: dict[str, Any]) -> dict[str, Any]:
    """Refuse keys that fit no pattern, as the reader does."""
    return {**node, "additionalProperties": False} if "patternProperties" in node else node


def _opened(node: dict[str, Any]) -> dict[str, Any]:
    """Let every field that is not required be empty: a key without a value counts as absent."""
    if "properties" not in node:
        return node
    required = node.get("required", [])
    fields = {name: each if name in required else _or_empty(each) for name, each in node["properties"].items()}
    return {**node, "properties": fields}


def _or_empty(field: dict[str, Any]) -> dict[str, Any]:
    if "enum" in field:
        kind = {"type": [field["type"], "null"]} if isinstance(field.get("type"), str) else {}
        return {**field, **kind, "enum": [*field["enum"], None]}
    if "allOf" in field:
        rest = {key: value for key, value in field.items() if key != "allOf"}
        return {**rest, "anyOf": [*field["allOf"], {"type": "null"}]}
    if "$ref" in field:
        return {"anyOf": [field, {"type": "null"}]}
    if "anyOf" in field:
        return {**field, "anyOf": [*field["anyOf"], {"type": "null"}]}
    if "type" in field:
        kinds = field["type"] if isinstance(field["type"], list) else [field["type"]]
        return {**field, "type": [*kinds, "null"]}
    return field
