"""Both sides choose: stable results against all others and another implementation; choice by lot; rounds of meetings."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from test_objective import assignments, make  # noqa: E402

from toolkit.matching.objective import Stage, solve  # noqa: E402
from toolkit.matching.rounds import schedule  # noqa: E402
from toolkit.matching.stable import Asked, Wishes, blocking, deferred, serial  # noqa: E402


@st.composite
def markets(draw):
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    instance = make(
        [[0] * columns] * rows,
        [[draw(st.integers(0, 4)) > 0 for _ in range(columns)] for _ in range(rows)],
        [draw(st.integers(0, 2)) for _ in range(columns)],
        seed=draw(st.integers(0, 3)),
    )
    most = draw(st.sampled_from([1, 100]))  # few values: many ties
    table = st.lists(st.lists(st.integers(0, most), min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    return instance, Wishes(np.array(draw(table)), np.array(draw(table)))


def rather(instance, wanted, mate):
    """The pairs who would both rather have each other, by plain counting."""
    found = []
    for row, column in itertools.product(*map(range, instance.score.shape)):
        held = [wanted.mentor[each, column] for each in np.flatnonzero(mate == column)]
        room = len(held) < instance.room[column] or (held and wanted.mentor[row, column] < max(held))
        mine = mate[row] < 0 or wanted.mentee[row, column] < wanted.mentee[row, mate[row]]
        if instance.eligible[row, column] and instance.room[column] and room and mine and mate[row] != column:
            found.append((row, column))
    return tuple(found)


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(markets(), st.integers(0, 1000), st.booleans())
def test_blocking_pairs_are_those_found_by_plain_counting(market, seed, ranked):
    instance, _ = market
    draw = np.random.default_rng(seed)
    places = [draw.integers(0, 3, instance.score.shape) for _ in range(2)]
    score = draw.integers(0, 3, instance.score.shape)
    every = list(assignments(instance))
    mate = np.array(every[seed % len(every)])
    asked = Asked(*places, score, ranked)
    order = [np.where(each > 0, each, 99) * ranked * 20_000 - score for each in places]
    assert blocking(instance, asked, mate) == rather(instance, Wishes(*order), mate)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(markets())
def test_deferred_acceptance_is_stable_and_best_for_mentees(market):
    instance, wanted = market
    mate = deferred(instance, wanted)
    every = list(assignments(instance))
    assert tuple(int(each) for each in mate) in every
    assert not rather(instance, wanted, mate)
    strict = Wishes(*(side * 2**41 + instance.tie for side in (wanted.mentee, wanted.mentor)))
    assert not rather(instance, strict, mate)
    rows = np.arange(len(mate))

    def own(found):
        return np.where(found >= 0, strict.mentee[rows, found], 2**60)

    for other in map(np.array, every):
        if not rather(instance, strict, other):
            assert (own(mate) <= own(other)).all()
            assert ((mate >= 0) == (other >= 0)).all()  # who has a place has one in every stable matching


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(markets(), st.integers(0, 100))
def test_by_lot_everybody_takes_the_best_that_is_left(market, seed):
    instance, wanted = market
    lot = np.random.default_rng(seed).permutation(len(instance.pinned))
    mate = serial(instance, wanted, lot)
    room = instance.room.copy()
    for row in np.argsort(lot):
        left = [c for c in range(len(room)) if instance.eligible[row, c] and room[c]]
        if left:
            assert mate[row] in left
            assert wanted.mentee[row, mate[row]] == min(wanted.mentee[row, c] for c in left)
            room[mate[row]] -= 1
        else:
            assert mate[row] == -1


def test_the_stable_result_is_that_of_another_implementation():
    games = pytest.importorskip("matching.games")
    draw = np.random.default_rng(4)
    for _ in range(40):
        rows, columns = int(draw.integers(2, 12)), int(draw.integers(2, 6))
        room = draw.integers(1, 4, columns)
        wants = [draw.permutation(columns).tolist() for _ in range(rows)]
        likes = [draw.permutation(rows).tolist() for _ in range(columns)]
        game = games.HospitalResident.create_from_dictionaries(
            {f"e{row}": [f"o{each}" for each in wanted] for row, wanted in enumerate(wants)},
            {f"o{column}": [f"e{each}" for each in wanted] for column, wanted in enumerate(likes)},
            {f"o{column}": int(places) for column, places in enumerate(room)},
        )
        theirs = {each.name: other.name for other, found in game.solve(optimal="resident").items() for each in found}
        wanted = Wishes(
            np.array([[wanted.index(column) for column in range(columns)] for wanted in wants]),
            np.array([[wanted.index(row) for wanted in likes] for row in range(rows)]),
        )
        mate = deferred(make([[0] * columns] * rows, room=room), wanted)
        assert {f"e{row}": f"o{column}" for row, column in enumerate(mate) if column >= 0} == theirs


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(1, 7), st.integers(1, 7), st.integers(0, 10**6), st.floats(0.2, 1))
def test_all_have_met_after_the_fewest_rounds_and_nobody_twice(rows, columns, seed, share):
    draw = np.random.default_rng(seed)
    able = draw.random((rows, columns)) < share
    instance = make(draw.integers(0, 10_001, (rows, columns)), able)
    made = schedule(instance, (Stage("max_matched"), Stage("max_total")), 50)
    least = max(able.sum(axis=0).max(), able.sum(axis=1).max())
    assert made.needed == len(made.matchings) == least
    met = [(row, int(column)) for each in made.matchings for row, column in enumerate(each.mate) if column >= 0]
    assert len(met) == len(set(met)) == able.sum()
    for each in made.matchings:
        taken = each.mate[each.mate >= 0]
        assert len(taken) == len(set(taken.tolist()))


@pytest.fixture
def glasgow(realdata):
    """The project bids of one year: students, the projects each ranks, and the projects and limit of each supervisor."""
    base = realdata / "preflib-00038"
    lines = [each for each in (base / "00038-00000004.soi").read_text().splitlines() if not each.startswith("#")]
    bids = [[int(each) - 1 for each in line.partition(":")[2].split(",")] for line in lines if line.strip()]
    rows = [each.split(",") for each in (base / "00038-00000004.dat").read_text().splitlines()[1:]]
    return bids, [([int(each) for each in row[2].split()], int(row[1])) for row in rows]


def assigned(bids, supervisors, worth):
    """Solve students to projects, one each, and close a project wherever a supervisor would have too many."""
    score = np.zeros((len(bids), 63), dtype=np.int64)
    able = np.zeros_like(score, dtype=bool)
    for row, bid in enumerate(bids):
        for place, project in enumerate(bid):
            score[row, project], able[row, project] = worth(place), True
    best, waiting = ((-1, -1), None), [frozenset()]
    while waiting:
        closed = waiting.pop()
        left = able.copy()
        left[:, list(closed)] = False
        found = solve(make(score, left), (Stage("max_matched"), Stage("max_total")))
        value = tuple(each.values[0] for each in found.reached)
        if value <= best[0]:
            continue  # closing more projects makes nothing better
        taken = set(found.mate.tolist())
        over = next((own for own, most in supervisors if len(taken & set(own)) > most), None)
        if over is None:
            best = value, [bids[row].index(project) for row, project in enumerate(found.mate.tolist()) if project >= 0]
        else:
            waiting.extend(closed | {project} for project in sorted(taken & set(over)))
    return best[1]


@pytest.mark.parametrize(
    ("worth", "profile", "cost"),
    [
        (lambda place: 10 - place, None, 50),
        (lambda place: 40 ** (4 - place), [25, 4, 3, 1, 1], 51),
        (lambda place: 40**5 - 40**place, [21, 9, 4, 0, 0], 51),
    ],
    ids=["least cost", "greedy", "generous"],
)
def test_the_glasgow_bids_reach_their_published_profiles(glasgow, worth, profile, cost):
    places = assigned(*glasgow, worth)
    assert len(places) == 34
    assert sum(place + 1 for place in places) == cost
    assert profile is None or [places.count(place) for place in range(5)] == profile
