"""A whole proposal: nothing that must hold is broken, everybody is explained, nothing private shows, no byte wavers."""

from __future__ import annotations

import datetime
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import POLICY, World, crowd  # noqa: E402

from toolkit.decode import decode  # noqa: E402
from toolkit.load import load  # noqa: E402
from toolkit.matching.naming import pair_ids  # noqa: E402
from toolkit.matching.papers import plan_paths, plan_texts  # noqa: E402
from toolkit.matching.policy import Refused  # noqa: E402
from toolkit.matching.problem import build  # noqa: E402
from toolkit.matching.proposal import propose  # noqa: E402
from toolkit.matching.reasons import why_text  # noqa: E402
from toolkit.matching.write import targets  # noqa: E402
from toolkit.model import Pair, Plan  # noqa: E402
from toolkit.model.times import first_monday, overlap, weekly_minutes  # noqa: E402
from toolkit.source import of_bytes  # noqa: E402
from toolkit.workspace import Workspace  # noqa: E402

TODAY = datetime.date(2026, 2, 1)
ROOT = Path(__file__).resolve().parents[2]
STRICT = (
    POLICY
    + "require:\n  - common_language: 1\n  - overlap_minutes: 30\n  - level_gap: {min: -1, max: 4}\nfloor: 0.15\n"
)


def made(world):
    return propose(world.records, "harbor/2026", TODAY)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return crowd(tmp_path_factory.mktemp("many"), 40, 30, seed=5, policy=STRICT)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 14), st.integers(0, 14), st.integers(0, 10_000), st.sampled_from([POLICY, STRICT]))
def test_nothing_that_must_hold_is_broken_and_everybody_is_explained(tmp_path_factory, mentees, mentors, seed, policy):
    """The constraints are looked at again here, in plain loops over the records."""
    world = crowd(tmp_path_factory.mktemp("crowd"), mentees, mentors, seed, policy)
    records = world.records
    proposal = propose(records, "harbor/2026", TODAY)
    strict = policy is STRICT
    load_of: dict[str, int] = {}
    for pair in proposal.pairs:
        mentee, mentor = records.people[pair.mentee], records.people[pair.mentor]
        load_of[pair.mentor] = load_of.get(pair.mentor, 0) + 1
        vetoes = {
            (each.person, other) for each in records.private_applications.get("harbor/2026", ()) for other in each.veto
        }
        assert not vetoes & {(pair.mentee, pair.mentor), (pair.mentor, pair.mentee)}
        if strict:
            assert {each.code for each in mentee.languages} & {each.code for each in mentor.languages}
            assert -1 <= mentor.level - mentee.level <= 4
            monday = first_monday(records.cohorts["harbor/2026"].starts)
            mine = weekly_minutes(mentee.mentee.availability, mentee.timezone, monday)
            assert overlap(mine, weekly_minutes(mentor.mentor.availability, mentor.timezone, monday)) >= 30
            assert pair.score >= 1_500
        weighed = sum(each.value * each.share for each in pair.terms)
        assert pair.score == pytest.approx(weighed * 10_000, abs=0.51)
        assert sum(each.share for each in pair.terms) == pytest.approx(1)
        assert pair.reasons and all(each.says for each in pair.terms)
    assert all(count <= records.people[mentor].mentor.capacity for mentor, count in load_of.items())
    assert len({each.mentee for each in proposal.pairs}) == len(proposal.pairs)
    placed = {(each.mentee, "mentee") for each in proposal.pairs} | {(each, "mentor") for each in load_of}
    explained = {(each.person, each.role) for each in proposal.without if all(each.reasons)}
    accepted = {(each.person, each.role) for each in records.applications.get("harbor/2026", ())}
    assert placed | explained == accepted
    assert not placed & explained


def test_the_order_of_the_records_changes_no_byte(many):
    records = load(Workspace(many.root)).records
    want = targets(propose(records, "harbor/2026", TODAY))
    draw = random.Random(1)
    for _ in range(3):
        shuffled = replace(
            records,
            people=dict(draw.sample(sorted(records.people.items()), len(records.people))),
            applications={key: tuple(draw.sample(group, len(group))) for key, group in records.applications.items()},
            private_applications={
                key: tuple(draw.sample(group, len(group))) for key, group in records.private_applications.items()
            },
        )
        assert targets(propose(shuffled, "harbor/2026", TODAY)) == want


