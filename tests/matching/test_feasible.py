"""What is possible before anything is scored: places, people out of reach, and the smallest sets that conflict."""

import datetime
import itertools
import json

import pytest
from click.testing import CliRunner

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World, crowd

from toolkit.cli.app import cli
from toolkit.matching.feasible import feasible, feasible_lines
from toolkit.matching.problem import build

TODAY = datetime.date(2026, 2, 1)
SCORE = "score: {offers_meet_seeks: 1}\n"
BOTH = SCORE + "require:\n  - common_language: 1\n  - same_modality: true\n"
PATH = "content/programs/harbor/2026/matching.yaml"


def asked(world):
    return feasible(world.records, "harbor/2026", TODAY)


def french(world, ident, role, more):
    world.person(ident, role, f"languages: [fr]\n{role}:\n  {more}\n")


def test_everybody_can_be_matched(tmp_path):
    world = World(tmp_path, SCORE)
    world.mentee("ana-kovacs")
    world.mentor("zoe-ferro", capacity=2)
    found = asked(world)

    assert found.whole
    assert (found.places, found.matched, found.conflict, found.ways, found.lonely) == (2, 1, (), (), ())
    assert feasible_lines(found, {})[0] == "1 mentee, 1 mentor with 2 places: 1 place to spare"


def test_too_few_places_are_not_blamed_on_a_constraint(tmp_path):
    world = World(tmp_path, BOTH)
    for name in ("ana-kovacs", "bob-stone", "cy-marsh"):
        world.mentee(name, more="  modalities: [virtual]\n")
    world.mentor("zoe-ferro", more="  modalities: [virtual]\n")
    world.mentor("lea-blum", capacity=0, more="  modalities: [virtual]\n")
    found = asked(world)

    assert not found.whole
    assert (found.matched, found.possible, found.conflict, found.full) == (1, 1, (), ("lea-blum",))
    assert "3 mentees, 2 mentors with 1 place: 2 places too few" in feasible_lines(found, {})
    assert found.lonely == ()


def test_one_constraint_conflicts_and_its_line_is_named(tmp_path):
    world = World(tmp_path, BOTH)
    world.mentee("ana-kovacs", more="  modalities: [virtual]\n")
    french(world, "zoe-ferro", "mentor", "capacity: 1\n  modalities: [virtual]")
    found = asked(world)

    assert found.conflict == ("no common language",)
    assert [(each.names, each.matched) for each in found.ways] == [(("no common language",), 1)]
    assert [each.person for each in found.lonely] == ["ana-kovacs", "zoe-ferro"]
    assert f"in conflict with matching 1: no common language ({PATH}:3)" in feasible_lines(found, {})


def test_two_constraints_conflict_only_together(tmp_path):
    """Ana could have Zoe but for the language and Max but for the way of meeting; without either rule she has one."""
    world = World(tmp_path, BOTH)
    world.mentee("ana-kovacs", more="  modalities: [virtual]\n")
    french(world, "zoe-ferro", "mentor", "capacity: 1\n  modalities: [virtual]")
    world.mentor("max-reed", more="  modalities: [in-person]\n")
    found = asked(world)

    assert found.conflict == ("no common language", "no common way of meeting")
    assert [each.names for each in found.ways] == [("no common language",), ("no common way of meeting",)]
    assert feasible_lines(found, {})[2].endswith(f"({PATH}:3) and no common way of meeting ({PATH}:4)")


def test_two_constraints_must_go_together_where_each_alone_forbids_all(tmp_path):
    world = World(tmp_path, BOTH)
    world.mentee("ana-kovacs", more="  modalities: [virtual]\n")
    french(world, "zoe-ferro", "mentor", "capacity: 1\n  modalities: [in-person]")
    found = asked(world)

    assert [each.names for each in found.ways] == [("no common language", "no common way of meeting")]


def test_private_rules_are_lifted_as_one_and_have_no_line(tmp_path):
    world = World(tmp_path, SCORE + "require: [not_related: [family]]\n")
    world.mentee("ana-kovacs")
    world.mentor("zoe-ferro")
    world.private("ana-kovacs", "mentee", "veto: [zoe-ferro]\n")
    found = asked(world)

    assert found.conflict == ("a rule of the program",)
    assert found.lines == {}
    text = " ".join(feasible_lines(found, {}))
    assert "veto" not in text
    assert "matching.yaml" not in text


def test_scores_floor_and_pins_change_nothing_of_what_is_possible(tmp_path):
    world = World(tmp_path, "score: {values_overlap: 1}\nmissing: refuse\nfloor: 0.99\n")
    world.mentee("ana-kovacs")
    world.mentor("zoe-ferro")

    assert asked(world).whole


def test_a_pin_that_cannot_hold_is_a_fault(tmp_path):
    world = World(tmp_path, BOTH + "pins: [{mentor: zoe-ferro, mentee: ana-kovacs, reason: Asked}]\n")
    world.mentee("ana-kovacs", more="  modalities: [virtual]\n")
    french(world, "zoe-ferro", "mentor", "capacity: 1\n  modalities: [virtual]")
    world.mentor("max-reed", more="  modalities: [virtual]\n")
    found = asked(world)

    assert found.matched == found.mentees
    assert not found.whole
    assert [each.code for each in found.faults] == ["pin-violates-constraint"]


