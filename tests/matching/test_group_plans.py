"""The whole procedure for groups, teams, peers and rounds: why, compare, pin, forbid, swap, apply, rematch."""

import json

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")
pytest.importorskip("networkx")

from harborworld import COHORT, PROGRAM, World, run

from toolkit.errors import ToolkitError

SCORE = "score: {offers_meet_seeks: 1}\n"
POLICY = "content/programs/harbor/2026/matching.yaml"
REASON = ("--reason", "They asked for it")


def world_of(tmp_path, model, policy="", people=("ana-kovacs", "bob-stone", "cy-marsh"), room=3):
    world = World(tmp_path, f"model: {model}\n{SCORE}{policy}")
    world.put("content/programs/harbor/program.yaml", PROGRAM.replace("[one-to-one]", f"[{model}]"))
    world.put("content/programs/harbor/2026/cohort.yaml", COHORT.replace("one-to-one", model))
    for name in people:
        world.mentee(name)
    world.mentor("zoe-ferro", capacity=room)
    world.mentor("max-reed", "{topic: topic-b, strength: 5}", capacity=room)
    return world


def six(tmp_path, policy="size: {min: 2, max: 3}\n"):
    """Two groups of three: Ana, Bob and Cy seek what Zoe offers, Dee, Eve and Fay what Max does."""
    world = world_of(tmp_path, "group", policy)
    for name in ("dee-moss", "eve-hart", "fay-lund"):
        world.mentee(name, "{topic: topic-b, priority: 5}, {topic: topic-a, priority: 1}")
    return world


def peers(tmp_path, *names):
    """Ana and Bob do the same, Cy and Dee another thing, both half of what Eve does."""
    world = World(tmp_path, f"model: peer\n{SCORE}")
    world.put("content/programs/harbor/program.yaml", PROGRAM.replace("[one-to-one]", "[peer]"))
    world.put("content/programs/harbor/2026/cohort.yaml", COHORT.replace("one-to-one", "peer"))
    for place, name in enumerate(names or ("ana-kovacs", "bob-stone", "cy-marsh", "dee-moss")):
        world.mentee(name, f"{{topic: topic-{'ab'[place // 2 % 2]}, priority: 5}}, {{topic: topic-c, priority: 1}}")
    return world


def pairs(world):
    return {
        pair.id: (pair.status, tuple(each.person for each in pair.members if each.left is None))
        for pair in world.records.pairs_of("harbor/2026")
    }


def said(world, *arguments):
    result = run(world, *arguments)
    assert result.return_value == 0, result.output
    return " ".join(result.output.split())


def test_two_mentees_of_one_group_and_of_two_are_explained_with_the_price_of_the_opposite(tmp_path):
    world = six(tmp_path)
    one = said(world, "why", "2026", "ana-kovacs", "bob-stone")
    assert "Ana Kovacs and Bob Stone (ana-kovacs, bob-stone), two mentees: together in the plan" in one
    assert "Ana Kovacs is with Zoe Ferro, Bob Stone and Cy Marsh" in one
    assert "without the two together: mentees in a group: 6, as before total:" in one
    assert "next: mentoring match forbid harbor/2026 ana-kovacs bob-stone --reason TEXT" in one
    other = said(world, "why", "2026", "fay-lund", "ana-kovacs")
    assert "two mentees: not together in the plan" in other and "to have the two together:" in other


def test_a_mentee_and_a_mentor_of_groups_are_explained_in_either_order(tmp_path):
    world = six(tmp_path)
    data = json.loads(run(world, "why", "2026", "max-reed", "ana-kovacs", "--json").stdout)
    assert data == json.loads(run(world, "why", "2026", "ana-kovacs", "max-reed", "--json").stdout)
    assert (data["people"], data["kind"], data["together"]) == (["ana-kovacs", "max-reed"], "pair", False)
    moves = {each["mentee"]: each["after"] for each in data["price"]["moves"]}
    assert moves["ana-kovacs"] == ["max-reed"] and len(moves) == 2  # one of Max's three changes for her
    assert data["price"]["after"]["total"] < data["price"]["before"]["total"]