def test_the_hash_seed_changes_no_byte(many):
    def printed(seed):
        command = [sys.executable, "-m", "toolkit", "-C", str(many.root), "match", "propose", "2026", "--json"]
        done = subprocess.run(
            [*command, "--today", "2026-02-01"],
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            timeout=120,
        )
        return done.stdout

    assert printed("1") == printed("2")


def test_what_is_written_is_read_back_as_it_was_meant(many):
    proposal = made(many)
    for path, text in targets(proposal):
        if path.endswith("why.md"):
            continue
        record, faults = decode(of_bytes(text.encode(), path), Plan if path == plan_paths(proposal, 1)[0] else Pair)
        assert faults == ()
        assert record is not None
    plan, _ = decode(of_bytes(plan_texts(proposal)[0].encode(), "plan.yaml"), Plan)
    assert [(each.mentor, each.mentee) for each in plan.pairs] == [
        (each.mentor, each.mentee) for each in proposal.pairs
    ]
    assert [each.score * 10_000 for each in plan.pairs] == pytest.approx([each.score for each in proposal.pairs])
    assert len({each.pair for each in plan.pairs}) == len(plan.pairs)


def test_a_proposal_that_was_written_changes_nothing_in_the_next_one(tmp_path):
    world = crowd(tmp_path, 6, 5, seed=2)
    files = targets(made(world))
    for path, text in files:
        world.put(path, text)
    assert targets(made(world)) == files


def test_changed_records_give_another_run(tmp_path):
    world = crowd(tmp_path, 4, 4, seed=2)
    before = made(world).run
    assert re.fullmatch(r"run-2026-02-01-[0-9a-f]{6}", before)
    world.private("taker-0001", "mentee", "veto: [giver-0003]\n")
    assert made(world).run != before


class TestVetoes:
    """Nobody can learn from a plan who vetoed whom."""

    @pytest.fixture
    def world(self, tmp_path):
        """The only one who wants it cannot have zoe: a veto stands between, and no other reason."""
        world = World(tmp_path, "score: {offers_meet_seeks: 1}\nrequire:\n  - common_language: 1\n")
        world.mentee("ana", "{topic: topic-a, priority: 5}")
        world.mentee("bob", "{topic: topic-b, priority: 5}")
        world.mentor("zoe-vetoed", "{topic: topic-a, strength: 5}")
        world.mentor("max", "{topic: topic-a, strength: 1}, {topic: topic-b, strength: 1}")
        return world

    def texts(self, world, person):
        """All that is said about one person, and nothing that is said about the others."""
        proposal = made(world)
        said = [*(each for pair in proposal.pairs if person in (pair.mentee, pair.mentor) for each in self.of(pair))]
        said += [reason for each in proposal.without if each.person == person for reason in each.reasons]
        return "\n".join(said)

    def of(self, pair):
        return [
            *pair.reasons,
            pair.weakness,
            pair.passed_over,
            *(each.says for each in pair.terms),
            str(pair.next_best),
        ]

    @pytest.mark.parametrize(
        ("owner", "role", "other"), [("ana", "mentee", "zoe-vetoed"), ("zoe-vetoed", "mentor", "ana")]
    )
    def test_neither_side_names_the_other(self, world, owner, role, other):
        world.private(owner, role, f"veto: [{other}]\n")
        world.put(
            "content/programs/harbor/2026/matching.yaml",
            "score: {offers_meet_seeks: 1}\npins:\n  - {mentor: max, mentee: ana, reason: Asked}\n",
        )
        said = self.texts(world, "ana")
        assert "1 mentor would score higher and is ruled out: 1 by a rule of the program" in said
        assert "zoe-vetoed" not in said and "Zoe" not in said and "veto" not in said.replace("zoe-vetoed", "")

    def test_an_unmatched_person_reads_of_a_rule_only(self, world):
        world.private("ana", "mentee", "veto: [zoe-vetoed, max]\n")
        said = self.texts(world, "ana")
        assert said == "every mentor is ruled out by a rule of the program"

    def test_the_vetoed_one_reads_of_a_rule_only(self, world):
        for mentee in ("ana", "bob"):
            world.private(mentee, "mentee", "veto: [zoe-vetoed]\n")
        said = self.texts(world, "zoe-vetoed")
        assert said == "every mentee is ruled out by a rule of the program"

    def test_a_veto_reads_like_every_other_private_rule(self, world):
        """Were a conflict told in other words than a veto, the words alone would tell them apart."""
        told = set()
        for text in (
            "veto: [zoe-vetoed, max]\n",
            "conflicts:\n  - {person: max, kind: family}\n  - {person: zoe-vetoed, kind: family}\n",
        ):
            world.private("ana", "mentee", text)
            told.add(self.texts(world, "ana"))
        assert len(told) == 1

    def test_no_written_file_of_a_crowd_names_both_ends_of_a_veto_in_one_sentence(self, many):
        records = load(Workspace(many.root)).records
        proposal = made(many)
        vetoes = [(each.person, other) for each in records.private_applications["harbor/2026"] for other in each.veto]
        assert len(vetoes) > 5
        for one, other in vetoes:
            for person, unwanted in ((one, other), (other, one)):
                for text in self.about(proposal, person):
                    assert unwanted not in text

    def about(self, proposal, person):
        for pair in proposal.pairs:
            if pair.mentee == person:
                yield from self.of(pair)
        for each in proposal.without:
            if each.person == person:
                yield from each.reasons


