"""How the pairs of a program hang together: its people by place, an arc for each tie, and who is in several pairs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from toolkit.model.pair import GIVING, RECEIVING
from toolkit.model.rhythm import LIVE
from toolkit.publish.audience import Kind
from toolkit.publish.desk import by_name
from toolkit.publish.view import View
from toolkit.publish.world import World

PEOPLE_DRAWN = 80
"""More people than that are no picture any more; their places still are."""
PLACES_DRAWN = 24
REACH = 92
"""How far the widest arc goes to the left of the names, in pixels: a phone leaves 250 for the names."""
_PLACE_ROW, _PERSON_ROW, _HEADING_ROW = 34, 24, 34
_GIVE, _TAKE = (*GIVING, "facilitator"), RECEIVING
_PLACES = ("site", "organization")


@dataclass(frozen=True, slots=True)
class Tie:
    """Two people whom a pair joins; `live` while it meets, `own` where the reader is in it."""

    one: View
    other: View
    pair: View
    live: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a picture: its name, its height in pixels from the top, and whether it heads the lines below it."""

    name: str
    y: int
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Arc:
    """An arc between two lines, as the path of an SVG; `kinds` are the classes that color it."""

    path: str
    width: float
    kinds: str
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines one below the other and arcs at their left."""

    height: int
    rows: tuple[Row, ...]
    arcs: tuple[Arc, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place: how many of its people are in pairs, how many pairs are inside it, and how many join it with another."""

    name: str
    people: int
    inside: int
    beyond: int


@dataclass(frozen=True, slots=True)
class Network:
    """What the page of a program's network shows."""

    people: tuple[View, ...]
    pairs: tuple[View, ...]
    across: int
    several: tuple[tuple[View, tuple[View, ...]], ...]
    places: tuple[Place, ...]
    between: Picture | None
    persons: Picture | None


def network_path(program: View) -> str:
    """The path of the page of a program's network."""
    return f"programs/{program.id}/network.md"


def network(world: World, program: View) -> Network | None:
    """Draw the network of a program; None for the public, and where no pair has begun whose people may be known."""
    ties = tuple(_ties(world, program)) if world.audience.kind is not Kind.PUBLIC else ()
    if not ties:
        return None
    people = tuple(by_name(tuple({each.id: each for tie in ties for each in (tie.one, tie.other)}.values())))
    pairs = tuple({tie.pair.key: tie.pair for tie in ties}.values())
    place = _place_of(people)
    known = {place(each) for each in people} - {""}
    across = [pair for pair in pairs if len({place(each) for each in _of(world, pair)} - {""}) > 1]
    joined = ((each, tuple(pair for pair in pairs if each.id in _ids(pair))) for each in people)
    return Network(
        people,
        pairs,
        len(across),
        tuple((each, listed) for each, listed in joined if len(listed) > 1),
        _places(world, people, pairs, place) if len(known) > 1 else (),
        _between(ties, place) if 1 < len(known) <= PLACES_DRAWN else None,
        _persons(people, ties, place) if len(people) <= PEOPLE_DRAWN else None,
    )


def network_values(world: World, program: View) -> dict[str, Any] | None:
    """Gather what the template of the page needs; None where there is no page."""
    drawn = network(world, program)
    if drawn is None:
        return None
    own = world.pair(world.audience.pair) if world.audience.kind is Kind.PAIR else None
    met = sum(cohort.shared.get("introductions", 0) for cohort in world.cohorts_of(program.id))
    guides = tuple(each for each in world.guides if each.id == "from-pairs-to-networks")
    return {"program": program, "network": drawn, "own": own, "met": met, "guides": guides}


def _ids(pair: View) -> tuple[str, ...]:
    return tuple(each.person for each in pair.members if each.person)


def _of(world: World, pair: View) -> tuple[View, ...]:
    """The members of a pair whom this audience may know by name."""
    found = (world.person(ident) for ident in _ids(pair))
    return tuple(person for person in found if person is not None and person.name)


def _ties(world: World, program: View) -> Iterator[Tie]:
    """Each mentor with each mentee of every pair that has begun; peers with one another."""
    for pair in world.pairs:
        if pair.program != program.id or pair.started is None or pair.started > world.today:
            continue
        roles = {each.person: each.role for each in pair.members if each.person}
        known = _of(world, pair)
        givers = [each for each in known if roles[each.id] in _GIVE]
        takers = [each for each in known if roles[each.id] in _TAKE]
        live, own = pair.status in LIVE, pair.key == world.audience.pair
        done = set()
        for one, other in product(givers, takers):
            if one.id != other.id and (both := frozenset((one.id, other.id))) not in done:
                done.add(both)
                yield Tie(one, other, pair, live, own)