def test_two_mentees_are_kept_apart_or_together_with_a_reason_and_the_plan_follows(tmp_path):
    world = six(tmp_path)
    shown = said(world, "forbid", "2026", "ana-kovacs", "bob-stone", *REASON, "--write")
    assert "apart gets ana-kovacs with bob-stone" in shown
    entries = world.records.policies["harbor/2026"].apart
    assert [(each.one, each.other, each.reason) for each in entries] == [("ana-kovacs", "bob-stone", REASON[1])]
    said(world, "pin", "2026", "dee-moss", "ana-kovacs", *REASON, "--write")
    said(world, "propose", "2026", "--write")
    groups = [set(people) for _, people in pairs(world).values()]
    assert not any({"ana-kovacs", "bob-stone"} <= each for each in groups)
    assert any({"ana-kovacs", "dee-moss"} <= each for each in groups)
    with pytest.raises(ToolkitError, match="kept apart already"):
        run(world, "pin", "2026", "bob-stone", "ana-kovacs", *REASON)


def test_what_cannot_be_kept_together_is_said_with_its_line(tmp_path):
    world = six(tmp_path, "size: {min: 2, max: 3}\ntogether:\n  - {one: ana-kovacs, other: bob-stone, reason: x}\n")
    world.private("ana-kovacs", "mentee", "veto: [bob-stone]\n")
    result = run(world, "propose", "2026")
    assert result.return_value == 1
    assert "ana-kovacs and bob-stone cannot be kept together: a rule of the program" in result.stderr
    assert f"{POLICY}:5" in result.stderr and "veto" not in result.stderr


def test_two_mentees_change_groups(tmp_path):
    world = six(tmp_path)
    shown = said(world, "swap", "2026", "ana-kovacs", "dee-moss", *REASON, "--write")
    assert "Ana Kovacs: Zoe Ferro -> Max Reed" in shown and "Dee Moss: Max Reed -> Zoe Ferro" in shown
    said(world, "propose", "2026", "--write")
    assert any({"max-reed", "ana-kovacs"} <= set(people) for _, people in pairs(world).values())
    with pytest.raises(ToolkitError, match="are with the same people: zoe-ferro"):
        run(world, "swap", "2026", "bob-stone", "cy-marsh", *REASON)


def test_two_plans_of_groups_are_compared(tmp_path):
    world = six(tmp_path)
    run(world, "propose", "2026", "--write", "--plan-only")
    run(world, "swap", "2026", "ana-kovacs", "dee-moss", *REASON, "--write")
    (plan,) = world.records.plans["harbor/2026"]
    data = json.loads(run(world, "compare", plan.id, "2026", "--json").stdout)
    assert {each["mentee"] for each in data["moves"]} == {"ana-kovacs", "dee-moss"}
    assert [each["matched"] for each in data["plans"]] == [6, 6]
    assert data["plans"][0]["total"] > data["plans"][1]["total"]
    assert data["plans"][0]["blocking_pairs"] is None
    assert "2 people change company" in run(world, "compare", plan.id, "2026").stdout
    world.private("ana-kovacs", "mentee", "veto: [bob-stone]\n")
    data = json.loads(run(world, "compare", plan.id, "2026", "--json").stdout)
    assert data["plans"][0]["breaches"] == ["ana-kovacs with bob-stone: a rule of the program"]


def test_a_plan_of_groups_is_applied_as_it_was_written(tmp_path):
    world = world_of(tmp_path, "group", "size: {min: 2, max: 3}\n")
    run(world, "propose", "2026", "--write", "--plan-only")
    (plan,) = world.records.plans["harbor/2026"]
    run(world, "apply", plan.id, "--write")

    (pair,) = world.records.pairs_of("harbor/2026")
    assert (pair.model, pair.status, pair.run) == ("group", "proposed", plan.id)
    assert pair.mentors == ("zoe-ferro",)
    assert set(pair.mentees) == {"ana-kovacs", "bob-stone", "cy-marsh"}


