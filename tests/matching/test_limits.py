"""Limits of fairness: the best plan that keeps them by trying everything, what they cost, and what is said of them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from test_forming import everything, seatings  # noqa: E402
from test_forming import make as make_seating  # noqa: E402
from test_objective import assignments, instances, key_of  # noqa: E402

from toolkit.matching.forming import Impossible, form  # noqa: E402
from toolkit.matching.limited import limited  # noqa: E402
from toolkit.matching.limits import Bounds  # noqa: E402
from toolkit.matching.objective import Stage  # noqa: E402
from toolkit.matching.partition import improve  # noqa: E402
from toolkit.matching.seats import key, values  # noqa: E402

AIMS = ("max_matched", "raise_the_lowest", "max_total", "most_first_choices", "even_load")


@st.composite
def bounds_for(draw, rows, spread=True):
    """Two or three groups of a few mentees, who may be in no group, and some of the limits."""
    group = [draw(st.integers(0, 3)) for _ in range(rows)]
    members = [np.flatnonzero(np.array(group) == each) for each in range(3)]
    pairs = tuple((a, b) for a, b in itertools.combinations(members, 2) if len(a) and len(b))
    share = st.sampled_from([None, 0.0, 0.1, 0.3, 0.5])
    mean = draw(st.sampled_from([None, 0, 1, 500, 3_000]))
    return Bounds(pairs, draw(share), mean, draw(st.sampled_from([None, 0, 1, 2])) if spread else None)


def is_fair(bounds, score, pairs, loads):
    """Look at every limit in plain fractions: `pairs` are (mentee, mentor), `loads` those of mentors with room."""
    seated = {row for row, _ in pairs}
    for one, other in bounds.groups:
        rates = [Fraction(len(seated & set(group.tolist())), len(group)) for group in (one, other)]
        if bounds.rate is not None and abs(rates[0] - rates[1]) > Fraction(str(bounds.rate)):
            return False
        got = [[int(score[pair]) for pair in pairs if pair[0] in group] for group in (one, other)]
        if bounds.mean is not None and all(got):
            means = [Fraction(sum(each), len(each)) for each in got]
            if abs(means[0] - means[1]) > bounds.mean:
                return False
    return bounds.spread is None or not loads or max(loads) - min(loads) <= bounds.spread


@st.composite
def limited_instances(draw):
    instance = draw(instances())
    return instance, draw(bounds_for(len(instance.score)))


def as_seating(instance, bounds):
    rows, columns = instance.score.shape
    pins = np.zeros((rows, columns), dtype=bool)
    pinned = np.flatnonzero(instance.pinned >= 0)
    pins[pinned, instance.pinned[pinned]] = True
    seating = make_seating(instance.score[:], (1, max(int(instance.room.max()), 1)))
    own = {name: getattr(instance, name)[:] for name in ("room", "carried", "first", "pinned", "tie")}
    return replace(seating, eligible=instance.eligible | pins, limits=bounds, **own)


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(limited_instances(), st.permutations(AIMS), st.integers(1, 5), st.integers(1, 3))
def test_a_plan_within_limits_is_the_best_that_trying_everything_finds(drawn, order, length, depth):
    instance, bounds = drawn
    stages = tuple(Stage(aim, depth if aim == "raise_the_lowest" else 1) for aim in order[:length])

    def fair(mate):
        pairs = [(row, column) for row, column in enumerate(mate) if column >= 0]
        loads = [
            int(instance.carried[each]) + mate.count(each) for each in range(len(instance.room)) if instance.room[each]
        ]
        return is_fair(bounds, instance.score, pairs, loads)

    every = [mate for mate in assignments(instance) if fair(mate)]
    if not every:
        with pytest.raises(Impossible):
            limited(instance, stages, bounds, as_seating(instance, bounds))
        return
    matching, gaps, _ = limited(instance, stages, bounds, as_seating(instance, bounds))
    mate, best = tuple(matching.mate.tolist()), key_of(instance, stages)
    assert set(gaps) <= {0.0}
    assert fair(mate)
    assert best(mate) == max(map(best, every))


@st.composite
def limited_seatings(draw):
    seating = draw(seatings())
    if seating.leaders[1] == 1:
        seating = replace(seating, joined=np.zeros_like(seating.joined))
    return replace(seating, limits=draw(bounds_for(seating.shape[0], spread=False)))


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(limited_seatings(), st.permutations(AIMS))
def test_groups_within_limits_are_the_best_that_trying_everything_finds(seating, order):
    stages = tuple(Stage(aim, 1) for aim in order[:3])

    def pairs_of(found):
        return [
            (row, column)
            for row, slot in enumerate(found.mentee)
            for column, place in enumerate(found.mentor)
            if slot == place >= 0
        ]

    free = replace(seating, limits=Bounds())
    every = [each for each in everything(free) if is_fair(seating.limits, seating.score, pairs_of(each), [])]
    if not every:
        with pytest.raises(Impossible):
            form(seating, stages)
        return
    found = form(seating, stages)
    assert set(found.gaps) <= {0.0}
    assert is_fair(seating.limits, seating.score, pairs_of(found.arrangement), [])
    assert key(found.reached) == max(key(values(seating, each, stages)) for each in every)
    searched = improve(seating, stages)
    assert is_fair(seating.limits, seating.score, pairs_of(searched.arrangement), [])
