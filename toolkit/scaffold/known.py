"""What is known of a pair before it meets: its language, its people, its next days, its promises and its goals."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from toolkit.model import Cadence, Cohort, Goal, Pair, Program, Records, Session
from toolkit.model.actions import Standing, next_number, standing
from toolkit.model.formats import LANGUAGES, SECTIONS, keys, language_of, plain
from toolkit.model.rhythm import cadence_of, end_of, held, notes_until, present

_OPEN = ("draft", "active", "paused")
_WORD = re.compile(r"[^\W\d_]+")
_HEADS = {
    "en": frozenset(["what", "the", "does", "do", "we", "both"]),
    "es": frozenset(["lo", "que", "el", "los", "hace", "hacemos"]),
    "fr": frozenset(["ce", "que", "le", "fait", "nous", "faisons", "ensemble"]),
}
_NEAR = datetime.timedelta(days=14)
ONE_WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Known:
    """A pair on a day.

    `week` counts from its first day and begins with 1; `weeks` is how many it has in all, None where no end is known.
    `actions` and `goals` are the open ones; `notes` are those up to the day, oldest first.
    """

    pair: Pair
    cohort: Cohort | None
    today: datetime.date
    language: str
    members: tuple[str, ...]
    names: dict[str, str]
    cadence: Cadence
    begins: datetime.date
    ends: datetime.date | None
    notes: tuple[Session, ...]
    actions: tuple[Standing, ...]
    goals: tuple[Goal, ...]

    @property
    def last(self) -> Session | None:
        """The last meeting that took place."""
        return next((note for note in reversed(self.notes) if held(note)), None)

    @property
    def week(self) -> int:
        """In which week the pair is."""
        return max((self.today - self.begins).days, 0) // 7 + 1

    @property
    def weeks(self) -> int | None:
        """How many weeks it has."""
        return None if self.ends is None else max((self.ends - self.begins).days, 0) // 7 + 1

    @property
    def next(self) -> datetime.date:
        """The day of the next meeting: the one that was agreed on, unless it is two weeks past, else today."""
        agreed = self.notes[-1].next if self.notes else None
        if agreed is not None and agreed > self.notes[-1].date and agreed >= self.today - _NEAR:
            return agreed
        return self.today

    @property
    def where(self) -> dict[str, str]:
        """The folders that the pair's records lie in."""
        origin = self.pair.origin
        return {"program": origin.program, "cohort": origin.cohort, "pair": self.pair.id}

    def after(self, day: datetime.date) -> datetime.date | None:
        """The meeting after that of a day, by the rhythm; later where a break is in the way, None past the end."""
        found = day + datetime.timedelta(days=self.cadence.days)
        while any(each.start <= found <= each.end for each in (self.cohort.breaks if self.cohort else ())):
            found += ONE_WEEK
        return found if self.ends is None or found <= self.ends else None

    def free_ids(self, count: int) -> tuple[str, ...]:
        """Ids for new actions that no note of the pair has yet: `a7`, `a8`."""
        first = next_number(action.id for note in self.notes for action in note.actions)
        return tuple(f"a{number}" for number in range(first, first + count))


def known_of(records: Records, pair: Pair, today: datetime.date, language: str | None = None) -> Known:
    """Gather what is known; `language` overrides the pair's own."""
    cohort = records.cohort_of(pair)
    notes = notes_until(records, pair, today)
    members = tuple(member.person for member in present(pair, today)) or pair.people()
    agreement = records.agreements.get(pair.pair_key)
    named = {who: found.name if (found := records.people.get(who)) else who for who in pair.people()}
    return Known(
        pair=pair,
        cohort=cohort,
        today=today,
        language=language or pair_language(records, pair, notes),
        members=members,
        names=named,
        cadence=cadence_of(records, pair, cohort)
        if cohort
        else agreement.cadence
        if agreement
        else Cadence(every="week"),
        begins=pair.started or max(today, cohort.starts if cohort else today),
        ends=end_of(records, pair, cohort) if cohort else None,
        notes=notes,
        actions=tuple(each for each in standing(notes) if not each.action.done),
        goals=tuple(goal for goal in records.goals.get(pair.pair_key, ()) if goal.status in _OPEN),
    )


def pair_language(records: Records, pair: Pair, notes: tuple[Session, ...]) -> str:
    """The language that a pair writes in: its notes', its agreement's, the mentee's, the program's."""
    for note in reversed(notes):
        found = note.language or _of_titles(note)
        if found:
            return found
    agreement = records.agreements.get(pair.pair_key)
    spoken = _of_heads(tuple(head.text for head in agreement.origin.outline.headings)) if agreement else ""
    people = (records.people.get(person) for person in (*pair.mentees, *pair.people()))
    wanted = (spoken, *(each.locale for each in people if each), program_language(records.program_of(pair)))
    return next(base for each in wanted if (base := offered(each)))


def program_language(program: Program | None) -> str:
    """The language of a program, among those that forms exist in."""
    return next((base for each in (program.languages if program else ()) if (base := offered(each))), LANGUAGES[0])


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