def test_a_changed_plan_of_groups_is_taken_while_it_keeps_to_what_must_hold(tmp_path):
    world = world_of(tmp_path, "group", "size: {min: 2, max: 3}\n")
    run(world, "propose", "2026", "--write", "--plan-only")
    (plan,) = world.records.plans["harbor/2026"]
    world.private("ana-kovacs", "mentee", "veto: [bob-stone]\n")
    taken = ("apply", plan.id, "--accept-changed", "--reason", "Late", "--write")
    with pytest.raises(ToolkitError, match="ana-kovacs with bob-stone: a rule of the program"):
        run(world, *taken)
    world.private("ana-kovacs", "mentee", "veto: []\n")
    world.mentee("dee-moss")
    assert run(world, *taken).return_value == 0
    assert pairs(world) == {"zoe-group": ("proposed", ("zoe-ferro", "ana-kovacs", "bob-stone", "cy-marsh"))}


def test_a_mentee_drops_out_and_only_the_waiting_one_takes_the_place(tmp_path):
    world = six(tmp_path)
    world.mentee("gil-pond")
    said(world, "propose", "2026", "--write")
    before = pairs(world)
    (waiting,) = {"gil-pond", "ana-kovacs", "bob-stone", "cy-marsh"} - {
        person for _, people in before.values() for person in people
    }
    gone = next(each for each in before["zoe-group"][1] if each != "zoe-ferro")
    world.apply(gone, "mentee", status="withdrawn")
    shown = said(world, "rematch", "2026", "zoe-group", "--write")
    assert f"{gone} leaves zoe-group" in shown and "everybody else stays as they are" in shown
    after = pairs(world)
    assert after["max-group"] == before["max-group"]
    assert set(after["zoe-group"][1]) == set(before["zoe-group"][1]) - {gone} | {waiting}
    left = {each.person: each.left for each in world.records.pairs["harbor/2026/zoe-group"].members}
    assert str(left[gone]) == "2026-02-01"


def test_a_mentor_drops_out_and_the_mentees_go_where_there_is_room(tmp_path):
    world = six(tmp_path, "size: {min: 2, max: 5}\n")
    world.mentor("max-reed", "{topic: topic-b, strength: 5}", capacity=5)
    said(world, "propose", "2026", "--write")
    world.apply("zoe-ferro", "mentor", status="withdrawn")
    shown = said(world, "rematch", "2026", "zoe-group", "--write")
    after = pairs(world)
    assert after["zoe-group"][0] == "objected"
    assert len(after["max-group"][1]) == 6 and "Without a place: " in shown
    assert {"dee-moss", "eve-hart", "fay-lund"} < set(after["max-group"][1])


def test_a_group_that_is_not_named_and_cannot_hold_is_named(tmp_path):
    world = six(tmp_path)
    said(world, "propose", "2026", "--write")
    world.apply("max-reed", "mentor", status="withdrawn")
    with pytest.raises(ToolkitError, match="the proposal max-group cannot hold any more"):
        run(world, "rematch", "2026", "zoe-group")


def test_peers_are_explained_pinned_and_swapped(tmp_path):
    world = peers(tmp_path)
    assert "two peers: together in the plan" in said(world, "why", "2026", "bob-stone", "ana-kovacs")
    shown = said(world, "why", "2026", "ana-kovacs", "cy-marsh")
    assert "people with a peer: 4, as before" in shown and "Bob Stone: Ana Kovacs -> Dee Moss" in shown
    assert "Ana Kovacs: Bob Stone -> Dee Moss" in said(world, "swap", "2026", "ana-kovacs", "cy-marsh", *REASON)
    said(world, "pin", "2026", "cy-marsh", "ana-kovacs", *REASON, "--write")
    said(world, "propose", "2026", "--write")
    assert {frozenset(people) for _, people in pairs(world).values()} == {
        frozenset(("ana-kovacs", "cy-marsh")),
        frozenset(("bob-stone", "dee-moss")),
    }


