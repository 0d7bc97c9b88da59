"""Counts that may be published: none that describes fewer people than the program's smallest group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.model import Cohort, Pair, Program
from toolkit.model.actions import standing
from toolkit.model.completed import completed
from toolkit.publish.facts import Facts

DEFAULT_K = 5


@dataclass(frozen=True, slots=True)
class Count:
    """A count as it may be shown: its value, or `below` (the group is smaller than that), or neither.

    Neither means that the count is withheld because another one could be worked out from it.
    """

    value: int | None = None
    below: int | None = None


WITHHELD = Count()


def suppressed(
    parts: Mapping[str, int], k: int, weights: Mapping[str, int] | None = None
) -> tuple[Count, Mapping[str, Count]]:
    """Give a total and the parts that make it up, so that no group of 1 to k - 1 can be worked out.

    A small part is shown as `fewer than k`. What is missing is the total less what is shown: while that is a small
    group too, the smallest of the other parts is withheld as well. A small total withholds all its parts. Where each
    of what is counted may stand for several, `weights` say how many stand behind each part.
    """
    behind = weights or parts
    total = sum(parts.values())
    if 0 < sum(behind.values()) < k:
        return Count(below=k), MappingProxyType(dict.fromkeys(parts, WITHHELD))
    shown = {name: Count(below=k) if 0 < behind[name] < k else Count(size) for name, size in parts.items()}
    hidden = sum(behind[name] for name in parts if shown[name].value is None)
    for size, name in sorted((behind[name], name) for name in parts if shown[name].value):
        if 0 < hidden < k:
            shown[name], hidden = WITHHELD, hidden + size
    return Count(total), MappingProxyType(shown)


def cohort_numbers(facts: Facts, cohort: Cohort) -> Mapping[str, Count]:
    """Count a cohort for everybody: pairs, active, completed, people."""
    return _numbers(facts, cohort.cohort_key, _k(facts, cohort.origin.program))


def shared(facts: Facts, cohort: Cohort) -> Mapping[str, int]:
    """Count what all pairs of a cohort did together: goals reached, promises kept, meetings held, helpers met.

    It is made from what belongs to pairs; it is declared `members` because a number stands here only where at least
    the program's smallest group of people is behind it, and says of none of them which part is theirs.
    """
    behind: dict[str, Counter[str]] = {name: Counter() for name in ("goals", "promises", "meetings", "introductions")}
    for pair in facts.pairs_by_cohort.get(cohort.cohort_key, ()):
        goals = facts.records.goals.get(pair.pair_key, ())
        behind["goals"].update(goal.owner for goal in goals if goal.status == "met")
        behind["promises"].update(each.owner for each in standing(facts.notes(pair)) if each.action.done and each.owner)
        behind["meetings"].update({pair.pair_key: len(facts.held(pair))})
        behind["introductions"].update({pair.pair_key: len(pair.introductions)})
    k = _k(facts, cohort.origin.program)
    return MappingProxyType({name: each.total() for name, each in behind.items() if sum(map(bool, each.values())) >= k})


def program_numbers(facts: Facts, program: Program) -> Mapping[str, Count]:
    """Count a program for everybody; a sum of which any cohort's part is not shown is withheld."""
    k = _k(facts, program.id)
    keys = [key for key, cohort in facts.records.cohorts.items() if cohort.origin.program == program.id]
    tables = [_numbers(facts, key, k) for key in keys]
    return MappingProxyType({name: _sum([table[name] for table in tables]) for name in NAMES})


NAMES = ("pairs", "active", "completed", "people")


def _numbers(facts: Facts, cohort_key: str, k: int) -> Mapping[str, Count]:
    pairs = facts.pairs_by_cohort.get(cohort_key, ())
    sorts: dict[str, list[Pair]] = {"active": [], "completed": [], "rest": []}
    for pair in pairs:
        sort = "completed" if _completed(facts, pair.pair_key) else "active" if pair.status == "active" else "rest"
        sorts[sort].append(pair)
    counts = {name: len(each) for name, each in sorts.items()}
    total, shown = suppressed(counts, k, {name: sum(map(_weight, each)) for name, each in sorts.items()})
    people = {person for pair in pairs for person in pair.people()}
    people_count = WITHHELD if total.value is None else suppressed({"people": len(people)}, k)[0]
    return MappingProxyType(
        {"pairs": total, "active": shown["active"], "completed": shown["completed"], "people": people_count}
    )


def _weight(pair: Pair) -> int:
    """How many pairs of two have as many people: a team is a group by itself, and counts as one."""
    return max(len(set(pair.people())) // 2, 1)


def _completed(facts: Facts, pair_key: str) -> bool:
    pair = facts.records.pairs[pair_key]
    cohort = facts.records.cohort_of(pair)
    return cohort is not None and completed(facts.records, pair, cohort, facts.today)


def _sum(counts: list[Count]) -> Count:
    if any(count.value is None for count in counts):
        return WITHHELD
    return Count(sum(count.value or 0 for count in counts))


def _k(facts: Facts, program: str) -> int:
    found = facts.records.programs.get(program)
    return found.privacy.k_min if found is not None else DEFAULT_K
