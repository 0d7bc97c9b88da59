"""Where a command speaks of who goes to which mentor, it says so of groups; a plan of groups is applied all the same."""

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import COHORT, PROGRAM, World, run

from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.workspace import Workspace

SCORE = "score: {offers_meet_seeks: 1}\n"


def world_of(tmp_path, model, policy=""):
    world = World(tmp_path, f"model: {model}\n{SCORE}{policy}")
    world.put("content/programs/harbor/program.yaml", PROGRAM.replace("[one-to-one]", f"[{model}]"))
    world.put("content/programs/harbor/2026/cohort.yaml", COHORT.replace("one-to-one", model))
    for name in ("ana-kovacs", "bob-stone", "cy-marsh"):
        world.mentee(name)
    world.mentor("zoe-ferro", capacity=3)
    world.mentor("max-reed", "{topic: topic-b, strength: 5}", capacity=3)
    return world


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (("why", "2026", "ana-kovacs", "zoe-ferro"), "why"),
        (("feasible", "2026"), "feasible"),
        (("compare", "2026", "2026"), "compare"),
        (("pin", "2026", "zoe-ferro", "ana-kovacs", "--reason", "x"), "pin"),
        (("forbid", "2026", "zoe-ferro", "ana-kovacs", "--reason", "x"), "forbid"),
        (("swap", "2026", "ana-kovacs", "bob-stone", "--reason", "x"), "swap"),
        (("rematch", "2026", "zoe-ana"), "rematch"),
        (("propose", "2026", "--figures"), "propose --figures"),
    ],
)
def test_a_command_that_does_not_speak_of_groups_says_so(tmp_path, arguments, command):
    world = world_of(tmp_path, "group")
    with pytest.raises(ToolkitError) as refused:
        run(world, *arguments)
    assert refused.value.message.startswith(f"`match {command}` does not speak of a group cohort yet")


def test_a_plan_of_groups_is_applied_as_it_was_written(tmp_path):
    world = world_of(tmp_path, "group", "size: {min: 2, max: 3}\n")
    run(world, "propose", "2026", "--write", "--plan-only")
    (plan,) = load(Workspace(world.root)).records.plans["harbor/2026"]
    run(world, "apply", plan.id, "--write")

    (pair,) = load(Workspace(world.root)).records.pairs_of("harbor/2026")
    assert (pair.model, pair.status, pair.run) == ("group", "proposed", plan.id)
    assert pair.mentors == ("zoe-ferro",)
    assert set(pair.mentees) == {"ana-kovacs", "bob-stone", "cy-marsh"}


def test_a_changed_plan_of_groups_is_not_taken_whatever_the_reason(tmp_path):
    world = world_of(tmp_path, "group", "size: {min: 2, max: 3}\n")
    run(world, "propose", "2026", "--write", "--plan-only")
    (plan,) = load(Workspace(world.root)).records.plans["harbor/2026"]
    world.mentee("dee-moss")
    with pytest.raises(ToolkitError, match="does not speak of groups yet"):
        run(world, "apply", plan.id, "--accept-changed", "--reason", "x", "--write")


def test_one_mentor_with_several_mentees_is_explained_and_compared(tmp_path):
    world = world_of(tmp_path, "near-peer")

    assert "0 mentees change" in run(world, "compare", "2026", "2026").stdout
    assert "proposed" in run(world, "why", "2026", "ana-kovacs", "zoe-ferro").stdout
    assert run(world, "feasible", "2026").return_value == 0
    with pytest.raises(ToolkitError, match="does not speak of a near-peer cohort yet"):
        run(world, "rematch", "2026", "zoe-near-peer")
