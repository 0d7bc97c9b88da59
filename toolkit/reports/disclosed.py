"""What of a figure may be told to those who do not keep the records: nothing through which a small group is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from toolkit.reports.metrics import Figure, Metric, Scope

Readers = Literal["staff", "members", "public"]
"""Who reads: who keeps the records, who takes part, or anybody."""
_PUBLIC_K = 10
"""Nothing about fewer people is published, whatever the program's own line is (agencies use 5 to 25)."""
_SUMMED = ("mean", "ratio", "total")
_ASKED = 200


def smallest(scope: Scope, readers: Readers) -> int:
    """The smallest group that these readers are told of; 1 for who keeps the records and sees them anyway."""
    if readers == "staff":
        return 1
    own = scope.program.privacy.k_min if scope.program else _PUBLIC_K
    return max(own, _PUBLIC_K) if readers == "public" else own


def kept(scope: Scope, metric: Metric, figure: Figure, k: int) -> Figure | None:
    """The figure without what would show a small group, or let it be worked out; None where all of it would."""
    if k == 1:
        return figure
    groups = [*_sides(figure)] if figure.kind == "share" else []
    groups += [whole - figure.n for whole in _wholes(scope)]
    if figure.n < k or any(0 < group < k for group in groups) or not _enough(scope, metric, figure, k):
        return None
    begun = len(scope.begun)
    return figure._replace(
        beside=tuple(each for each in figure.beside if each[0] == "running" and _is_large(each[1], begun, k))
    )


def _is_large(count: float, of: int, k: int) -> bool:
    """Whether neither a count nor what is left without it is a small group."""
    return count == 0 or (count >= k and not 0 < of - count < k)


def _wholes(scope: Scope) -> tuple[int, ...]:
    """What a figure may be made of: all pairs, all mentors, all mentees; how many of them it lacks can be worked out."""
    mentors = {person for pair in scope.begun for person in pair.mentors}
    mentees = {person for pair in scope.begun for person in pair.mentees}
    return len(scope.begun), len(mentors), len(mentees)


def _sides(figure: Figure) -> tuple[float, ...]:
    """What a figure can be taken apart into: both sides of a share, what a mean, ratio or total adds up, else all it counts."""
    if figure.kind == "share":
        return figure.part or 0, figure.n - (figure.part or 0)
    return (figure.value if figure.kind in _SUMMED else figure.n,)


def _enough(scope: Scope, metric: Metric, figure: Figure, k: int) -> bool:
    """Whether as many mentors and as many mentees as a group must have stand behind each side of a figure that is not empty.

    Each pair is asked what it would give as the only one of its cohort, so that neither many notes of few people nor many
    pairs of one mentor pass for many. Of a crowd only the first are asked: who is not found among them is not shown.
    """
    behind: dict[int, tuple[set[str], set[str]]] = {
        side: (set(), set()) for side, size in enumerate((1, *_sides(figure))) if size
    }
    key = scope.cohort.cohort_key
    others = {each: pair for each, pair in scope.records.pairs.items() if pair.cohort_key != key}
    for pair in scope.begun[:_ASKED]:
        alone = metric.figure(scope._replace(records=replace(scope.records, pairs=others | {pair.pair_key: pair})))
        for side, size in enumerate((1, *_sides(alone))) if alone is not None else ():
            if size and side in behind:
                mentors, mentees = behind[side]
                mentors.update(pair.mentors)
                mentees.update(pair.mentees)
        if all(len(people) >= k for sides in behind.values() for people in sides):
            return True
    return False
