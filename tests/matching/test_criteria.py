"""Each criterion and each constraint gives what its definition says, on people small enough to count by hand."""

from __future__ import annotations

import datetime

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World  # noqa: E402

from toolkit.load import load  # noqa: E402
from toolkit.matching.policy import Refused  # noqa: E402
from toolkit.matching.problem import build  # noqa: E402
from toolkit.matching.proposal import propose  # noqa: E402
from toolkit.matching.write import targets  # noqa: E402
from toolkit.model import CRITERIA as NAMES  # noqa: E402
from toolkit.workspace import Workspace  # noqa: E402

TODAY = datetime.date(2026, 2, 1)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def problem_of(world):
    loaded = load(Workspace(world.root))
    assert [each for each in loaded.diagnostics if each.severity == "error"] == []
    return build(loaded.records, "harbor/2026", TODAY)


def proposal_of(world):
    return propose(world.records, "harbor/2026", TODAY)


def value(world, criterion, settings="1", require="", missing="neutral"):
    head = f"require:\n{require}" if require else ""
    world.policy(f"{head}score:\n  {criterion}: {settings}\nmissing: {missing}\n")
    problem = problem_of(world)
    return problem.terms(slice(0, len(problem.mentees)))[0]


def test_every_shipped_name_has_a_criterion_and_words():
    from toolkit.matching.criteria import CRITERIA
    from toolkit.matching.facts import FACTS

    assert set(CRITERIA) == set(FACTS) == set(NAMES)


def test_offers_meet_seeks_weighs_strength_by_priority(world):
    world.mentee("ana", "{topic: topic-a, priority: 5}, {topic: topic-b, priority: 1}")
    world.mentor("max", "{topic: topic-a, strength: 4}, {topic: topic-c, strength: 5}")
    world.mentor("zoe", "{topic: topic-b, strength: 5}")
    assert value(world, "offers_meet_seeks").tolist() == [[pytest.approx(20 / 30), pytest.approx(5 / 30)]]


def test_shared_topics_is_the_share_of_the_sought_ones(world):
    world.mentee("ana", "topic-a, topic-b, topic-c, topic-d")
    world.mentor("max", "topic-a, topic-d, topic-p")
    assert value(world, "shared_topics").tolist() == [[0.5]]


def test_values_overlap_is_jaccard(world):
    world.mentee("ana", more="values: [patience, honesty, humor]\n")
    world.mentor("max", more="values: [honesty, order]\n")
    assert value(world, "values_overlap").tolist() == [[0.25]]


def test_working_style_compares_what_both_answered(world):
    world.mentee("ana", more="working_style: {pace: 1, structure: 7, focus: 2}\n")
    world.mentor("max", more="working_style: {pace: 7, structure: 4, directness: 1}\n")
    assert value(world, "working_style").tolist() == [[pytest.approx(1 - (6 + 3) / 12)]]


def test_preferred_style_is_the_share_that_the_mentor_has(world):
    world.mentee("ana", more="  preferred_styles: [directive, sponsoring]\n")
    world.mentor("max", more="  styles: [sponsoring, motivating]\n")
    assert value(world, "preferred_style").tolist() == [[0.5]]


def test_waiting_time_grows_to_eight_weeks_and_is_the_same_with_every_mentor(world):
    world.mentee("ana")
    world.mentee("bea")
    path = world.root / "content/programs/harbor/2026/applications/bea-mentee.yaml"
    path.write_text(path.read_text().replace("2026-01-02", "2025-10-02"))
    world.mentor("max")
    world.mentor("zoe")
    assert value(world, "waiting_time").round(4).tolist() == [[0.5357, 0.5357], [1.0, 1.0]]


def test_where_places_are_short_who_waited_longer_comes_first(world):
    world.policy("score: {offers_meet_seeks: 1, waiting_time: 3}\nobjective: [max_matched, max_total]\n")
    world.mentee("ana", "{topic: topic-a, priority: 5}")
    world.mentee("bea", "{topic: topic-b, priority: 5}, {topic: topic-a, priority: 4}")
    world.mentor("max", "{topic: topic-a, strength: 5}")
    assert [each.mentee for each in proposal_of(world).pairs] == ["ana"]
    path = world.root / "content/programs/harbor/2026/applications/bea-mentee.yaml"
    path.write_text(path.read_text().replace("2026-01-02", "2025-10-02"))
    assert [each.mentee for each in proposal_of(world).pairs] == ["bea"]


