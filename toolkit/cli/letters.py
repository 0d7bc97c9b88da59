"""Which letters a kind of message means: the pairs it fits, their people, their addresses."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.mailing.letter import Letter
    from toolkit.mailing.words import Words
    from toolkit.model import Pair, Records
    from toolkit.workspace import Workspace


_SOME = 6  # so many pairs are named with the reason why they get nothing, where nobody gets anything


@dataclass(frozen=True, slots=True)
class Gathered:
    """The letters, by pair and person; who gets none, and why, by id; the sender and the words of the program."""

    letters: tuple[Letter, ...]
    left_out: tuple[str, ...]
    sender: str
    words: Words


def gather(
    workspace: Workspace, records: Records, kind: str, name: str | None, day: datetime.date, link: str
) -> Gathered:
    """Write the letters of a kind to a pair, a cohort's pairs, a person or (without a name) all pairs that it fits."""
    from toolkit.mailing.words import read_words
    from toolkit.model.tongue import folder_language
    from toolkit.workspace import shipped

    _check_link(kind, link)
    pairs, person, alone = _named(records, name)
    folders = (workspace.templates / "messages", shipped("templates") / "messages")
    letters: list[Letter] = []
    left_out: list[str] = []
    unfit: list[str] = []
    for pair in pairs:
        why = _unfit(kind, records, pair, day, alone)
        if why:
            (left_out if alone or person else unfit).append(f"{pair.pair_key}: {why}")
            continue
        for made in _letters(records, pair, kind, day, link, folders, person):
            if isinstance(made, str):
                left_out.append(made)
            else:
                letters.append(made)
    if not letters:
        left_out += unfit[:_SOME]
    words = read_words(folder_language(records), folders)
    return Gathered(tuple(letters), tuple(left_out), _sender(records, pairs), words)


def _named(records: Records, name: str | None) -> tuple[tuple[Pair, ...], str, bool]:
    """The pairs that a name means, the one person it means in them, and whether it means a single pair."""
    from toolkit.cli.subject import subject_of

    everyone = tuple(records.pairs[key] for key in sorted(records.pairs))
    if name is None:
        return everyone, "", False
    subject = subject_of(name, records)
    if subject.kind == "pair":
        return (records.pairs[subject.key],), "", True
    if subject.kind == "cohort":
        return tuple(pair for pair in everyone if pair.cohort_key == subject.key), "", False
    return tuple(pair for pair in everyone if subject.key in pair.people()), subject.key, False


def _unfit(kind: str, records: Records, pair: Pair, day: datetime.date, alone: bool) -> str:
    """Why a pair is left out; who names one pair that runs and means to nudge it knows more than the thresholds do."""
    from toolkit.mailing.kinds import unfit
    from toolkit.publish.facts import AGREED

    if pair.status not in AGREED:
        return "it is not agreed to by all"
    if alone and kind == "nudge":
        return "" if pair.status == "active" else "it does not meet now"
    return unfit(kind, records, pair, day)


def _letters(
    records: Records,
    pair: Pair,
    kind: str,
    day: datetime.date,
    link: str,
    folders: tuple[Path, ...],
    only: str,
) -> Iterator[Letter | str]:
    """Write to each member of a pair; a member who cannot be written to is a sentence instead."""
    from toolkit.cli.subject import around
    from toolkit.mailing.letter import letter
    from toolkit.mailing.template import read_template
    from toolkit.mailing.words import read_words
    from toolkit.model.rhythm import present
    from toolkit.model.tongue import offered, program_language
    from toolkit.publish.audience import Audience, Kind
    from toolkit.publish.occasions import occasions
    from toolkit.publish.project import project

    world = project(around(records, pair), Audience(Kind.PAIR, pair.pair_key), day)
    found = {each.person: each for each in occasions(world, pair.pair_key)}
    for member in sorted(present(pair, day), key=lambda each: each.person):
        if only and member.person != only:
            continue
        occasion = found.get(member.person)
        if occasion is None:
            yield f"{member.person}: no consent to keep their data, or it was deleted"
            continue
        if kind == "survey" and occasion.survey_closes is None:
            continue
        address = _address(records, member.person)
        if not address:
            yield f"{member.person}: no e-mail address in private/people/{member.person}.yaml"
            continue
        language = offered(occasion.language) or program_language(records.program_of(pair))
        template, words = read_template(kind, language, folders), read_words(language, folders)
        try:
            yield letter(kind, occasion, address, template, words, link)
        except ToolkitError as error:
            yield f"{member.person}: {error.message}"


def _address(records: Records, person: str) -> str:
    private = records.private_people.get(person)
    contact = private.contact if private is not None else None
    return (contact.email if contact is not None else None) or ""


def _sender(records: Records, pairs: tuple[Pair, ...]) -> str:
    """The one address that the support of these pairs' programs is written with; an empty text where there is none."""
    from toolkit.mailing.letter import address_of

    found = set()
    for program in sorted({pair.origin.program for pair in pairs}):
        record = records.programs.get(program)
        for word in (record.support.channel if record is not None and record.support else "").split():
            try:
                found.add(address_of(word.strip("<>(),;.")))
            except ToolkitError:
                continue
    return found.pop() if len(found) == 1 else ""


def _check_link(kind: str, link: str) -> None:
    if kind == "survey" and not link:
        raise ToolkitError("a survey needs an address", "add --link https://…")
    if link and kind != "survey":
        raise ToolkitError("--link is for the kind survey", "leave it away")
    if link and not (link.startswith(("https://", "http://")) and link.isprintable() and " " not in link):
        raise ToolkitError("--link is not a web address", "write an address that begins with https://")
