"""What a criterion found in one pair, in words a coordinator reads; each looks at the very arrays that were scored."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from toolkit.matching.arrays import Booleans
from toolkit.matching.features import SCALES, STYLES
from toolkit.matching.problem import Problem
from toolkit.matching.words import counted, listed, ordinal, steps, times

Fact = Callable[[Problem, int, int], str]


def fact(problem: Problem, name: str, row: int, column: int, value: float) -> str:
    """Say in words what a criterion found; for one that another package offers, its value."""
    words = FACTS.get(name)
    return words(problem, row, column) if words else f"{name.replace('_', ' ')} gives {value:.2f} of 1"


def doubt(problem: Problem, name: str, row: int, column: int, value: float) -> str:
    """Say in words what a criterion left to be wished for."""
    words = DOUBTS.get(name)
    return (words(problem, row, column) if words else "") or fact(problem, name, row, column, value)


def offers_meet_seeks(problem: Problem, row: int, column: int) -> str:
    """Name the two sought topics that the offers meet best, or the most sought one that they leave open."""
    seeks, offers = problem.features.mentee.topics[row], problem.features.mentor.topics[column]
    met = sorted(np.flatnonzero((seeks > 0) & (offers > 0)), key=lambda each: (-seeks[each] * offers[each], each))
    if not met:
        wanted = sorted(np.flatnonzero(seeks > 0), key=lambda each: (-seeks[each], each))
        return f"offers nothing that is sought ({listed([_title(problem, each) for each in wanted], 3)})"
    parts = [
        f"{_title(problem, each)} ({int(offers[each])} of 5){', sought most' if seeks[each] == seeks.max() else ''}"
        for each in met[:2]
    ]
    return f"offers {'; '.join(parts)}"


def offers_missing(problem: Problem, row: int, column: int) -> str:
    """Name the sought topics that the mentor does not offer, or offers with little strength, the most sought first."""
    seeks, offers = problem.features.mentee.topics[row], problem.features.mentor.topics[column]
    wanted = sorted(np.flatnonzero(seeks > 0), key=lambda each: (-seeks[each], each))
    missing = [_title(problem, each) for each in wanted if offers[each] == 0]
    if missing:
        return f"does not offer {listed(missing, 3)}"
    weak = [f"{_title(problem, each)} at {int(offers[each])} of 5" for each in wanted if offers[each] < 5]
    return f"offers {listed(weak, 3)} only"


def shared_topics(problem: Problem, row: int, column: int) -> str:
    """Say how many of the sought topics are offered, and which is missing."""
    seeks, offers = problem.features.mentee.topics[row], problem.features.mentor.topics[column]
    sought = np.flatnonzero(seeks > 0)
    missing = [_title(problem, each) for each in sought if offers[each] == 0]
    found = len(sought) - len(missing)
    without = f", not {listed(missing, 3)}" if missing and found else ""
    return f"offers {found} of {counted(len(sought), 'topic')} sought{without}"


def values_overlap(problem: Problem, row: int, column: int) -> str:
    """Name the values that both chose."""
    both = problem.features.mentee.values[row] & problem.features.mentor.values[column]
    names = [problem.columns.values[each] for each in np.flatnonzero(both)]
    return f"both chose {listed(names, 5)}" if names else "no value chosen by both"


def few_values(problem: Problem, row: int, column: int) -> str:
    """Say how few values were chosen by both."""
    mine, yours = problem.features.mentee.values[row], problem.features.mentor.values[column]
    both = int((mine & yours).sum())
    return f"{both} of {int(mine.sum())} values chosen by both" if both else "no value chosen by both"


def working_style(problem: Problem, row: int, column: int) -> str:
    """Say how near the working styles are, and where they are furthest apart."""
    apart = np.abs(problem.features.mentee.working[row] - problem.features.mentor.working[column])
    mean, widest = float(np.nanmean(apart)), int(np.nanargmax(apart))
    where = f", furthest in {SCALES[widest]} ({int(apart[widest])})" if apart[widest] > 0 else ""
    return f"working styles {mean:.1f} of 6 steps apart{where}"


def preferred_style(problem: Problem, row: int, column: int) -> str:
    """Name the preferred ways of mentoring that the mentor has."""
    wanted = problem.features.mentee.styles[row]
    met = [STYLES[each] for each in np.flatnonzero(wanted & problem.features.mentor.styles[column])]
    if met:
        return f"mentors in a {listed(met)} way, as preferred"
    return f"does not mentor in a {listed([STYLES[each] for each in np.flatnonzero(wanted)])} way, as preferred"


def overlap_minutes(problem: Problem, row: int, column: int) -> str:
    """Say how long and when both are free, by the mentee's clock."""
    both = problem.features.mentee.free[row] & problem.features.mentor.free[column]
    minutes = int(problem.features.minutes[both].sum())
    if not minutes:
        return "no common free time in the week"
    mentee, mentor = problem.pool.mentees[row].person, problem.pool.mentors[column].person
    clock = " (mentee's time)" if mentee.timezone != mentor.timezone else ""
    return f"both free {minutes} minutes a week: {times(_local(problem, both, mentee.timezone or 'UTC'))}{clock}"