def test_level_gap_counts_in_full_inside_the_window_and_less_outside(world):
    world.mentee("ana")
    world.mentor("max")
    assert value(world, "level_gap", "{weight: 1, min: 2, max: 4}").tolist() == [[1.0]]
    assert value(world, "level_gap", "{weight: 1, min: 4, max: 5}").tolist() == [[pytest.approx(1 / 3)]]
    assert value(world, "level_gap", "{weight: 1, min: 3}").tolist() == [[pytest.approx(2 / 3)]]
    assert value(world, "level_gap", "1", "  - level_gap: {min: 0, max: 1}\n").tolist() == [[pytest.approx(2 / 3)]]


@pytest.mark.parametrize(
    ("of", "expected"),
    [("mentee", [[0.5, 0.0]]), ("mentor", [[1.0, 0.0]]), ("both", [[0.7 * 0.5 + 0.3, 0.0]])],
)
def test_ranked_choice_looks_at_the_side_that_the_policy_names(world, of, expected):
    """The first-ranked person does not take part, so the second of three counts as the first of two, and so on."""
    world.mentee("ana", ranked=("absent", "lea", "max"))
    world.mentee("bob")
    world.mentor("lea", ranked=("bob", "ana"))
    world.mentor("max", ranked=("ana",))
    world.mentor("zoe", ranked=("bob",))
    share = ", share_mentee: 0.7" if of == "both" else ""
    found = value(world, "ranked_choice", f"{{weight: 1, of: {of}{share}}}")
    assert found[0, 1:].tolist() == pytest.approx(expected[0])


def test_ranked_choice_of_both_lets_one_side_speak_where_the_other_ranked_nobody(world):
    world.mentee("ana")
    world.mentor("max", ranked=("ana",))
    assert value(world, "ranked_choice").tolist() == [[1.0]]
    assert value(world, "ranked_choice", missing="zero").tolist() == [[0.5]]


def test_overlap_minutes_counts_across_zones_above_the_floor_and_saturates(world):
    """Lisbon is on UTC in the first week of the cohort, Bogota five hours behind it: 90 minutes are common."""
    world.person(
        "ana",
        "mentee",
        "timezone: Europe/Lisbon\nlanguages: [en]\nmentee:\n  seeks: [topic-a]\n"
        "  availability: [tue 17:00-19:00, sat 09:00-10:00]\n",
    )
    world.person(
        "max",
        "mentor",
        "timezone: America/Bogota\nlanguages: [en]\nmentor:\n  availability: [tue 12:30-15:07]\n",
    )
    assert value(world, "overlap_minutes").tolist() == [[0.5]]
    assert value(world, "overlap_minutes", "{weight: 1, saturates_at: 90}").tolist() == [[1.0]]
    floor = "  - overlap_minutes: 60\n"
    assert value(world, "overlap_minutes", "1", floor).tolist() == [[pytest.approx(30 / 120)]]
    assert problem_of(world).instance.eligible.all()
    world.policy("require:\n  - overlap_minutes: 91\nscore: {offers_meet_seeks: 1}\n")
    assert not problem_of(world).instance.eligible.any()


def test_a_person_without_a_zone_cannot_be_compared_with_one_who_has_one(world):
    world.mentee("ana", more="timezone: Europe/Lisbon\n")
    world.mentor("max")
    assert np.isnan(value(world, "overlap_minutes")).all()
    world.mentee("ana")
    assert value(world, "overlap_minutes").tolist() == [[pytest.approx(120 / 180)]]