@pytest.mark.parametrize("seed", range(5))
def test_the_most_that_can_be_matched_is_that_of_brute_force(tmp_path, seed):
    world = crowd(tmp_path, 5, 3, seed, SCORE + "require:\n  - common_language: 1\n  - overlap_minutes: 30\n")
    records = world.records
    problem, found = build(records, "harbor/2026", TODAY), asked(world)
    eligible, room = problem.instance.eligible, problem.instance.room
    most = max(
        sum(column >= 0 for column in mate)
        for mate in itertools.product(range(-1, 3), repeat=5)
        if all(column < 0 or eligible[row, column] for row, column in enumerate(mate))
        and all(mate.count(column) <= room[column] for column in range(3))
    )

    assert found.matched == most
    assert {each.person for each in found.lonely if each.role == "mentee"} == {
        problem.mentees[row] for row in range(5) if not (eligible[row] & (room > 0)).any()
    }


def test_the_command_ends_with_1_where_somebody_cannot_be_matched(tmp_path):
    world = World(tmp_path, SCORE)
    world.mentee("ana-kovacs")

    def run(*more):
        command = ["-C", str(world.root), "match", "feasible", "2026", "--today", "2026-02-01", *more]
        return CliRunner().invoke(cli, command, standalone_mode=False, env={"COLUMNS": "80"})

    result = run("--json")
    assert result.return_value == 1
    assert json.loads(result.stdout)["out_of_reach"] == [
        {"person": "ana-kovacs", "role": "mentee", "reasons": ["no mentor takes part"]}
    ]
    world.mentor("zoe-ferro")
    assert run().return_value == 0


def of_model(tmp_path, model, policy=SCORE):
    from harborworld import COHORT, PROGRAM

    world = World(tmp_path, f"model: {model}\n{policy}")
    world.put("content/programs/harbor/program.yaml", PROGRAM.replace("[one-to-one]", f"[{model}]"))
    world.put("content/programs/harbor/2026/cohort.yaml", COHORT.replace("one-to-one", model))
    return world


def test_of_groups_the_numbers_are_constraints_too(tmp_path):
    world = of_model(tmp_path, "group", f"{SCORE}size: {{min: 3, max: 4}}\n")
    for name in ("ana-kovacs", "bob-stone", "cy-marsh", "dee-moss", "eve-hart"):
        world.mentee(name)
    world.mentor("zoe-ferro", capacity=9)
    world.mentor("max-reed", capacity=9)
    found = asked(world)

    assert (found.matched, found.possible) == (4, 5)
    assert found.conflict == ("a group has 3 at the least", "a group has 4 at the most")
    assert [each.names for each in found.ways] == [(each,) for each in found.conflict]
    lines = feasible_lines(found, {})
    assert "at the most 4 of 5 mentees can be in a group" in lines
    assert any(line.endswith(f"a group has 4 at the most ({PATH}:3)") for line in lines)


def test_of_groups_ties_between_mentees_are_lifted_as_one_with_all_private_rules(tmp_path):
    world = of_model(tmp_path, "group", f"{SCORE}size: {{min: 2, max: 2}}\n")
    for name in ("ana-kovacs", "bob-stone"):
        world.mentee(name)
    world.mentor("zoe-ferro", capacity=9)
    world.private("ana-kovacs", "mentee", "veto: [bob-stone]\n")
    found = asked(world)

    assert (found.matched, found.possible) == (0, 2)
    assert ("a rule of the program",) in [each.names for each in found.ways]


def test_of_a_team_the_strands_are_a_constraint(tmp_path):
    world = of_model(tmp_path, "team", f"{SCORE}size: {{min: 1, max: 4}}\nmentors: {{min: 2, max: 2}}\n")
    world.mentee("ana-kovacs")
    for name in ("zoe-ferro", "max-reed"):
        world.mentor(name, capacity=9)
    found = asked(world)

    assert (found.matched, found.possible) == (0, 1)
    assert "the mentors of one team come from different strands" in [each.names[0] for each in found.ways]


def test_peers_are_counted_in_twos_and_one_three(tmp_path):
    for model, matched in (("peer", 3), ("reciprocal", 2)):
        world = of_model(tmp_path / model, model)
        for name in ("ana-kovacs", "bob-stone", "cy-marsh"):
            world.mentee(name)
        found = asked(world)
        assert found.matched == matched
        assert feasible_lines(found, {})[0] == ("3 people: an odd number, so that one is left or three are together")
    french(world, "dee-moss", "mentee", "seeks: [topic-a]")
    world.policy(f"model: reciprocal\n{BOTH}")
    assert "no common language" in asked(world).conflict + tuple(asked(world).lonely[0].reasons)


def test_short_meetings_ask_for_rounds_and_not_for_places(tmp_path):
    world = of_model(tmp_path, "flash")
    for name in ("ana-kovacs", "bob-stone", "cy-marsh"):
        world.mentee(name)
    world.mentor("zoe-ferro", capacity=0)
    found = asked(world)

    assert found.whole and found.rounds == 3
    assert feasible_lines(found, {}) == (
        "3 mentees, 1 mentor",
        "at the most 3 of 3 mentees can be in a meeting",
        "all who can have met after 3 rounds",
    )


def test_two_who_cannot_be_kept_together_are_a_fault(tmp_path):
    world = of_model(
        tmp_path, "group", f"{SCORE}size: {{min: 1, max: 3}}\ntogether: [{{one: ana-kovacs, other: bob-stone}}]\n"
    )
    for name in ("ana-kovacs", "bob-stone"):
        world.mentee(name)
    world.mentor("zoe-ferro", capacity=9)
    assert asked(world).whole
    world.private("ana-kovacs", "mentee", "veto: [bob-stone]\n")
    (fault,) = asked(world).faults
    assert fault.message == "ana-kovacs and bob-stone cannot be kept together: a rule of the program"
