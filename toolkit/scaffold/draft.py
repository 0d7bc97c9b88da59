"""Raw notes into the sections of a format, with proposed actions: by the words of each line, on this machine alone."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.errors import ToolkitError
from toolkit.model import Records
from toolkit.model.formats import PROMISES, SECTIONS, title
from toolkit.scaffold.cues import CUES, about, bare, day_in, said_in
from toolkit.scaffold.known import Known
from toolkit.scaffold.papers import Desk, carried_lines, note, task_line, usual
from toolkit.scaffold.project import Target
from toolkit.scaffold.questions import part_of

_LEAD = re.compile(r"^(?:[\s>#*+•–-]+|\d{1,3}[.)]\s+)+")
_BOX = re.compile(r"^\[([ xX])\]\s*")
_LABEL = re.compile(r"^([^:]{1,60}):(?:\s+|$)")
_MARK = re.compile(r"(?<!\S)(?:due:\d{4}-\d{2}-\d{2}(?!\S)|id:\S+|due:|@)")
# Where a line would not be shown as it is written: HTML, a fence, a definition, a heading, a quotation, a list.
_HIDDEN = re.compile(r"<|^(?:[\[`~>]|#{1,6}(?=\s|$)|[-+*](?=\s|$))")


class Draft(NamedTuple):
    """A note that was put together from raw notes, and how many of their lines became what."""

    target: Target
    actions: int
    placed: int
    unplaced: int


@dataclass(slots=True)
class _Sheet:
    """The sections while they are filled: lines by the key of their section; the rest under no key."""

    lines: dict[str, list[str]] = field(default_factory=dict)
    promises: list[tuple[str, str, datetime.date | None]] = field(default_factory=list)

    def put(self, key: str, text: str) -> None:
        self.lines.setdefault(key, []).append(f"- {text}")


class _Line(NamedTuple):
    """One line of raw notes: its words without list marks, the member it is said by, and what stands in its box.

    The box is empty where there is none.
    """

    text: str
    speaker: str
    box: str


def permitted(records: Records, known: Known) -> None:
    """Make sure that the pair agreed to notes that a machine works on; raises ToolkitError where it did not."""
    agreement = records.agreements.get(known.pair.pair_key)
    agreed = agreement is not None and agreement.recording == "both-consent"
    if not agreed and not all(records.consents(who, "recording", known.today) for who in known.members):
        hint = (
            "ask them first; then write `recording: both-consent` into their agreement, "
            "or the consent `recording` with its day into the file of each"
        )
        raise ToolkitError(f"{known.pair.pair_key} has not agreed that raw notes are kept", hint)


def draft(desk: Desk, raw: str, format_: str | None, day: datetime.date | None) -> Draft:
    """Arrange raw notes: each line goes under the section that it is headed by or speaks of, or under the last one.

    A line in which a member promises something becomes an open action of that member. No line is left out.
    """
    known = desk.known
    date = day or known.met
    shape = format_ or usual(known)
    sheet = _sorted(raw, known, shape, date)
    ids = known.free_ids(len(sheet.promises))
    tasks = [task_line(text, who, due, ident) for (text, who, due), ident in zip(sheet.promises, ids, strict=True)]
    left = sheet.lines.pop("", [])
    placed = sum(map(len, sheet.lines.values()))
    target = note(desk, date, shape, _sections(known, shape, sheet.lines, tasks, left))
    return Draft(target, len(tasks), placed, len(left))


def _sections(
    known: Known, shape: str, lines: dict[str, list[str]], tasks: list[str], left: list[str]
) -> list[dict[str, object]]:
    held = {key: list(found) for key, found in lines.items()}
    held["since"] = [*carried_lines(known), *held.get("since", [])]
    promises = PROMISES.get(shape, "next")
    held[promises] = [*held.get(promises, []), *tasks]
    found: list[dict[str, object]] = [
        {"title": title(key, known.language), "tasks": held.get(key, [])}
        for key in _order(shape)
        if key != "since" or known.notes or held["since"]
    ]
    return [*found, {"title": CUES[known.language].unplaced, "tasks": left}] if left else found


def _order(shape: str) -> tuple[str, ...]:
    return SECTIONS[shape] or ("since", "next")


def _sorted(raw: str, known: Known, shape: str, date: datetime.date) -> _Sheet:
    sheet, under = _Sheet(), ""
    titles = {bare(title(key, known.language)): key for key in _order(shape)}
    parts = {part_of(key): key for key in _order(shape)}
    for written in raw.split("\n"):
        words = " ".join(_LEAD.sub("", written).split())
        head, rest = _headed(words, titles)
        if not rest:
            under = head or under
            continue
        line = _read(rest, known)
        owner = _owner(line, known)
        if owner:
            said = bare(line.text)
            sheet.promises.append((_task(line.text, owner), owner, day_in(said, known.language, date)))
        else:
            key = head or under or parts.get(about(bare(line.text), known.language), "")
            sheet.put(key, _shown(_BOX.sub("", rest) or rest))
    return sheet


def _headed(words: str, titles: dict[str, str]) -> tuple[str, str]:
    """The section that a line begins, if it does, and what else it says: `Reality: it is slow`."""
    if bare(words) in titles:
        return titles[bare(words)], ""
    label = _LABEL.match(words)
    if label and bare(label[1]) in titles:
        return titles[bare(label[1])], words[label.end() :]
    return "", words


def _read(words: str, known: Known) -> _Line:
    box = _BOX.match(words)
    text = words[box.end() :] if box else words
    label = _LABEL.match(text)
    speaker = _called(known).get(bare(label[1]), "") if label else ""
    return _Line(text[label.end() :] if label and speaker else text, speaker, box[1] if box else "")


def _called(known: Known) -> dict[str, str]:
    """What the members are called: by id, by name, by first name where only one has it."""
    first = [bare(known.names[who].partition(" ")[0]) for who in known.members]
    called = {name: who for name, who in zip(first, known.members, strict=True) if first.count(name) == 1}
    return called | {bare(known.names[who]): who for who in known.members} | {who: who for who in known.members}


def _owner(line: _Line, known: Known) -> str:
    """The member who promises something in a line; empty where nobody does, or where it is not clear who."""
    cues, said = CUES[known.language], said_in(line.text, known.language)
    if not said or said.endswith("?") or line.box.strip() or cues.refused.search(said):
        return ""
    if cues.first.search(said):
        return line.speaker
    named = _names(said, known)
    promise = cues.third.search(said)
    if promise:
        if line.speaker and promise.start() == 0:
            return line.speaker
        before = [(end, who) for start, end, who in named if end <= promise.start()]
        end, who = max(before, default=(0, ""))
        return who if not cues.filler.sub("", said[end : promise.start()]).strip() else ""
    begun = line.speaker or next((who for start, _, who in named if start == 0 or (line.box and who)), "")
    dated = cues.deadline.search(said) is not None and day_in(said, known.language, known.today) is not None
    return begun if line.box or dated else ""


def _names(said: str, known: Known) -> list[tuple[int, int, str]]:
    """Where members are named in a bare line: from, to, who."""
    called = _called(known)
    longest = sorted(called, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)@?({'|'.join(map(re.escape, longest))})(?![\w-])")
    return [(found.start(), found.end(), called[found[1]]) for found in pattern.finditer(said)]


def _task(text: str, owner: str) -> str:
    """The words of a promise without the marks of a task line, for those are given anew."""
    words = " ".join(word for word in text.split() if word != f"@{owner}")
    return _shown(" ".join(_MARK.sub("", words).split())) or "…"


def _shown(text: str) -> str:
    """A line as it has to be written to be read as it was."""
    return _HIDDEN.sub(lambda found: "\\" + found.group(), text)
