"""Rules that any record has to keep: dates in order, nothing from the future, ids and languages as agreed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from toolkit.diagnostics import START, Place
from toolkit.model import (
    Agreement,
    Cohort,
    Concern,
    Feedback,
    Goal,
    Member,
    Observation,
    Pair,
    Part,
    Record,
    Records,
    Session,
)
from toolkit.model.pair import Pause
from toolkit.model.people import Consent, Screening
from toolkit.model.program import Break, Wave, Window
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import is_gathering, open_pairs
from toolkit.rules.walk import parts
from toolkit.source import Mapping, Node, Route, Scalar

_ORDERS: dict[type[Part], tuple[tuple[str, str], ...]] = {
    Cohort: (("starts", "ends"), ("starts", "rematch_until"), ("closure_announced_on", "ends")),
    Window: (("open", "close"),),
    Wave: (("opens", "closes"),),
    Break: (("start", "end"),),
    Consent: (("on", "until"),),
    Screening: (("on", "expires"),),
    Pair: (("proposed_on", "started"), ("started", "ended")),
    Member: (("joined", "left"),),
    Pause: (("start", "resume"),),
    Goal: (("started", "due"),),
    Session: (("date", "next"),),
    Feedback: (("event_on", "on"),),
    Concern: (("opened", "answered"), ("opened", "closed")),
}
_ORDERED = frozenset(_ORDERS)


@rule("bad-date-order", ERROR)
def bad_date_order(records: Records, context: Context) -> Iterator[Finding]:
    """Of two dates that belong together, the later one comes first.

    A cohort that ends before it starts, or a consent that ran out before it was given, makes every figure and every
    reminder that is counted from these days wrong.

    Fix: check the two dates; one of them has a slip.
    """
    for record in records.everything():
        for route, part in parts(record, _ORDERED):
            for before, after in _ORDERS[type(part)]:
                first, second = getattr(part, before), getattr(part, after)
                if first and second and second < first:
                    place = record.at(*route, after)
                    related = (record.at(*route, before),)
                    yield Finding(place, f"`{after}` comes before `{before}`", related=related)
        if isinstance(record, Agreement):
            yield from _signed_after_end(record)
        elif isinstance(record, Observation):
            yield from _debriefed_before(record)


def _signed_after_end(agreement: Agreement) -> Iterator[Finding]:
    for index, each in enumerate(agreement.signed):
        if agreement.ends_on and agreement.ends_on < each.on:
            yield Finding(
                agreement.at("signed", index, "on"),
                "this was signed after `ends_on`",
                related=(agreement.at("ends_on"),),
            )


def _debriefed_before(observation: Observation) -> Iterator[Finding]:
    said = observation.debrief.on if observation.debrief else None
    if said and said < observation.date:
        place, related = observation.at("debrief", "on"), (observation.at("date"),)
        yield Finding(place, "the debrief comes before `date`", related=related)


@rule("future-record", WARNING)
def future_record(records: Records, context: Context) -> Iterator[Finding]:
    """A meeting, an observation, feedback or an ending is recorded that lies in the future.

    A note says what was, so that rhythm and minutes can be counted; what is planned would be counted as held.

    Fix: correct the date, or write a planned meeting into `next` of the latest note.
    """
    for group in records.sessions.values():
        for session in reversed(group):
            if session.date <= context.today:
                break
            yield Finding(session.at("date"), "this meeting is recorded before it took place")
    for later in (records.observations, records.feedback):
        for several in later.values():
            for each in several:
                name = "date" if isinstance(each, Observation) else "on"
                if getattr(each, name) > context.today:
                    yield Finding(each.at(name), "this is recorded before it took place")
    for closure in records.closures.values():
        if closure.on > context.today:
            yield Finding(
                closure.at("on"),
                "this ending is recorded before it took place",
                "correct the date, or keep the pair `closing` until then",
            )


_MAIL = re.compile(
    r"@|(?:^|-)at-[a-z0-9-]+-(?:com|org|net|edu|info|[a-z]{2})$|-(?:gmail|hotmail|outlook|yahoo|icloud|protonmail|gmx)(?:-|$)"
)
_PHONE = re.compile(r"\d(?:[-_ ]?\d){6,}")
_BIRTH = re.compile(
    r"(?:(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])[-_.](?:0[1-9]|1[0-2])[-_.](?:19|20)\d\d)(?!\d)"
)
_NAMED_AFTER_PEOPLE = ("person", "private-person", "application", "private-application", "pair")


@rule("id-looks-personal", WARNING, privacy=True)
def id_looks_personal(records: Records, context: Context) -> Iterator[Finding]:
    """An id looks like an e-mail address, a birth date or a telephone number.

    Ids stand in addresses of pages, in reports and in the history of the files, where nobody can take them back.

    Fix: rename the file or folder to a plain name, or to an alias such as `mentee-07`.
    """
    for record in (*records.people.values(), *records.pairs.values()):
        found = _personal(record.id)
        if found:
            yield Finding(record.at(), f"the id looks like {found}")
    for kind, path in records.unreadable:
        name = path.split("/")[-2 if kind == "pair" else -1].removesuffix(".yaml")
        found = _personal(name.casefold()) if kind in _NAMED_AFTER_PEOPLE else ""
        if found:
            yield Finding(Place(path, START), f"the name of the file looks like {found}")


def _personal(name: str) -> str:
    if _MAIL.search(name):
        return "an e-mail address"
    if _BIRTH.search(name):
        return "a birth date"
    return "a telephone number" if _PHONE.search(name) else ""


@rule("locale-unknown", ERROR)
def locale_unknown(records: Records, context: Context) -> Iterator[Finding]:
    """A person or a note uses a language that is none of the program's.

    Messages, scaffolds and the headings of notes exist in the program's languages only.

    Fix: choose one of the program's languages, or add this one to `languages` in the program.
    """
    if records.programs and not records.is_unreadable("program"):
        known = frozenset(code for program in records.programs.values() for code in program.languages)
        for person in records.people.values():
            if person.locale and not _speaks(known, person.locale):
                yield Finding(person.at("locale"), "`locale` is none of the program's languages")
    for group in records.sessions.values():
        program = records.program_of(group[0])
        for session in group:
            if session.language and program and not _speaks(frozenset(program.languages), session.language):
                yield Finding(session.at("language"), "`language` is none of the program's languages")


def _speaks(known: frozenset[str], locale: str) -> bool:
    """Whether a language is among these; `es-CO` is Spanish where the program says only `es`, and the other way."""
    return locale in known or any(
        locale.partition("-")[0] == each.partition("-")[0] for each in known if "-" not in each or "-" not in locale
    )


@rule("stale-record", NOTE)
def stale_record(records: Records, context: Context) -> Iterator[Finding]:
    """A record is still open, and nothing in it is younger than half a year.

    Drafts, waiting applications and paused goals that nobody looks at hide the ones that matter. The line is the threshold
    `stale_days`.

    Fix: settle it, or add what happened since.
    """
    line = context.today - datetime.timedelta(days=context.limits.stale_days)
    for group in records.goals.values():
        pair = records.pair_of(group[0])
        for goal in group if pair is not None and pair.status != "closed" else ():
            if goal.status in ("draft", "paused"):
                yield from _stale(goal, (goal.started, goal.due, *(each.on for each in goal.progress)), line)
    for key, applications in records.applications.items():
        cohort = records.cohorts.get(key)
        for each in applications if cohort is not None and is_gathering(cohort) else ():
            if each.status in ("draft", "waitlisted"):
                yield from _stale(each, (each.submitted,), line)
    for open_pair in open_pairs(records):
        if open_pair.status == "paused" and open_pair.pauses and open_pair.pauses[-1].resume:
            yield from _stale(open_pair, (open_pair.pauses[-1].start, open_pair.pauses[-1].resume), line)


def _stale(record: Record, dates: tuple[datetime.date | None, ...], line: datetime.date) -> Iterator[Finding]:
    known = [each for each in dates if each]
    if known and max(known) < line:
        yield Finding(record.at("status"), "this is still open, and its last date is long ago")


LONG = 500
"""Characters from which on a value is prose that belongs into the body."""


@rule("text-in-yaml", NOTE)
def text_in_yaml(records: Records, context: Context) -> Iterator[Finding]:
    """A long text stands among the fields of a record that has a body for it.

    Prose in YAML breaks at the first colon, and no editor wraps or spells it as it does Markdown.

    Fix: move the text below the fields, into the Markdown body.
    """
    for group in (records.agreements, records.closures, records.guides):
        for record in group.values():
            yield from _long_values(record)
    for many in (records.goals, records.sessions, records.observations, records.feedback, records.stories):
        for several in many.values():
            for each in several:
                yield from _long_values(each)


def _long_values(record: Record) -> Iterator[Finding]:
    source = record.origin.source
    if source is None or len(source.text) - len(source.body) <= LONG:
        return
    stack: list[tuple[Route, Node]] = [((), source.root)]
    while stack:
        route, node = stack.pop()
        if isinstance(node, Scalar):
            if len(node.value) > LONG:
                yield Finding(record.at(*route), "this is a long text for a field")
        elif isinstance(node, Mapping):
            stack.extend(((*route, key.value), value) for key, value in node.entries)
        else:
            stack.extend(((*route, index), value) for index, value in enumerate(node.items))


RULES: tuple[Rule, ...] = (
    bad_date_order,
    future_record,
    id_looks_personal,
    locale_unknown,
    stale_record,
    text_in_yaml,
)
