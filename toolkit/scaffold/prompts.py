"""The questions of a week, as plain text for a terminal."""

from __future__ import annotations

from toolkit.model import Question, Records
from toolkit.model.formats import SECTIONS, title
from toolkit.scaffold.forms import filled, folded
from toolkit.scaffold.known import Known
from toolkit.scaffold.questions import list_of, part_of, week_of
from toolkit.workspace import Workspace


def prompts(workspace: Workspace, records: Records, language: str, known: Known | None, week: int | None) -> str:
    """Show the questions of a week of the list, or of the week in which a pair is, in the parts of its format."""
    listed = list_of(records, language)
    now = week_of(listed, week) if week or known is None else week_of(listed, known.week, known.weeks)
    shape = known.notes[-1].format if known and known.notes else "grow"
    values = {
        "pair": known.pair.id if known else "",
        "names": [known.names[who] for who in known.members] if known else [],
        "week": known.week if known else None,
        "weeks": known.weeks if known else None,
        "last": max(each.week for each in listed.weeks),
        "now": {
            "week": now.week,
            "phase": now.phase,
            "theme": now.theme,
            "questions": [{"text": each.text, "title": _title(each, shape, language)} for each in now.questions],
        },
    }
    return folded(filled(workspace, "prompts.{}.txt", language, values))


def _title(question: Question, shape: str, language: str) -> str:
    """What the part that a question opens is called in a format; GROW's own word where the format has no such part."""
    if question.section is None:
        return ""
    parts = SECTIONS[shape] or SECTIONS["grow"]
    found = next((key for key in parts if part_of(key) == question.section), question.section)
    return title(found, language)
