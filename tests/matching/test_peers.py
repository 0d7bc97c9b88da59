"""Peers: as good as trying every pairing, a three for the odd one, and stable where that can be."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")
pytest.importorskip("networkx")

from toolkit.matching.objective import Stage  # noqa: E402
from toolkit.matching.peers import Circle, reached_by, together  # noqa: E402
from toolkit.matching.roommates import roommates  # noqa: E402

AIMS = ("max_matched", "raise_the_lowest", "max_total", "most_first_choices", "even_load")
ORDERS = [order for length in range(1, 4) for order in itertools.permutations(AIMS, length)]


def symmetric(count, draw):
    table = np.zeros((count, count), dtype=np.int64)
    for one, other in itertools.combinations(range(count), 2):
        table[one, other] = table[other, one] = draw()
    return table


@st.composite
def circles(draw):
    count = draw(st.integers(1, 7))
    some = draw(st.sampled_from([st.integers(0, 10_000), st.integers(0, 2), st.just(5_000)]))
    first = np.zeros((count, count), dtype=bool)
    for one in range(count):
        choice = draw(st.integers(0, count - 1))
        first[one, choice] = choice != one
    return Circle(
        weight=symmetric(count, lambda: draw(some)),
        able=symmetric(count, lambda: draw(st.sampled_from([1, 1, 1, 0]))).astype(bool),
        first=first,
        pinned=np.full(count, -1),
        tie=symmetric(count, lambda: draw(st.integers(0, 2**40))),
        trio=draw(st.booleans()),
    )


def partitions(people, circle, trios):
    """Every way of putting people together in twos, at most one three where that is allowed, or alone."""
    if not people:
        yield ()
        return
    one, *rest = people
    yield from partitions(rest, circle, trios)
    for size in (1, 2) if trios else (1,):
        for others in itertools.combinations(rest, size):
            group = (one, *others)
            if all(circle.able[two] for two in itertools.combinations(group, 2)):
                left = [each for each in rest if each not in others]
                for more in partitions(left, circle, trios and size == 1):
                    yield (group, *more)


def key(reached):
    return [
        (*each.values, *[10_001] * (each.stage.depth - len(each.values)))
        if each.stage.aim == "raise_the_lowest"
        else tuple(-v for v in each.values)
        if each.stage.aim == "even_load"
        else each.values
        for each in reached
    ]


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(circles(), st.sampled_from(ORDERS), st.integers(1, 3))
def test_every_order_of_aims_agrees_with_trying_everything(circle, order, depth):
    stages = tuple(Stage(aim, depth if aim == "raise_the_lowest" else 1) for aim in order)
    found = together(circle, stages)
    count = len(circle.pinned)
    trios = circle.trio and count % 2 == 1 and count > 2
    every = [tuple(sorted(each)) for each in partitions(list(range(count)), circle, trios)]
    assert found.groups in every and found.proven
    assert key(found.reached) == max(key(reached_by(circle, each, stages)) for each in every)


def test_twenty_five_people_are_proven_and_twenty_seven_say_that_the_three_is_not():
    draw = np.random.default_rng(2)
    for count, proven in ((25, True), (27, False)):
        weight = np.triu(draw.integers(0, 10_001, (count, count)), 1)
        none = np.zeros((count, count), dtype=np.int64)
        circle = Circle(
            weight + weight.T, ~np.eye(count, dtype=bool), none.astype(bool), np.full(count, -1), none, True
        )
        found = together(circle, (Stage("max_matched"), Stage("max_total")))
        assert found.reached[0].values == (count,) and found.proven is proven
        assert sorted(len(each) for each in found.groups) == [2] * (count // 2 - 1) + [3]


def blocks(wanted, mate):
    for one, other in itertools.combinations(range(len(wanted)), 2):
        if other in wanted[one] and one in wanted[other] and mate[one] != other:
            rather = [
                mate[me] < 0 or wanted[me].index(you) < wanted[me].index(mate[me])
                for me, you in ((one, other), (other, one))
            ]
            if all(rather):
                return True
    return False


def test_of_all_four_person_instances_26_in_27_have_a_stable_pairing():
    lists = [list(itertools.permutations([each for each in range(4) if each != me])) for me in range(4)]
    stable = 0
    for wanted in itertools.product(*lists):
        mate = roommates(wanted)
        if mate is not None:
            stable += 1
            assert not blocks(wanted, mate) and -1 not in mate
    assert stable == 1_248


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(1, 7), st.randoms(use_true_random=False))
def test_roommates_agree_with_trying_every_pairing(count, draw):
    wanted = []
    for me in range(count):
        others = [each for each in range(count) if each != me and draw.random() < 0.8]
        draw.shuffle(others)
        wanted.append(others)

    def every(people):
        if not people:
            yield {}
            return
        one, *rest = people
        yield from ({one: -1, **more} for more in every(rest))
        for other in rest:
            if other in wanted[one] and one in wanted[other]:
                left = [each for each in rest if each != other]
                yield from ({one: other, other: one, **more} for more in every(left))

    stable = [mate for mate in every(list(range(count))) if not blocks(wanted, mate)]
    found = roommates(wanted)
    assert (found is None) == (not stable)
    assert found is None or dict(enumerate(found)) in stable
