"""Groups, teams and communities: as good as trying every arrangement, stage by stage, with nothing broken."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from toolkit.errors import ToolkitError  # noqa: E402
from toolkit.matching.arrangement import Arrangement, Seating, holds, key, values  # noqa: E402
from toolkit.matching.forming import form  # noqa: E402
from toolkit.matching.halves import halves  # noqa: E402
from toolkit.matching.objective import Stage, tie_breaker  # noqa: E402
from toolkit.matching.partition import improve  # noqa: E402

AIMS = ("max_matched", "raise_the_lowest", "max_total", "most_first_choices", "even_load")
ORDERS = [order for length in range(1, 4) for order in itertools.permutations(AIMS, length)]


def make(score, size, leaders=(1, 1), like=None, seed=1, **more):
    score = np.array(score, dtype=np.int64)
    rows, columns = score.shape
    mentees, mentors = [tuple(f"{side}{each}" for each in range(n)) for side, n in (("e", rows), ("o", columns))]
    usual = {
        "eligible": np.ones_like(score, dtype=bool),
        "apart": np.zeros((rows, rows), dtype=bool),
        "split": np.zeros((columns, columns), dtype=bool),
        "bound": np.zeros((rows, rows), dtype=bool),
        "joined": np.zeros((columns, columns), dtype=bool),
        "room": np.full(columns, 50),
        "carried": np.zeros(columns, dtype=np.int64),
        "first": np.zeros_like(score, dtype=bool),
        "pinned": np.full(rows, -1),
    }
    return Seating(
        score=score,
        like=np.zeros((rows, rows), dtype=np.int64) if like is None else np.array(like, dtype=np.int64),
        size=size,
        leaders=leaders,
        tie=tie_breaker(seed, mentees, mentors),
        named=tie_breaker(seed, mentors, ("group",))[:, 0] >> 20,
        **{**usual, **more},
    )


def everything(seating):
    """Every arrangement that holds, found by plain counting."""
    rows, columns = seating.shape
    for mentor in itertools.product(*([-1, *range(j + 1)] for j in range(columns))):
        slots = sorted({each for each in mentor if each >= 0})
        if any(mentor[slot] != slot for slot in slots):
            continue
        if any(not seating.leaders[0] <= mentor.count(slot) <= seating.leaders[1] for slot in slots):
            continue
        for mentee in itertools.product([-1, *slots], repeat=rows):
            found = Arrangement(np.array(mentee), np.array(mentor))
            if all(seating.size[0] <= mentee.count(slot) <= seating.size[1] for slot in slots) and holds(
                seating, found
            ):
                yield found


@st.composite
def seatings(draw):
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    some = draw(st.sampled_from([st.integers(0, 10_000), st.integers(0, 2), st.just(5_000)]))
    low = draw(st.integers(1, 3))
    leaders = draw(st.sampled_from([(1, 1), (1, 2), (2, 2)]))
    like = np.zeros((rows, rows), dtype=np.int64)
    apart = np.zeros((rows, rows), dtype=bool)
    with_like = draw(st.booleans())
    for one, other in itertools.combinations(range(rows), 2):
        apart[one, other] = apart[other, one] = draw(st.integers(0, 5)) == 0
        if with_like:
            like[one, other] = like[other, one] = draw(some)
    bound, some_bound = np.zeros((rows, rows), dtype=bool), draw(st.integers(0, 9)) == 0
    if rows > 1 and some_bound:
        bound[0, 1] = bound[1, 0] = True
    split, joined = (np.zeros((columns, columns), dtype=bool) for _ in range(2))
    if columns > 1:
        split[0, 1] = split[1, 0] = draw(st.booleans())
        joined[0, 1] = joined[1, 0] = not split[0, 1] and draw(st.integers(0, 9)) == 0
    return make(
        [[draw(some) for _ in range(columns)] for _ in range(rows)],
        (low, draw(st.integers(low, 4))),
        leaders,
        like,
        seed=draw(st.integers(0, 3)),
        eligible=np.array([[draw(st.integers(0, 4)) > 0 for _ in range(columns)] for _ in range(rows)]),
        apart=apart,
        split=split,
        bound=bound,
        joined=joined,
        room=np.array([draw(st.integers(0, 5)) for _ in range(columns)]),
        first=np.array([[draw(st.booleans()) for _ in range(columns)] for _ in range(rows)]),
    )


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seatings(), st.sampled_from(ORDERS), st.integers(1, 3))
def test_every_order_of_aims_agrees_with_trying_everything(seating, order, depth):
    stages = tuple(Stage(aim, depth if aim == "raise_the_lowest" else 1) for aim in order)
    possible = list(everything(seating))
    if not possible:  # two who must be in one group cannot be
        with pytest.raises(ToolkitError, match="fixed by hand"):
            form(seating, stages)
        return
    found = form(seating, stages)
    assert found.proven and set(found.gaps) <= {0.0}
    assert holds(seating, found.arrangement)
    assert key(found.reached) == max(key(values(seating, each, stages)) for each in possible)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seatings())
def test_the_search_breaks_nothing_and_its_gap_is_honest(seating):
    stages = (Stage("max_matched"), Stage("max_total"))
    assume(next(everything(seating), None) is not None)
    exact, found = form(seating, stages), improve(seating, stages)
    assert holds(seating, found.arrangement)
    assert key(found.reached) <= key(exact.reached)
    most = found.reached[0].values[0] * (1 + found.gaps[0])
    assert most >= exact.reached[0].values[0] - 1e-9
    if found.reached[0].values == exact.reached[0].values:
        total, best = found.reached[1].values[0], exact.reached[1].values[0]
        assert total + max(total, 1) * found.gaps[1] >= best - 1e-6


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seatings(), st.booleans())
def test_the_lowest_is_never_higher_than_the_search_says_it_could_be(seating, matched):
    stages = (Stage("max_matched"), Stage("raise_the_lowest")) if matched else (Stage("raise_the_lowest"),)
    assume(next(everything(seating), None) is not None)
    exact, found = form(seating, stages), improve(seating, stages)
    low, gap = found.reached[-1].values, found.gaps[-1]
    assert (gap is None) == (not low or low[0] < 0)
    if gap is not None and key(found.reached)[:-1] == key(exact.reached)[:-1] and exact.reached[-1].values:
        assert low[0] + max(low[0], 1) * gap >= exact.reached[-1].values[0] - 1e-6


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seatings(), st.booleans())
def test_loads_are_never_more_even_than_the_search_says_they_could_be(seating, matched):
    stages = (Stage("max_matched"), Stage("even_load")) if matched else (Stage("even_load"),)
    assume(next(everything(seating), None) is not None)
    exact, found = form(seating, stages), improve(seating, stages)
    squares, gap = found.reached[-1].values[0], found.gaps[-1]
    assert 0 <= gap <= 1
    if key(found.reached)[:-1] == key(exact.reached)[:-1]:
        assert squares - max(squares, 1) * gap <= exact.reached[-1].values[0] + 1e-6


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seatings(), st.sampled_from([each for each in ORDERS if "raise_the_lowest" not in each]))
def test_two_groups_at_the_most_are_as_good_as_trying_everything(seating, order):
    stages = tuple(Stage(aim) for aim in order)
    found = halves(seating, stages)
    possible = list(everything(seating))
    assume(found is not None)
    assert found.proven and holds(seating, found.arrangement)
    assert key(found.reached) == max(key(values(seating, each, stages)) for each in possible)
    exact = form(seating, stages).arrangement
    assert (exact.mentee == found.arrangement.mentee).all() and (exact.mentor == found.arrangement.mentor).all()


def test_twenty_mentees_and_four_mentors_in_two_teams_are_proven():
    seating = drawn(20, 4, 1, (8, 12), (2, 4))
    found = halves(seating, (Stage("max_matched"), Stage("max_total"), Stage("even_load")))
    assert found.proven and found.reached[0].values == (20,)
    assert (
        found.reached[1].values[0] >= improve(seating, (Stage("max_matched"), Stage("max_total"))).reached[1].values[0]
    )
    assert halves(drawn(24, 4, 1), (Stage("max_matched"),)) is None
    assert halves(seating, (Stage("raise_the_lowest"),)) is None


def drawn(rows, columns, seed, size=(8, 12), leaders=(2, 3)):
    draw = np.random.default_rng(seed)
    like = np.triu(draw.integers(0, 10_001, (rows, rows)), 1)
    return make(draw.integers(0, 10_001, (rows, columns)), size, leaders, like + like.T)


def test_the_search_is_within_one_percent_where_the_optimum_is_known_and_the_same_at_every_run():
    stages = (Stage("max_matched"), Stage("max_total"))
    for seed in range(4):
        seating = drawn(10, 4, seed, (4, 6), (1, 2))
        exact, found = form(seating, stages), improve(seating, stages)
        assert exact.proven
        assert found.reached[0].values == exact.reached[0].values
        assert found.reached[1].values[0] >= 0.99 * exact.reached[1].values[0]
        again = improve(seating, stages).arrangement
        assert (again.mentee == found.arrangement.mentee).all() and (again.mentor == found.arrangement.mentor).all()


@pytest.mark.parametrize("kind", ["uniform", "coarse", "popular"])
def test_sixty_mentees_and_twenty_groups_are_proven(kind):
    draw = np.random.default_rng(7)
    score = draw.integers(0, 10_001, (60, 20))
    if kind == "coarse":
        score = draw.integers(0, 5, (60, 20)) * 2_500
    if kind == "popular":
        score = np.minimum(draw.integers(0, 5_000, (60, 20)) + draw.integers(0, 5_000, (1, 20)), 10_000)
    seating = make(score, (3, 6), eligible=draw.random((60, 20)) < 0.7)
    found = form(seating, (Stage("max_matched"), Stage("raise_the_lowest", 2), Stage("max_total"), Stage("even_load")))
    assert found.proven and found.reached[0].values == (60,)
