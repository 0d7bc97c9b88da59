"""What a plan is worth: chance, other weights, and groups that are never too small."""

import datetime
import itertools
import json

import pytest
from click.testing import CliRunner

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World, crowd  # noqa: E402

from toolkit.cli.app import cli  # noqa: E402
from toolkit.load import load  # noqa: E402
from toolkit.matching.baseline import chance  # noqa: E402
from toolkit.matching.between import group_lines  # noqa: E402
from toolkit.matching.figures import steps, worth, worth_lines  # noqa: E402
from toolkit.matching.objective import Instance  # noqa: E402
from toolkit.matching.problem import build  # noqa: E402
from toolkit.matching.solvers import NOBODY  # noqa: E402
from toolkit.stats import newcombe  # noqa: E402
from toolkit.workspace import Workspace  # noqa: E402

TODAY = datetime.date(2026, 2, 1)
TWO = "score: {offers_meet_seeks: 3, shared_topics: 1}\nobjective: [max_matched, max_total]\n"


def measured(world):
    return worth(world.records, "harbor/2026", TODAY)


def instance(score, room, eligible=None, pinned=None):
    score = np.array(score, dtype=np.int64)
    return Instance(
        score=score,
        eligible=np.ones(score.shape, dtype=np.bool_) if eligible is None else np.array(eligible),
        room=np.array(room, dtype=np.int64),
        carried=np.zeros(len(room), dtype=np.int64),
        first=np.zeros(score.shape, dtype=np.bool_),
        pinned=np.full(len(score), NOBODY, dtype=np.int64) if pinned is None else np.array(pinned),
        tie=np.zeros(score.shape, dtype=np.int64),
    )


def test_chance_nears_the_mean_of_all_matchings():
    score = np.arange(9).reshape(3, 3) ** 2 * 100
    every = [sum(score[row, column] for row, column in enumerate(each)) for each in itertools.permutations(range(3))]
    found = chance(instance(score, [1, 1, 1]), seed=5, draws=4_000)

    assert found.matched == 3
    assert found.total == pytest.approx(np.mean(every), rel=0.02)
    assert chance(instance(score, [1, 1, 1]), seed=5, draws=4_000) == found
    assert chance(instance(score, [1, 1, 1]), seed=6, draws=4_000) != found


def test_chance_breaks_no_constraint_and_keeps_pins():
    found = chance(instance([[7, 9], [5, 9]], [1, 1], [[True, False], [True, False]], [1, NOBODY]), seed=1)

    assert (found.matched, found.total) == (2, 14)  # the pin gives 9, and the other mentee has one mentor left
    assert chance(instance([[7], [5]], [1]), seed=1).matched == 1
    assert chance(instance(np.zeros((2, 0)), []), seed=1).matched == 0


def test_a_plan_that_no_weight_moves_and_one_that_a_weight_moves(tmp_path):
    """Zoe meets more topics, Max the one that matters: a quarter of a weight decides between them."""
    world = World(tmp_path, "score: {offers_meet_seeks: 10, shared_topics: 9}\nobjective: [max_matched, max_total]\n")
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}, {topic: topic-b, priority: 1}")
    world.mentor("max-reed", "{topic: topic-a, strength: 5}")
    world.mentor("zoe-ferro", "{topic: topic-a, strength: 2}, {topic: topic-b, strength: 2}")
    found = {each.criterion: (each.less, each.more) for each in measured(world).shifted}

    # 10 * 25/30 + 9 * 1/2 = 12.83 against 10 * 12/30 + 9 = 13: more topics win, until the first weight is larger
    assert found == {"offers_meet_seeks": (1.0, 0.0), "shared_topics": (0.0, 1.0)}


def test_every_step_of_the_measuring_is_told(tmp_path):
    records, told = load(Workspace(crowd(tmp_path, 4, 4, seed=1).root)).records, []
    worth(records, "harbor/2026", TODAY, told.append)

    assert sum(told) == steps(records.policies["harbor/2026"]) == 17


def groups_of(tmp_path, sizes, mentors=60):
    world = World(tmp_path, TWO)
    number = 0
    for group, size in sizes.items():
        for _ in range(size):
            world.mentee(f"taker-{number:03d}", ranked=("giver-000",))
            if group:
                world.put(f"private/people/taker-{number:03d}.yaml", f"protected: {{site: {group}}}\n")
            number += 1
    for each in range(mentors):
        world.mentor(f"giver-{each:03d}")
    return measured(world)


