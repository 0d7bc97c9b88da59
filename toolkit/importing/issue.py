"""The body of an issue form: `### Label` blocks in any of our languages, turned into the text of a note."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.model import Records
from toolkit.model.formats import LANGUAGES, PROMISES, SECTIONS, keys, language_of, plain, title
from toolkit.source import emit_front

_LABEL = re.compile(r"### +(\S.*?)\s*\Z")
_EMPTY = frozenset(("_no response_", "_sin respuesta_", "_aucune réponse_", ""))
_TICKED = re.compile(r"[-*] \[([ xX])\] +(.*)")
_BULLET = re.compile(r"^(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_AT = re.compile(r"(?<!\S)@([^\s@,;:]+)")
_DAY = re.compile(r"(?<!\S)(?=\d{4}-\d{2}-\d{2}(?:\s|$))")
FIELDS: dict[str, tuple[str, ...]] = {
    "pair": ("pair", "pareja", "binôme"),
    "date": ("date", "day", "fecha", "día", "jour"),
    "start": ("start", "time", "hora", "heure"),
    "minutes": ("minutes", "minutos", "length", "duración", "durée"),
    "attended": ("attended", "present", "who was there", "asistieron", "presentes", "présents", "participants"),
    "format": ("format", "formato"),
    "modality": ("modality", "how we met", "modalidad", "modalité"),
    "next": ("next meeting", "next", "próxima reunión", "prochaine rencontre"),
    "actions": ("actions", "promises", "acciones", "compromisos", "engagements"),
}
"""What the blocks of a form are called; any other block is a section of the note."""
_NAMES = {plain(each): field for field, names in FIELDS.items() for each in names}


class Block(NamedTuple):
    """One answer of a form: its label, what was written, the line of the label."""

    label: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Made:
    """The note that a form becomes: its text, the pair it names, where each field stood, lines with unknown people."""

    text: str
    pair: str
    lines: dict[str, int]
    unknown: tuple[int, ...]


def is_issue(text: str) -> bool:
    """Say whether a text is the body of an issue form: its first line is a label."""
    return _LABEL.match(text.partition("\n")[0]) is not None


def note_of_issue(text: str, records: Records) -> Made:
    """Turn answers into fields, sections and task lines."""
    blocks = tuple(_blocks(text))
    answers = {name: each for each in blocks if (name := _field(each)) and each.text.casefold() not in _EMPTY}
    shape = answers["format"].text.casefold() if "format" in answers else _shape(blocks)
    pair = answers["pair"].text if "pair" in answers else ""
    here = _people(records, pair)
    fields: dict[str, object] = {
        name: shape if name == "format" else each.text
        for name, each in answers.items()
        if name not in ("pair", "actions")
    }
    fields.setdefault("format", shape)
    names = _listed(answers["attended"].text) if "attended" in answers else []
    found = [here.get(_folded(each)) for each in names]
    if names:
        fields["attended"] = [each for each in found if each]
    lines = {name: each.line for name, each in answers.items() if name != "actions"}
    unknown = tuple(lines["attended"] for each in found if each is None)
    order = [name for name in FIELDS if name in fields]
    body = _body(*_parts(blocks, answers, shape, here), shape)
    return Made(emit_front({name: _typed(fields[name]) for name in order}, body), pair, lines, unknown)


def _parts(
    blocks: tuple[Block, ...], answers: dict[str, Block], shape: str, here: dict[str, str]
) -> tuple[list[tuple[str, str]], list[str]]:
    """The sections that were written, and the promises that belong into one of them.

    A form asks once for the next meeting: its day stands in the last section, too, where nothing else was written there.
    """
    sections: list[tuple[str, str]] = []
    promised: list[str] = []
    for block in blocks:
        name = _field(block)
        if name is None:
            sections.append((block.label, block.text))
        elif name == "actions" and _is_section(block.label, shape):
            sections.append((block.label, "\n".join(_tasks(block.text, here))))
        elif name == "actions" and name in answers:
            promised = _tasks(block.text, here)
    language = language_of(shape, tuple(plain(label) for label, _ in sections)) if SECTIONS.get(shape) else ""
    if (
        language
        and "next" in answers
        and not any(plain(label) == plain(title("next", language)) for label, _ in sections)
    ):
        sections.append((title("next", language), answers["next"].text))
    return sections, promised


def _shape(blocks: tuple[Block, ...]) -> str:
    """The format whose sections the labels are, in one language; a free note where they are those of none."""
    labels = {plain(each.label) for each in blocks}
    fitting = (
        name
        for name, sections in SECTIONS.items()
        for language in LANGUAGES
        if sections and {plain(title(key, language)) for key in sections if key not in ("since", "next")} <= labels
    )
    return next(fitting, "free")


def _typed(value: object) -> object:
    """A day and a number stand in a note without quotes; what is neither stays a text, and the schema says so."""
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return value


def _blocks(text: str) -> Iterator[Block]:
    label, start, held = "", 0, list[str]()
    for number, line in enumerate([*text.split("\n"), "### end"], 1):
        found = _LABEL.match(line)
        if found is None:
            held.append(line)
            continue
        if label:
            yield Block(label, "\n".join(held).strip(), start)
        label, start, held = found[1], number, []


def _field(block: Block) -> str | None:
    """The field that a block answers, or None for a section of the note: `Next` with words in it is a section."""
    name = _NAMES.get(plain(block.label))
    words = block.text.casefold() not in _EMPTY and not block.text[:1].isdigit()
    return None if name == "next" and words else name


def _is_section(label: str, shape: str) -> bool:
    return shape in SECTIONS and any(plain(label) in keys(shape, language) for language in LANGUAGES)


def _listed(text: str) -> list[str]:
    """The names of an answer: ticked boxes, lines, or a line with commas."""
    ticks = [found for line in text.split("\n") if (found := _TICKED.match(line.strip()))]
    if ticks:
        return [each[2].strip() for each in ticks if each[1] != " "]
    return [name for line in text.split("\n") for each in line.split(",") if (name := _BULLET.sub("", each.strip()))]


def _people(records: Records, pair: str) -> dict[str, str]:
    """The people of a pair by id, by display name and by first name; of all pairs where it is not said which."""
    whole = [each for key, each in sorted(records.pairs.items()) if pair in ("", key, key.rpartition("/")[2])]
    people = sorted({person for each in whole for person in each.people()})
    names = {_folded(records.people[each].name): each for each in people if each in records.people}
    first = [name.partition(" ")[0] for name in names]
    called = {name.partition(" ")[0]: each for name, each in names.items() if first.count(name.partition(" ")[0]) == 1}
    return {**called, **names, **{each: each for each in people}}


def _folded(text: str) -> str:
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(bare.casefold().split())


def _tasks(text: str, here: dict[str, str]) -> list[str]:
    """Each line of the promises as an open task: `@Ana` becomes who that is, and a day by itself the day it is due."""
    found = (said for line in text.split("\n") if (said := _BULLET.sub("", line.strip())))
    return [
        f"- [ ] {_DAY.sub(r'due:', _AT.sub(lambda at: f'@{here.get(_folded(at[1]), at[1])}', said))}" for said in found
    ]


def _body(sections: list[tuple[str, str]], tasks: list[str], shape: str) -> str:
    """The sections as they came, with the promises where the format has them, else under a heading of their own."""
    at = _place(sections, shape)
    parts: list[str] = []
    for number, (label, text) in enumerate(sections):
        said = "" if text.casefold() in _EMPTY else text
        body = "\n\n".join(each for each in (said, "\n".join(tasks) if number == at else "") if each)
        parts.append(f"## {label}\n\n{body}" if body else f"## {label}")
    if tasks and at is None:
        parts.append("\n".join(tasks))
    return "\n\n".join(parts)


def _place(sections: list[tuple[str, str]], shape: str) -> int | None:
    """The section in which a format keeps promises; in a free note the last one."""
    if shape not in SECTIONS or not SECTIONS[shape]:
        return len(sections) - 1 if sections else None
    for language in LANGUAGES:
        known = keys(shape, language)
        for number, (label, _) in enumerate(sections):
            if known.get(plain(label)) == PROMISES[shape]:
                return number
    return None
