"""What brought a group together, in words: its weakest and best fit, its strands, and how alike its members are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from toolkit.matching.arrays import SCALE
from toolkit.matching.outcome import Formed
from toolkit.matching.problem import Problem
from toolkit.matching.shapes import likeness
from toolkit.matching.words import counted, listed, verb


def group_reasons(problem: Problem, formed: Formed) -> Iterator[str]:
    """Say what speaks for a group of more than two, and where it is weakest; of peers, how well each direction fits."""
    if problem.shape.mutual:
        yield from _peers(problem, formed)
        return
    if len(formed.mentors) + len(formed.mentees) < 3:
        return
    rows, columns = np.array(formed.mentees), np.array(formed.mentors)
    score = problem.instance.score[np.ix_(rows, columns)]
    who = listed(problem.mentors[each] for each in columns)
    yield f"{counted(len(rows), 'mentee')} {verb(len(rows), 'fits', 'fit')} {who} by {score.mean() / SCALE:.2f} on average"
    for word, place in (("best", score.argmax()), ("least", score.argmin())):
        row, column = divmod(int(place), len(columns))
        pair = f"{problem.mentees[rows[row]]} with {problem.mentors[columns[column]]}"
        yield f"fits {word}: {pair}, {score[row, column] / SCALE:.2f}"
    strands = [problem.pool.mentors[each].person.strand for each in formed.mentors]
    if len(strands) > 1 and all(strands):
        yield f"the mentors bring {listed(str(each) for each in strands)}"
    wanted = likeness(problem.policy)
    if problem.company is not None and wanted != "any" and len(rows) > 1:
        among = problem.company.like[np.ix_(rows, rows)][np.triu_indices(len(rows), 1)]
        word = "alike" if wanted == "similar" else "different"
        yield f"the members are {word} by {among.mean() / SCALE:.2f} of 1 in topics, values, working style and level"


def _peers(problem: Problem, formed: Formed) -> Iterator[str]:
    score = problem.instance.score
    for place, one in enumerate(formed.mentees):
        for other in formed.mentees[place + 1 :]:
            there, back = score[one, other] / SCALE, score[other, one] / SCALE
            me, you = problem.mentees[one], problem.mentees[other]
            yield f"{you} fits {me} by {there:.2f}, and {me} fits {you} by {back:.2f}"
    if problem.policy.model == "reciprocal":
        yield "the weaker direction counts"
