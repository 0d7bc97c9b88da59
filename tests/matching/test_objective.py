"""Each order of aims reaches what trying everything reaches, and the published example its published optimum."""

from __future__ import annotations

import csv
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from toolkit.matching.objective import Instance, Stage, solve, tie_breaker  # noqa: E402

AIMS = ("max_matched", "raise_the_lowest", "max_total", "most_first_choices", "even_load")
ORDERS = [order for length in range(1, 6) for order in itertools.permutations(AIMS, length)]


def make(score, eligible=None, room=None, carried=None, first=None, pinned=None, seed=1):
    score = np.array(score, dtype=np.int64)
    rows, columns = score.shape
    names = [f"p{index}" for index in range(max(rows, columns))]
    return Instance(
        score=score,
        eligible=np.ones_like(score, dtype=bool) if eligible is None else np.array(eligible, dtype=bool),
        room=np.ones(columns, dtype=np.int64) if room is None else np.array(room, dtype=np.int64),
        carried=np.zeros(columns, dtype=np.int64) if carried is None else np.array(carried, dtype=np.int64),
        first=np.zeros_like(score, dtype=bool) if first is None else np.array(first, dtype=bool),
        pinned=np.full(rows, -1) if pinned is None else np.array(pinned, dtype=np.int64),
        tie=tie_breaker(seed, tuple(names[:rows]), tuple(names[:columns])),
    )


def assignments(instance):
    """Every assignment that is allowed, as a tuple of mentors or -1."""
    rows, columns = instance.score.shape
    open_to = [
        [int(instance.pinned[row])]
        if instance.pinned[row] >= 0
        else [-1, *(column for column in range(columns) if instance.eligible[row, column])]
        for row in range(rows)
    ]

    def grow(row, chosen, room):
        if row == rows:
            yield tuple(chosen)
            return
        for column in open_to[row]:
            if column < 0:
                yield from grow(row + 1, [*chosen, -1], room)
            elif room[column] > 0:
                room[column] -= 1
                yield from grow(row + 1, [*chosen, column], room)
                room[column] += 1

    yield from grow(0, [], [int(each) for each in instance.room])


def key_of(instance, stages):
    """Write down, independently of the solver, what each stage looks at: larger is better."""

    def key(mate):
        parts = []
        settled = False
        pairs = [(row, column) for row, column in enumerate(mate) if column >= 0]
        for stage in stages:
            if stage.aim == "max_matched":
                parts.append(len(pairs))
                settled = True
            elif stage.aim == "max_total":
                parts.append(sum(int(instance.score[pair]) for pair in pairs))
            elif stage.aim == "most_first_choices":
                parts.append(sum(int(instance.first[pair]) for pair in pairs))
            elif stage.aim == "even_load":
                loads = [int(instance.carried[column]) for column in range(instance.score.shape[1])]
                before = sum(load * load for load in loads)
                for _, column in pairs:
                    loads[column] += 1
                parts.append(before - sum(load * load for load in loads))
            else:
                low = [int(instance.score[pair]) for pair in pairs if instance.pinned[pair[0]] < 0]
                if not settled:
                    low += [-1] * mate.count(-1)
                parts.append(tuple(sorted(low)[: stage.depth]))
        return parts

    return key


@st.composite
def instances(draw):
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    if columns == 4:
        rows = min(rows, 5)
    some = draw(
        st.sampled_from(
            [st.integers(0, 10_000), st.integers(0, 3), st.just(5_000), st.sampled_from([0, 9_999, 10_000])]
        )
    )
    cells = [[draw(some) for _ in range(columns)] for _ in range(rows)]
    eligible = [[draw(st.sampled_from([True, True, False])) for _ in range(columns)] for _ in range(rows)]
    first = [[draw(st.booleans()) for _ in range(columns)] for _ in range(rows)]
    room = [draw(st.integers(0, 3)) for _ in range(columns)]
    carried = [draw(st.integers(0, 3)) for _ in range(columns)]
    pinned = [-1] * rows
    if draw(st.booleans()) and room[0]:
        pinned[0] = 0
    return make(cells, eligible, room, carried, first, pinned, seed=draw(st.integers(0, 3)))


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(instances(), st.sampled_from(ORDERS), st.integers(1, 4))
def test_every_order_of_aims_agrees_with_trying_everything(instance, order, depth):
    stages = tuple(Stage(aim, depth if aim == "raise_the_lowest" else 1) for aim in order)
    found = solve(instance, stages)
    key = key_of(instance, stages)
    mate = tuple(int(each) for each in found.mate)
    everything = list(assignments(instance))
    assert mate in everything
    assert key(mate) == max(map(key, everything))
    for reached, part in zip(found.reached, key(mate), strict=True):
        want = part if isinstance(part, tuple) else (abs(part),)
        assert reached.values == want


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 10**6), st.sampled_from(ORDERS))
def test_larger_instances_prove_their_own_optimum(rows, columns, seed, order):
    """The certificate is checked inside; here capacities, eligibility and the total against a plain bound."""
    draw = np.random.default_rng(seed)
    instance = make(
        draw.integers(0, 10_001, (rows, columns)),
        draw.random((rows, columns)) < 0.7,
        draw.integers(0, 4, columns),
        draw.integers(0, 3, columns),
        draw.random((rows, columns)) < 0.1,
    )
    found = solve(instance, tuple(Stage(aim, 2 if aim == "raise_the_lowest" else 1) for aim in order))
    matched = np.flatnonzero(found.mate >= 0)
    assert instance.eligible[matched, found.mate[matched]].all()
    assert (np.bincount(found.mate[matched], minlength=columns) <= instance.room).all()


