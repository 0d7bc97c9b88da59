"""What pages show that no file says: each derived value with its class, its reader and the function that makes it.

A derived value takes the highest class of what it is made from, unless its function says why it may be lower.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from toolkit.model import Action, Cohort, Goal, GuideTranslation, Pair, Person, Record, Session, Visibility
from toolkit.model.actions import standing
from toolkit.model.completed import asked, completed
from toolkit.model.guide import fingerprint
from toolkit.model.tongue import pair_language
from toolkit.publish.audience import Trait
from toolkit.publish.facts import Facts
from toolkit.publish.numbers import cohort_numbers, program_numbers, shared
from toolkit.publish.rhythm import contact
from toolkit.publish.view import View

PUBLIC, MEMBERS = Trait(Visibility.PUBLIC), Trait(Visibility.MEMBERS)
STAFF, OWN = Trait(Visibility.STAFF), Trait(Visibility.STAFF, own=True)
PAIR, NOTES = Trait(Visibility.PAIR), Trait(Visibility.PAIR, opens="notes")


@dataclass(frozen=True, slots=True)
class Derived:
    """One derived value: its name, the kind of record it hangs on, its trait, its line and its function."""

    name: str
    record: str
    trait: Trait
    doc: str
    make: Callable[[Facts, Any], Any]
    empty: Any = None


def met_recently(facts: Facts, pair: Pair) -> str | None:
    """Say whether a pair met recently.

    It is made from session dates, which are the staff's; it is declared `members` because five words tell nobody
    when a pair met, and a program that sees who has fallen silent can help in time.
    """
    return contact(facts, pair)


def names(facts: Facts, pair: Pair) -> tuple[str, ...]:
    """List the members' names, an empty one for who may not be named; each language joins them its own way."""
    return tuple(facts.name(person) for person in pair.people())


def language(facts: Facts, pair: Pair) -> str:
    """Say in which language a pair writes.

    It is made from the headings of notes, which may be the pair's own; it is declared `members` because one of three
    languages tells nothing that the profiles of the two do not tell, and a form for them should speak it.
    """
    return pair_language(facts.records, pair, facts.records.sessions.get(pair.pair_key, ()))


def last_met(facts: Facts, pair: Pair) -> datetime.date | None:
    """Give the day of the last meeting."""
    held = facts.held(pair)
    return held[-1].date if held else None


def next_meeting(facts: Facts, pair: Pair) -> datetime.date | None:
    """Give the day of the next meeting: the earliest that a note or a planned note names and that is not past."""
    notes = facts.records.sessions.get(pair.pair_key, ())
    days = {each.date for each in notes} | {each.next for each in notes[-1:] if each.next}
    return min((day for day in days if day >= facts.today), default=None)


def session_count(facts: Facts, pair: Pair) -> int:
    """Count the meetings so far."""
    return len(facts.held(pair))


def asked_count(facts: Facts, pair: Pair) -> int | None:
    """Count the meetings that the pair's rhythm asked for so far."""
    cohort = facts.records.cohort_of(pair)
    return asked(facts.records, pair, cohort, facts.today) if cohort is not None else None


def is_completed(facts: Facts, pair: Pair) -> bool:
    """Say whether the pair completed: ended as planned, with enough of its time and of its meetings."""
    cohort = facts.records.cohort_of(pair)
    return cohort is not None and completed(facts.records, pair, cohort, facts.today)


def goal_counts(facts: Facts, pair: Pair) -> Mapping[str, int]:
    """Count a pair's goals by where they stand."""
    goals = facts.records.goals.get(pair.pair_key, ())
    return MappingProxyType(dict(sorted(Counter(goal.status for goal in goals).items())))


def goal_ends(facts: Facts, pair: Pair) -> Mapping[str, int]:
    """Count how a pair's goals ended, as its closure says; the staff read no goal's name."""
    closure = facts.records.closures.get(pair.pair_key)
    return MappingProxyType(dict(sorted(Counter(closure.goals.values() if closure else ()).items())))


def open_actions(facts: Facts, pair: Pair) -> Mapping[str, tuple[View, ...]]:
    """List what is still to be done, by person; under an empty name what nobody took on.

    A promise that is carried from note to note stands here once, as the latest note has it.
    """
    found: dict[str, list[View]] = {}
    for each in standing(facts.records.sessions.get(pair.pair_key, ())):
        if not each.action.done:
            view = _action(facts, each.action, each.owner, each.due)
            found.setdefault(view.owner or "", []).append(view)
    return MappingProxyType({owner: tuple(found[owner]) for owner in sorted(found)})


def actions(facts: Facts, session: Session) -> tuple[View, ...]:
    """List the promises of a note: text, owner, due, id, done."""
    return tuple(_action(facts, each, each.owner, each.due) for each in session.actions)


def _action(facts: Facts, action: Action, owner: str, due: datetime.date | None) -> View:
    known = owner if owner in facts.people else None
    return View(
        "action", {"text": action.text, "owner": known, "due": due, "id": action.id or None, "done": action.done}
    )


def sections(_facts: Facts, session: Session) -> tuple[View, ...]:
    """List the sections of a note: title and text."""
    return tuple(View("section", {"title": each.title, "text": each.text}) for each in session.sections)


