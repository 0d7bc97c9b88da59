"""The sheets of a program: forms and agendas to print or to copy, in three languages; a program's own come first."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.diagnostics import did_you_mean
from toolkit.errors import ToolkitError
from toolkit.model.formats import SECTIONS, title
from toolkit.scaffold.forms import filled
from toolkit.workspace import Workspace

_FOLDER = "sheets"
_LINE, _SHORT = "…" * 40, "…" * 8
_MEETINGS = {f"session-{format_}": format_ for format_ in SECTIONS}
_FREE = {"en": "free", "es": "libre", "fr": "libre"}

SHEETS: dict[str, tuple[str, ...]] = {
    "before": ("application-mentor", "application-mentee", "interview", "role-cards", "privacy-notice"),
    "start": ("first-meeting", "agreement", "goals", "small-steps", "development-plan"),
    "meet": (*_MEETINGS, "observation", "feedback"),
    "end": ("closing-meeting", "closure", "story-consent"),
    "run": ("check-in", "report"),
}
"""Every sheet, by the part of a pair's life in which it is needed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet in one language: its text in Markdown, whose first line is its title."""

    name: str
    part: str
    title: str
    text: str


def sheet(workspace: Workspace, name: str, language: str) -> Sheet:
    """Write a sheet in a language; raises ToolkitError where there is none of this name."""
    part = next((part for part, names in SHEETS.items() if name in names), None)
    if part is None:
        known = [each for names in SHEETS.values() for each in names]
        hint = did_you_mean(name, known, f"there are: {', '.join(known)}")
        raise ToolkitError(f"there is no sheet {name}", hint)
    format_ = _MEETINGS.get(name, "")
    values = {
        "line": _LINE,
        "short": _SHORT,
        "format": format_,
        "shape": _FREE.get(language, format_) if format_ == "free" else format_.upper(),
        "sections": [(key, title(key, language)) for key in SECTIONS.get(format_) or ("since", "next")],
    }
    text = filled(workspace, f"{'session' if format_ else name}.{{}}.md", language, values, _FOLDER)
    first = text.partition("\n")[0].lstrip("# ").strip()
    return Sheet(name, part, first, text.rstrip("\n") + "\n")


def sheets(workspace: Workspace, language: str) -> tuple[Sheet, ...]:
    """Write all sheets in a language."""
    return tuple(sheet(workspace, name, language) for names in SHEETS.values() for name in names)
