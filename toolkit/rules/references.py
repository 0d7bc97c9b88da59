"""Rules about names: references that lead nowhere, ids that two files share, and people who were erased."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.diagnostics import START, Place, nearest
from toolkit.model import CheckIns, Closure, Pair, Record, Records, Session, field_of, is_public
from toolkit.model.instrument import asked
from toolkit.rules.base import ERROR, Context, Finding, Rule, rule
from toolkit.rules.facts import FORMER
from toolkit.rules.walk import Known, is_sound, references

# Where a reference tells more than that its author knows the person, not even the nearest id is named.
_CONFIDENTIAL = ("application", "private-application", "private-person", "matching-policy", "matching-run", "concern")
_NOUNS = {
    "person": "no person of this program",
    "goal": "no goal of this pair",
    "reference": "no source in the list of references",
    "standard": "no standard in the list of standards",
    "matching-run": "no matching run of this cohort",
    "pair": "no pair of this cohort",
    "pair-key": "no pair of this program",
    "instrument": "no instrument below content/instruments",
    "measure": "no measure below content/measures",
}
_PARTS = {"item": "item", "subscale": "part of the score"}


@dataclass(frozen=True, slots=True)
class _Names:
    """The ids that may be named. Those of files that exist and could not be read count: they are found fault with."""

    common: dict[str, frozenset[str] | None]
    by_pair: dict[str, Known]
    by_cohort: dict[str, Known]

    @property
    def people(self) -> frozenset[str]:
        """The ids of people."""
        return self.common["person"] or frozenset()

    def around(self, record: Record) -> Known:
        """The ids that a record may name: people, sources and pairs of the program, goals of its pair, its cohort's runs."""
        if isinstance(record, CheckIns):
            return self.by_cohort.get(record.cohort_key, self.common)
        if isinstance(record, Session | Closure | Pair):
            return self.by_pair.get(record.pair_key, self.common)
        return self.common


def _names(records: Records) -> _Names:
    goals = {key: {goal.id for goal in group} for key, group in records.goals.items()}
    runs = {key: {plan.id for plan in group} for key, group in records.plans.items()}
    people = {FORMER, *records.people, *_erased(records)}
    pairs = set(records.pairs)
    for kind, path in records.unreadable:
        parts = path.split("/")
        if kind == "pair":
            pairs.add("/".join((parts[2], parts[3], parts[5])))
        elif kind == "person":
            people.add(_slugged(parts[-1].removesuffix(".yaml")))
        elif kind == "goal":
            pair = "/".join((parts[2], parts[3], parts[5]))
            goals.setdefault(pair, set()).add(_slugged(parts[-1].removesuffix(".md")))
        elif kind == "matching-run":
            runs.setdefault("/".join(parts[2:4]), set()).add(_slugged(parts[-2]))
    sources = None if records.is_unreadable("reference-list") else frozenset(records.references())
    nothing: frozenset[str] = frozenset()
    lists = records.standard_lists.values()
    standards = frozenset(each.key for listed in lists for each in listed.standards) if lists else None
    common = {"person": frozenset(people), "reference": sources, "goal": nothing, "matching-run": nothing}
    instruments = None if records.is_unreadable("instrument") else frozenset(records.instruments)
    measures = None if records.is_unreadable("measure") else frozenset(records.measures)
    common |= {"instrument": instruments, "measure": measures}
    common |= {"standard": standards, "pair": nothing, "pair-key": frozenset(pairs)}
    by_pair: dict[str, Known] = {
        key: common | {"goal": frozenset(goals.get(key, ())), "matching-run": frozenset(runs.get(_cohort(key), ()))}
        for key in {*goals, *records.pairs}
    }
    own = defaultdict(set)
    for pair in pairs:
        own[_cohort(pair)].add(pair.rpartition("/")[2])
    by_cohort: dict[str, Known] = {key: common | {"pair": frozenset(ids)} for key, ids in own.items()}
    return _Names(common, by_pair, by_cohort)


def _cohort(pair_key: str) -> str:
    return pair_key.rpartition("/")[0]


def _slugged(name: str) -> str:
    """The id that a misnamed file was meant to have."""
    return name.casefold().replace("_", "-").replace(" ", "-")


def _erased(records: Records) -> frozenset[str]:
    return frozenset(key for key, each in records.private_people.items() if each.erased_on)