def _local(problem: Problem, both: Booleans, zone: str) -> list[tuple[int, int]]:
    """Weekday and hour at which each common stretch begins, by the clock of a time zone."""
    monday = datetime.datetime.combine(problem.columns.monday, datetime.time(), datetime.UTC)
    found = []
    for each in np.flatnonzero(both):
        if each and both[each - 1]:
            continue  # goes on from the stretch before
        start = monday + datetime.timedelta(minutes=problem.columns.stretches[each][0])
        local = start.astimezone(ZoneInfo(zone))
        found.append((local.weekday(), local.hour))
    return sorted(found)


def level_gap(problem: Problem, row: int, column: int) -> str:
    """Say how far apart the two stand on the ladder of experience."""
    gap = int(problem.features.mentor.level[column] - problem.features.mentee.level[row])
    return steps(-gap if problem.shape.turned else gap)


def ranked_choice(problem: Problem, row: int, column: int) -> str:
    """Say which place each gave to the other, as far as the policy asks for it."""
    of = next(each.options.of for each in problem.criteria if each.name == "ranked_choice")
    mentee, mentor = problem.features.ranked_by_mentee, problem.features.ranked_by_mentor
    parts = []
    if of in ("mentee", "both"):
        parts.append(_place("the mentee's", int(mentee[row, column]), int((mentee[row] > 0).sum())))
    if of in ("mentor", "both"):
        parts.append(_place("the mentor's", int(mentor[row, column]), int((mentor[:, column] > 0).sum())))
    return " and ".join(part for part in parts if part)


def shared_background(problem: Problem, row: int, column: int) -> str:
    """Say whether a wish of the mentee is met, and not which: that is for the mentee alone to tell."""
    met = problem.features.mentee.backgrounds[row] & problem.features.mentor.backgrounds[column]
    return (
        "meets a further wish of the mentee's application" if met.any() else "a further wish of the mentee is not met"
    )


def not_first(problem: Problem, row: int, column: int) -> str:
    """Say on which side somebody else was wished for first, as far as the policy asks for it."""
    of = next(each.options.of for each in problem.criteria if each.name == "ranked_choice")
    mentee, mentor = problem.features.ranked_by_mentee, problem.features.ranked_by_mentor
    sides = (("mentee", int(mentee[row, column])), ("mentor", int(mentor[row, column])))
    asked = {"mentee": mentee[row : row + 1].any(), "mentor": bool(mentor[:, column].any())}
    who = [f"the {name}" for name, place in sides if of in (name, "both") and asked[name] and place != 1]
    return f"{' and '.join(who)} wished for somebody else first" if who else ""


def waiting_time(problem: Problem, row: int, column: int) -> str:
    """Say how long the mentee has waited."""
    return f"the mentee has waited {counted(int(problem.features.waited[row]), 'day')}"


def _place(whose: str, place: int, of: int) -> str:
    if place:
        return f"{whose} {ordinal(place)} choice of {of}"
    return f"not among {whose} {counted(of, 'choice')}" if of else ""


def _title(problem: Problem, topic: np.integer[Any]) -> str:
    ident = problem.columns.topics[int(topic)]
    return problem.topics.get(ident, ident)


FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        "offers_meet_seeks": offers_meet_seeks,
        "ranked_choice": ranked_choice,
        "shared_topics": shared_topics,
        "values_overlap": values_overlap,
        "working_style": working_style,
        "overlap_minutes": overlap_minutes,
        "level_gap": level_gap,
        "preferred_style": preferred_style,
        "waiting_time": waiting_time,
        "shared_background": shared_background,
    }
)
"""The words of each criterion that comes with the toolkit."""

DOUBTS: Mapping[str, Fact] = MappingProxyType(
    {"offers_meet_seeks": offers_missing, "values_overlap": few_values, "ranked_choice": not_first}
)
"""The words of criteria whose weak side is told otherwise than their strong one."""
