"""A coordinator's evening, command by command: propose, look, pin, forbid, compare, apply; then a mentor drops out."""

import json

import pytest
from click.testing import CliRunner

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World

from toolkit.cli.app import cli

POLICY = """\
# Agreed at the meeting in January
score: {offers_meet_seeks: 3, ranked_choice: 1}
require:
  - common_language: 1
objective: [max_matched, max_total, even_load]
"""


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, POLICY)
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}", ranked=("zoe-ferro",))
    world.mentee("bob-stone", "{topic: topic-b, priority: 5}", ranked=("max-reed",))
    world.mentee("cy-marsh", "{topic: topic-a, priority: 3}, {topic: topic-b, priority: 3}")
    world.person("dee-moss", "mentee", "languages: [pt]\nmentee: {seeks: [topic-a]}\n")
    world.mentor("zoe-ferro", "{topic: topic-a, strength: 5}")
    world.mentor("max-reed", "{topic: topic-b, strength: 5}")
    world.mentor("ida-voss", "{topic: topic-a, strength: 3}, {topic: topic-b, strength: 3}")
    world.mentor("lea-blum", "{topic: topic-a, strength: 2}")
    return world


def test_the_evening(world):
    def run(*arguments, code=0):
        command = ["-C", str(world.root), "match", *arguments, "--today", "2026-02-01"]
        result = CliRunner().invoke(cli, command, standalone_mode=False, env={"COLUMNS": "100"}, catch_exceptions=False)
        assert result.return_value == code, result.output
        return result

    conflict = run("feasible", "2026", code=1).stdout
    assert "in conflict with matching 4: no common language (content/programs/harbor/2026/matching.yaml:4)" in conflict
    assert "Without a pair: Dee Moss" in run("propose", "2026").stdout
    run("propose", "2026", "--write", "--plan-only")
    (first,) = world.records.plans["harbor/2026"]
    assert {(each.mentor, each.mentee) for each in first.pairs} == {
        ("zoe-ferro", "ana-kovacs"),
        ("max-reed", "bob-stone"),
        ("ida-voss", "cy-marsh"),
    }
    unmade = run("why", "2026", "cy-marsh", "zoe-ferro")
    assert "Cy Marsh gets Ida Voss at" in unmade.stdout
    assert unmade.stderr.endswith("next: mentoring match pin harbor/2026 zoe-ferro cy-marsh --reason TEXT\n")
    assert (
        "Ana Kovacs: Zoe Ferro -> Ida Voss"
        in run("pin", "2026", "ida-voss", "ana-kovacs", "--reason", "They met at the open day", "--write").stdout
    )
    run("forbid", "2026", "zoe-ferro", "bob-stone", "--reason", "Neighbors", "--write")
    compared = json.loads(run("compare", first.id, "2026", "--json").stdout)
    assert [each["first_choices"] for each in compared["plans"]] == [2, 1]
    assert {each["mentee"] for each in compared["moves"]} == {"ana-kovacs", "cy-marsh"}
    assert "run-inputs-changed" in run("apply", first.id, "--write", code=1).stderr
    run("propose", "2026", "--write", "--plan-only")
    (second,) = (each for each in world.records.plans["harbor/2026"] if each.id != first.id)
    run("apply", second.id, "--write")
    assert world.states() == {"ida-ana": "proposed", "max-bob": "proposed", "zoe-cy": "proposed"}

    plans = json.loads(run("compare", first.id, second.id, "--json").stdout)
    assert {each["mentee"]: each["after"] for each in plans["moves"]} == {
        "ana-kovacs": ["ida-voss"],
        "cy-marsh": ["zoe-ferro"],
    }
    assert [each["inputs_changed"] for each in plans["plans"]] == [True, False]
    assert plans["plans"][0]["breaches"] == []

    world.apply("zoe-ferro", "mentor", status="withdrawn")
    moved = run("rematch", "2026", "zoe-cy", "--write").stdout
    assert "Cy Marsh with Lea Blum" in moved and "everybody else stays as they are" in moved
    assert world.states() == {"ida-ana": "proposed", "max-bob": "proposed", "zoe-cy": "objected", "lea-cy": "proposed"}

    world.mentor("zoe-ferro", "{topic: topic-a, strength: 5}")
    objected = ["-C", str(world.root), "object", "lea-cy", "--person", "cy-marsh", "--write", "--today", "2026-02-02"]
    assert CliRunner().invoke(cli, objected, standalone_mode=False, catch_exceptions=False).return_value == 0
    again = run("rematch", "2026", "lea-cy", code=1).stdout  # Zoe came back, and that proposal is an earlier one
    assert "Without a pair: Cy Marsh" in again and "to let them, name the proposals of Bob Stone too" in again
    assert world.states()["lea-cy"] == "objected" and "object" not in run("why", "2026", "cy-marsh", "lea-blum").stdout