class TestWithout:
    """The binding reason, found by lifting constraints."""

    @pytest.fixture
    def world(self, tmp_path):
        world = World(
            tmp_path, "score: {offers_meet_seeks: 1}\nrequire:\n  - common_language: 1\n  - overlap_minutes: 60\n"
        )
        world.mentee("ana")
        world.mentor("max")
        return world

    def why(self, world, person):
        found = [each.reasons for each in made(world).without if each.person == person]
        return list(found[0]) if found else []

    def test_capacity(self, world):
        world.mentee("bob", more="values: [play]\n")
        left = next(each.person for each in made(world).without if each.role == "mentee")
        assert self.why(world, left) == [
            "no mentor is left: the one mentor who fits has no place left",
            "one more place with max would be enough; max scores 0.60",
        ]
        world.mentor("max", capacity=2)
        assert self.why(world, left) == []

    def test_no_common_language(self, world):
        world.person("eva", "mentee", "languages: [pt]\nmentee:\n  availability: [tue 17:00-19:00]\n")
        world.mentor("lea")
        assert self.why(world, "eva") == ["every mentor is ruled out by no common language"]

    def test_no_common_time(self, world):
        world.person("eva", "mentee", "languages: [en]\nmentee:\n  availability: [wed 17:00-19:00]\n")
        assert self.why(world, "eva") == ["every mentor is ruled out by fewer than 60 common free minutes a week"]

    def test_nobody_is_named_as_the_nearest_to_themselves(self, world):
        """Eva asks for a mentor and offers to be one."""
        fields = "languages: [pt]\nmentee: {seeks: [topic-a]}\nmentor: {offers: [topic-a], capacity: 1}\n"
        world.person("eva", "mentee", fields)
        world.apply("eva", "mentor")
        found = [each.reasons for each in made(world).without if each.person == "eva"]

        assert found == [
            (
                "every mentor is ruled out by no common language",
                "every mentor is ruled out by fewer than 60 common free minutes a week",
            ),
            (
                "every mentee is ruled out by no common language",
                "every mentee is ruled out by fewer than 60 common free minutes a week",
            ),
        ]

    def test_different_reasons_and_what_comes_nearest(self, world):
        world.mentor("lea", more="timezone: UTC\n")
        world.person(
            "max", "mentor", "languages: [en]\ntimezone: UTC\nmentor: {capacity: 1, availability: [mon 10:00-11:00]}\n"
        )
        world.person("eva", "mentee", "languages: [pt]\ntimezone: UTC\nmentee:\n  availability: [mon 10:00-11:00]\n")
        world.person("rui", "mentor", "languages: [pt]\ntimezone: UTC\nmentor:\n  availability: [fri 10:00-11:00]\n")
        assert self.why(world, "eva") == [
            "every mentor is ruled out: 2 by no common language, 1 by fewer than 60 common free minutes a week",
            "nearest: rui, ruled out by fewer than 60 common free minutes a week alone",
            "nearest: max, ruled out by no common language alone",
        ]

    def test_everything_below_the_floor(self, world):
        world.policy("score: {offers_meet_seeks: 1}\nfloor: 0.7\n")
        assert self.why(world, "ana") == ["every mentor is ruled out by a score below the floor of 0.7"]
        assert self.why(world, "max") == ["every mentee is ruled out by a score below the floor of 0.7"]

    def test_a_mentor_who_is_not_needed(self, world):
        world.mentor("lea", "{topic: topic-a, strength: 1}")
        assert self.why(world, "lea") == [
            "the one mentee who fits is matched with others",
            "there are 2 places for 1 mentee",
        ]

    def test_a_mentor_without_a_place(self, world):
        world.mentor("lea", capacity=0)
        assert self.why(world, "lea") == ["the capacity is 0"]
        world.mentor("lea")
        world.put("content/people/joe.yaml", "name: Joe\n")
        world.pair("lea-joe", "lea", "joe", "active", cohort="2025")
        assert self.why(world, "lea") == ["carries 1 mentee already, and the capacity is 1"]

    def test_records_that_are_missing(self, world):
        world.apply("ghost", "mentee")
        world.person("eve", "mentor", "languages: [en]\n")
        assert self.why(world, "ghost") == ["there is no person record under this id"]
        assert self.why(world, "eve") == [
            "the person's record has no mentor part, so topics and capacity are not known"
        ]

    def test_nobody_on_the_other_side(self, tmp_path):
        world = World(tmp_path / "empty", "score: {offers_meet_seeks: 1}\n")
        world.mentee("ana")
        assert self.why(world, "ana") == ["no mentor takes part"]
        assert made(world).pairs == ()

    def test_an_objective_that_would_rather_leave_somebody_out(self, world):
        world.policy("score: {offers_meet_seeks: 1}\nobjective: [even_load]\n")
        assert self.why(world, "ana") == ["a pair is possible, but it would lower what the objective asks for first"]


