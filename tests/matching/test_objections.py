"""Objecting to a proposal: kept in private, never told, respected by apply and rematch, and seen while unanswered."""

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import ask, run, two_mentors

from toolkit.errors import ToolkitError

POLICY = "score: {offers_meet_seeks: 1}\nobjective: [max_matched, max_total]\n"
FILE = "private/applications/harbor/2026/ana-kovacs-mentee.yaml"


@pytest.fixture
def world(tmp_path):
    world = two_mentors(tmp_path, POLICY)
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}, {topic: topic-b, priority: 1}")
    return world


def test_a_proposal_of_two_ends_and_the_two_are_not_brought_together_again(world):
    run(world, "propose", "2026", "--write")
    shown = ask(world, "object", "zoe-ana", "--person", "ana-kovacs", "--reason", "We know each other", "--write")
    assert "an objection is recorded; proposed -> objected" in shown.stdout
    assert "next: mentoring match rematch harbor/2026 zoe-ana" in shown.stderr
    assert (world.root / FILE).read_text() == (
        "objections:\n  - pair: zoe-ana\n    about: zoe-ferro\n    on: 2026-02-01\n    reason: We know each other\n"
    )
    assert world.states() == {"zoe-ana": "objected"}
    again = ask(world, "match", "rematch", "2026", "zoe-ana", "--write")
    assert "Ana Kovacs with Max Reed" in again.stdout
    assert world.states() == {"zoe-ana": "objected", "max-ana": "proposed"}
    assert (world.root / FILE).read_text().endswith("    answered: 2026-02-01\n")


def test_nobody_is_told_whose_word_it_was(world):
    world.pair("zoe-ana", "zoe-ferro", "ana-kovacs", "proposed")
    said = {}
    for person in ("ana-kovacs", "zoe-ferro"):
        ask(world, "object", "zoe-ana", "--person", person, "--reason", "Secret words", "--write")
        lines = [run(world, "why", "2026", "ana-kovacs", "zoe-ferro").output]
        lines += [run(world, "propose", "2026").stdout.partition("run-")[2][20:], run(world, "feasible", "2026").output]
        said[person] = lines
        role = "mentee" if person == "ana-kovacs" else "mentor"
        (world.root / f"private/applications/harbor/2026/{person}-{role}.yaml").unlink()
        world.pair("zoe-ana", "zoe-ferro", "ana-kovacs", "proposed")
    assert said["ana-kovacs"] == said["zoe-ferro"]
    text = " ".join(said["ana-kovacs"])
    assert "in the way: a rule of the program" in text and "object" not in text and "Secret" not in text


def test_a_plan_made_before_is_not_applied_against_an_objection(world):
    run(world, "propose", "2026", "--write", "--plan-only")
    (plan,) = world.records.plans["harbor/2026"]
    world.private("ana-kovacs", "mentee", "objections: [{pair: zoe-ana, about: zoe-ferro, on: 2026-01-30}]\n")
    assert "run-inputs-changed" in run(world, "apply", plan.id, "--write").stderr
    with pytest.raises(ToolkitError, match="zoe-ferro with ana-kovacs: a rule of the program"):
        run(world, "apply", plan.id, "--accept-changed", "--reason", "x", "--write")


def test_in_a_group_the_others_stay_and_who_objected_goes_elsewhere(tmp_path):
    from test_group_plans import six

    world = six(tmp_path)
    run(world, "propose", "2026", "--write")
    shown = ask(world, "object", "zoe-group", "--person", "ana-kovacs", "--write")
    assert "the group stays proposed" in shown.stdout
    run(world, "rematch", "2026", "zoe-group", "max-group", "--write")
    records = world.records
    now = {
        pair.id: {each.person for each in pair.members if each.left is None} for pair in records.pairs_of("harbor/2026")
    }
    assert "ana-kovacs" in now["max-group"] and {"bob-stone", "cy-marsh"} < now["zoe-group"]
    assert len(now["zoe-group"] & {"dee-moss", "eve-hart", "fay-lund"}) == 1  # one changes places with her, no more
    (file,) = records.private_applications["harbor/2026"]
    assert str(file.objections[0].answered) == "2026-02-01"


def test_an_objection_against_one_member_of_a_group_keeps_the_two_apart(tmp_path):
    from test_group_plans import six

    world = six(tmp_path)
    run(world, "propose", "2026", "--write")
    command = ("object", "zoe-group", "--person", "ana-kovacs", "--about", "bob-stone", "--write")
    ask(world, *command)
    run(world, "rematch", "2026", "zoe-group", "max-group", "--write")
    pairs = world.records.pairs_of("harbor/2026")
    now = [{each.person for each in pair.members if each.left is None} for pair in pairs]
    assert any("ana-kovacs" in each for each in now) and any("bob-stone" in each for each in now)
    assert not any({"ana-kovacs", "bob-stone"} <= each for each in now)


def test_status_shows_the_pair_and_not_whose_word_it_was(world):
    run(world, "propose", "2026", "--write")
    ask(world, "object", "zoe-ana", "--person", "ana-kovacs", "--reason", "Secret words", "--write")
    shown = ask(world, "status", today="2026-02-10").stdout
    assert "objected 9 days ago" in shown and "Secret" not in shown
    ask(world, "match", "rematch", "2026", "zoe-ana", "--write")
    assert "objected 9 days ago" not in ask(world, "status", today="2026-02-10").stdout


def test_who_finds_no_other_place_still_waits_for_an_answer(world):
    world.apply("max-reed", "mentor", status="withdrawn")
    run(world, "propose", "2026", "--write")
    ask(world, "object", "zoe-ana", "--person", "ana-kovacs", "--write")
    shown = ask(world, "match", "rematch", "2026", "zoe-ana")
    assert "Without a pair: Ana Kovacs" in shown.stdout
    assert "answered" not in (world.root / FILE).read_text()


@pytest.mark.parametrize(
    ("status", "person", "more", "said"),
    [
        ("active", "ana-kovacs", (), "is active, and only a proposal is objected to"),
        ("proposed", "max-reed", (), "max-reed is not in"),
        ("proposed", "ana-kovacs", ("--about", "max-reed"), "max-reed is nobody else of"),
        ("proposed", "ana-kovacs", ("--on", "2026-01-01"), "was proposed on 2026-01-05, after 2026-01-01"),
    ],
)
def test_what_cannot_be_objected_to_is_said_in_one_sentence(world, status, person, more, said):
    world.pair("zoe-ana", "zoe-ferro", "ana-kovacs", status)
    result = ask(world, "object", "zoe-ana", "--person", person, *more)
    assert result.return_value == 1 and said in result.stderr


def test_a_late_objection_is_recorded_all_the_same(world):
    world.pair("zoe-ana", "zoe-ferro", "ana-kovacs", "proposed")
    shown = ask(world, "object", "zoe-ana", "--person", "zoe-ferro")
    assert "the 7 days for objecting are over; it is recorded all the same" in shown.stderr
    assert "+     about: ana-kovacs" in shown.stdout and "nothing is written yet" in shown.stderr
