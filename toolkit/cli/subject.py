"""Whom a command speaks of: one pair, person or cohort, found by its key or by its id where that says enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.diagnostics import did_you_mean
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.model import Pair, Records

KINDS = ("pair", "person", "cohort")
_FEW = 6


@dataclass(frozen=True, slots=True)
class Subject:
    """What was named: `kind` is pair, person or cohort; `key` is how `Records` names it."""

    kind: str
    key: str

    @property
    def file(self) -> str:
        """A name for a file about it: one step, safe on every file system."""
        return self.key.replace("/", "--")


def subject_of(name: str, records: Records, kinds: tuple[str, ...] = KINDS) -> Subject:
    """Find what a name means: `program/cohort/pair`, `program/cohort` or an id that one record alone has.

    Raises ToolkitError where nothing or more than one thing has that name.
    """
    drawers = {"pair": records.pairs.keys(), "person": records.people.keys(), "cohort": records.cohorts.keys()}
    known = [Subject(kind, key) for kind in kinds for key in sorted(drawers[kind])]
    whole = [each for each in known if each.key == name]
    found = whole or [each for each in known if each.key.rpartition("/")[2] == name]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{each.kind} {each.key}" for each in found[:6])
        raise ToolkitError("more than one record has this name", f"write the whole of one: {listed}")
    raise ToolkitError(f"there is no {' or '.join(kinds)} {name}", _near(name, known, kinds))


_FORMS = {"pair": "program/cohort/pair", "person": "a person's id", "cohort": "program/cohort"}


def _near(name: str, known: list[Subject], kinds: tuple[str, ...]) -> str:
    """What may have been meant: the nearest name, the few that there are, or the form that a name has."""
    meant = did_you_mean(name, (form for each in known for form in (each.key, each.key.rpartition("/")[2])))
    unread = "what has an error is not read: mentoring check"
    if meant:
        return f"{meant} Otherwise, {unread}"
    if known and len(known) <= _FEW:
        return f"there are: {', '.join(each.key for each in known)}; {unread}"
    return f"write {', or '.join(_FORMS[kind] for kind in kinds)}; {unread}"


def around(records: Records, pair: Pair) -> Records:
    """The records of one pair, its people, its cohort and its program alone: to look at a thousand pairs one by one."""
    key, people = pair.pair_key, set(pair.people())
    return replace(
        records,
        people={each: person for each, person in records.people.items() if each in people},
        private_people={each: person for each, person in records.private_people.items() if each in people},
        pairs={key: pair},
        agreements={key: records.agreements[key]} if key in records.agreements else {},
        closures={key: records.closures[key]} if key in records.closures else {},
        sessions={key: records.sessions.get(key, ())},
        cohorts={each: cohort for each, cohort in records.cohorts.items() if each == pair.cohort_key},
        goals={},
        observations={},
        feedback={},
        applications={},
        private_applications={},
        plans={},
        policies={},
        check_ins={},
        concerns={},
        improvements={},
        stories={},
        guides={},
    )
