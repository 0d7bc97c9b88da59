"""Findings for scripts: one JSON document with a version, so that its shape can be relied on."""

from __future__ import annotations

import json
from typing import Any

from toolkit.diagnostics import Diagnostic, Place

VERSION = 1


def as_json(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Write findings as JSON: `version`, and `findings` with code, severity, message, hint, path, line and column."""
    document = {"version": VERSION, "findings": [_value(each) for each in diagnostics]}
    return json.dumps(document, indent=2, ensure_ascii=False)


def _value(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        **_place(diagnostic.place),
        "related": [_place(each) for each in diagnostic.related],
    }


def _place(place: Place) -> dict[str, Any]:
    span = place.span
    return {
        "path": place.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "field": place.key,
    }