def test_peers_are_compared_and_their_blocking_pairs_counted(tmp_path):
    world = peers(tmp_path)
    run(world, "propose", "2026", "--write", "--plan-only")
    said(world, "pin", "2026", "cy-marsh", "ana-kovacs", *REASON, "--write")
    (plan,) = world.records.plans["harbor/2026"]
    data = json.loads(run(world, "compare", plan.id, "2026", "--json").stdout)
    assert [each["blocking_pairs"] for each in data["plans"]] == [0, 2]
    assert len(data["moves"]) == 4


def test_a_peer_drops_out_and_the_other_goes_to_who_waits(tmp_path):
    world = peers(tmp_path)
    said(world, "propose", "2026", "--write")
    world.apply("ana-kovacs", "mentee", status="withdrawn")
    world.mentee("eve-hart", "{topic: topic-c, priority: 1}")
    shown = said(world, "rematch", "2026", "ana-bob", "--write")
    assert "Bob Stone with Eve Hart" in shown or "Eve Hart with Bob Stone" in shown
    after = pairs(world)
    assert (after["ana-bob"][0], after["cy-dee"][0], after["bob-eve"][0]) == ("objected", "proposed", "proposed")


def test_meetings_in_rounds_are_explained_and_pinned_and_never_swapped_nor_rematched(tmp_path):
    world = world_of(tmp_path, "flash", "rounds: 2\n")
    assert "Ana Kovacs and Max Reed (ana-kovacs, max-reed), a mentee with a mentor" in said(
        world, "why", "2026", "max-reed", "ana-kovacs"
    )
    said(world, "pin", "2026", "max-reed", "ana-kovacs", *REASON, "--write")
    assert "in rounds everybody meets everybody" in _refused(world, "swap", "2026", "ana-kovacs", "bob-stone", *REASON)
    world.pair("zoe-ana", "zoe-ferro", "ana-kovacs", "proposed")
    assert "comes round again" in _refused(world, "rematch", "2026", "zoe-ana")
    assert "0 people change company" in said(world, "compare", "2026", "2026")


def _refused(world, *arguments):
    with pytest.raises(ToolkitError) as refused:
        run(world, *arguments)
    return refused.value.message


def test_one_mentor_with_several_mentees_is_explained_compared_and_matched_again(tmp_path):
    world = world_of(tmp_path, "near-peer", room=2)
    assert "0 people change company" in run(world, "compare", "2026", "2026").stdout
    assert "two mentees" in said(world, "why", "2026", "ana-kovacs", "bob-stone")
    said(world, "propose", "2026", "--write")
    before = pairs(world)
    named = next(each for each in before if len(before[each][1]) == 3)
    gone = before[named][1][1]
    world.apply(gone, "mentee", status="withdrawn")
    said(world, "rematch", "2026", named, "--write")
    after = pairs(world)
    assert gone not in after.pop(named)[1]
    assert after == {ident: each for ident, each in before.items() if ident != named}


def test_who_has_no_seat_is_told_what_binds(tmp_path):
    world = world_of(tmp_path, "group", "size: {min: 2, max: 3}\n", room=9)
    for name in ("dee-moss", "eve-hart", "fay-lund", "gil-pond"):
        world.mentee(name)
    shown = said(world, "propose", "2026")
    assert "what binds: a group has 3 at the most; without it one more would have a place" in shown
    world.policy(f"model: group\n{SCORE}size: {{min: 2, max: 9}}\nrequire: [common_language: 1]\n")
    world.person("gil-pond", "mentee", "languages: [fr]\nlevel: 1\nmentee: {seeks: [topic-a]}\n")
    assert "what binds: no common language; without it" not in said(
        world, "propose", "2026"
    )  # nobody is possible at all


def test_a_peer_alone_is_told_what_binds(tmp_path):
    """Only Bob speaks with everybody, so that two of the others stay alone; one language less to ask for would help."""
    world = peers(tmp_path)
    world.policy(f"model: peer\n{SCORE}require: [common_language: 1]\n")
    for name, spoken in (("bob-stone", "en, fr, pt"), ("cy-marsh", "fr"), ("dee-moss", "pt")):
        world.person(name, "mentee", f"languages: [{spoken}]\nlevel: 1\nmentee: {{seeks: [topic-a]}}\n")
    assert "what binds: no common language; without it one more would have a place" in said(world, "propose", "2026")
