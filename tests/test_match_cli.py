"""The command `mentoring match propose` as a coordinator meets it: what it prints, writes, refuses, and leaves alone."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World, crowd

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.workspace import Workspace

COHORT = "content/programs/harbor/2026"


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}", ranked=("zoe-ferro",))
    world.mentee("bob-stone", "{topic: topic-b, priority: 2}")
    world.mentor("zoe-ferro", "{topic: topic-a, strength: 5}, {topic: topic-b, strength: 2}")
    world.mentor("max-reed", "{topic: topic-b, strength: 4}")
    world.mentor("lea-blum", capacity=0)
    return world


def run(world, *arguments, command=("match", "propose", "2026")):
    options = ["--today", "2026-02-01"] if command[0] == "match" else []
    result = CliRunner().invoke(
        cli, ["-C", str(world.root), *command, *options, *arguments], standalone_mode=False, env={"COLUMNS": "80"}
    )
    if result.exception:
        raise result.exception
    return result


def tree(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_plan_is_on_stdout_and_the_next_command_beside_it(world):
    before = tree(world.root)
    result = run(world)

    assert result.return_value == 0
    assert "harbor/2026: 2 pairs proposed, 1 person without one" in result.stdout
    assert "Ana Kovacs with Zoe Ferro (ana-kovacs, zoe-ferro): 0.96" in result.stdout
    assert "  + offers Topic-a (5 of 5), sought most" in result.stdout
    assert "Without a pair: Lea Blum (lea-blum, mentor)\n  the capacity is 0" in result.stdout
    assert "1. max_matched: 2 of 2 mentees matched (proven optimal)" in result.stdout
    assert result.stderr.splitlines()[-1] == "next: mentoring match propose harbor/2026 --write"
    assert tree(world.root) == before


def test_no_line_is_wider_than_the_terminal(tmp_path):
    result = run(crowd(tmp_path, 12, 9, seed=4))

    assert max(map(len, result.stdout.splitlines())) <= 80


def test_json_is_versioned_and_names_every_term(world):
    plan = json.loads(run(world, "--json").stdout)

    assert (plan["format"], plan["version"], plan["cohort"]) == ("mentoring-match", 1, "harbor/2026")
    pair = next(each for each in plan["pairs"] if each["mentee"] == "ana-kovacs")
    assert set(pair["terms"][0]) == {"criterion", "value", "share", "says"}
    assert sum(each["value"] * each["share"] for each in pair["terms"]) == pytest.approx(pair["score"], abs=1e-4)
    assert [each["aim"] for each in plan["objective"]] == [
        "max_matched",
        "raise_the_lowest",
        "max_total",
        "even_load",
    ]


def test_write_makes_proposed_pairs_a_plan_and_its_reasons_that_check_accepts(world):
    before = {each.code for each in load(Workspace(world.root)).diagnostics}
    result = run(world, "--write")

    assert "4 files written" in result.stderr
    loaded = load(Workspace(world.root))
    assert {each.code for each in loaded.diagnostics} == before
    pairs = loaded.records.pairs_of("harbor/2026")
    assert {each.id: each.status for each in pairs} == {"zoe-ana": "proposed", "max-bob": "proposed"}
    plan = loaded.records.plans["harbor/2026"][0]
    assert {each.run for each in pairs} == {plan.id}
    why = (world.root / COHORT / "matching" / plan.id / "why.md").read_text(encoding="utf-8")
    assert "### Ana Kovacs (`ana-kovacs`) with Zoe Ferro (`zoe-ferro`): 0.96" in why
    found = run(world, "--format", "json", "--today", "2026-02-01", command=("check",))
    places = [each["path"] for each in json.loads(found.stdout)["findings"]] if found.stdout else []
    assert [path for path in places if "/matching/" in path or "/pairs/" in path] == []


def test_a_rerun_prints_the_same_bytes_and_writes_nothing_twice(world):
    first = run(world, "--write").stdout
    written = tree(world.root)

    assert run(world).stdout == first
    with pytest.raises(ToolkitError, match="proposed already") as refused:
        run(world, "--write")
    assert "nothing was written" in refused.value.hint
    assert tree(world.root) == written


def test_a_folder_in_the_way_stops_everything_before_the_first_write(world):
    """The folder belongs to no readable pair, so nobody may lose it."""
    world.put(f"{COHORT}/pairs/zoe-ana/notes.txt", "Mine.\n")
    before = tree(world.root)

    with pytest.raises(ToolkitError, match="zoe-ana is there already"):
        run(world, "--write")
    assert tree(world.root) == before


def test_a_disk_that_fails_halfway_leaves_nothing_behind(world, monkeypatch):
    from toolkit.matching import write

    before = tree(world.root)
    made = []

    def create(path, text):
        if len(made) == 2:
            raise ToolkitError("the disk is full")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        made.append(path)

    monkeypatch.setattr(write, "create", create)
    with pytest.raises(ToolkitError, match="disk is full"):
        run(world, "--write")
    assert len(made) == 2
    assert tree(world.root) == before
    assert not (world.root / COHORT / "matching").exists()


def test_pairs_in_being_are_never_touched(world):
    world.pair("zoe-ana", "zoe-ferro", "ana-kovacs", "active")
    path = world.root / COHORT / "pairs/zoe-ana/pair.yaml"
    before = path.read_bytes()
    run(world, "--write")

    assert path.read_bytes() == before
    assert {each.id for each in world.records.pairs_of("harbor/2026")} == {"zoe-ana", "max-bob"}


@pytest.mark.parametrize("name", ["2026", "harbor/2026"])
def test_a_cohort_may_be_named_alone_or_with_its_program(world, name):
    assert run(world, command=("match", "propose", name)).return_value == 0


@pytest.mark.parametrize(
    ("change", "name", "message", "hint"),
    [
        ({}, "2027", "there is no cohort 2027", "harbor/2026"),
        (
            {"content/programs/pier/2026/cohort.yaml": None},
            "2026",
            "several programs have a cohort 2026",
            "harbor/2026, pier/2026",
        ),
        ({f"{COHORT}/matching.yaml": ""}, "2026", "has no matching policy", "score"),
        ({f"{COHORT}/cohort.yaml": "model: team"}, "2026", "is team, and its policy is one-to-one", "matching.yaml:1"),
        ({f"{COHORT}/cohort.yaml": "status: closed"}, "2026", "is closed", "not over"),
    ],
)
def test_what_cannot_be_tried_is_said_in_one_sentence(world, change, name, message, hint):
    cohort = (world.root / COHORT / "cohort.yaml").read_text()
    for path, text in change.items():
        if text == "":
            (world.root / path).unlink()
        elif text is None:
            world.put(path, cohort)
            world.put(
                "content/programs/pier/program.yaml", (world.root / "content/programs/harbor/program.yaml").read_text()
            )
        else:
            key = text.partition(":")[0]
            world.put(
                path, "".join(line if not line.startswith(key) else f"{text}\n" for line in cohort.splitlines(True))
            )
    with pytest.raises(ToolkitError, match=message) as error:
        run(world, command=("match", "propose", name))
    assert hint in error.value.hint


def test_a_policy_that_cannot_be_followed_leaves_1_and_points_at_its_line(world):
    world.policy("score: {offers_meet_seeks: 1}\npins:\n  - {mentor: lea-blum, mentee: ana-kovacs, reason: Asked}\n")
    result = run(world)

    assert result.return_value == 1
    assert result.stdout == ""
    assert "pin-violates-constraint" in result.stderr
    assert f"{COHORT}/matching.yaml:3:" in result.stderr
    assert "lea-blum has no place left: the capacity is 0" in result.stderr


@pytest.mark.parametrize(
    "path", ["private/applications/harbor/2026/ana-kovacs-mentee.yaml", "content/people/bob-stone.yaml"]
)
def test_a_file_that_cannot_be_read_stops_matching_for_it_could_hide_a_veto(world, path):
    world.put(path, "veto: [zoe-ferro\n")
    result = run(world, "--write")

    assert result.return_value == 1
    assert path in result.stderr
    assert not (world.root / COHORT / "matching").exists()


def test_without_private_records_the_plan_says_what_it_does_not_know(world):
    (world.root / "private/README.md").unlink()
    (world.root / "private").rmdir()
    result = run(world)

    assert result.return_value == 0
    assert "vetoes and conflicts are not known" in result.stderr


@pytest.mark.parametrize("missing", ["numpy", "ortools.graph.python"])
def test_without_the_extra_one_line_says_how_to_get_it(world, monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ToolkitError) as error:
        run(world)
    assert error.value.hint == 'pip install "mentoring-toolkit[match]"'


def test_undecided_applications_are_counted(world):
    world.apply("cleo-hart", "mentee", status="waitlisted")
    assert "1 application is not decided yet" in run(world).stderr


def test_names_are_printed_as_they_are_and_not_as_markup(world):
    path = world.root / "content/people/ana-kovacs.yaml"
    path.write_text(path.read_text().replace("name: Ana Kovacs", 'name: "[red]Ana[/red]"'))
    assert "[red]Ana[/red]" in run(world).stdout


def test_a_cohort_without_anybody_is_one_sentence_and_no_plan(tmp_path):
    result = run(World(tmp_path))

    assert result.return_value == 1
    assert result.stdout == ""
    assert "nobody has applied" in result.stderr


ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def plan():
    """What is proposed for the open cohort of the shipped program."""
    result = CliRunner().invoke(cli, ["-C", str(ROOT), "match", "propose", "lantern/2027", "--json"])
    assert result.exit_code == 0
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def records():
    return load(Workspace(ROOT)).records


class TestShipped:
    """The open cohort of the shipped program, as `make site` proposes it."""

    def test_pins_hold_and_forbidden_pairs_are_not_made(self, plan, records):
        policy = records.policies["lantern/2027"]
        made = {(each["mentor"], each["mentee"]): each["pinned"] for each in plan["pairs"]}
        assert policy.pins and policy.forbids
        assert all(made[each.mentor, each.mentee] for each in policy.pins)
        assert not any((each.mentor, each.mentee) in made for each in policy.forbids)

    def test_everybody_accepted_is_matched_or_explained(self, plan, records):
        accepted = {(a.person, a.role) for a in records.applications["lantern/2027"] if a.status == "accepted"}
        matched = {(each[role], role) for each in plan["pairs"] for role in ("mentor", "mentee")}
        explained = {(each["person"], each["role"]) for each in plan["unmatched"]}
        assert matched | explained == accepted
        assert plan["undecided"] > 0

    def test_no_veto_is_followed_by_a_name(self, plan, records):
        private = records.private_applications["lantern/2027"]
        vetoes = {(each.person, other) for each in private for other in each.veto}
        assert vetoes
        for one, other in vetoes | {(other, one) for one, other in vetoes}:
            about = [
                each for each in (*plan["pairs"], *plan["unmatched"]) if one in (each.get("mentee"), each.get("person"))
            ]
            assert other not in json.dumps(about)
