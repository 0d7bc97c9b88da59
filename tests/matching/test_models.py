"""Every model from files to files: nothing is broken, everybody is in the plan or explained, no byte wavers."""

from __future__ import annotations

import datetime
import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")
pytest.importorskip("networkx")

from click.testing import CliRunner  # noqa: E402
from harborworld import COHORT, POLICY, PROGRAM, World, crowd  # noqa: E402

from toolkit.cli.app import cli  # noqa: E402
from toolkit.load import load  # noqa: E402
from toolkit.matching import papers  # noqa: E402
from toolkit.matching.proposal import propose  # noqa: E402
from toolkit.matching.write import targets  # noqa: E402
from toolkit.workspace import Workspace  # noqa: E402

TODAY = datetime.date(2026, 2, 1)
SIZES = {
    "near-peer": ((1, 1), (1, 4)),
    "group": ((1, 1), (3, 6)),
    "team": ((2, 3), (4, 6)),
    "community": ((1, 1), (4, 10)),
}
MODELS = ("one-to-one", "reverse", "near-peer", "group", "team", "community", "peer", "reciprocal", "flash")
MORE = {"team": "size: {min: 4, max: 6}\nmentors: {min: 2, max: 3}\nlikeness: diverse\n", "flash": "rounds: 3\n"}


def of_model(world, model, more="", cohort=""):
    """Turn a drawn program into one of another model; mentors of groups get room, and strands."""
    world.put("content/programs/harbor/program.yaml", PROGRAM.replace("one-to-one", model))
    world.put("content/programs/harbor/2026/cohort.yaml", COHORT.replace("one-to-one", model) + cohort)
    policy = (world.root / "content/programs/harbor/2026/matching.yaml").read_text()
    world.policy(f"model: {model}\n{MORE.get(model, '')}{more}{policy}")
    if model in SIZES:
        for place, path in enumerate(sorted((world.root / "content/people").glob("giver-*.yaml"))):
            text = path.read_text().replace("capacity: 1", "capacity: 9").replace("capacity: 2", "capacity: 5")
            path.write_text(f"strand: {'abc'[place % 3]}\n{text}")
    return world


def made(world):
    return propose(world.records, "harbor/2026", TODAY)


def vetoes(records):
    pairs = (
        (each.person, other) for each in records.private_applications.get("harbor/2026", ()) for other in each.veto
    )
    return {frozenset(pair) for pair in pairs}


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 13), st.integers(0, 5), st.integers(0, 10_000))
def test_nothing_is_broken_and_everybody_is_in_the_plan_or_explained(tmp_path_factory, model, mentees, mentors, seed):
    world = of_model(crowd(tmp_path_factory.mktemp("crowd"), mentees, mentors, seed), model)
    veto = [f"taker-{number:04d}" for number in range(min(mentees, 2))]
    if len(veto) == 2:  # two mentees who must not meet, in a group neither
        world.private(veto[0], "mentee", f"veto: [{veto[1]}]\n")
    sound(world, model)


def sound(world, model):
    """Look at every constraint again, in plain loops over the records, and for everybody in the plan or among the rest."""
    records = world.records
    proposal = propose(records, "harbor/2026", TODAY)
    forbidden, seen = vetoes(records), {}
    for group in proposal.groups:
        people = [person for person, _ in group.members]
        assert not any(frozenset(two) in forbidden for two in itertools.combinations(people, 2))
        for person in people:
            seen.setdefault((group.round, person), []).append(group.ident)
        sizes_hold(model, group, records)
    if model != "one-to-one":
        assert all(len(groups) == 1 for (_, person), groups in seen.items() if model != "reverse" or "taker" in person)
    placed = {person for _, person in seen}
    explained = {each.person for each in proposal.without if all(each.reasons) and each.reasons}
    accepted = {each.person for each in records.applications.get("harbor/2026", ())}
    assert placed | explained == accepted
    assert not placed & explained
    pairs = {(each.mentee, each.mentor) for each in proposal.pairs}
    for group in proposal.groups:
        givers = group.people("mentor", "facilitator") or group.people("both")
        takers = group.people("mentee", "both")
        assert {(one, other) for one in takers for other in givers if one != other} <= pairs
    for pair in proposal.pairs:
        assert pair.score == pytest.approx(sum(each.value * each.share for each in pair.terms) * 10_000, abs=0.51)
    levels_hold(model, proposal, records)


def sizes_hold(model, group, records):
    mentors, mentees = group.people("mentor", "facilitator"), group.people("mentee")
    if model == "community":
        mentees = group.people("both")
    if model in SIZES:
        (few, many), (low, high) = SIZES[model]
        assert few <= len(mentors) <= many and low <= len(mentees) <= high
        assert len(mentees) <= min(records.people[each].mentor.capacity for each in mentors)
        strands = [records.people[each].strand for each in mentors]
        assert len(set(strands)) == len(strands)
    elif model in ("peer", "reciprocal"):
        assert {role for _, role in group.members} == {"both"}
        assert len(group.members) in ((2, 3) if model == "peer" else (2,))
    else:
        assert len(mentors) == len(mentees) == 1


