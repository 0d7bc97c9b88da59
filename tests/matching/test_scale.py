"""Large matchings begin with few pairs and add what the prices show: the end must be that of all pairs at once."""

import numpy as np
import pytest

from toolkit.matching import arcs
from toolkit.matching.choices import Choices, Cost, Prices
from toolkit.matching.marks import between, marks, nowhere, of_people, places
from toolkit.matching.objective import Instance, Stage, solve, tie_breaker
from toolkit.matching.prices import bound
from toolkit.matching.solvers import NOBODY, minimize, pack
from toolkit.matching.tables import Scores, Sum, added, largest, weighted

MENTEES, MENTORS = 260, 150


def uniform(draw):
    return draw.integers(0, 10_001, (MENTEES, MENTORS))


def topics(draw):
    seeks, offers = draw.integers(0, 6, (MENTEES, 12)), draw.integers(0, 6, (MENTORS, 12))
    seeks[:, ::2] *= draw.integers(0, 2, (MENTEES, 6))
    return seeks @ offers.T * 2_000 // np.maximum(5 * seeks.sum(axis=1, keepdims=True), 1)


def popular(draw):
    return draw.integers(0, 9_001, MENTORS) + draw.integers(0, 1_000, (MENTEES, MENTORS))


def coarse(draw):
    return draw.integers(0, 5, (MENTEES, MENTORS)) * 2_500


FAMILIES = (uniform, topics, popular, coarse)
AIMS = (
    ("max_matched", "max_total"),
    ("max_total", "max_matched"),
    ("max_matched", "even_load", "max_total"),
    ("most_first_choices", "max_matched", "raise_the_lowest", "max_total"),
)


def instance(score, places, open_share, draw, **fields):
    every = {
        "score": Scores(score.astype(np.uint16)),
        "eligible": draw.random(score.shape) < open_share,
        "room": np.full(MENTORS, places),
        "carried": draw.integers(0, 3, MENTORS),
        "first": draw.random(score.shape) < 0.02,
        "pinned": np.full(MENTEES, NOBODY),
        "tie": tie_breaker(3, tuple(map(str, range(MENTEES))), tuple(map(str, range(MENTORS)))),
    }
    return Instance(**(every | fields))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("aims", AIMS, ids="+".join)
@pytest.mark.parametrize(("places", "open_share"), [(1, 1.0), (2, 1.0), (2, 0.02), (3, 0.6)])
def test_few_pairs_and_prices_give_what_all_pairs_give(family, aims, places, open_share, monkeypatch):
    draw = np.random.default_rng(11)
    given, stages = instance(family(draw), places, open_share, draw), tuple(map(Stage, aims))
    monkeypatch.setattr(arcs, "_SMALL", 0)
    monkeypatch.setattr(arcs, "_EACH", 4)
    monkeypatch.setattr(arcs, "_MOST", 5)
    monkeypatch.setattr(arcs, "_MORE", 2)
    monkeypatch.setattr(arcs, "_SAMPLE", (60, 40))
    few = solve(given, stages)
    monkeypatch.setattr(arcs, "_SMALL", 10**9)
    every = solve(given, stages)
    assert few.mate.tolist() == every.mate.tolist()
    assert [each.values for each in few.reached] == [each.values for each in every.reached]
    assert [each.cost for each in few.proofs] == [each.cost for each in every.proofs]


def test_few_pairs_are_solved_on(monkeypatch):
    draw = np.random.default_rng(12)
    proof = solve(instance(uniform(draw), 2, 1.0, draw), (Stage("max_matched"), Stage("max_total"))).proofs[0]
    assert proof.open == MENTEES * MENTORS
    assert proof.solved < proof.open / 2


def test_a_pin_holds_among_many():
    draw = np.random.default_rng(13)
    pinned = np.full(MENTEES, NOBODY)
    pinned[[7, 8]] = 5
    given = instance(popular(draw), 2, 1.0, draw, pinned=pinned)
    mate = solve(given, (Stage("max_matched"), Stage("max_total"))).mate
    assert mate[7] == mate[8] == 5
    assert (mate == 5).sum() == 2