@rule("dangling-reference", ERROR)
def dangling_reference(records: Records, context: Context) -> Iterator[Finding]:
    """A record names another record that is not there.

    A misspelled id splits one person into two: their meetings, goals and places are counted for nobody. A record
    whose folder lacks the record it belongs to, such as a note without its pair, is on no page at all.

    Fix: correct the id, which is the name of the other record's file, or write that record first.
    """
    names = _names(records)
    for record in records.everything():
        known = names.around(record)
        if not is_sound(record, known):
            yield from _dangling(record, known)
    yield from _unknown_owners(records, names.people)
    yield from _unknown_actions(records)
    yield from _unknown_items(records)
    yield from _orphans(records, names.people)


def _dangling(record: Record, known: Known) -> Iterator[Finding]:
    for kind, ident, route in references(record):
        ids = known[kind]
        if ids is None or ident in ids:
            continue
        said = f"names {_NOUNS[kind]}" + (f": `{ident}`" if is_public(type(record), route) else "")
        hint = "" if record.origin.kind in _CONFIDENTIAL else _near(ident, ids)
        yield Finding(record.at(*route), f"`{field_of(type(record), route[:1])}` {said}", hint)


def _near(ident: str, ids: Iterable[str]) -> str:
    found = nearest(ident, ids)
    return f"the nearest id is `{found}`" if found else ""


def _unknown_owners(records: Records, people: frozenset[str]) -> Iterator[Finding]:
    """Action items name their owner in the text of a note."""
    for group in records.sessions.values():
        for session in group:
            for action in session.actions:
                if action.owner and action.owner not in people:
                    place = session.at_line(action.line, action.column)
                    says = "the owner of this action is no person of this program"
                    yield Finding(place, says, _near(action.owner, people))


def _unknown_actions(records: Records) -> Iterator[Finding]:
    """Feedback names the action that follows from it by its id in a note of the pair."""
    for key, group in records.feedback.items():
        named = [each for each in group if each.follow_up]
        pair = records.pairs.get(key)
        if named and pair is not None and records.is_whole(pair):
            known = {action.id for note in records.sessions.get(key, ()) for action in note.actions}
            for each in named:
                if each.follow_up not in known:
                    yield Finding(each.at("follow_up"), "`follow_up` names no action in the notes of this pair")


def _unknown_items(records: Records) -> Iterator[Finding]:
    """A measure names the answers it is made of: an item of its instrument, or a part of that one's score."""
    for measure in records.measures.values():
        instrument = records.instruments.get(measure.instrument or "")
        named = [name for name in ("item", "subscale") if getattr(measure, name) is not None]
        if instrument is None:
            if measure.instrument is None and named:
                yield Finding(measure.at(named[0]), f"`{named[0]}` is named, and no `instrument` that has it")
            continue
        items = [item.id for item, _ in asked(instrument, records.instruments)]
        known = {"item": items, "subscale": [each.id for each in instrument.subscales]}
        for name in named:
            ident = getattr(measure, name)
            if ident not in known[name]:
                says = f"`{name}` names no {_PARTS[name]} of `{measure.instrument}`: `{ident}`"
                yield Finding(measure.at(name), says, _near(ident, known[name]))


def _orphans(records: Records, people: frozenset[str]) -> Iterator[Finding]:
    """Records whose path names a person, a pair, a cohort or a program that is not there; once for each folder."""
    told: set[str] = set()
    for record in _belonging(records):
        holder = _missing_holder(records, record)
        if holder and holder not in told:
            told.add(holder)
            yield Finding(
                record.at(),
                f"this lies in a folder without its {holder.rpartition('/')[2]}",
                "write that file first, or move this one",
            )
    for group in (*records.applications.values(), *records.private_applications.values()):
        for each in group:
            if each.origin.person not in people:
                hint = f"write content/people/{each.origin.person}.yaml, or rename this file"
                yield Finding(each.at(), "the name of this file names no person of this program", hint)
    for key, private in records.private_people.items():
        if key not in people:
            yield Finding(private.at(), "the name of this file names no person of this program")


def _belonging(records: Records) -> Iterator[Record]:
    yield from records.cohorts.values()
    yield from records.policies.values()
    yield from records.pairs.values()
    for one in (records.agreements, records.closures):
        yield from one.values()
    for many in (records.applications, records.goals, records.sessions, records.observations, records.feedback):
        for group in many.values():
            yield group[0]
    for several in (records.check_ins, records.improvements, records.stories):
        for listed in several.values():
            yield listed[0]


