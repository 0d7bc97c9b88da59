"""Why two people are a pair or are not: the terms, what stands in the way in safe words, and the price by brute force."""

import datetime
import itertools
import json

import pytest
from click.testing import CliRunner

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World, crowd

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.matching.problem import build
from toolkit.matching.why import why, why_lines

TODAY = datetime.date(2026, 2, 1)
TOTAL = "score: {offers_meet_seeks: 1}\nobjective: [max_matched, max_total]\n"


def asked(world, one, other):
    records = world.records
    return why(records, build(records, "harbor/2026", TODAY), one, other)


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, TOTAL)
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}")
    world.mentee("bob-stone", "{topic: topic-a, priority: 4}, {topic: topic-b, priority: 1}")
    world.mentor("zoe-ferro", "{topic: topic-a, strength: 5}")
    world.mentor("max-reed", "{topic: topic-b, strength: 5}")
    return world


def test_a_pair_that_was_not_made_says_what_each_got_and_what_making_it_would_cost(world):
    found = asked(world, "zoe-ferro", "bob-stone")

    assert (found.made, found.against) == (False, ())
    assert found.mentee_has == ("max-reed", 2_000)
    assert found.mentors_mentees == (("ana-kovacs", 10_000),)
    assert (found.price.before.total, found.price.after.total) == (12_000, 8_000)
    assert {(each.mentee, each.before, each.after) for each in found.price.moves} == {
        ("ana-kovacs", ("zoe-ferro",), ("max-reed",)),
        ("bob-stone", ("max-reed",), ("zoe-ferro",)),
    }
    text = "\n".join(why_lines(found))
    assert "Bob Stone gets Max Reed at 0.20" in text
    assert "total: 1.2000 -> 0.8000 (-0.4000)" in text
    assert "Ana Kovacs: Zoe Ferro -> Max Reed" in text


def test_a_pair_that_was_made_says_what_doing_without_it_would_cost(world):
    found = asked(world, "ana-kovacs", "zoe-ferro")

    assert found.made
    assert (found.price.before.total, found.price.after.total) == (12_000, 8_000)
    assert "without it, this would change:" in "\n".join(why_lines(found))


def test_the_order_of_the_two_does_not_matter(world):
    assert why_lines(asked(world, "bob-stone", "zoe-ferro")) == why_lines(asked(world, "zoe-ferro", "bob-stone"))


def test_a_veto_and_a_forbidden_pair_sound_the_same_and_are_not_priced(world):
    def said():
        return why_lines(asked(world, "bob-stone", "zoe-ferro"))

    world.private("bob-stone", "mentee", "veto: [zoe-ferro]\n")
    vetoed = said()
    world.private("bob-stone", "mentee", "veto: []\n")
    world.pair("zoe-bob", "zoe-ferro", "bob-stone", "objected")
    assert vetoed == said()
    assert "  in the way: a rule of the program" in vetoed
    assert "veto" not in " ".join(vetoed)
    assert asked(world, "bob-stone", "zoe-ferro").price is None


def test_the_floor_stands_in_the_way_but_the_price_is_told_since_a_pin_passes_it(world):
    world.policy(TOTAL + "floor: 0.9\n")
    found = asked(world, "bob-stone", "zoe-ferro")

    assert found.against == ("a score below the floor of 0.9",)
    assert found.price.after.total == 8_000


def test_a_mentor_without_a_place_stands_in_the_way(world):
    world.mentor("lea-blum", capacity=0)
    found = asked(world, "ana-kovacs", "lea-blum")

    assert found.against == ("lea-blum has no place left for a mentee",)
    assert found.price is None


def test_places_that_pins_take_stand_in_the_way(world):
    world.policy(TOTAL + "pins: [{mentor: zoe-ferro, mentee: ana-kovacs, reason: Asked}]\n")

    assert asked(world, "bob-stone", "zoe-ferro").against == ("every place of zoe-ferro is taken by a pin",)
    made = asked(world, "ana-kovacs", "zoe-ferro")
    assert "proposed by a pin" in why_lines(made)[0]
    assert made.price.after.total == 8_000


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("ana-kovacs", "bob-stone", "both mentees here"),
        ("zoe-ferro", "max-reed", "both mentors here"),
        ("ana-kovacs", "ana-kovacs", "both mentees here"),
        ("ana-kovacs", "joe-late", "the application is submitted, and only accepted people are matched"),
        ("ana-kovacs", "nobody-here", "there is no application of this person for the cohort"),
        ("ann-paired", "max-reed", "this person is in a pair of the cohort already"),
    ],
)
def test_people_who_cannot_be_asked_about_are_told_why(world, one, other, said):
    world.mentor("joe-late")
    world.apply("joe-late", "mentor", status="submitted")
    world.mentee("ann-paired")
    world.pair("zoe-ann", "zoe-ferro", "ann-paired", "active")
    with pytest.raises(ToolkitError) as refused:
        asked(world, one, other)
    assert said in refused.value.message


def best(problem, fixed):
    """The most matched, then the largest total, over every assignment that holds the fixed pair."""
    score, eligible, room = problem.instance.score, problem.instance.eligible, problem.instance.room
    found = (-1, -1)
    for mate in itertools.product(range(-1, len(room)), repeat=len(score)):
        pairs = [(row, column) for row, column in enumerate(mate) if column >= 0]
        if mate[fixed[0]] != fixed[1] or any(not eligible[pair] and pair != fixed for pair in pairs):
            continue
        if all(mate.count(column) <= room[column] for column in range(len(room))):
            found = max(found, (len(pairs), sum(int(score[pair]) for pair in pairs)))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_price_is_that_of_the_best_plan_with_the_pair_by_brute_force(tmp_path, seed):
    world = crowd(tmp_path, 4, 4, seed, TOTAL + "floor: 0.1\n")
    records = world.records
    problem = build(records, "harbor/2026", TODAY)
    priced = 0
    for row, column in itertools.product(range(4), range(4)):
        found = why(records, problem, problem.mentees[row], problem.mentors[column])
        if found.price and not found.made:
            after = found.price.after
            assert (after.matched, after.total) == best(problem, (row, column))
            priced += 1
    assert priced


def test_the_command_prints_lines_or_data(world):
    def run(*more):
        command = ["-C", str(world.root), "match", "why", "2026", "bob-stone", "zoe-ferro", "--today", "2026-02-01"]
        return CliRunner().invoke(cli, [*command, *more], standalone_mode=False, env={"COLUMNS": "80"})

    assert run().stdout.startswith("Bob Stone with Zoe Ferro (bob-stone, zoe-ferro): 0.80, not proposed\n")
    data = json.loads(run("--json").stdout)
    assert (data["format"], data["proposed"], data["mentee_gets"]) == (
        "mentoring-why",
        False,
        {"person": "max-reed", "score": 0.2},
    )
    assert data["price"]["after"] == {"matched": 2, "total": 0.8, "lowest": 0.0, "first_choices": 0}