class TestMissing:
    """What nobody answered is left out, counts as zero, or is refused with the names of who must answer."""

    POLICY = "score: {offers_meet_seeks: 3, values_overlap: 1}\n"

    @pytest.fixture
    def asked(self, world):
        world.mentee("ana", "topic-a", more="values: [patience]\n")
        world.mentee("bob", "topic-a")
        world.mentor("max", "{topic: topic-a, strength: 5}", more="values: [patience]\n")
        return world

    def test_neutral_gives_the_share_to_the_others(self, asked):
        asked.policy(self.POLICY)
        assert problem_of(asked).instance.score.tolist() == [[10_000], [10_000]]

    def test_zero_counts_it_as_nothing(self, asked):
        asked.policy(self.POLICY + "missing: zero\n")
        assert problem_of(asked).instance.score.tolist() == [[10_000], [7_500]]
        pair = proposal_of(asked).pairs[0]
        assert pair.mentee == "ana"

    def test_zero_says_what_was_not_answered(self, asked):
        asked.policy(self.POLICY + "missing: zero\n")
        asked.mentor("lea", "{topic: topic-a, strength: 1}", more="values: [patience]\n")
        terms = {each.mentee: each for each in proposal_of(asked).pairs}["bob"].terms
        assert {each.criterion: each.says for each in terms}["values_overlap"] == "values overlap: not answered"

    def test_refuse_names_who_must_answer(self, asked):
        asked.policy(self.POLICY + "missing: refuse\n")
        with pytest.raises(Refused) as refused:
            problem_of(asked)
        message = refused.value.diagnostics[0].message
        assert "bob as mentee (values_overlap)" in message
        assert "ana" not in message and "max" not in message
        assert refused.value.diagnostics[0].place.key == "missing"

    def test_nothing_known_of_a_pair_scores_nothing(self, world):
        world.mentee("ana")
        world.mentor("max")
        world.policy("score: {values_overlap: 1}\n")
        assert problem_of(world).instance.score.tolist() == [[0]]


REQUIRED = [
    ("common_language: 1", "languages: [pt-BR, en]", "languages: [pt]", True),
    ("common_language: 1", "languages: [{code: en, level: A2}]", "languages: [en]", False),
    ("common_language: 2", "languages: [en, fr]", "languages: [en, es]", False),
    ("common_language: 1", "site: Porto", "languages: [en]", False),
    ("level_gap: {min: 1, max: 2}", "level: 2", "level: 4", True),
    ("level_gap: {min: 1, max: 2}", "level: 2", "level: 5", False),
    ("level_gap: {min: -2, max: -1}", "level: 5", "level: 4", True),
    ("level_gap: {min: 1, max: 2}", "site: Porto", "level: 4", False),
    ("different_organization: true", "organization: Dock", "organization: Quay", True),
    ("different_organization: true", "organization: Dock", "organization: dock", False),
    ("different_organization: false", "organization: Dock", "organization: dock", True),
    ("same_modality: true", "mentee: {modalities: [virtual]}", "mentor: {modalities: [hybrid]}", True),
    ("same_modality: true", "mentee: {modalities: [virtual]}", "mentor: {modalities: [in-person]}", False),
]


@pytest.mark.parametrize(("require", "mentee", "mentor", "possible"), REQUIRED)
def test_a_requirement_holds_or_rules_the_pair_out(world, require, mentee, mentor, possible):
    world.person("ana", "mentee", mentee + "\n")
    world.person("max", "mentor", mentor + "\n" + ("" if "mentor:" in mentor else "mentor: {capacity: 1}\n"))
    world.policy(f"require:\n  - {require}\nscore: {{level_gap: 1}}\n")
    assert bool(problem_of(world).instance.eligible[0, 0]) is possible
    world.policy("score: {level_gap: 1}\n")
    assert problem_of(world).instance.eligible.all(), "a requirement that the policy does not name rules nobody out"


