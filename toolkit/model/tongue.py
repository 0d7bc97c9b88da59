"""Which language people are spoken to in, among those that forms and texts exist in: a pair's, a person's, a program's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.model.formats import LANGUAGES, SECTIONS, keys, language_of, plain
from toolkit.model.pair import Pair
from toolkit.model.people import Person
from toolkit.model.program import Program
from toolkit.model.records import Records
from toolkit.model.session import Session

_TWO = 2
_WORD = re.compile(r"[^\W\d_]+")
_HEADS = {
    "en": frozenset(["what", "the", "does", "do", "we", "both"]),
    "es": frozenset(["lo", "que", "el", "los", "hace", "hacemos"]),
    "fr": frozenset(["ce", "que", "le", "fait", "nous", "faisons", "ensemble"]),
}
# The small words of each language that the two others do not have.
_SMALL = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and of to in is for with who her his she he they it from by how one as was has at",
        "es": "el los las y en una con su sus del al como por para que lo es muy desde antes",
        "fr": "le les des et dans une avec son sa ses du au aux pour qui est en depuis pas cette ce",
    }.items()
}


def pair_language(records: Records, pair: Pair, notes: Sequence[Session]) -> str:
    """The language that a pair writes in: its notes', its agreement's, what a larger one shares, the mentee's, the program's."""
    for note in reversed(notes):
        found = note.language or _of_titles(note)
        if found:
            return found
    agreement = records.agreements.get(pair.pair_key)
    spoken = _of_heads(tuple(head.text for head in agreement.origin.outline.headings)) if agreement else ""
    named = dict.fromkeys((*pair.mentees, *pair.people()))
    people = [records.people[person] for person in named if person in records.people]
    program = program_language(records.program_of(pair))
    shared = _shared(people, program) if len(people) > _TWO else ""
    return next(
        base for each in (spoken, shared, *(each.locale for each in people), program) if (base := offered(each))
    )


def _shared(people: Sequence[Person], program: str) -> str:
    """Of the languages that each of these people speaks, the one that most wish for; the program's where as many do."""
    known = [{offered(each.locale), *(offered(one.code) for one in each.languages)} for each in people]
    order = (program, *LANGUAGES)
    wishes = [offered(each.locale) for each in people]
    found = sorted(set(LANGUAGES).intersection(*known), key=order.index)
    return max(found, key=wishes.count, default="")


def person_language(records: Records, person: str) -> str:
    """The language for messages to a person: their own, else that of the program of a pair they are in."""
    found = records.people.get(person)
    pairs = (pair for pair in records.pairs.values() if person in pair.people())
    programs = (program_language(records.program_of(pair)) for pair in pairs)
    return offered(found.locale if found else None) or next(programs, LANGUAGES[0])


def program_language(program: Program | None) -> str:
    """The language of a program, among those that forms exist in."""
    return next((base for each in (program.languages if program else ()) if (base := offered(each))), LANGUAGES[0])


def folder_language(records: Records) -> str:
    """The language of what is not of one program alone: that of the first program of the folder."""
    return program_language(next(iter(records.programs.values()), None))


def told_in(text: str | None, spoken: Sequence[str] = ()) -> str:
    """The language that a text of a few sentences is written in, as its small words tell; empty where they do not.

    Whoever wrote it speaks the languages `spoken`, where these are known: another one is a mistake of the small words.
    """
    words = _WORD.findall((text or "").lower())
    counts = {language: sum(word in known for word in words) for language, known in _SMALL.items()}
    first, second = sorted(LANGUAGES, key=lambda language: -counts[language])[:2]
    is_clear = counts[first] > counts[second] and (not spoken or first in map(offered, spoken))
    return first if is_clear else ""


def offered(language: str | None) -> str:
    """The language of a form for people who speak this one; empty where there is none."""
    base = (language or "").partition("-")[0]
    return base if base in LANGUAGES else ""


def _of_titles(note: Session) -> str:
    titles = tuple(plain(section.title) for section in note.sections)
    shape = note.format if SECTIONS[note.format] else "grow"
    language = language_of(shape, titles)
    return language if any(title in keys(shape, language) for title in titles) else ""


def _of_heads(heads: tuple[str, ...]) -> str:
    words = [word for head in heads for word in _WORD.findall(head.lower())]
    counts = {language: sum(word in known for word in words) for language, known in _HEADS.items()}
    best = max(LANGUAGES, key=lambda language: counts[language])
    return best if counts[best] else ""