def levels_hold(model, proposal, records):
    for pair in proposal.pairs:
        gap = records.people[pair.mentor].level - records.people[pair.mentee].level
        assert model != "near-peer" or 1 <= gap <= 3
        assert model != "reverse" or gap <= -1
        assert model != "peer" or abs(gap) <= 1


@pytest.mark.parametrize("model", MODELS)
def test_the_order_of_the_records_changes_no_byte_and_what_is_written_is_read_back(tmp_path, model):
    world = of_model(crowd(tmp_path, 11, 5, seed=3), model)
    records = world.records
    want = targets(propose(records, "harbor/2026", TODAY))
    draw = random.Random(1)
    shuffled = replace(
        records,
        people=dict(draw.sample(sorted(records.people.items()), len(records.people))),
        applications={key: tuple(draw.sample(group, len(group))) for key, group in records.applications.items()},
    )
    assert targets(propose(shuffled, "harbor/2026", TODAY)) == want
    if model == "flash":
        return  # three rounds of meetings stand beside each other
    result = CliRunner().invoke(
        cli,
        ["-C", str(world.root), "match", "propose", "2026", "--today", "2026-02-01", "--write"],
        standalone_mode=False,
        env={"COLUMNS": "80"},
    )
    assert result.exception is None and result.return_value == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    loaded = load(Workspace(world.root))
    assert loaded.diagnostics == ()
    pairs = loaded.records.pairs_of("harbor/2026")
    proposal = propose(records, "harbor/2026", TODAY)
    assert pairs and {each.id for each in pairs} == {each.ident for each in proposal.groups}
    assert {each.model for each in pairs} == {model}
    (plan,) = loaded.records.plans["harbor/2026"]
    if model not in ("one-to-one", "reverse"):
        assert {each.pair for each in plan.groups} == {each.id for each in pairs}
        for each in plan.groups:
            there = next(pair for pair in pairs if pair.id == each.pair)
            assert [(m.person, m.role) for m in there.members] == [(m.person, m.role) for m in each.members]


def test_a_written_group_satisfies_the_rules_of_its_model(tmp_path):
    for model in ("near-peer", "group", "peer", "reciprocal", "community"):
        world = of_model(crowd(tmp_path / model, 12, 4, seed=6), model)
        for path, text in targets(made(world)):
            world.put(path, text)
        result = CliRunner().invoke(
            cli, ["-C", str(world.root), "check", "--format", "concise", "--today", "2026-02-01"], standalone_mode=False
        )
        wrong = ("group-size", "team-size", "peer-power-gap", "near-peer-gap", "mentor-over-capacity", ": vetoed")
        assert not [line for line in result.stdout.splitlines() if any(code in line for code in wrong)]


def test_rounds_go_on_where_the_meetings_before_ended(tmp_path):
    world = of_model(crowd(tmp_path, 4, 3, seed=2, policy="score: {shared_topics: 1}\n"), "flash")
    met = set()
    for number in range(2):
        proposal = made(world)
        now = {tuple(sorted(each.people())) for each in proposal.groups}
        assert now and not now & met
        met |= now
        for place, (one, other) in enumerate(sorted(now)):
            giver, taker = sorted((one, other))
            world.pair(f"met-{number}-{place}", giver, taker, "closed")
    assert made(world).groups == () or not {tuple(sorted(each.people())) for each in made(world).groups} & met


def test_where_people_join_at_any_time_an_open_proposal_stays_and_only_the_waiting_are_matched(tmp_path):
    for cohort, again in (("", True), ("rolling: true\n", False)):
        world = of_model(crowd(tmp_path / str(again), 5, 5, seed=4), "one-to-one", cohort=cohort)
        first = made(world)
        for path, text in targets(first):
            world.put(path, text)
        taken = {each.mentee for each in first.pairs}
        assert taken
        assert bool(taken & {each.mentee for each in made(world).pairs}) is again


@pytest.mark.parametrize("solver", ["stable", "serial"])
@pytest.mark.parametrize("model", ["one-to-one", "near-peer", "peer", "reciprocal", "flash"])
def test_the_other_solvers_say_what_they_did(tmp_path, model, solver):
    world = of_model(crowd(tmp_path, 9, 6, seed=8), model, f"solver: {solver}\n")
    proposal = made(world)
    assert proposal.groups and proposal.notes
    if solver == "stable" and "no stable pairing" not in " ".join(proposal.notes):
        assert not any(each.proven for each in proposal.steps)
        assert any(note.startswith("stable: ") for note in proposal.notes)
        assert not any("blocking pair" in note and not note.startswith("no ") for note in proposal.notes)
    assert targets(made(world)) == targets(proposal)