class TestAlways:
    """What holds whether the policy names it or not."""

    @pytest.fixture
    def two(self, world):
        world.policy("score: {offers_meet_seeks: 1}\n")
        world.mentee("ana")
        world.mentor("max")
        assert problem_of(world).instance.eligible.all()
        return world

    def barred(self, world, name):
        problem = problem_of(world)
        assert {bar.name for bar in problem.bars if bar.blocked.any()} == {name}
        return not problem.instance.eligible.any()

    @pytest.mark.parametrize(("owner", "role", "other"), [("ana", "mentee", "max"), ("max", "mentor", "ana")])
    def test_a_veto_of_either_side(self, two, owner, role, other):
        two.private(owner, role, f"veto: [{other}]\n")
        assert self.barred(two, "veto")

    def test_a_conflict_that_one_of_them_states(self, two):
        two.private("max", "mentor", "conflicts:\n  - {person: ana, kind: competitor}\n")
        assert self.barred(two, "conflict")

    @pytest.mark.parametrize("status", ["closed", "objected"])
    def test_an_earlier_pair_of_the_two_in_any_cohort(self, two, status):
        two.pair("max-ana", "max", "ana", status, cohort="2025")
        assert self.barred(two, "earlier")

    def test_a_consent_that_does_not_hold_today(self, two):
        two.mentee("ana", consent=False)
        assert self.barred(two, "consent")
        two.put(
            "content/people/ana.yaml", "name: Ana\nconsents:\n  - {what: data, on: 2025-01-01, until: 2026-01-31}\n"
        )
        assert self.barred(two, "consent")

    def test_a_forbidden_pair(self, two):
        two.policy("score: {offers_meet_seeks: 1}\nforbids:\n  - {mentor: max, mentee: ana, reason: Neighbors}\n")
        assert self.barred(two, "forbid")

    def test_nobody_mentors_oneself(self, world):
        world.policy("score: {offers_meet_seeks: 1}\n")
        world.person("ana", "mentee", "mentor: {capacity: 1}\n")
        world.apply("ana", "mentor")
        assert self.barred(world, "self")

    def test_the_floor(self, two):
        two.policy("score: {offers_meet_seeks: 1}\nfloor: 0.61\n")
        assert self.barred(two, "floor")
        two.policy("score: {offers_meet_seeks: 1}\nfloor: 0.6\n")
        assert problem_of(two).instance.eligible.all()

    def test_capacity_is_less_by_the_pairs_in_being_of_any_cohort(self, two):
        two.mentor("max", capacity=3)
        for number, status in enumerate(["active", "paused", "proposed", "closed", "accepted"]):
            two.put(f"content/people/other{number}.yaml", f"name: Other {number}\n")
            two.pair(f"max-other{number}", "max", f"other{number}", status, cohort="2025")
        assert problem_of(two).instance.room.tolist() == [0]

    def test_a_mentee_who_has_a_pair_in_this_cohort_is_not_matched_again(self, two):
        two.mentor("lea")
        two.pair("lea-ana", "lea", "ana", "accepted")
        problem = problem_of(two)
        assert problem.mentees == () and problem.pool.placed == 1
        two.pair("lea-ana", "lea", "ana", "proposed")
        assert problem_of(two).mentees == ("ana",)

    @pytest.mark.parametrize("status", ["submitted", "waitlisted", "declined", "withdrawn", "draft", "screening"])
    def test_only_the_accepted_take_part(self, two, status):
        two.apply("ana", "mentee", status=status)
        assert problem_of(two).mentees == ()