def _missing_holder(records: Records, record: Record) -> str:
    """The path of the record above this one, where neither it nor a broken version of it exists; else empty."""
    kind, origin = record.origin.kind, record.origin
    folder = f"content/programs/{origin.program}"
    if kind in ("agreement", "closure", "goal", "session-note", "observation", "feedback"):
        path, known = f"{folder}/{origin.cohort}/pairs/{origin.pair}/pair.yaml", record.pair_key in records.pairs
    elif kind == "cohort":
        path, known = f"{folder}/program.yaml", origin.program in records.programs
    else:
        path, known = f"{folder}/{origin.cohort}/cohort.yaml", record.cohort_key in records.cohorts
    broken = any(unreadable == path for _, unreadable in records.unreadable) if not known else False
    return "" if known or broken else path


@rule("duplicate-id", ERROR)
def duplicate_id(records: Records, context: Context) -> Iterator[Finding]:
    """Two records have the same id, or ids that differ only in capitals or in how an accent is stored.

    Some disks keep only one of two such files, so one of them is lost on the next computer. A topic or a source that
    is listed twice has two titles, and nobody knows which one counts.

    Fix: rename one of the two, or delete the one that is not needed.
    """
    yield from _alike_paths(records)
    topics = (
        (each.id, each_list, ("topics", index, "id"))
        for each_list in records.topic_lists.values()
        for index, each in enumerate(each_list.topics)
    )
    yield from _twice(topics, "topic")
    keyed = (
        ("source", "references", records.reference_lists),
        ("number", "figures", records.figure_lists),
        ("line", "benchmarks", records.benchmark_lists),
        ("standard", "standards", records.standard_lists),
    )
    for noun, field, lists in keyed:
        entries = (
            (each.key, listed, (field, index, "key"))
            for listed in lists.values()
            for index, each in enumerate(getattr(listed, field))
        )
        yield from _twice(entries, noun)


def _twice(entries: Iterable[tuple[str, Record, tuple[str | int, ...]]], noun: str) -> Iterator[Finding]:
    seen: dict[str, Place] = {}
    for ident, record, route in entries:
        place = record.at(*route)
        if ident in seen:
            yield Finding(place, f"this {noun} is listed twice: `{ident}`", related=(seen[ident],))
        seen.setdefault(ident, place)


def _alike_paths(records: Records) -> Iterator[Finding]:
    """Paths that are equal once folded; of a folder that exists in two spellings, only its first file is named."""
    readable = {record.path: record for record in records.everything()}
    paths = sorted((*readable, *(path for _, path in records.unreadable)))
    seen: dict[str, str] = {}
    told: set[str] = set()
    # A readable file is the one that is spelled as it should be, so it comes first.
    for path in sorted(paths, key=lambda each: (each not in readable, each)):
        folded = unicodedata.normalize("NFC", path).casefold()
        first = seen.setdefault(folded, path)
        if first == path:
            continue
        cause = _until_difference(path, first)
        if cause not in told:
            told.add(cause)
            record = readable.get(path)
            place = record.at() if record else Place(path, START)
            yield Finding(
                place, "another record has the same id but for capitals or accents", related=(Place(first, START),)
            )


def _until_difference(path: str, other: str) -> str:
    parts = path.split("/")
    same = next(
        (index for index, pair in enumerate(zip(parts, other.split("/"), strict=True)) if pair[0] != pair[1]), 0
    )
    return "/".join(parts[: same + 1])


@rule("erased-person-referenced", ERROR, private=True)
def erased_person_referenced(records: Records, context: Context) -> Iterator[Finding]:
    """A record still names a person whose data were erased.

    Who asked to be forgotten is not, as long as their id stands in a pair, a note or a plan.

    Fix: write `former-member` in place of the id, and delete the person's profile and applications.
    """
    erased = _erased(records)
    if not erased:
        return
    for record in records.everything():
        for reference in references(record):
            if reference.kind == "person" and reference.id in erased:
                yield Finding(record.at(*reference.route), "this names a person whose data were erased")
    for group in records.sessions.values():
        for session in group:
            for action in session.actions:
                if action.owner in erased:
                    yield Finding(
                        session.at_line(action.line, action.column), "this names a person whose data were erased"
                    )
    for person in sorted(erased & records.people.keys()):
        yield Finding(records.people[person].at(), "this profile belongs to a person whose data were erased")
    for several in (*records.applications.values(), *records.private_applications.values()):
        for each in several:
            if each.origin.person in erased:
                yield Finding(each.at(), "this application belongs to a person whose data were erased")


RULES: tuple[Rule, ...] = (dangling_reference, duplicate_id, erased_person_referenced)
