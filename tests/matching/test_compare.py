"""Two plans side by side: whom the second moves, what each is worth by one policy, and how even and stable it is."""

import datetime
import json
from dataclasses import replace

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World, run

from toolkit.errors import ToolkitError
from toolkit.matching.compare import Chosen, compare
from toolkit.matching.evenness import spread
from toolkit.matching.standing import Together

TODAY = datetime.date(2026, 2, 1)
TOTAL = "score: {offers_meet_seeks: 1}\nobjective: [max_matched, max_total]\n"


def chosen(name, *pairs):
    return Chosen(name, tuple(Together((mentor,), (mentee,)) for mentor, mentee in pairs), "")


@pytest.fixture
def world(tmp_path):
    """By topics it is best that Ana goes to Max and Bob to Zoe; the people themselves wish it the other way round."""
    world = World(tmp_path, TOTAL)
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}, {topic: topic-b, priority: 4}", ranked=("zoe-ferro",))
    world.mentee("bob-stone", "{topic: topic-a, priority: 5}", ranked=("max-reed",))
    world.mentor(
        "zoe-ferro",
        "{topic: topic-a, strength: 5}, {topic: topic-b, strength: 1}",
        more="  other_load: 2\n",
        ranked=("ana-kovacs",),
    )
    world.mentor("max-reed", "{topic: topic-b, strength: 5}")
    world.mentor("lea-blum", "{topic: topic-c, strength: 5}")
    return world


def test_the_golden_loads():
    found = spread([0, 1, 1, 2, 4])

    assert (found.least, found.most, found.idle) == (0, 4, 1)
    assert found.gini == pytest.approx(0.45)
    assert found.jain == pytest.approx(0.5818, abs=5e-5)


@pytest.mark.parametrize(
    ("loads", "gini", "jain"), [([2, 2, 2], 0, 1), ([0, 0, 3], 2 / 3, 1 / 3), ([0, 0], None, None)]
)
def test_loads_at_the_ends_of_the_scale(loads, gini, jain):
    found = spread(loads)

    assert (found.gini, found.jain) == (gini and pytest.approx(gini), jain and pytest.approx(jain))


def test_both_plans_are_measured_by_one_policy(world):
    records = world.records
    one = chosen("one", ("max-reed", "ana-kovacs"), ("zoe-ferro", "bob-stone"))
    other = replace(chosen("other", ("zoe-ferro", "ana-kovacs"), ("max-reed", "bob-stone")), inputs="0" * 64)
    found = compare(records, "harbor/2026", TODAY, one, other)

    assert (found.first.figures.total, found.second.figures.total) == (4_444 + 10_000, 6_444)
    assert (found.first.figures.lowest, found.second.figures.lowest) == (4_444, 0)
    assert (found.first.figures.first_choices, found.second.figures.first_choices) == (0, 2)
    assert (found.first.blocking, found.second.blocking) == (1, 0)  # Ana and Zoe rank each other before anybody else
    assert (found.first.load.most, found.first.load.idle) == (3, 1)
    assert found.first.load.gini == spread([3, 1, 0]).gini
    assert (found.first.stale, found.second.stale) == (False, True)
    assert [each.mentee for each in found.moves] == ["ana-kovacs", "bob-stone"]


def test_people_who_take_no_part_any_more_are_said_not_to_be_measured(world):
    records = world.records
    one = chosen("one", ("zoe-ferro", "ana-kovacs"), ("max-reed", "old-timer"))
    found = compare(records, "harbor/2026", TODAY, one, one)

    assert found.first.gone == ("old-timer",)
    assert found.first.figures.matched == 1
    assert found.moves == ()


def test_pairs_that_the_policy_rules_out_are_counted(world):
    world.private("ana-kovacs", "mentee", "veto: [zoe-ferro]\n")
    records = world.records
    one = chosen("one", ("zoe-ferro", "ana-kovacs"))

    (fault,) = compare(records, "harbor/2026", TODAY, one, one).first.faults
    assert fault == "zoe-ferro with ana-kovacs: a rule of the program"


def test_another_policy_is_computed_and_compared(world, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("score: {ranked_choice: 1}\nobjective: [max_matched, most_first_choices]\n")
    result = run(world, "compare", "2026", "--policy", str(other))

    assert "2 people change company" in result.stdout
    assert "Ana Kovacs: Max Reed -> Zoe Ferro" in result.stdout
    assert [line.split() for line in result.stdout.splitlines() if "total" in line] == [["total", "1.4444", "0.6444"]]
    data = json.loads(run(world, "compare", "2026", "--policy", str(other), "--json").stdout)
    assert [each["first_choices"] for each in data["plans"]] == [0, 2]
    assert data["plans"][1]["name"] == "other.yaml"


def test_written_plans_are_found_by_run_and_by_file(world):
    run(world, "propose", "2026", "--write")
    plan = world.records.plans["harbor/2026"][0]
    by_run = json.loads(run(world, "compare", plan.id, "2026", "--json").stdout)
    by_file = json.loads(run(world, "compare", str(world.root / plan.path), "2026", "--json").stdout)

    assert by_run == by_file
    assert by_run["moves"] == []
    assert not by_run["plans"][0]["inputs_changed"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2026",), "two plans are compared"),
        (("2026", "run-2026-01-01-aaaaaa"), "there is no plan run-2026-01-01-aaaaaa"),
        (("2026", "--policy", "nowhere.yaml"), "nowhere.yaml cannot be read"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_sentence(world, arguments, said):
    with pytest.raises(ToolkitError) as refused:
        run(world, "compare", *arguments)
    assert said in refused.value.message


def test_a_policy_file_with_a_fault_is_named(world, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("scores: {ranked_choice: 1}\n")
    with pytest.raises(ToolkitError, match=r"other\.yaml would be no record"):
        run(world, "compare", "2026", "--policy", str(other))