class TestPins:
    """Pins are honored exactly, or refused with the smallest reason and the line of the pin."""

    @pytest.fixture
    def world(self, tmp_path):
        world = World(tmp_path)
        for mentee in ("ana", "bob"):
            world.mentee(mentee)
        world.mentor("lea", "{topic: topic-a, strength: 5}")
        world.mentor("max", "{topic: topic-b, strength: 1}")
        return world

    def pin(self, world, *pins, more=""):
        lines = "".join(f"  - {{mentor: {mentor}, mentee: {mentee}, reason: Agreed}}\n" for mentor, mentee in pins)
        world.policy(f"score: {{offers_meet_seeks: 1}}\n{more}pins:\n{lines}")

    def refusal(self, world):
        with pytest.raises(Refused) as refused:
            made(world)
        assert {each.code for each in refused.value.diagnostics} == {"pin-violates-constraint"}
        return [(each.message, each.place.span.line) for each in refused.value.diagnostics]

    def test_a_pin_holds_though_it_scores_nothing_and_lies_below_the_floor(self, world):
        self.pin(world, ("max", "ana"), more="floor: 0.5\n")
        pairs = {each.mentee: each for each in made(world).pairs}
        assert pairs["ana"].mentor == "max" and pairs["ana"].pinned and pairs["ana"].score == 0
        assert pairs["bob"].mentor == "lea" and not pairs["bob"].pinned

    def test_a_pin_that_has_become_a_pair_is_fulfilled(self, world):
        self.pin(world, ("max", "ana"))
        world.pair("max-ana", "max", "ana", "accepted")
        assert [(each.mentor, each.mentee) for each in made(world).pairs] == [("lea", "bob")]

    def test_a_pin_against_a_veto_tells_nothing_of_it(self, world):
        world.private("max", "mentor", "veto: [ana]\n")
        self.pin(world, ("max", "ana"))
        assert self.refusal(world)[0][0] == "the pin of max and ana cannot hold: a rule of the program"


def test_an_unknown_criterion_is_refused_with_the_nearest_name(tmp_path):
    world = World(tmp_path, "score: {ofers_meet_seeks: 1}\n")
    with pytest.raises(Refused) as refused:
        made(world)
    found = refused.value.diagnostics[0]
    assert (found.code, found.hint, found.place.span.line) == (
        "policy-unknown-criterion",
        "did you mean offers_meet_seeks?",
        1,
    )


