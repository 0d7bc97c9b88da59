"""Where very many pairs are equally good, the lot decides between some: always the same ones, whatever their order."""

from itertools import pairwise

import numpy as np
import pytest

from toolkit.matching import drawn as lot
from toolkit.matching.choices import NOBODY, Choices, Cost
from toolkit.matching.drawn import drawn
from toolkit.matching.flow import _flows, route
from toolkit.matching.objective import Instance, Stage, solve, tie_breaker
from toolkit.matching.tables import Scores

MENTEES, MENTORS = 130, 150
NAMES = tuple(f"mentee-{each}" for each in range(MENTEES)), tuple(f"mentor-{each}" for each in range(MENTORS))
AIMS = (Stage("max_matched"), Stage("max_total"))


def choices(pairs, places=1):
    room = np.full(pairs.shape[1], places)
    return Choices(pairs, np.zeros(len(pairs), dtype=np.bool_), 0 * room, room)


def instance(score, mentees, mentors, places=1):
    columns = len(mentors)
    return Instance(
        Scores(score.astype(np.uint16)), np.ones(score.shape, dtype=np.bool_), np.full(columns, places),
        np.zeros(columns, dtype=np.int64), np.zeros(score.shape, dtype=np.bool_), np.full(len(mentees), NOBODY),
        tie_breaker(5, mentees, mentors),
    )  # fmt: skip


def test_more_and_more_are_drawn_and_all_in_the_end():
    pairs = np.random.default_rng(1).random((MENTEES, MENTORS)) < 0.5
    given = list(drawn(choices(pairs), tie_breaker(5, *NAMES)))
    assert len(given) == 3
    assert all(set(some) < set(more) for some, more in pairwise(given))
    assert given[-1].tolist() == np.flatnonzero(pairs).tolist()
    assert all((np.diff(each) > 0).all() for each in given)
    each = np.bincount(given[0] // MENTORS, minlength=MENTEES)
    assert 20 < each.mean() < 44


def test_a_draw_that_leaves_somebody_without_anyone_is_passed_over():
    pairs = np.ones((MENTEES, MENTORS), dtype=np.bool_)
    tie = tie_breaker(5, *NAMES)
    first = next(drawn(choices(pairs), tie))
    pairs[7, first[first // MENTORS == 7] % MENTORS] = False
    assert len(next(drawn(choices(pairs), tie))) > 1.9 * len(first) * (1 - 1 / MENTEES)


def test_many_and_few_open_pairs_are_drawn_alike(monkeypatch):
    pairs = np.random.default_rng(2).random((MENTEES, MENTORS)) < 0.7
    few = [each.tolist() for each in drawn(choices(pairs), tie_breaker(5, *NAMES))]
    monkeypatch.setattr(lot, "_FEW", 0)
    assert [each.tolist() for each in drawn(choices(pairs), tie_breaker(5, *NAMES))] == few


@pytest.mark.parametrize("places", [1, 2])
def test_the_order_of_people_decides_nothing(places):
    draw = np.random.default_rng(3)
    score = draw.integers(0, 2, (MENTEES, MENTORS)) * 5_000
    rows, columns = draw.permutation(MENTEES), draw.permutation(MENTORS)
    mate = solve(instance(score, *NAMES, places), AIMS).mate
    turned = solve(
        instance(score[np.ix_(rows, columns)], *(tuple(np.array(each)[order]) for each, order in zip(NAMES, (rows, columns), strict=True)), places),
        AIMS,
    ).mate  # fmt: skip
    assert (score[np.arange(MENTEES), mate] == 5_000).all()
    assert columns[turned].tolist() == mate[rows].tolist()


def test_the_first_in_the_files_have_no_better_chance():
    """Forty mentees, all scores equal: over many seeds, the first half of the mentors is chosen as often as the other."""
    mentees, score = NAMES[0][:40], np.zeros((40, MENTORS))
    chosen = []
    for seed in range(40):
        given = instance(score, mentees, NAMES[1])
        chosen += solve(
            Instance(given.score, given.eligible, given.room, given.carried, given.first, given.pinned,
                     tie_breaker(seed, mentees, NAMES[1])), AIMS
        ).mate.tolist()  # fmt: skip
    share = np.mean(np.array(chosen) < MENTORS // 2)
    assert 0.45 < share < 0.55  # four standard deviations are 0.05


@pytest.mark.parametrize("seed", range(60))
def test_costs_that_are_cut_change_no_result(seed, monkeypatch):
    """The flow with costs counted from anything and cut costs what the flow with the costs themselves costs."""
    draw = np.random.default_rng(seed)
    rows, columns = draw.integers(2, 9, 2)
    pairs = draw.random((rows, columns)) < 0.7
    high = draw.integers(0, 4, columns)
    low = np.where(draw.random(columns) < 0.1, np.minimum(1, high), 0)
    given = Choices(pairs, draw.random(rows) < 0.8, low, high)
    load = np.sort(draw.integers(-9, 60, (columns, 4)), axis=1) if seed % 2 else None
    cost = Cost(draw.integers(-50, 50, (rows, columns)), int(draw.integers(-60, 400)), load)
    arcs = np.flatnonzero(pairs)
    costs = cost.pairs.ravel()[arcs]
    usual = draw.integers(-200, 30, columns)
    mate = route(given, cost, arcs, costs, usual)
    calls = []

    def uncut(supply, network, said):
        calls.append(said)
        return _flows(supply, network, tuple(each.cost for each in network))

    monkeypatch.setattr("toolkit.matching.flow._flows", uncut)
    plain = route(given, cost, arcs, costs)
    assert calls
    assert (mate is None) == (plain is None)
    if mate is not None:
        assert worth(given, cost, mate) == worth(given, cost, plain)


def worth(given, cost, mate):
    rows = np.flatnonzero(mate != NOBODY)
    load = np.bincount(mate[rows], minlength=len(given.high))
    assert (given.low <= load).all()
    assert (load <= given.high).all()
    of_load = sum(cost.load[each, : load[each]].sum() for each in range(len(load))) if cost.load is not None else 0
    return cost.pairs[rows, mate[rows]].sum() + cost.leave * (mate == NOBODY).sum() + of_load
