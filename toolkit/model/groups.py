"""Groups of people, by what they said of themselves, and which of them are large enough to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toolkit.model.people import Person, PrivatePerson

LEAST = 10
"""Groups of fewer people are neither shown nor limited."""
OF_PROFILE = ("strand", "site", "organization")
"""What groups people without private records."""

Groups = dict[str, dict[str, list[int]]]
"""By attribute and value, the places of the people in the order in which they were given."""


def grouped(people: Iterable[tuple[Person, PrivatePerson | None]], names: tuple[str, ...] = ()) -> Groups:
    """Group people by these attributes, else by all that private files hold; sorted, small groups included."""
    found: Groups = {name: {} for name in names}
    for place, (person, private) in enumerate(people):
        for name, value in _said(person, private, names).items():
            found.setdefault(name, {}).setdefault(value.casefold().strip(), []).append(place)
    return {name: dict(sorted(values.items())) for name, values in sorted(found.items())}


def large(values: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Keep the groups that are large enough."""
    return {value: places for value, places in values.items() if len(places) >= LEAST}


def comparable(values: Mapping[str, list[int]], people: int) -> dict[str, list[int]]:
    """The groups that may be compared, of so many people; none where the total would give a small group away."""
    kept = large(values)
    rest = people - sum(map(len, kept.values()))
    return kept if len(kept) > 1 and not 0 < rest < LEAST else {}


def _said(person: Person, private: PrivatePerson | None, names: tuple[str, ...]) -> dict[str, str]:
    said: dict[str, str] = dict(private.protected) if private else {}
    if not names:
        return said
    profile = {name: getattr(person, name) for name in OF_PROFILE}
    every = {**{name: value for name, value in profile.items() if value}, **said}
    return {name: every[name] for name in names if name in every}
