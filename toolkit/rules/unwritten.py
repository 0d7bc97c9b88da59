"""Texts that a new file came with, which say what to write in their place, and still stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model import Records
from toolkit.model.base import Record
from toolkit.rules.base import WARNING, Context, Finding, Rule, rule

# How such a text begins in each language, and the word that points at its place; templates/new holds them.
_WAITING = re.compile(
    r"(?:(?:Say|Write)\b.*\bhere|(?:Di|Escribe)\b.*\baquí|(?:Dites|Écrivez|Rédigez)\b.*\bici)\b", re.DOTALL
)
_Text = tuple[Record, tuple[str | int, ...], str | None]


@rule("text-unwritten", WARNING)
def text_unwritten(records: Records, context: Context) -> Iterator[Finding]:
    """A text that says what to write here was left as it came.

    A new program, person or observation comes with such texts. Left where they are, they are published, and whoever looks
    for a way to reach the coordinator reads "Write here how people reach you".

    Fix: write what belongs there, or take the field out where it may be absent.
    """
    for record, route, text in _texts(records):
        if text and _WAITING.match(text):
            yield Finding(record.at(*route), "here still stands what a new file came with, not what belongs here")


def _texts(records: Records) -> Iterator[_Text]:
    for program in records.programs.values():
        yield program, ("purpose",), program.purpose
        if program.support:
            yield program, ("support", "channel"), program.support.channel
        if program.privacy:
            yield program, ("privacy", "notice"), program.privacy.notice
    for person in records.people.values():
        if person.mentee:
            yield person, ("mentee", "aims"), person.mentee.aims
    for measure in records.measures.values():
        for field in ("about", "unit", "source"):
            yield from ((measure, (field, each), text) for each, text in getattr(measure, field).items())
    for observations in records.observations.values():
        for each in observations:
            yield from ((each, ("evidence", place), seen) for place, seen in enumerate(each.evidence))


RULES: tuple[Rule, ...] = (text_unwritten,)
