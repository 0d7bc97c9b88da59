"""What each step of the objective reached, in words, and how sure it is that nothing better can be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrangement import Seated
from toolkit.matching.arrays import SCALE
from toolkit.matching.objective import Matching, Reached
from toolkit.matching.problem import Problem
from toolkit.matching.solvers import NOBODY
from toolkit.matching.words import counted, listed


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the objective: the aim, the numbers reached, what they mean, and whether that is proven optimal."""

    aim: str
    reached: tuple[int, ...]
    says: str
    proven: bool


def step(reached: Reached, says: str, proven: bool, gap: float | None = None) -> Step:
    """Say what a step reached, and how sure that is."""
    if proven:
        sure = "proven optimal"
    elif gap is not None:
        more = "less uneven" if reached.stage.aim == "even_load" else "more"
        sure = f"not proven: at most {100 * gap:.1f} % {more} could be possible"
    else:
        sure = "not proven optimal"
    return Step(reached.stage.aim, reached.values, f"{says} ({sure})", proven)


def pair_words(reached: Reached, problem: Problem, matching: Matching) -> str:
    """Say in words what a step reached where each mentee has a mentor."""
    if reached.stage.aim == "even_load":
        mate = matching.mate
        loads = Counter(np.bincount(mate[mate != NOBODY], minlength=len(problem.mentors)).tolist())
        parts = [f"{counted(loads[load], 'mentor')} with {counted(load, 'mentee')}" for load in sorted(loads) if load]
        return listed(parts, 60) if parts else "nobody takes a mentee"
    made = int((matching.mate != NOBODY).sum())
    return _words(reached, f"{made} of {counted(len(problem.mentees), 'mentee')} matched", made)


def seat_words(reached: Reached, problem: Problem, found: Seated) -> str:
    """Say in words what a step reached where groups are formed."""
    sizes_made = Counter(len(mentees) for _, mentees in found.arrangement.groups())
    word = "group" if problem.shape.kind == "circle" else problem.policy.model
    several = "communities" if word == "community" else f"{word}s"
    if reached.stage.aim == "even_load":
        parts = [f"{counted(sizes_made[size], word, several)} of {size}" for size in sorted(sizes_made)]
        return listed(parts, 60) or f"no {word}"
    made = int((found.arrangement.mentee != NOBODY).sum())
    groups = counted(sum(sizes_made.values()), word, several)
    return _words(reached, f"{made} of {counted(len(problem.mentees), 'mentee')} in {groups}", 0)


def peer_words(reached: Reached, problem: Problem, groups: tuple[tuple[int, ...], ...]) -> str:
    """Say in words what a step reached among peers."""
    if reached.stage.aim == "even_load":
        return "everybody has one peer, or two where there are three"
    made = sum(map(len, groups))
    return _words(reached, f"{made} of {counted(len(problem.mentees), 'person', 'people')} have a peer", made)


def _words(reached: Reached, matched: str, made: int) -> str:
    aim, values = reached.stage.aim, reached.values
    if aim == "max_matched":
        return matched
    if aim == "raise_the_lowest":
        scores = ["no pair" if each == NOBODY else f"{each / SCALE:.4f}" for each in values]
        return f"the lowest scores are {listed(scores, 60)}" if scores else "no score to raise"
    if aim == "max_total":
        mean = f", {values[0] / SCALE / made:.4f} on average" if made else ""
        return f"the scores add up to {values[0] / SCALE:.4f}{mean}"
    return f"{counted(values[0], 'mentee')} with their first choice"
