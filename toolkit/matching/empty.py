"""What a plan has to say for itself: criteria that its mode leaves out, and why it brings nobody together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from toolkit.matching.arrays import SCALE
from toolkit.matching.constraints import Bar
from toolkit.matching.outcome import Outcome
from toolkit.matching.problem import Problem
from toolkit.matching.shapes import leaders, sizes
from toolkit.matching.words import FLOOR, counted, listed, verb
from toolkit.model import Policy


def mode_words(problem: Problem) -> Iterator[str]:
    """Say which weights the mode of the policy leaves out: they look as if they counted."""
    policy, counted_here = problem.policy, {each.name for each in problem.criteria}
    lost = [name for name, each in policy.score.items() if each.weight > 0 and name not in counted_here]
    if lost:
        yield f"the mode is {policy.mode}, so {listed(lost, 20)} {verb(len(lost), 'counts', 'count')} nothing"


def empty_words(problem: Problem, outcome: Outcome) -> Iterator[str]:
    """Say in one sentence each what leaves nobody to be brought together; nothing where somebody is."""
    if outcome.formed or not problem.mentees or not problem.mentors:
        return
    if problem.shape.mutual and len(problem.mentees) < 2:
        yield "nobody can be matched: one person alone has no peer"
        return
    whole = [bar for bar in problem.bars if all(bar.blocked[row].all() for row in range(len(problem.mentees)))]
    others = [bar for bar in whole if bar.name not in (FLOOR, "self")]
    if others:
        yield from dict.fromkeys(
            f"nobody can be matched: every pair is ruled out by {bar.says}{_line(problem.policy, bar)}"
            for bar in others
        )
    elif whole and whole[0].name == FLOOR:
        best = max(int(np.max(problem.instance.score[row : row + 1])) for row in range(len(problem.mentees)))
        yield f"nobody can be matched: {whole[0].says}{_line(problem.policy, whole[0])}: the best pair scores {best / SCALE:.2f}"
    elif not problem.instance.eligible.any():
        yield "nobody can be matched: together, the constraints rule out every pair; `match feasible` names them"
    elif not problem.instance.room.any():
        yield "nobody can be matched: no mentor has a place left"
    elif not any(
        (problem.instance.eligible[row] & (problem.instance.room > 0)).any() for row in range(len(problem.mentees))
    ):
        yield "nobody can be matched: the mentors who fit somebody have no place left"
    else:
        yield _too_few(problem)


def _line(policy: Policy, bar: Bar) -> str:
    """Name the lines of the policy that ask for a constraint; none for one that private records decide."""
    if bar.hidden:
        return ""
    if bar.name == FLOOR:
        limited = policy.fairness.limit.lowest_score is not None
        places = [policy.at("fairness", "limit", "lowest_score") if limited else policy.at("floor")]
    else:
        places = [policy.at("require", at, bar.name) for at, each in enumerate(policy.require) if each.name == bar.name]
    return f" ({listed(f'{each.path}:{each.span.line}' for each in places)})" if places else ""


def _too_few(problem: Problem) -> str:
    """Pairs are possible, and no group is: say what a group needs, where that is said, and what is there."""
    policy, (low, _), (few, _) = problem.policy, sizes(problem.policy), leaders(problem.policy)
    word = policy.model if problem.shape.kind in ("seats", "circle") else "pair"
    stated = [policy.at(name) for name in ("size", "mentors") if name in policy.model_fields_set]
    where = f" ({listed(f'{each.path}:{each.span.line}' for each in stated)})" if stated else ""
    split = problem.company.split if problem.company is not None else None
    if few > 1 and split is not None and len(split) > 1 and (split | np.eye(len(split), dtype=np.bool_)).all():
        return (
            f"nobody can be matched: no two mentors of different strands can lead a {word}{where}; see `complementary`"
        )
    room = int(problem.instance.room.max(initial=0))
    there = f"{counted(len(problem.mentees), 'mentee')} and {counted(len(problem.mentors), 'mentor')}"
    return (
        f"nobody can be matched: a {word} needs {counted(low, 'mentee')} and {counted(few, 'mentor')}{where}; there are "
        f"{there}, and no mentor has more than {counted(room, 'place')}"
    )
