"""Matching some people again: nobody else moves, the two are kept apart, and the fewest moves of others are shown."""

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import run as match
from harborworld import two_mentors

from toolkit.errors import ToolkitError

POLICY = "score: {offers_meet_seeks: 1}\nrequire: [common_language: 1]\nobjective: [max_total]\n"


@pytest.fixture
def world(tmp_path):
    """Ana has Zoe and Bob has Max; Lea is free, and speaks no language of Ana's."""
    world = two_mentors(tmp_path, POLICY)
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}")
    world.person("bob-stone", "mentee", "languages: [en, fr]\nmentee: {seeks: [topic-b]}\n")
    world.person("lea-blum", "mentor", "languages: [fr]\nmentor: {offers: [topic-b], capacity: 1}\n")
    world.pair("zoe-ana", "zoe-ferro", "ana-kovacs", "proposed")
    world.pair("max-bob", "max-reed", "bob-stone", "proposed")
    return world


def run(world, *pairs):
    return match(world, "rematch", "2026", *pairs)


def test_a_free_mentor_is_found_and_nobody_else_moves(world):
    world.mentor("ida-voss", "{topic: topic-a, strength: 1}")
    before = (world.root / "content/programs/harbor/2026/pairs/max-bob/pair.yaml").read_bytes()
    shown = run(world, "zoe-ana")
    assert "Ana Kovacs with Ida Voss (ana-kovacs, ida-voss): 0.20" in shown.stdout
    assert "next: mentoring match rematch 2026 zoe-ana --today 2026-02-01 --write" in shown.stderr
    assert world.states() == {"zoe-ana": "proposed", "max-bob": "proposed"}
    run(world, "zoe-ana", "--write")

    assert world.states() == {"zoe-ana": "objected", "max-bob": "proposed", "ida-ana": "proposed"}
    assert (world.root / "content/programs/harbor/2026/pairs/max-bob/pair.yaml").read_bytes() == before


def test_the_fewest_moves_of_others_are_shown_where_somebody_stays_without(world):
    shown = run(world, "zoe-ana").stdout

    assert "Without a pair: Ana Kovacs (ana-kovacs)" in shown
    assert "Bob Stone: Max Reed -> Lea Blum" in shown
    assert "Ana Kovacs: nobody -> Max Reed" in shown
    assert "to let them, name the proposals of Bob Stone too" in shown


def test_naming_those_who_may_move_makes_the_moves(world):
    run(world, "zoe-ana", "max-bob", "--write")

    assert world.states() == {
        "zoe-ana": "objected",
        "max-bob": "objected",
        "max-ana": "proposed",
        "lea-bob": "proposed",
    }


def test_a_mentor_who_drops_out_sets_only_that_mentee_free(world):
    world.apply("zoe-ferro", "mentor", status="withdrawn")
    world.mentor("ida-voss", "{topic: topic-a, strength: 1}")
    run(world, "zoe-ana", "--write")

    assert world.states()["ida-ana"] == "proposed"


def test_those_who_wait_take_no_place_of_those_who_are_matched_again(world):
    world.mentor("ida-voss", "{topic: topic-a, strength: 5}")
    world.mentee("cy-marsh", "{topic: topic-a, priority: 5}")
    assert "Ana Kovacs with Ida Voss" in run(world, "zoe-ana").stdout


def test_objected_and_closed_pairs_are_matched_again_as_they_are(world):
    world.pair("zoe-ana", "zoe-ferro", "ana-kovacs", "objected")
    world.mentor("ida-voss", "{topic: topic-a, strength: 1}")
    run(world, "zoe-ana", "--write")

    assert world.states() == {"zoe-ana": "objected", "max-bob": "proposed", "ida-ana": "proposed"}


@pytest.mark.parametrize(
    ("change", "named", "said"),
    [
        (lambda world: None, "no-pair", "has no pair no-pair"),
        (lambda world: world.pair("zoe-ana", "zoe-ferro", "ana-kovacs", "active"), "zoe-ana", "zoe-ana is active"),
        (lambda world: world.apply("ana-kovacs", "mentee", status="withdrawn"), "zoe-ana", "cannot be matched again"),
        (
            lambda world: world.private("bob-stone", "mentee", "veto: [max-reed]\n"),
            "zoe-ana",
            "the proposal max-bob cannot hold any more: a rule of the program",
        ),
        (
            lambda world: world.apply("max-reed", "mentor", status="withdrawn"),
            "zoe-ana",
            "max-bob cannot hold any more",
        ),
    ],
)
def test_what_cannot_be_matched_again_is_said_in_one_sentence(world, change, named, said):
    change(world)
    with pytest.raises(ToolkitError) as refused:
        run(world, named)
    assert said in refused.value.message
