"""Groups, teams and communities as bare arrays: who may sit with whom, and what an arrangement is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import SCALE, Booleans, Integers
from toolkit.matching.limits import Bounds, gaps
from toolkit.matching.limits import kept as keeps
from toolkit.matching.objective import Reached, Stage
from toolkit.matching.solvers import NOBODY

_NOTHING = Bounds()


@dataclass(frozen=True, slots=True, eq=False)
class Seating:
    """A problem of groups: n mentees by m mentors, each group named by the first of its mentors.

    `score` is 0 to 10,000 for a mentee with a mentor and `like` for two mentees (0 where likeness does not count).
    `apart` and `split` mark mentees, and mentors, who must not be in one group. `room[j]` is how many mentees mentor j
    can have; a group has `size` (fewest, most) mentees and `leaders` (fewest, most) mentors, or is not formed.
    `pinned[i]` is a mentor who must be in the group of mentee i, or NOBODY; `bound` and `joined` mark mentees, and
    mentors, who must be in one group. `carried[j]` is what mentor j has beside these groups, and `limits` is what must
    be kept of fairness.
    """

    score: Integers
    eligible: Booleans
    like: Integers
    apart: Booleans
    split: Booleans
    bound: Booleans
    joined: Booleans
    room: Integers
    size: tuple[int, int]
    leaders: tuple[int, int]
    first: Booleans
    pinned: Integers
    tie: Integers
    named: Integers
    carried: Integers
    limits: Bounds = _NOTHING

    @property
    def shape(self) -> tuple[int, int]:
        """How many mentees and how many mentors there are."""
        rows, columns = self.score.shape
        return rows, columns


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Who sits where: for each mentee and each mentor the group's first mentor, or NOBODY."""

    mentee: Integers
    mentor: Integers

    def groups(self) -> Iterator[tuple[Integers, Integers]]:
        """Go through the groups: their mentors and their mentees, in the order of the first mentors."""
        for slot in np.unique(self.mentor[self.mentor != NOBODY]):
            yield np.flatnonzero(self.mentor == slot), np.flatnonzero(self.mentee == slot)


@dataclass(frozen=True, slots=True, eq=False)
class Seated:
    """An arrangement, what each stage reached, and how far each is from the most that could be (0 where proven).

    A gap of None says that no bound is known for that stage.
    """

    arrangement: Arrangement
    reached: tuple[Reached, ...]
    gaps: tuple[float | None, ...]
    proven: bool


def holds(seating: Seating, found: Arrangement) -> bool:
    """Check an arrangement against every constraint, apart from how it was found."""
    mentee, mentor, columns = found.mentee, found.mentor, seating.shape[1]
    leading = np.flatnonzero(mentor != NOBODY)
    slots = mentor[leading]
    leaders, sizes = np.bincount(slots, minlength=columns), _sizes(found, columns)
    is_open = leaders > 0
    if (mentor[is_open] != np.flatnonzero(is_open)).any() or (slots > leading).any() or sizes[~is_open].any():
        return False
    most = np.full(columns, seating.size[1])
    np.minimum.at(most, slots, seating.room[leading])
    numbers = (sizes[is_open], leaders[is_open])
    if (numbers[0] < seating.size[0]).any() or (sizes[is_open] > most[is_open]).any():
        return False
    if (numbers[1] < seating.leaders[0]).any() or (numbers[1] > seating.leaders[1]).any():
        return False
    rows = np.flatnonzero(seating.pinned != NOBODY)
    kept = mentor[seating.pinned[rows]]
    if _parted(seating.bound, mentee) or _parted(seating.joined, mentor) or _unfair(seating, found):
        return False
    return not _clash(seating, found) and not ((kept == NOBODY) | (kept != mentee[rows])).any()


def _parted(bound: Booleans, place: Integers) -> bool:
    """Whether two who must be in one group are not."""
    one, other = np.nonzero(bound)
    return bool(((place[one] != place[other]) | (place[one] == NOBODY)).any())