def fraction(_facts: Facts, goal: Goal) -> float | None:
    """Say how far a goal is, 0 to 1: by its measure, else by its steps; None where neither says."""
    if goal.status == "met":
        return 1.0
    measure = goal.measure
    values = [each.value for each in sorted(goal.progress, key=lambda each: each.on) if each.value is not None]
    if measure is not None and measure.target is not None and values:
        start = measure.baseline or 0.0
        if measure.target != start:
            return min(max((values[-1] - start) / (measure.target - start), 0.0), 1.0)
    if goal.steps:
        return sum(step.done for step in goal.steps) / len(goal.steps)
    return None


def pairs_of_person(facts: Facts, person: Person) -> tuple[str, ...]:
    """List the keys of a person's pairs."""
    return facts.pairs_by_person.get(person.id, ())


def all_dates(_facts: Facts, cohort: Cohort) -> tuple[View, ...]:
    """List the cohort's dates in order: on, until (for a stretch), kind and, where the cohort gave one, name."""
    found: list[tuple[datetime.date, datetime.date | None, str, str]] = [(cohort.starts, None, "begins", "")]
    if cohort.applications:
        found.append((cohort.applications.open, cohort.applications.close, "applications", ""))
    found += [(each.opens, each.closes, each.kind, each.id) for each in cohort.waves]
    found += [(each.start, each.end, "break", each.name) for each in cohort.breaks]
    if cohort.rematch_until:
        found.append((cohort.rematch_until, None, "rematch", ""))
    found.append((cohort.ends, None, "ends", ""))
    found.sort(key=lambda each: (each[0], each[1] or each[0], each[2], each[3]))
    return tuple(
        View("date", {"on": on, "until": until, "kind": kind, "name": name}) for on, until, kind, name in found
    )


def next_dates(facts: Facts, cohort: Cohort) -> tuple[View, ...]:
    """List the cohort's dates that are not past."""
    return tuple(each for each in all_dates(facts, cohort) if (each.until or each.on) >= facts.today)


def counts(facts: Facts, cohort: Cohort) -> Mapping[str, int]:
    """Count a cohort's pairs by where they stand, exactly; proposed ones too."""
    pairs = facts.records.pairs_of(cohort.cohort_key)
    return MappingProxyType(dict(sorted(Counter(pair.status for pair in pairs).items())))


def is_current(facts: Facts, translation: GuideTranslation) -> bool:
    """Say whether the guide still says what was translated."""
    guide = facts.records.guides.get(translation.id)
    return guide is not None and translation.translates == fingerprint(guide)


def record_path(_facts: Facts, record: Record) -> str:
    """Give the path of the record's file, for a link that edits it."""
    return record.path


DERIVED: tuple[Derived, ...] = (
    Derived(
        "numbers", "program", PUBLIC, "Pairs, active and completed pairs, people; no small group.", program_numbers
    ),
    Derived("numbers", "cohort", PUBLIC, "Pairs, active and completed pairs, people; no small group.", cohort_numbers),
    Derived("dates", "cohort", PUBLIC, "All dates of the cohort.", all_dates, ()),
    Derived("next_dates", "cohort", PUBLIC, "The dates that are not past.", next_dates, ()),
    Derived(
        "shared",
        "cohort",
        MEMBERS,
        "Goals reached, promises kept, meetings held, helpers met by all; no small group.",
        shared,
        {},
    ),
    Derived("counts", "cohort", STAFF, "Pairs by where they stand, exactly.", counts, MappingProxyType({})),
    Derived("pairs", "person", MEMBERS, "The pairs this person is in.", pairs_of_person, ()),
    Derived("names", "pair", MEMBERS, "The members' names.", names, ()),
    Derived(
        "contact", "pair", MEMBERS, "Whether the pair met recently, is due, silent, paused or closed.", met_recently
    ),
    Derived("language", "pair", MEMBERS, "The language in which the pair writes.", language),
    Derived("last_met", "pair", OWN, "Day of the last meeting.", last_met),
    Derived("next", "pair", OWN, "Day of the next meeting.", next_meeting),
    Derived("session_count", "pair", OWN, "Meetings so far.", session_count),
    Derived("asked_count", "pair", OWN, "Meetings that the rhythm asked for so far.", asked_count),
    Derived("completed", "pair", OWN, "Whether it completed.", is_completed),
    Derived("goal_counts", "pair", OWN, "Goals by where they stand.", goal_counts, MappingProxyType({})),
    Derived("goal_ends", "pair", OWN, "How the goals ended, counted.", goal_ends, MappingProxyType({})),
    Derived("open_actions", "pair", PAIR, "What is still to be done, by person.", open_actions, MappingProxyType({})),
    Derived("sections", "session-note", NOTES, "The sections of the note.", sections, ()),
    Derived("actions", "session-note", NOTES, "The promises of the note.", actions, ()),
    Derived("current", "guide-translation", PUBLIC, "Whether it says what the guide says now.", is_current),
    Derived("fraction", "goal", PAIR, "How far it is, 0 to 1.", fraction),
    *(
        Derived("record_path", kind, trait, "Where the record's file is.", record_path)
        for kind, trait in (
            *((kind, PUBLIC) for kind in ("program", "cohort", "guide", "guide-translation")),
            *((kind, PUBLIC) for kind in ("topic-list", "reference-list")),
            *(
                (kind, STAFF)
                for kind in (
                    "person",
                    "application",
                    "matching-policy",
                    "matching-run",
                    "check-ins",
                    "improvement",
                    "story",
                )
            ),
            *((kind, OWN) for kind in ("pair", "agreement", "session-note", "observation", "feedback", "closure")),
            ("goal", PAIR),
        )
    ),
)
"""Every derived value there is."""
