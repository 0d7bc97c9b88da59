"""Findings for forges: annotations on GitHub, a code-quality report on GitLab, SARIF for code scanning."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from toolkit import __version__
from toolkit.diagnostics import Diagnostic, Severity
from toolkit.formats.text import clean

# GitHub shows ten annotations of a kind for a step and drops the rest without a word.
_SHOWN = 10
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def github(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Write workflow commands; the worst ten of each kind as annotations, the rest as plain lines below them."""
    shown: list[Diagnostic] = []
    rest: list[Diagnostic] = []
    for severity in Severity:
        kind = [each for each in diagnostics if each.severity is severity]
        shown.extend(kind[:_SHOWN])
        rest.extend(kind[_SHOWN:])
    lines = [_annotation(each) for each in shown]
    if rest:
        lines.append(f"{len(rest)} more findings that the forge would not show as annotations:")
        lines.extend(_line(each) for each in rest)
    return "\n".join(lines)


def _annotation(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    properties = f"file={_property(place.path)},line={place.span.line},col={place.span.column},title={diagnostic.code}"
    text = diagnostic.message + (f" (help: {diagnostic.hint})" if diagnostic.hint else "")
    return f"::{_GITHUB[diagnostic.severity]} {properties}::{_data(text)}"


def _line(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    # A line that began with :: would be read as a command of its own.
    return (
        f"  {_data(place.path)}:{place.span.line}:{place.span.column}: {diagnostic.code}: {_data(diagnostic.message)}"
    )


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Write a code-quality report: a list of findings whose fingerprints survive a moved line."""
    seen: dict[str, int] = {}
    report = []
    for each in diagnostics:
        identity = "\0".join((each.place.path, each.code, each.place.key, each.message))
        seen[identity] = seen.get(identity, 0) + 1
        report.append(
            {
                "description": f"{each.message}. {each.hint}".rstrip(". ") + ".",
                "check_name": each.code,
                "fingerprint": hashlib.sha256(f"{identity}\0{seen[identity]}".encode()).hexdigest(),
                "severity": _GITLAB[each.severity],
                "location": {"path": each.place.path, "lines": {"begin": each.place.span.line}},
            }
        )
    return json.dumps(report, indent=2, ensure_ascii=False)


def sarif(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Write SARIF 2.1.0: one run, one result for each finding."""
    codes = sorted({each.code for each in diagnostics})
    driver = {"name": "mentoring", "version": __version__, "rules": [{"id": code} for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes.index(each.code)) for each in diagnostics],
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _result(diagnostic: Diagnostic, index: int) -> dict[str, Any]:
    text = f"{diagnostic.message}. {diagnostic.hint}".rstrip(". ") + "."
    span = diagnostic.place.span
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": diagnostic.severity.value,
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": diagnostic.place.path},
                    "region": {"startLine": span.line, "startColumn": span.column},
                }
            }
        ],
    }