def test_arcs_left_out_at_first_are_priced_in():
    """Everybody wants the same few people: the best of each row and column meet there, and most need other pairs."""
    draw = np.random.default_rng(3)
    score = draw.integers(0, 5_000, (220, 220))
    score[:30] += 5_000
    score[:, :30] += 5_000
    found = solve(make(np.minimum(score, 10_000)), (Stage("max_matched"), Stage("max_total")))
    assert found.reached[0].values == (220,)
    assert found.reached[1].values == (_dense_total(np.minimum(score, 10_000)),)


def test_a_later_aim_never_outweighs_an_earlier_one():
    """One first choice more is worth any loss of total, however large; so is one mentee more."""
    score, first = [[0, 10_000], [10_000, 0]], [[True, False], [False, False]]
    stages = (Stage("max_matched"), Stage("most_first_choices"), Stage("max_total"), Stage("even_load"))
    assert [each.values for each in solve(make(score, first=first), stages).reached] == [(2,), (1,), (0,), (2,)]
    turned = (Stage("max_matched"), Stage("max_total"), Stage("most_first_choices"))
    assert [each.values for each in solve(make(score, first=first), turned).reached] == [(2,), (20_000,), (0,)]
    even = (Stage("max_matched"), Stage("even_load"), Stage("max_total"))
    lopsided = make([[10_000, 0]] * 4, room=[4, 4])
    assert [each.values for each in solve(lopsided, even).reached] == [(4,), (8,), (20_000,)]


def _dense_total(score):
    from ortools.graph.python import linear_sum_assignment

    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    rows, columns = np.indices(score.shape)
    solver.add_arcs_with_cost(rows.ravel(), columns.ravel(), -score.ravel())
    assert solver.solve() == solver.OPTIMAL
    return -solver.optimal_cost()


def test_ties_are_broken_by_the_seed_and_the_ids_alone():
    score = np.full((6, 6), 5_000)
    plans = {seed: tuple(solve(make(score, seed=seed), (Stage("max_matched"),)).mate) for seed in range(6)}
    assert plans == {seed: tuple(solve(make(score, seed=seed), (Stage("max_matched"),)).mate) for seed in range(6)}
    assert len(set(plans.values())) > 1


@pytest.fixture
def marshall(realdata):
    base = realdata / "marshall-mohaghegh"
    with (base / "mentees.csv").open() as mentees, (base / "mentors.csv").open() as mentors:
        rows, columns = list(csv.DictReader(mentees)), list(csv.DictReader(mentors))
    return [[_published(row, column) for column in columns] for row in rows]


def _published(mentee, mentor):
    gender = mentee["gender_pref"] in ("no_pref", mentor["gender"])
    return (
        5_000 * gender
        + 2_500 * (mentee["type"] == mentor["type"])
        + 1_500 * (mentee["programme"] in mentor["programme"].split(";"))
        + 1_000 * (mentee["subject"] in mentor["subject"].split(";"))
    )


def test_the_published_example_reaches_its_published_optimum(marshall):
    instance = make(marshall)
    total = solve(instance, (Stage("max_matched"), Stage("max_total"), Stage("raise_the_lowest", 6)))
    assert [each.values for each in total.reached] == [(6,), (54_500,), (7_500, 9_000, 9_000, 9_000, 10_000, 10_000)]
    fair = solve(instance, (Stage("max_matched"), Stage("raise_the_lowest", 6), Stage("max_total")))
    assert [each.values for each in fair.reached] == [(6,), (7_500, 9_000, 9_000, 9_000, 10_000, 10_000), (54_500,)]
    assert round(54_500 / 6 / 10_000, 3) == 0.908


def test_the_published_example_has_two_optimal_matchings_and_seeds_choose_between_them(marshall):
    instance = make(marshall)
    best = [mate for mate in assignments(instance) if -1 not in mate and _total(instance, mate) == 54_500]
    assert len(best) == 2
    stages = (Stage("max_matched"), Stage("max_total"))
    chosen = {tuple(int(j) for j in solve(make(marshall, seed=seed), stages).mate) for seed in range(20)}
    assert chosen == set(best)


def _total(instance, mate):
    return sum(int(instance.score[row, column]) for row, column in enumerate(mate) if column >= 0)


def test_where_no_score_counts_an_even_load_leaves_the_only_place_open():
    """Nobody is gained by a pair that scores nothing: only the aim to match the most would make it."""
    nothing = Instance(
        np.array([[0]]), np.array([[True]]), np.array([1]), np.array([0]), np.array([[False]]), np.array([-1]),
        tie_breaker(0, ("ana",), ("ben",)),
    )  # fmt: skip
    assert solve(nothing, (Stage("max_total"), Stage("even_load"))).mate.tolist() == [-1]
    assert solve(nothing, (Stage("max_total"), Stage("max_matched"), Stage("even_load"))).mate.tolist() == [0]