def _unfair(seating: Seating, found: Arrangement) -> bool:
    """Whether a limit is broken."""
    if not seating.limits:
        return False
    loads = (seating.carried + _sizes(found, seating.shape[1]))[seating.room > 0]
    return not keeps(seating.limits, gaps(seating.limits, seating.score, *relations(found), loads))


def _clash(seating: Seating, found: Arrangement) -> bool:
    """Whether two people are in one group who must not be."""
    seated, leading = (np.flatnonzero(side != NOBODY) for side in (found.mentee, found.mentor))
    mine, theirs = found.mentee[seated], found.mentor[leading]
    if ((mine[:, None] == theirs[None, :]) & ~seating.eligible[np.ix_(seated, leading)]).any():
        return True
    if seating.apart.any() and ((mine[:, None] == mine[None, :]) & seating.apart[np.ix_(seated, seated)]).any():
        return True
    return bool(((theirs[:, None] == theirs[None, :]) & seating.split[np.ix_(leading, leading)]).any())


def _sizes(found: Arrangement, columns: int) -> Integers:
    """How many mentees sit in the group of each first mentor."""
    sizes: Integers = np.bincount(found.mentee[found.mentee != NOBODY], minlength=columns)
    return sizes


def relations(found: Arrangement) -> tuple[Integers, Integers]:
    """List every mentee with every mentor of the same group, by mentee, as two arrays."""
    together = (found.mentee[:, None] == found.mentor[None, :]) & (found.mentee[:, None] != NOBODY)
    rows, columns = np.nonzero(together)
    return rows.astype(np.int64), columns.astype(np.int64)


def values(seating: Seating, found: Arrangement, stages: tuple[Stage, ...]) -> tuple[Reached, ...]:
    """Read from an arrangement what each stage reached, as `Reached` says; sizes of groups are the loads.

    The total adds up each mentee with each mentor of the group, and the likeness of each two mentees in it.
    """
    rows, columns = relations(found)
    counted, reached = True, []
    for stage in stages:
        if stage.aim == "raise_the_lowest":
            reached.append(Reached(stage, _lowest(seating, found, rows, columns, stage.depth, counted)))
        else:
            reached.append(Reached(stage, (_sum(seating, found, rows, columns, stage.aim),)))
        counted = counted and stage.aim != "max_matched"
    return tuple(reached)


def _lowest(
    seating: Seating, found: Arrangement, rows: Integers, columns: Integers, depth: int, counted: bool
) -> tuple[int, ...]:
    free = seating.pinned[rows] != columns
    low = seating.score[rows, columns][free].tolist()
    if counted:
        low += [NOBODY] * int((found.mentee == NOBODY).sum())
    return tuple(sorted(low)[:depth])


def _sum(seating: Seating, found: Arrangement, rows: Integers, columns: Integers, aim: str) -> int:
    if aim == "max_matched":
        return int((found.mentee != NOBODY).sum())
    if aim == "most_first_choices":
        return int(seating.first[rows, columns].sum())
    if aim == "even_load":
        return int(((seating.carried + _sizes(found, seating.shape[1])) ** 2 - seating.carried**2).sum())
    total = int(seating.score[rows, columns].sum())
    for _, mentees in found.groups() if seating.like.any() else ():
        total += int(np.triu(seating.like[np.ix_(mentees, mentees)], 1).sum())
    return total


def key(reached: tuple[Reached, ...]) -> tuple[tuple[int, ...], ...]:
    """What two arrangements are compared by, stage after stage: larger is better."""
    return tuple(_comparable(each) for each in reached)


def _comparable(reached: Reached) -> tuple[int, ...]:
    """Fewer squares are better; where there are fewer scores than the depth asks for, none of those missing is low."""
    if reached.stage.aim == "raise_the_lowest":
        return (*reached.values, *[SCALE + 1] * (reached.stage.depth - len(reached.values)))
    return tuple(-each for each in reached.values) if reached.stage.aim == "even_load" else reached.values
