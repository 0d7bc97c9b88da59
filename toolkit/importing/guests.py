"""Who is who: rows that speak of one person, people who are there already, and an id for everybody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from toolkit.importing.convert import Guest
from toolkit.importing.mapping import ImportMap, folded
from toolkit.model import Records
from toolkit.model.naming import shortened


@dataclass(frozen=True, slots=True)
class Known:
    """The people who are there already, by e-mail address and by name; `taken` are ids that nobody new can have."""

    by_email: dict[str, str]
    by_name: dict[str, str]
    emails: dict[str, str]
    people: frozenset[str]
    taken: frozenset[str]
    unreadable: frozenset[str]

    @classmethod
    def of(cls, records: Records) -> Known:
        """Gather them; a name that two people have finds nobody."""
        emails = {
            key: each.contact.email.strip().lower()
            for key, each in records.private_people.items()
            if each.contact and each.contact.email and "@" in each.contact.email
        }
        names: dict[str, list[str]] = defaultdict(list)
        for key, person in records.people.items():
            names[folded(person.name)].append(key)
        by_email = {email: key for key, email in emails.items() if key in records.people}
        by_name = {name: keys[0] for name, keys in names.items() if len(keys) == 1}
        paths = [path for kind, path in records.unreadable if kind in ("person", "private-person")]
        unreadable = frozenset(path.rpartition("/")[2].partition(".")[0] for path in paths)
        taken = frozenset({*records.people, *records.private_people, *unreadable})
        return cls(by_email, by_name, emails, frozenset(records.people), taken, unreadable)


def doubled(guests: Iterable[Guest], map_: ImportMap) -> tuple[tuple[Guest, ...], dict[int, str]]:
    """Find rows that speak of one person: by the same valid e-mail address or the same name.

    Gives the rows that go on, and for each row that does not, the reason by its number.
    """
    guests = tuple(guests)
    if map_.same == "apart":
        return guests, {}
    held: dict[int, str] = {}
    for group, why in _groups(guests, by_id=map_.person_id is not None):
        rows = [guest.row.number for guest in group]
        keep = {"first": rows[0], "last": rows[-1]}.get(map_.same)
        for number in rows:
            others = ", ".join(str(each) for each in rows if each != number)
            if keep is None:
                held[number] = f"row {others} has the same {why}: correct one, or say in the map `same: last`"
            elif number != keep:
                held[number] = f"row {keep} has the same {why} and is taken instead"
    return tuple(guest for guest in guests if guest.row.number not in held), held


def _groups(guests: tuple[Guest, ...], *, by_id: bool) -> list[tuple[list[Guest], str]]:
    """Rows that belong together, with what they share; a row stands in one group."""
    keys: tuple[tuple[str, str], ...] = (("e-mail address", "email"), ("id", "wanted") if by_id else ("name", "name"))
    groups: list[tuple[list[Guest], str]] = []
    seen: set[int] = set()
    for why, attribute in keys:
        found: dict[str, list[Guest]] = defaultdict(list)
        for guest in guests:
            key = folded(getattr(guest, attribute))
            if key and guest.row.number not in seen:
                found[key].append(guest)
        for group in found.values():
            if len(group) > 1:
                groups.append((group, why))
                seen.update(guest.row.number for guest in group)
    return groups


def named(
    guests: tuple[Guest, ...], known: Known, map_: ImportMap
) -> tuple[dict[str, Guest], frozenset[str], dict[int, str]]:
    """Give each row its person's id: (id to row, ids that are there already, reason by number of each doubtful row)."""
    doubtful: dict[int, str] = {}
    given: dict[str, Guest] = {}
    present: set[str] = set()
    fresh: list[Guest] = []
    for guest in guests:
        existing, reason = _existing(guest, known, map_)
        if reason:
            doubtful[guest.row.number] = reason
        elif existing and existing in given:
            doubtful[guest.row.number] = f"it speaks of {existing}, as row {given[existing].row.number} does"
        elif existing:
            given[existing] = guest
            present.add(existing)
        else:
            fresh.append(guest)
    taken = set(known.taken) | set(given)
    for guest in fresh:
        ident = _free(guest.wanted, taken)
        taken.add(ident)
        note = (f"the id {guest.wanted} is taken, so this is {ident}",) if ident != guest.wanted else ()
        given[ident] = replace(guest, notes=(*guest.notes, *note))
    return given, frozenset(present), doubtful


def _existing(guest: Guest, known: Known, map_: ImportMap) -> tuple[str, str]:
    """The id of the person who is there already, or why that is in doubt."""
    if guest.wanted in known.unreadable:
        return "", f"the file of {guest.wanted} is there and cannot be read: run `mentoring check` and correct it first"
    if map_.person_id is not None:
        return (guest.wanted if guest.wanted in known.people else ""), ""
    by_email = known.by_email.get(guest.email, "") if guest.email else ""
    if by_email:
        return by_email, ""
    by_name = known.by_name.get(folded(guest.name), "")
    other = known.emails.get(by_name, "")
    if by_name and guest.email and other and other != guest.email:
        return "", f"{by_name} has the same name and another e-mail address: give ids in a column, or correct one"
    return by_name, ""


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    number = 2
    while (numbered := f"{shortened(wanted, 58)}-{number}") in taken:
        number += 1
    return numbered
