"""Saying that a translation is up to date: the mark of what the guide says now is written into it."""

from __future__ import annotations

from toolkit.changes.change import Change, edit, order_of
from toolkit.errors import ToolkitError
from toolkit.model import Guide, GuideTranslation, Records
from toolkit.model.guide import fingerprint
from toolkit.source import Set
from toolkit.workspace import Workspace


def mark(workspace: Workspace, records: Records, guide: Guide, language: str) -> Change:
    """Write into a translation which state of its guide it says; raises ToolkitError where it is not there or says so."""
    found = records.guide_translations.get((guide.id, language))
    if found is None:
        hint = f"begin it with: mentoring new guide --translate {guide.id} --lang {language}"
        raise ToolkitError(f"{guide.id} is not translated into {language}", hint)
    now = fingerprint(guide)
    if found.translates == now:
        raise ToolkitError(f"{found.path} has the mark of its guide already", "there is nothing to write")
    notes = ("it says `partly: true`; delete that line once all of it is translated",) if found.partly else ()
    change = edit(workspace, found, [Set(("translates",), now, order_of(GuideTranslation))])
    return Change("it says what the guide says now", (change,), notes)
