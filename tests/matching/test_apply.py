"""Taking up a plan that was written: only while it holds, nothing twice, and never silently where its inputs changed."""

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import run, two_mentors

from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.rules import RULES, check
from toolkit.workspace import Workspace

POLICY = "score: {offers_meet_seeks: 1}\nobjective: [max_matched, max_total]\n"


@pytest.fixture
def world(tmp_path):
    world = two_mentors(tmp_path, POLICY)
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}")
    world.mentee("bob-stone", "{topic: topic-b, priority: 5}")
    return world


def pairs(world):
    return {each.id: (each.status, each.run) for each in world.records.pairs_of("harbor/2026")}


@pytest.fixture
def plan(world):
    result = run(world, "propose", "2026", "--write", "--plan-only")
    (found,) = world.records.plans["harbor/2026"]
    assert result.stderr.endswith(f"next: mentoring match apply {found.id}\n")
    assert pairs(world) == {}
    return found.id


def test_a_plan_that_holds_is_applied_as_propose_would_have_written_it(world, plan):
    before = run(world, "apply", plan)
    assert before.return_value == 0
    assert "2 pairs proposed" in before.stdout
    assert pairs(world) == {}
    run(world, "apply", plan, "--write")

    assert pairs(world) == {"zoe-ana": ("proposed", plan), "max-bob": ("proposed", plan)}
    written = {path: path.read_bytes() for path in world.root.rglob("pair.yaml")}
    for path in written:
        path.unlink()
        path.parent.rmdir()
    for path in (world.root / "content/programs/harbor/2026/matching").rglob("*.*"):
        path.unlink()
    (world.root / f"content/programs/harbor/2026/matching/{plan}").rmdir()
    run(world, "propose", "2026", "--write")
    assert {path: path.read_bytes() for path in world.root.rglob("pair.yaml")} == written


def test_what_is_there_is_kept_and_nothing_is_made_twice(world, plan):
    run(world, "apply", plan, "--write")
    (world.root / "content/programs/harbor/2026/pairs/max-bob/pair.yaml").unlink()
    (world.root / "content/programs/harbor/2026/pairs/max-bob").rmdir()
    again = run(world, "apply", plan, "--write")

    assert "1 pair proposed" in again.stdout
    assert "kept as they are: zoe-ana (proposed)" in again.stderr
    assert set(pairs(world)) == {"zoe-ana", "max-bob"}


@pytest.mark.parametrize(("what", "said"), [("policy", "the policy is not the one"), ("people", "the records are not")])
def test_a_plan_whose_inputs_changed_is_not_applied_silently(world, plan, what, said):
    if what == "policy":
        world.policy(POLICY + "seed: 3\n")
    else:
        world.mentee("cy-marsh")
    result = run(world, "apply", plan, "--write")

    assert result.return_value == 1
    assert "run-inputs-changed" in result.stderr
    assert said in result.stderr
    assert pairs(world) == {}


def test_with_a_reason_it_is_applied_and_the_reason_stays_in_the_plan(world, plan):
    world.policy(POLICY + "seed: 3\n")
    run(world, "apply", plan, "--accept-changed", "--reason", "Only the seed is new", "--write")

    assert set(pairs(world)) == {"zoe-ana", "max-bob"}
    loaded = load(Workspace(world.root))
    assert loaded.records.plans["harbor/2026"][0].accepted_changed == "Only the seed is new"
    today = loaded.records.plans["harbor/2026"][0].made_on
    assert "run-inputs-changed" not in {each.code for each in check(loaded, RULES, today)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda world: world.private("ana-kovacs", "mentee", "veto: [zoe-ferro]\n"),
            "zoe-ferro with ana-kovacs: a rule",
        ),
        (lambda world: world.apply("zoe-ferro", "mentor", status="withdrawn"), "zoe-ferro takes no part any more"),
        (lambda world: world.mentor("zoe-ferro", capacity=0), "zoe-ferro has no place left"),
    ],
)
def test_a_pair_that_cannot_hold_any_more_is_not_made_whatever_the_reason(world, plan, change, said):
    change(world)
    with pytest.raises(ToolkitError, match=said):
        run(world, "apply", plan, "--accept-changed", "--reason", "We want it", "--write")
    assert pairs(world) == {}


def test_an_interruption_leaves_nothing_half_done(world, plan, monkeypatch):
    from toolkit import store

    world.policy(POLICY + "seed: 3\n")
    before = {path: path.read_bytes() for path in world.root.rglob("*") if path.is_file()}
    change = store.change

    def interrupted(path, *rest):
        assert list(world.root.rglob("pair.yaml"))
        monkeypatch.setattr(store, "change", change)
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "change", interrupted)
    with pytest.raises(BaseException) as stopped:
        run(world, "apply", plan, "--accept-changed", "--reason", "Only the seed is new", "--write")
    assert stopped.type.__name__ in ("KeyboardInterrupt", "Abort")
    assert {path: path.read_bytes() for path in world.root.rglob("*") if path.is_file()} == before
    assert not list(world.root.rglob("pairs"))


def test_a_second_open_proposal_for_the_same_mentee_is_refused(world, plan):
    world.pair("old", "max-reed", "ana-kovacs", "proposed")
    with pytest.raises(ToolkitError, match="is proposed already, in old"):
        run(world, "apply", plan, "--write")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("apply", "run-2026-01-01-aaaaaa"), "there is no plan"),
        (("apply", "x", "--accept-changed"), "belong together"),
        (("apply", "x", "--reason", "y"), "belong together"),
        (("propose", "2026", "--plan-only"), "--plan-only says what --write writes"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(world, arguments, said):
    with pytest.raises(ToolkitError) as refused:
        run(world, *arguments)
    assert said in refused.value.message
