"""What coordinators see of a cohort at a glance: the weeks of its pairs, rhythm, goals, load, and the way to completion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from toolkit.model.completed import KEPT, WHOLE
from toolkit.model.pair import GIVING, RECEIVING
from toolkit.model.rhythm import LIVE
from toolkit.publish.paths import pair_path
from toolkit.publish.view import View
from toolkit.publish.weeks import STATES, Calendar, Strip, calendar_of, shape, strip
from toolkit.publish.world import World, is_of

GOALS = ("met", "partly-met", "active", "draft", "carried-over", "dropped")
AT_ONCE = 40
"""How many pairs are shown before the rest is folded."""
# Who needs a call comes first.
_FIRST = ("silent", "due", "recent", "paused", "closed")


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart: what is counted, how many, and how long the bar is, in percent."""

    name: str
    count: int
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """A pair with its weeks; `kept` and `asked` are its meetings and those that its rhythm asked for."""

    pair: View
    strip: Strip
    kept: int
    asked: int


@dataclass(frozen=True, slots=True)
class Column:
    """One week of all pairs: how many are what, and the pieces of its column, from the bottom, in percent."""

    number: int
    monday: Any
    counts: tuple[tuple[str, int], ...]
    pieces: tuple[tuple[str, float, float], ...]


def dashboard_values(world: World, cohort: View) -> dict[str, Any]:
    """Gather what the dashboard of a cohort needs."""
    pairs = [pair for pair in world.pairs_of(cohort.key) if pair.started]
    weeks = calendar_of(cohort, world.today)
    rows = [
        Row(pair, strip(world, pair, cohort, weeks), pair.session_count or 0, pair.asked_count or 0) for pair in pairs
    ]
    rows.sort(key=lambda row: (_FIRST.index(row.pair.contact or "closed"), -row.strip.count("missed"), row.pair.key))
    return {
        "cohort": cohort,
        "weeks": weeks,
        "first_rows": rows[:AT_ONCE],
        "more_rows": rows[AT_ONCE:],
        "columns": _columns(rows, weeks),
        "heights": heights(len(rows)),
        "states": STATES,
        "shape": shape,
        "pair_path": pair_path,
        "cadence": _bars(_cadence(rows), ("all", "most", "some", "none")),
        "goals": _bars(_sum(row.pair.goal_counts for row in rows), GOALS),
        "without_goal": sum(not row.pair.goal_counts for row in rows if row.pair.status in LIVE),
        "load": _bars(_load(world, cohort), ("over", "full", "room", "free")),
        "funnel": _funnel(world, cohort, pairs),
        "lines": {"kept": KEPT, "whole": WHOLE},
    }


def _bars(counts: Counter[str], names: Iterable[str], whole: int = 0) -> tuple[Bar, ...]:
    """Lay counts out as bars; one that nothing falls under is shown too, unless all are empty."""
    most = max([whole, *counts.values()], default=0)
    return tuple(Bar(name, counts[name], round(100 * counts[name] / most, 2)) for name in names) if most else ()


def _sum(tables: Iterable[Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    for table in tables:
        found.update(dict(table))
    return found


def _cadence(rows: Iterable[Row]) -> Counter[str]:
    """Sort the pairs by how many of the meetings that their rhythm asked for took place."""

    def kept(row: Row) -> str:
        if row.kept >= row.asked:
            return "all"
        return "most" if row.kept >= KEPT * row.asked else ("some" if row.kept else "none")

    return Counter(kept(row) for row in rows if row.asked)


def _load(world: World, cohort: View) -> Counter[str]:
    """Sort the mentors of a cohort by how much room they have for mentees, all their pairs counted."""
    carried: Counter[str] = Counter()
    for pair in world.pairs:
        there = [each for each in pair.members if each.left is None or each.left > world.today]
        for one in there if pair.status in LIVE else ():
            if one.person and one.role in GIVING:
                carried[one.person] += sum(each.role in RECEIVING for each in there if each is not one)
    found: Counter[str] = Counter()
    for ident in _in_role(world, cohort, "mentor", GIVING):
        person = world.person(ident)
        limit = person.mentor.capacity if person is not None and person.mentor else None
        held = carried[ident]
        found[
            "free" if not held else "room" if limit and held < limit else "over" if limit and held > limit else "full"
        ] += 1
    return found


def _in_role(world: World, cohort: View, role: str, seats: tuple[str, ...]) -> set[str]:
    """Who has been accepted in a role, or holds it in a pair."""
    told = {
        each.person
        for each in world.applications
        if is_of(each, cohort) and each.role == role and each.status == "accepted"
    }
    seated = {each.person for pair in world.pairs_of(cohort.key) for each in pair.members if each.role in seats}
    return {each for each in told | seated if each}


def _funnel(world: World, cohort: View, begun: list[View]) -> tuple[Bar, ...]:
    """Count the mentees at each step, from the application to the completion."""
    applied = [
        each for each in world.applications if is_of(each, cohort) and each.role == "mentee" and each.status != "draft"
    ]

    def mentees(pairs: Iterable[View], keep: Callable[[View], bool] = lambda _: True) -> set[str]:
        return {each.person for pair in pairs if keep(pair) for each in pair.members if each.role in RECEIVING}

    paired = mentees(pair for pair in world.pairs_of(cohort.key) if pair.status not in ("proposed", "objected"))
    counts = Counter(
        {
            "applied": len({each.person for each in applied} | paired) if applied else 0,
            "accepted": len({each.person for each in applied if each.status == "accepted"} | paired) if applied else 0,
            "paired": len(paired),
            "begun": len(mentees(begun)),
            "met": len(mentees(begun, lambda pair: bool(pair.session_count))),
            "completed": len(mentees(begun, lambda pair: bool(pair.completed))),
        }
    )
    return _bars(counts, [name for name in counts if applied or name not in ("applied", "accepted")])


def _columns(rows: list[Row], weeks: Calendar) -> tuple[Column, ...]:
    found = []
    for at, monday in enumerate(weeks.mondays if rows else ()):
        counts = Counter(row.strip.states[at] for row in rows if row.strip.states[at] is not None)
        pieces, low = [], 0.0
        for state in STATES:
            high = round(100 * counts[state] / len(rows), 2)
            if high:
                pieces.append((state, round(100 - low - high, 2), high))
                low += high
        found.append(Column(at, monday, tuple((state, counts[state]) for state in STATES), tuple(pieces)))
    return tuple(found)


def heights(most: int) -> tuple[tuple[int, float], ...]:
    """The counts that a chart of up to `most` names at its side, with their place from the top, in percent: five at the most."""
    step = next(size * tens for tens in (1, 10, 100, 1000, 10_000) for size in (1, 2, 5) if most <= 4 * size * tens)
    return tuple((count, round(100 - 100 * count / most, 2)) for count in range(0, most + 1, step)) if most else ()