def _place_of(people: tuple[View, ...]) -> Callable[[View], str]:
    """By which field people are told apart: the first one that puts them in two places at least, else by none."""
    for field in _PLACES:
        if len({person[field] for person in people} - {None, ""}) > 1:
            return lambda person: person[field] or ""
    return lambda person: ""


def _by_sound(name: str) -> tuple[str, str]:
    """A key that puts capitals beside their small letters, and two such spellings in one order always."""
    return name.casefold(), name


def _places(
    world: World, people: tuple[View, ...], pairs: tuple[View, ...], place: Callable[[View], str]
) -> tuple[Place, ...]:
    counted = Counter(place(each) for each in people)
    inside, beyond = Counter[str](), Counter[str]()
    for pair in pairs:
        found = {place(each) for each in _of(world, pair)} - {""}
        (inside if len(found) == 1 else beyond).update(found)
    names = sorted(counted.keys() - {""}, key=_by_sound)
    return tuple(Place(name, counted[name], inside[name], beyond[name]) for name in names)


def _between(ties: tuple[Tie, ...], place: Callable[[View], str]) -> Picture:
    """The places, and an arc for each two of them that pairs join: the more pairs, the thicker."""
    joined: dict[tuple[str, str], set[str]] = {}
    own: set[tuple[str, str]] = set()
    names = sorted({place(each) for tie in ties for each in (tie.one, tie.other)} - {""}, key=_by_sound)
    for tie in ties:
        first, second = sorted((place(tie.one), place(tie.other)), key=_by_sound)
        if first and first != second:
            joined.setdefault((first, second), set()).add(tie.pair.key)
            own |= {(first, second)} if tie.own else set()
    rows = {name: Row(name, _PLACE_ROW * at + _PLACE_ROW // 2) for at, name in enumerate(names)}
    most = max(map(len, joined.values()), default=1)
    widest = max((abs(rows[one].y - rows[other].y) for one, other in joined), default=1)
    arcs = tuple(
        Arc(
            _path(rows[one].y, rows[other].y, widest),
            round(1.5 + 6.5 * len(pairs) / most, 2),
            "tie own" if (one, other) in own else "tie",
            f"{one}, {other}: {len(pairs)}",
        )
        for (one, other), pairs in sorted(joined.items())
    )
    return Picture(_PLACE_ROW * len(names), tuple(rows.values()), arcs)


def _persons(people: tuple[View, ...], ties: tuple[Tie, ...], place: Callable[[View], str]) -> Picture:
    """The people under their places, and an arc for each tie."""
    rows: list[Row] = []
    at: dict[str, int] = {}
    y, before = 0, None
    for person in sorted(
        people, key=lambda each: (not place(each), _by_sound(place(each)), _by_sound(each.name), each.id)
    ):
        where = place(person)
        if where and where != before:
            rows.append(Row(where, y + _HEADING_ROW - 12, heads=True))
            y += _HEADING_ROW
        before = where
        at[person.id] = y + _PERSON_ROW // 2
        rows.append(Row(person.name, at[person.id]))
        y += _PERSON_ROW
    widest = max(abs(at[tie.one.id] - at[tie.other.id]) for tie in ties)
    arcs = tuple(
        Arc(
            _path(at[tie.one.id], at[tie.other.id], widest),
            2 if tie.live else 1.25,
            " ".join(["tie", *(["own"] if tie.own else []), *([] if tie.live else ["past"])]),
            f"{tie.one.name}, {tie.other.name}",
        )
        for tie in sorted(ties, key=lambda each: (each.own, each.live, each.pair.key))
    )
    return Picture(y, tuple(rows), arcs)


def _path(one: int, other: int, widest: int) -> str:
    """An arc that leaves the line of names to the left: far for two that stand far apart, near for neighbors."""
    reach = REACH * (0.2 + 0.8 * math.sqrt(abs(one - other) / widest))
    bend = round(REACH - reach * 4 / 3, 1)
    return f"M{REACH} {one}C{bend} {one} {bend} {other} {REACH} {other}"