class TestNamed:
    """What private records know and the policy has to name."""

    @pytest.fixture
    def two(self, world):
        world.mentee("ana")
        world.mentor("max")
        return world

    @pytest.mark.parametrize(("person", "manager"), [("ana", "max"), ("max", "ana")])
    def test_line_management_in_either_direction(self, two, person, manager):
        two.put(f"private/people/{person}.yaml", f"line_manager: {manager}\n")
        assert problem_of(two).instance.eligible.all()
        two.policy("require:\n  - not_related: [line-manager]\nscore: {offers_meet_seeks: 1}\n")
        assert not problem_of(two).instance.eligible.any()

    def test_a_tie_that_was_stated_in_another_cohort(self, two):
        two.put("private/applications/harbor/2025/ana-mentee.yaml", "conflicts:\n  - {person: max, kind: family}\n")
        two.policy("require:\n  - not_related: [assessor]\nscore: {offers_meet_seeks: 1}\n")
        assert problem_of(two).instance.eligible.all()
        two.policy("require:\n  - not_related: [assessor, family]\nscore: {offers_meet_seeks: 1}\n")
        assert not problem_of(two).instance.eligible.any()

    def test_training(self, two):
        two.policy("require:\n  - trained: basics\nscore: {offers_meet_seeks: 1}\n")
        assert not problem_of(two).instance.eligible.any()
        two.put("private/people/max.yaml", "training:\n  - {course: basics, on: 2026-02-01}\n")
        assert problem_of(two).instance.eligible.all()
        two.put("private/people/max.yaml", "training:\n  - {course: basics, on: 2026-02-02}\n")
        assert not problem_of(two).instance.eligible.any()

    @pytest.mark.parametrize(
        ("checks", "possible"),
        [
            ("[{check: record, result: cleared, on: 2026-01-01}]", True),
            ("[{check: record, result: pending, on: 2026-01-01}]", False),
            ("[{check: record, result: cleared, on: 2025-01-01, expires: 2026-01-31}]", False),
            ("[{check: a, result: cleared, on: 2026-01-01}, {check: b, result: refused, on: 2026-01-01}]", False),
        ],
    )
    def test_screening(self, two, checks, possible):
        two.put("private/people/max.yaml", f"screening: {checks}\n")
        two.policy("require:\n  - screened: true\nscore: {offers_meet_seeks: 1}\n")
        assert bool(problem_of(two).instance.eligible.all()) is possible

    def test_what_only_private_records_know_is_refused_without_them(self, two):
        (two.root / "private/README.md").unlink()
        (two.root / "private").rmdir()
        two.policy("require:\n  - trained: basics\nscore: {offers_meet_seeks: 1}\n")
        with pytest.raises(Refused, match="private/"):
            problem_of(two)


class TestSharedBackground:
    """A wish of the mentee counts where the mentor agreed to be matched by it, and no sentence says which it is."""

    @pytest.fixture
    def asked(self, world):
        def ask(wish="first-generation", mentee="Yes", mentor="yes ", consent="2026-01-01"):
            agreed = f"  - {{what: shared-background, on: {consent}}}\n" if consent else ""
            world.mentee("ana-kovacs")
            world.mentor("zoe-ferro", more=f"consents:\n  - {{what: data, on: 2026-01-01}}\n{agreed}", consent=False)
            world.mentor("max-reed")
            world.apply("ana-kovacs", "mentee", f"wants_shared_background: [{wish}]\n" if wish else "")
            for person, said in (("ana-kovacs", mentee), ("zoe-ferro", mentor), ("max-reed", "yes")):
                if said:
                    world.put(f"private/people/{person}.yaml", f"protected: {{first-generation: {said!r}}}\n")
            return value(world, "shared_background")[0].tolist()  # max-reed, zoe-ferro

        return ask

    def test_it_counts_where_both_say_the_same_and_the_mentor_agrees(self, asked):
        assert asked() == [0, 1]

    @pytest.mark.parametrize(
        "case", [{"consent": ""}, {"consent": "2026-02-02"}, {"mentor": "no"}, {"mentor": ""}, {"mentee": ""}]
    )
    def test_it_counts_nothing_without_consent_today_or_another_word(self, asked, case):
        assert asked(**case) == [0, 0]

    def test_who_asks_nothing_is_scored_without_it_whatever_is_missing(self, asked, world):
        assert np.isnan(asked(wish="")).all()
        for missing in ("zero", "refuse"):
            world.policy(f"score: {{offers_meet_seeks: 1, shared_background: 9}}\nmissing: {missing}\n")
            assert problem_of(world).instance.score[:].tolist() == [[6000, 6000]]

    def test_no_line_of_the_plan_names_it(self, asked, world):
        asked()
        world.policy("score: {offers_meet_seeks: 1, shared_background: 2}\n")
        made = proposal_of(world)
        written = "\n".join(text for _, text in targets(made))
        assert made.pairs[0].mentor == "zoe-ferro"
        assert "meets a further wish of the mentee's application" in written
        assert "first" not in written.replace("first thing first", "") and "yes" not in written.casefold()