def test_groups_of_ten_are_shown_with_intervals(tmp_path):
    found = groups_of(tmp_path, {"North": 10, "South": 12}, mentors=11)

    assert [(each.name, each.size) for each in found.between.groups] == [("north", 10), ("south", 12)]
    assert sum(round(each.matched.value * each.size) for each in found.between.groups) == 11
    (gap,) = found.between.gaps
    assert gap.matched == newcombe(found.between.groups[0].matched, found.between.groups[1].matched)
    assert any(line.startswith("site, north less south: matched ") for line in group_lines(found.between))


@pytest.mark.parametrize("sizes", [{"North": 10, "South": 9}, {"North": 10, "South": 10, "": 9}, {"North": 30}])
def test_a_small_group_is_not_shown_nor_given_away_by_the_others(tmp_path, sizes):
    found = groups_of(tmp_path, sizes)

    assert (found.between.groups, found.between.gaps, found.between.withheld) == ((), (), ("site",))
    assert group_lines(found.between) == ("not shown, since a group would have fewer than 10 mentees: site",)


def test_a_large_rest_gives_nobody_away(tmp_path):
    found = groups_of(tmp_path, {"North": 10, "South": 10, "East": 4, "": 6})

    assert [each.name for each in found.between.groups] == ["north", "south"]


def test_the_command_adds_the_figures_and_writes_no_group(tmp_path):
    world = crowd(tmp_path, 24, 20, seed=3, policy=TWO)
    for number in range(24):
        path = f"private/people/taker-{number:04d}.yaml"
        world.put(path, f"protected: {{site: {'Uplands' if number % 2 else 'Lowlands'}}}\n")

    def run(*more):
        command = ["-C", str(world.root), "match", "propose", "2026", "--figures", "--today", "2026-02-01", *more]
        return CliRunner().invoke(cli, command, standalone_mode=False, env={"COLUMNS": "200"}, catch_exceptions=False)

    shown = run("--write").stdout
    assert "1,000 random plans that break no constraint reach" in shown
    assert "site, lowlands less uplands: matched " in shown
    (why,) = world.root.rglob("why.md")
    text = why.read_text(encoding="utf-8")
    assert "## What it is worth" in text
    assert "against chance" in text
    assert not any(
        "uplands" in path.read_text(encoding="utf-8").casefold() for path in (world.root / "content").rglob("*.*")
    )
    data = json.loads(run("--json").stdout)["figures"]
    assert data["random_baseline"]["draws"] == 1_000
    assert {each["group"] for each in data["groups"]} == {"lowlands", "uplands"}
    found = measured(world)
    assert found.plan.total > found.chance.total
    assert worth_lines(found)


@pytest.mark.parametrize("model", ["group", "team", "near-peer", "community", "peer", "reciprocal", "flash"])
def test_every_model_is_measured(tmp_path, model):
    from test_models import of_model

    world = of_model(crowd(tmp_path, 12, 5, seed=5), model)
    found = worth(world.records, "harbor/2026", TODAY)
    assert found.plan.matched and found.shifted
    if model == "flash":
        assert found.chance is None
        return
    assert 0 < found.chance.matched <= found.plan.matched + 1e-9
    if found.chance.matched == found.plan.matched:
        assert found.chance.total <= found.plan.total
    assert any(line.startswith("against chance") for line in worth_lines(found))


def test_chance_in_groups_is_the_mean_over_every_arrangement(tmp_path):
    """Four mentees into two groups of two: six ways, each as likely as the others."""
    from test_group_plans import world_of

    world = world_of(tmp_path, "group", "size: {min: 2, max: 2}\n", ("ana", "bob", "cy"))
    world.mentee("dee", "{topic: topic-b, priority: 5}")
    records = world.records
    problem = build(records, "harbor/2026", TODAY)
    score = problem.instance.score
    every = [
        sum(int(score[row, 0 if row in first else 1]) for row in range(4))
        for first in itertools.combinations(range(4), 2)
    ]
    found = worth(records, "harbor/2026", TODAY).chance
    assert found.matched == 4
    assert found.total == pytest.approx(sum(every) / len(every), rel=0.05)
