"""Whether pairs allow an assignment: what is found on few of them is what all of them at once say."""

import numpy as np
import pytest

from toolkit.matching import enough
from toolkit.matching.choices import Choices, Cost
from toolkit.matching.enough import allowing
from toolkit.matching.flow import route


def drawn(seed, rows, columns, share):
    draw = np.random.default_rng(seed)
    high = draw.integers(0, 4, columns)
    low = np.where(draw.random(columns) < 0.3, np.minimum(draw.integers(1, 3), high), 0)
    return Choices(draw.random((rows, columns)) < share, draw.random(rows) < 0.5, low, high)


def on_all(choices):
    arcs = np.flatnonzero(choices.pairs)
    return route(choices, Cost(np.zeros(choices.pairs.shape, dtype=np.int64)), arcs, np.zeros_like(arcs))


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_few_pairs_allow_what_all_allow(share, monkeypatch):
    monkeypatch.setattr(enough, "_EACH", 1)
    monkeypatch.setattr(enough, "_MORE", 1)
    answers = []
    for seed in range(150):
        choices = drawn(seed, *np.random.default_rng(seed).integers(1, 9, 2), share)
        arcs = allowing(choices)
        answers.append(arcs is None)
        assert answers[-1] == (on_all(choices) is None)
        if arcs is not None:
            assert choices.pairs.ravel()[arcs].all()
            assert route(choices, Cost(np.zeros(choices.pairs.shape, dtype=np.int64)), arcs, 0 * arcs) is not None
    assert 10 < sum(answers) < 140 or share == 0.1


def test_few_of_very_many_pairs_are_looked_at(monkeypatch):
    """All want the first mentors of a circle; in a window of each there are enough only after more are added."""
    rows, columns = 400, 300
    high = np.ones(columns, dtype=np.int64)
    pairs = np.ones((rows, columns), dtype=np.bool_)
    leave = np.zeros(rows, dtype=np.bool_)
    leave[300:] = True
    monkeypatch.setattr(enough, "_EACH", 2)
    arcs = allowing(Choices(pairs, leave, high, high))
    assert arcs is not None
    assert len(arcs) < rows * columns / 10
    leave[300] = False
    assert allowing(Choices(pairs, leave, 0 * high, high)) is None


def test_nobody_and_nothing():
    none = np.zeros(0, dtype=np.int64)
    assert allowing(Choices(np.zeros((0, 3), dtype=np.bool_), none > 0, np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.int64))).tolist() == []  # fmt: skip
    assert allowing(Choices(np.zeros((2, 0), dtype=np.bool_), np.zeros(2, dtype=np.bool_), none, none)) is None
    assert allowing(Choices(np.zeros((2, 0), dtype=np.bool_), np.ones(2, dtype=np.bool_), none, none)).tolist() == []
