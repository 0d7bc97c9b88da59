"""Independent answers: subsets by dynamic programming, another package's solvers, every round tried, every mode and solver."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")
pytest.importorskip("networkx")

from harborworld import crowd  # noqa: E402
from test_forming import drawn  # noqa: E402
from test_models import MODELS, made, of_model, sound  # noqa: E402
from test_objective import assignments, key_of, make  # noqa: E402

from toolkit.load import load  # noqa: E402
from toolkit.matching.forming import form  # noqa: E402
from toolkit.matching.objective import Stage, solve  # noqa: E402
from toolkit.matching.partition import improve  # noqa: E402
from toolkit.matching.proposal import propose  # noqa: E402
from toolkit.matching.roommates import roommates  # noqa: E402
from toolkit.matching.rounds import next_round  # noqa: E402
from toolkit.matching.stable import Wishes, deferred  # noqa: E402
from toolkit.matching.write import targets  # noqa: E402
from toolkit.workspace import Workspace  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
TOTAL = (Stage("max_matched"), Stage("max_total"))


def leader_sets(columns, fewest, most):
    """Every way to let some of the mentors lead groups, so many each."""
    teams = [team for size in range(fewest, most + 1) for team in itertools.combinations(range(columns), size)]

    def grow(at, used):
        yield ()
        for place in range(at, len(teams)):
            if not used & set(teams[place]):
                yield from ((teams[place], *rest) for rest in grow(place + 1, used | set(teams[place])))

    return grow(0, set())


def best_partition(seating):
    """The most people seated, then the largest total, over all partitions: one group after the other, by subsets."""
    rows, columns = seating.shape
    everyone = 1 << rows
    member = np.array([[mask >> row & 1 for row in range(rows)] for mask in range(everyone)])
    number = member.sum(axis=1)
    like = np.einsum("mi,ij,mj->m", member, np.triu(seating.like, 1), member)
    worth, tables = {}, {(): np.where(np.arange(everyone) == 0, 0, -1)}

    def worth_of(team):
        if team not in worth:
            total = member @ seating.score[:, list(team)].sum(axis=1) + like
            most = min(seating.size[1], *(int(seating.room[each]) for each in team))
            worth[team] = np.where((number < seating.size[0]) | (number > most), -1, total)
        return worth[team]

    def table(teams):
        if teams not in tables:
            before, own = table(teams[:-1]), worth_of(teams[-1])
            found, possible = np.full(everyone, -1), np.flatnonzero(own >= 0)
            for mask in np.flatnonzero(before >= 0):
                free = possible[(possible & mask) == 0]
                np.maximum.at(found, free | mask, before[mask] + own[free])
            tables[teams] = found
        return tables[teams]

    best = (0, 0)
    for teams in leader_sets(columns, *seating.leaders):
        total = table(teams)
        best = max([best, *((int(number[mask]), int(total[mask])) for mask in np.flatnonzero(total >= 0))])
    return best


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("rows", "columns", "size", "leaders"),
    [(12, 3, (4, 6), (1, 1)), (12, 4, (3, 4), (1, 2)), (11, 4, (4, 6), (2, 2)), (9, 5, (2, 5), (1, 2))],
)
def test_up_to_twelve_people_the_search_is_within_one_percent_of_every_partition(rows, columns, size, leaders, seed):
    """Where the best opens fewer groups, small changes alone do not lead there."""
    seating = drawn(rows, columns, seed, size, leaders)
    matched, total = best_partition(seating)
    found = improve(seating, TOTAL)
    assert found.reached[0].values == (matched,)
    assert 0.99 * total <= found.reached[1].values[0] <= total
    again = improve(seating, TOTAL).arrangement
    assert (again.mentee == found.arrangement.mentee).all() and (again.mentor == found.arrangement.mentor).all()


def test_groups_proven_by_the_solver_are_those_of_every_partition():
    for seed in range(3):
        seating = drawn(9, 3, seed, (2, 5), (1, 1))
        found = form(seating, TOTAL)
        assert found.proven
        assert tuple(each.values[0] for each in found.reached) == best_partition(seating)


def test_roommates_exist_where_another_implementation_finds_them():
    games = pytest.importorskip("matching.games")
    draw = random.Random(9)
    for _ in range(150):
        count = draw.choice([4, 6, 8])
        wanted = [draw.sample([each for each in range(count) if each != me], count - 1) for me in range(count)]
        game = games.StableRoommates.create_from_dictionary(
            {f"p{me}": [f"p{each}" for each in others] for me, others in enumerate(wanted)}
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that there is none is what is asked
            theirs = {one.name: other.name if other else None for one, other in game.solve().items()}
        found = roommates(wanted)
        assert (found is None) == (None in theirs.values())
        if found is not None:
            mates = [int(theirs[f"p{me}"][1:]) for me in range(count)]
            rank = [
                [others.index(mate[me]) for me, others in enumerate(wanted)] for mate in (found, mates)
            ]  # two stable pairings may differ; in each nobody blocks, and one side's gain is the other's loss
            assert sum(one < other for one, other in zip(*rank, strict=True)) == sum(
                one > other for one, other in zip(*rank, strict=True)
            )


def test_the_stable_marriage_is_that_of_another_implementation():
    games = pytest.importorskip("matching.games")
    draw = np.random.default_rng(5)
    for _ in range(40):
        count = int(draw.integers(2, 10))
        wants, likes = ([draw.permutation(count).tolist() for _ in range(count)] for _ in range(2))
        game = games.StableMarriage.create_from_dictionaries(
            {f"e{row}": [f"o{each}" for each in wanted] for row, wanted in enumerate(wants)},
            {f"o{column}": [f"e{each}" for each in wanted] for column, wanted in enumerate(likes)},
        )
        theirs = {one.name: other.name for one, other in game.solve(optimal="suitor").items()}
        wanted = Wishes(
            np.array([[each.index(column) for column in range(count)] for each in wants]),
            np.array([[each.index(row) for each in likes] for row in range(count)]),
        )
        mate = deferred(make([[0] * count] * count), wanted)
        assert {f"e{row}": f"o{column}" for row, column in enumerate(mate)} == theirs


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(1, 6), st.integers(1, 4), st.integers(0, 10**6), st.floats(0.3, 1))
def test_a_round_is_the_best_of_those_that_leave_the_fewest_rounds(rows, columns, seed, share):
    draw = np.random.default_rng(seed)
    able = draw.random((rows, columns)) < share
    assume(able.any())
    instance = make(draw.integers(0, 10_001, (rows, columns)), able)
    stages = (Stage("max_matched"), Stage("raise_the_lowest", 2), Stage("max_total"))
    needed = int(max(able.sum(axis=0).max(), able.sum(axis=1).max()))

    def leaves_one_less(mate):
        left = able.copy()
        for row, column in enumerate(mate):
            if column >= 0:
                left[row, column] = False
        return max(left.sum(axis=0).max(), left.sum(axis=1).max()) == max(needed - 1, 0)

    best = key_of(instance, stages)
    found = tuple(solve(instance, stages, next_round(instance)).mate.tolist())
    assert leaves_one_less(found)
    assert best(found) == max(best(mate) for mate in assignments(instance) if leaves_one_less(mate))


COMBINED = [
    (model, mode, solver)
    for model in MODELS
    for mode in ("ranked", "admin", "hybrid")
    for solver in ("optimal", "stable", "serial")
    if solver == "optimal" or model not in ("group", "team", "community")
]


@pytest.mark.parametrize(("model", "mode", "solver"), COMBINED)
@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(2, 10), st.integers(1, 5), st.integers(0, 10_000))
def test_every_model_mode_and_solver_breaks_nothing_and_explains_everybody(
    tmp_path_factory, model, mode, solver, mentees, mentors, seed
):
    world = crowd(tmp_path_factory.mktemp("crowd"), mentees, mentors, seed)
    sound(of_model(world, model, f"mode: {mode}\nsolver: {solver}\n"), model)


def digests(root):
    """What each model writes, as one line of hashes; run in a process of its own."""
    lines = []
    for model in MODELS:
        records = load(Workspace(Path(root) / model)).records
        text = repr(targets(propose(records, "harbor/2026", made.__globals__["TODAY"])))
        lines.append(hashlib.sha256(text.encode()).hexdigest())
    return " ".join(lines)


def test_the_hash_seed_and_the_order_of_files_change_no_byte_of_any_model(tmp_path):
    for model in MODELS:
        of_model(crowd(tmp_path / "one" / model, 11, 5, seed=4), model)
    draw = random.Random(3)
    files = [path for path in sorted((tmp_path / "one").rglob("*")) if path.is_file()]
    for path in draw.sample(files, len(files)):  # written in another order, so that a folder lists them in another one
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_bytes(path.read_bytes())

    def run(folder, seed):
        paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests", ROOT / "tests" / "matching")))
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        code = f"import test_oracles; print(test_oracles.digests({str(tmp_path / folder)!r}))"
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    want = run("one", "0")
    assert len(set(want.split())) == len(MODELS)
    assert run("two", "12345") == want


def test_a_permuted_problem_is_the_same_problem():
    """People in another order of rows and columns get each other all the same."""
    draw = np.random.default_rng(8)
    for _ in range(30):
        rows, columns = int(draw.integers(2, 8)), int(draw.integers(2, 6))
        instance = make(draw.integers(0, 4, (rows, columns)) * 2_500, draw.random((rows, columns)) < 0.8)
        turned, swapped = draw.permutation(rows), draw.permutation(columns)
        other = replace(
            instance,
            score=instance.score[:][np.ix_(turned, swapped)],
            eligible=instance.eligible[np.ix_(turned, swapped)],
            first=instance.first[np.ix_(turned, swapped)],
            tie=instance.tie[:][np.ix_(turned, swapped)],
            room=instance.room[swapped],
            carried=instance.carried[swapped],
        )
        stages = (Stage("max_matched"), Stage("raise_the_lowest", 2), Stage("max_total"), Stage("even_load"))
        one, two = solve(instance, stages).mate, solve(other, stages).mate
        back = {int(turned[row]): int(swapped[column]) for row, column in enumerate(two) if column >= 0}
        assert back == {row: int(column) for row, column in enumerate(one) if column >= 0}
