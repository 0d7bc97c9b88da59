"""Pin, forbid and swap: the price first, then exactly the lines of the policy, and nothing else."""

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import run, two_mentors

from toolkit.errors import ToolkitError

POLICY = "# How we match\nscore: {offers_meet_seeks: 1}  # topics alone\nobjective: [max_matched, max_total]\n"
PATH = "content/programs/harbor/2026/matching.yaml"


@pytest.fixture
def world(tmp_path):
    world = two_mentors(tmp_path, POLICY)
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}")
    world.mentee("bob-stone", "{topic: topic-a, priority: 4}, {topic: topic-b, priority: 1}")
    return world


def policy(world):
    return (world.root / PATH).read_text(encoding="utf-8")


SWAPPED = ["total: 1.2000 -> 0.8000 (-0.4000)", "Ana Kovacs: Zoe Ferro -> Max Reed", "Bob Stone: Max Reed -> Zoe Ferro"]


def test_a_pin_shows_its_price_and_the_lines_and_writes_nothing(world):
    result = run(world, "pin", "2026", "zoe-ferro", "bob-stone", "--reason", "Both asked")

    assert result.return_value == 0
    assert all(line in result.stdout for line in SWAPPED)
    assert result.stdout.index("what it costs:") < result.stdout.index(PATH)
    assert "+   - {mentor: zoe-ferro, mentee: bob-stone, reason: Both asked}" in result.stdout
    assert result.stderr.endswith(
        "next: mentoring match pin 2026 zoe-ferro bob-stone --reason 'Both asked' --today 2026-02-01 --write\n"
    )
    assert policy(world) == POLICY


@pytest.mark.parametrize(
    ("command", "field", "people"),
    [("pin", "pins", ("zoe-ferro", "bob-stone")), ("forbid", "forbids", ("zoe-ferro", "ana-kovacs"))],
)
def test_write_adds_the_entry_and_leaves_every_other_byte(world, command, field, people):
    mentor, mentee = people
    result = run(world, command, "2026", mentor, mentee, "--reason", "Both asked: twice", "--write")

    assert all(line in result.stdout for line in SWAPPED)
    added = f'{field}:\n  - {{mentor: {mentor}, mentee: {mentee}, reason: "Both asked: twice"}}\n'
    assert policy(world) == POLICY + added
    plan = run(world, "propose", "2026").stdout
    assert "Ana Kovacs with Max Reed" in plan
    assert "Bob Stone with Zoe Ferro" in plan


def test_a_swap_pins_both_new_pairs(world):
    run(world, "swap", "2026", "ana-kovacs", "bob-stone", "--reason", "Ana moved", "--write")

    pins = world.records.policies["harbor/2026"].pins
    assert {(each.mentor, each.mentee, each.reason) for each in pins} == {
        ("max-reed", "ana-kovacs", "Ana moved"),
        ("zoe-ferro", "bob-stone", "Ana moved"),
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pin", "2026", "zoe-ferro", "bob-stone", "--reason", " "), "a reason is needed"),
        (("pin", "2026", "zoe-fero", "bob-stone", "--reason", "x"), "there is no person zoe-fero"),
        (("swap", "2026", "ana-kovacs", "zoe-ferro", "--reason", "x"), "zoe-ferro has no place in the plan"),
        (("swap", "2026", "ana-kovacs", "ana-kovacs", "--reason", "x"), "are with the same people: zoe-ferro"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(world, arguments, said):
    with pytest.raises(ToolkitError) as refused:
        run(world, *arguments)
    assert said in refused.value.message
    assert policy(world) == POLICY


def test_a_reason_is_required(world):
    from click import MissingParameter

    with pytest.raises(MissingParameter):
        run(world, "pin", "2026", "zoe-ferro", "bob-stone")


def test_a_pin_that_cannot_hold_is_refused_before_anything_is_shown_as_a_price(world):
    world.private("bob-stone", "mentee", "veto: [zoe-ferro]\n")
    result = run(world, "pin", "2026", "zoe-ferro", "bob-stone", "--reason", "x", "--write")

    assert result.return_value == 1
    assert "the pin of zoe-ferro and bob-stone cannot hold: a rule of the program" in result.stderr
    assert result.stdout == ""
    assert policy(world) == POLICY


def test_a_pair_stands_in_the_policy_once(world):
    run(world, "forbid", "2026", "zoe-ferro", "bob-stone", "--reason", "x", "--write")
    for command in ("forbid", "pin"):
        with pytest.raises(ToolkitError, match="are forbidden already"):
            run(world, command, "2026", "zoe-ferro", "bob-stone", "--reason", "y")


def test_a_pinned_mentee_is_not_swapped(world):
    run(world, "pin", "2026", "max-reed", "bob-stone", "--reason", "x", "--write")
    with pytest.raises(ToolkitError, match="bob-stone is pinned already"):
        run(world, "swap", "2026", "ana-kovacs", "bob-stone", "--reason", "y")