def test_weights_that_are_all_zero_are_refused(tmp_path):
    world = World(tmp_path, "score: {offers_meet_seeks: 0}\n")
    with pytest.raises(Refused) as refused:
        made(world)
    assert refused.value.diagnostics[0].code == "policy-weights-zero"


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("score: {values_overlap: {weight: 1, saturates_at: 60}}", "values_overlap has no setting saturates_at"),
        ("score: {ranked_choice: {weight: 1, of: mentee, share_mentee: 0.4}}", "ranked_choice weighs one side only"),
        ("score: {level_gap: {weight: 1, min: 4, max: 2}}", "level_gap: no step lies between min and max"),
        ("score: {level_gap: 1}\nobjective: [max_total, max_total]", "the aim max_total stands twice"),
        ("score: {level_gap: 1}\nobjective:\n  - {aim: max_total, depth: 2}", "only raise_the_lowest has a depth"),
        ("score: {level_gap: 1}\nrequire:\n  - level_gap: {min: 3, max: 1}", "no step lies between these two"),
        ("score: {level_gap: 1}\nmodel: duel", "`model` has a value that is not on its list"),
        ("score: {level_gap: 1}\nsolver: magic", "`solver` has a value that is not on its list"),
        ("score: {level_gap: 1}\nsize: {min: 2, max: 3}", "`size`: it means nothing for the model one-to-one"),
        ("score: {level_gap: 1}\nmodel: group\nsolver: stable", "a group cannot be formed by `stable`"),
        ("score: {level_gap: 1}\nfairnes: 1", "`fairnes` is no field of this matching policy"),
    ],
)
def test_a_setting_that_nothing_reads_is_a_finding_of_check(tmp_path, policy, said):
    loaded = load(Workspace(World(tmp_path, policy + "\n").root))
    assert [said in each.message for each in loaded.diagnostics] == [True]


def test_a_criterion_of_another_package_counts_like_the_shipped_ones(tmp_path, monkeypatch):
    """A package offers a function under the entry-point group; the policy names it."""

    class Entry:
        name = value = "same_letter"

        def load(self):
            return lambda features, rows, options: np.full(features.ranked_by_mentee[rows].shape, 0.25)

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Entry()] if "criteria" in group else [])
    world = World(tmp_path, "score: {same_letter: 1, offers_meet_seeks: 1}\n")
    world.mentee("ana")
    world.mentor("max")
    term = made(world).pairs[0].terms[0]
    assert (term.criterion, term.value, term.says) == ("same_letter", 0.25, "same letter gives 0.25 of 1")


class TestNames:
    """A pair's folder is short where that is unique and the same at every run."""

    def test_first_words_where_they_are_unique(self):
        assert pair_ids((("ines-carvalho", "tomas-rojas"),), ()) == ("ines-tomas",)

    def test_whole_ids_where_two_pairs_would_share_a_name(self):
        pairs = (("ines-carvalho", "tomas-rojas"), ("ines-silva", "tomas-vega"))
        assert pair_ids(pairs, ()) == ("ines-carvalho-tomas-rojas", "ines-silva-tomas-vega")

    def test_a_hash_where_even_whole_ids_would_be_the_same(self):
        names = pair_ids((("a-b", "c"), ("a", "b-c")), ())
        assert len(set(names)) == 2
        assert pair_ids((("a-b-c", "d"), ("a-b", "c-d"), ("a-x", "d"), ("a-y", "c")), ())[0].startswith("a-d-")

    def test_the_name_of_other_people_is_not_taken(self, tmp_path):
        world = World(tmp_path)
        for person in ("ines-silva", "tomas-vega"):
            world.put(f"content/people/{person}.yaml", f"name: {person}\n")
        world.pair("ines-tomas", "ines-silva", "tomas-vega", "active")
        existing = world.records.pairs_of("harbor/2026")
        assert pair_ids((("ines-carvalho", "tomas-rojas"),), existing) == ("ines-carvalho-tomas-rojas",)
        assert pair_ids((("ines-silva", "tomas-vega"),), existing) == ("ines-tomas",)

    def test_long_ids_stay_within_the_limit_of_an_id(self):
        (name,) = pair_ids((("a" * 60, "b" * 60),), ())
        assert len(name) <= 64


def test_the_reasons_text_escapes_what_people_wrote(tmp_path):
    world = World(tmp_path, "score: {offers_meet_seeks: 1}\n")
    world.mentee("ana")
    world.mentor("max")
    path = world.root / "content/people/ana.yaml"
    path.write_text(path.read_text().replace("name: Ana", 'name: "<b>Ana</b> [x](http://e.vil) |"'))
    text = why_text(made(world))
    assert r"\<b\>Ana\</b\> \[x\](http://e.vil) \|" in text
    assert "<b>" not in text


def test_the_same_arrays_serve_the_score_and_the_explanation(many):
    records = load(Workspace(many.root)).records
    problem = build(records, "harbor/2026", TODAY)
    place = {each: index for index, each in enumerate(problem.mentees)}
    column = {each: index for index, each in enumerate(problem.mentors)}
    for pair in made(many).pairs:
        assert pair.score == problem.instance.score[place[pair.mentee], column[pair.mentor]]
        if pair.next_best:
            assert problem.instance.eligible[place[pair.mentee], column[pair.next_best[0]]]