def test_modes_let_rankings_decide_alone_with_others_or_not_at_all(tmp_path):
    seen = {}
    for mode in ("ranked", "admin", "hybrid"):
        world = World(tmp_path / mode, f"mode: {mode}\nscore: {{offers_meet_seeks: 3, ranked_choice: 1}}\n")
        world.mentee("ana", "{topic: topic-a, priority: 5}", ranked=("lea", "max"))
        world.mentor("max", "{topic: topic-a, strength: 5}")
        world.mentor("lea", "{topic: topic-b, strength: 5}")
        (pair,) = made(world).pairs
        seen[mode] = (pair.mentor, [each.criterion for each in pair.terms])
    assert seen["ranked"] == ("lea", ["ranked_choice"])
    assert seen["admin"] == ("max", ["offers_meet_seeks"])
    assert seen["hybrid"] == ("max", ["offers_meet_seeks", "ranked_choice"])


def test_optimal_counts_its_blocking_pairs(tmp_path):
    """Ana and Max want each other most; the largest total parts them."""
    world = World(tmp_path, "score: {offers_meet_seeks: 1}\nobjective: [max_matched, max_total]\n")
    world.mentee("ana", "{topic: topic-a, priority: 5}, {topic: topic-b, priority: 5}", ranked=("max",))
    world.mentee("bob", "{topic: topic-a, priority: 5}", ranked=("max",))
    world.mentor("max", "{topic: topic-a, strength: 5}", ranked=("ana",))
    world.mentor("lea", "{topic: topic-b, strength: 5}")
    proposal = made(world)
    assert [(each.mentee, each.mentor) for each in proposal.pairs] == [("ana", "lea"), ("bob", "max")]
    assert proposal.notes == ("1 blocking pair: a mentee and a mentor who would both rather have each other",)


def test_a_plan_larger_than_one_file_is_cut_and_read_back_whole(tmp_path, monkeypatch):
    world = crowd(tmp_path, 30, 30, seed=2, policy=POLICY)
    monkeypatch.setattr(papers, "_MOST_VALUES", 700)
    proposal = made(world)
    files = targets(proposal)
    parts = [path for path, _ in files if "/part-" in path]
    assert len(parts) > 1
    for path, text in files:
        world.put(path, text)
    loaded = load(Workspace(world.root))
    assert loaded.diagnostics == ()
    (plan,) = loaded.records.plans["harbor/2026"]
    assert [(each.mentor, each.mentee) for each in plan.pairs] == [(e.mentor, e.mentee) for e in proposal.pairs]
    assert [each.person for each in plan.unmatched] == [each.person for each in proposal.without]
    assert plan.parts == 1
    (world.root / parts[0]).unlink()
    (plan,) = world.records.plans["harbor/2026"]
    assert plan.parts > 1


def test_two_mentees_who_must_not_meet_do_not_share_a_near_peer(tmp_path):
    from toolkit.errors import ToolkitError

    world = World(tmp_path, "score: {shared_topics: 1}\n")
    of_model(world, "near-peer")
    for name in ("ana", "bob", "eva"):
        world.mentee(name)
    world.mentor("max", capacity=3)
    assert [each.members for each in made(world).groups] == [
        (("max", "mentor"), ("ana", "mentee"), ("bob", "mentee"), ("eva", "mentee"))
    ]
    world.private("ana", "mentee", "veto: [bob]\n")
    (group,) = made(world).groups
    assert len(group.members) == 3 and not {"ana", "bob"} <= set(group.people())
    world.policy("model: near-peer\nsolver: stable\nscore: {shared_topics: 1}\n")
    with pytest.raises(ToolkitError, match="who shares a mentor"):
        made(world)


def test_a_near_peer_who_needs_two_mentees_gets_two_or_none(tmp_path):
    world = of_model(World(tmp_path, "score: {shared_topics: 1}\n"), "near-peer", "size: {min: 2, max: 4}\n")
    for name in ("ana", "bob", "eva"):
        world.mentee(name)
    world.mentor("max", capacity=2)
    world.mentor("lea", capacity=2)
    proposal = made(world)
    (group,) = proposal.groups
    assert len(group.people("mentee")) == 2
    assert {each.role for each in proposal.without} == {"mentee", "mentor"}


@pytest.mark.parametrize("model", ("team", "flash"))
def test_a_mentor_whom_a_mentee_gets_anyway_is_no_runner_up(tmp_path, model):
    world = of_model(crowd(tmp_path, 12, 5, seed=4), model)
    proposal = made(world)
    got = {(each.mentee, each.mentor) for each in proposal.pairs}
    others = [each for each in proposal.pairs if each.next_best is not None]
    assert len(got) > len({mentee for mentee, _ in got}) and others
    assert not any((each.mentee, each.next_best[0]) in got for each in others)


def test_a_size_that_is_one_number_is_said_once(tmp_path):
    world = of_model(World(tmp_path, "score: {shared_topics: 1}\n"), "near-peer", "size: {min: 2, max: 2}\n")
    for name in ("ana", "bob"):
        world.mentee(name)
    world.mentor("max", capacity=2)
    assert "a group has 2 mentees; one that would have fewer is not formed" in made(world).notes