def test_prices_that_do_not_hold_are_told(monkeypatch):
    """Were the search for better pairs blind, what the prices come to would still give the mistake away."""
    draw = np.random.default_rng(14)
    score = uniform(draw)
    high = np.full(MENTORS, 2)
    choices = Choices(np.ones(score.shape, dtype=np.bool_), np.ones(MENTEES, dtype=np.bool_), 0 * high, high)
    found = minimize(choices, Cost(-score, leave=0))
    assert found.value == bound(choices, Cost(-score), found.prices) == -score[np.arange(MENTEES), found.mate].sum()
    wrong = Prices(found.prices.mentee, found.prices.mentor - 1, found.prices.outside)
    assert bound(choices, Cost(-score), wrong) < found.value
    leaving = Prices(found.prices.mentee - 20_000, found.prices.mentor, found.prices.outside)
    with pytest.raises(RuntimeError, match="do not hold"):
        bound(choices, Cost(-score), leaving)


def test_tables_give_what_arrays_give():
    draw = np.random.default_rng(15)
    score = uniform(draw)
    tie = tie_breaker(3, tuple(map(str, range(MENTEES))), tuple(map(str, range(MENTORS))))
    every = np.asarray(tie)
    assert every.shape == tie.shape == (MENTEES, MENTORS)
    assert np.array_equal(tie.T, every.T)
    rows, columns = np.array([3, 5]), np.array([7, 9])
    for place in (4, slice(2, 9), rows, (4, 6), (4, columns), (rows, columns), (slice(2, 9), 6), (slice(3), slice(1, 50, 7)),
                  (slice(0, 4), columns), np.ix_(rows, columns)):  # fmt: skip
        assert np.array_equal(tie[place], every[place]), place
        assert np.array_equal(Scores(score.astype(np.uint16))[place], score[place]), place
    summed = added(weighted(Scores(score.astype(np.uint16)), -3), weighted(tie, 2))
    assert np.array_equal(summed[2:9], -3 * score[2:9] + 2 * every[2:9])
    assert largest(summed) >= np.abs(np.asarray(summed)).max()
    assert np.array_equal(Sum((4, 3))[1:3], np.zeros((2, 3)))


def test_what_outgrows_64_bits_is_not_packed():
    big = Cost(np.full((4, 4), 2**40))
    assert pack([big, big]) is None
    assert pack([big]) is not None


SHAPES = ((7, 5), (3, 16), (4, 0), (0, 3), (300, 9))


@pytest.mark.parametrize("shape", SHAPES)
def test_marks_and_places_give_what_arrays_give(shape):
    draw = np.random.default_rng(16)
    numbers = np.where(draw.random(shape) < 0.3, draw.integers(1, 6, shape), 0)
    few = places(shape, ((int(row), int(column), int(numbers[row, column])) for row, column in np.argwhere(numbers)))
    bits = between(shape, map(tuple, np.argwhere(numbers > 2).tolist()))
    spots = [slice(None), slice(1, 3), (slice(None), slice(1, 3))]
    if min(shape):
        pairs = np.array([0, 2, 2]), np.array([1, 4, 0])
        spots += [2, np.array([2, 0]), (2, 3), pairs, (slice(None), 3), (2, slice(1, 4)), np.ix_(*pairs)]
    for spot in spots:
        assert np.array_equal(few[spot], numbers[spot]), spot
        assert np.array_equal(bits[spot], (numbers > 2)[spot]), spot
        assert np.array_equal(few.where(1)[spot], (numbers == 1)[spot]), spot
    assert np.array_equal(np.asarray(bits), numbers > 2)
    assert np.array_equal(marks(shape, lambda rows: numbers[rows] > 2), numbers > 2)
    assert bits.any() == (numbers > 2).any()
    assert few.listed(0).tolist() == (numbers > 0).sum(axis=0).tolist()
    assert few.listed(1).tolist() == (numbers > 0).sum(axis=1).tolist()
    assert np.array_equal(
        nowhere([bits, marks(shape, lambda rows: numbers[rows] == 1)]), (numbers <= 2) & (numbers != 1)
    )


def test_people_mark_their_whole_lines():
    marked = np.asarray(of_people([True, False, False], [False, True]))
    assert marked.tolist() == [[True, True], [False, True], [False, True]]
