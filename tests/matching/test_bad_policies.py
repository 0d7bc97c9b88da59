"""What a coordinator may write wrong, typed through the command: one sentence each, with every line that conflicts."""

import re

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import COHORT, PROGRAM, World, run

from toolkit.errors import ToolkitError

FOLDER = "content/programs/harbor/2026"
PATH = f"{FOLDER}/matching.yaml"
S = "score: {offers_meet_seeks: 1}\n"


def lines_of(result):
    """The lines of files that a refusal names, the policy's as numbers."""
    found = re.findall(r"(?:-->|see also:) (\S+?):(\d+):\d+", result.stderr)
    return [int(line) if path == PATH else f"{path.removeprefix('content/')}:{line}" for path, line in found]


def sentence(result):
    (said,) = re.findall(r"^error\[[a-z-]+\]: (.*)$", result.stderr, re.MULTILINE)
    return said


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    for name in ("ana", "bea", "vet"):
        world.mentee(name)
    world.mentee("wai")
    world.apply("wai", "mentee", status="submitted")
    world.mentor("max")
    world.mentor("zoe")
    world.private("vet", "mentee", "veto: [max]\n")
    return world


def entry(mentor, mentee):
    return f"  - {{mentor: {mentor}, mentee: {mentee}, reason: Asked}}\n"


@pytest.mark.parametrize(
    ("policy", "said", "lines"),
    [
        (S + "model: duo\n", "`model` has a value that is not on its list", [2]),
        (S + "mode: both\n", "`mode` has a value that is not on its list", [2]),
        (S + "solver: magic\n", "`solver` has a value that is not on its list", [2]),
        (S + "missing: ask\n", "`missing` has a value that is not on its list", [2]),
        ("model: one-to-one\n", "`score` is missing", [1]),
        ("score: {}\n", "`score`: no criterion is named", [1]),
        ("score: {offers_meet_seeks: much}\n", "`score`: this is not a number", [1]),
        ("score: {offers_meet_seeks: -1}\n", "`score`: the number is too small", [1]),
        ("score: {offers_meet_seeks: 0}\n", "no criterion counts: every weight is 0", [1]),
        (
            "mode: admin\nscore: {ranked_choice: 1}\n",
            "rankings are left out, and no other criterion has a weight",
            [2, 1],
        ),
        ("score: {ofers_meet_seeks: 1}\n", "there is no criterion `ofers_meet_seeks`", [1]),
        ("score: {offers_meet_seeks: {weight: 1, foo: 2}}\n", "`foo` is no field of this matching policy", [1]),
        ("score:\n  ranked_choice:\n    weight: 1\n    of: mentee\n    share_mentee: 0.4\n", "one side only", [5, 4]),
        (S + "require: {common_language: 1}\n", "`require`: a list is needed here", [2]),
        (S + "require:\n  - comon_language: 1\n", "`comon_language` is no field", [3]),
        (S + "require:\n  - common_language: 1\n    overlap_minutes: 60\n", "one requirement is needed here", [3]),
        (S + "require:\n  - common_language: 1\n  - common_language: 2\n", "this requirement stands twice", [4, 3]),
        (S + "require:\n  - level_gap: {min: 3, max: 1}\n", "no step lies between these two", [3]),
        (
            "score: {level_gap: {weight: 1, min: 5}}\nrequire:\n  - level_gap: {min: 1, max: 2}\n",
            "no step that is required counts in full",
            [1, 3],
        ),
        (
            "score: {overlap_minutes: {weight: 1, saturates_at: 30}}\nrequire:\n  - overlap_minutes: 60\n",
            "60 minutes are required, so that everybody reaches 30",
            [1, 3],
        ),
        (S + "objective: []\n", "`objective`: no aim is named", [2]),
        (S + "objective: [max_love]\n", "`objective` has a value that is not on its list", [2]),
        (S + "objective:\n  - max_total\n  - max_total\n", "the aim max_total stands twice", [4, 3]),
        (S + "objective: [raise_the_lowest: 0]\n", "`objective`: the number is too small", [2]),
        (S + "mode: admin\nobjective: [most_first_choices]\n", "rankings are left out", [3, 2]),
        (S + "floor: 2\n", "`floor`: the number is too large", [2]),
        (S + "seed: -1\n", "`seed`: the number is too small", [2]),
        (
            S + "model: one-to-one\nsize: {min: 1, max: 2}\n",
            "`size`: it means nothing for the model one-to-one",
            [3, 2],
        ),
        (S + "rounds: 3\n", "`rounds`: it means nothing for the model one-to-one", [2]),
        ("score: {values_overlap: 1}\nmissing: refuse\n", "the policy refuses unanswered criteria", [2]),
        (S + "forbids:\n" + 2 * entry("max", "ana"), "`forbids`: the same pair stands twice", [4, 3]),
        (S + "forbids:\n" + entry("mxa", "ana"), "`forbids` names mxa, and there is no such person", [3]),
        (S + "pins:\n" + entry("max", "ann"), "`pins` names ann, and there is no such person", [3]),
        (S + "pins:\n" + entry("ana", "max"), "the wrong way round: ana is a mentee here, and max a mentor", [3]),
        (S + "pins:\n" + entry("ana", "ana"), "one and the same person", [3]),
        (
            S + "pins:\n" + entry("max", "wai"),
            "the application of wai is submitted, and only accepted people are matched",
            [3, "programs/harbor/2026/applications/wai-mentee.yaml:2"],
        ),
        (
            S + "pins:\n" + entry("zoe", "max"),
            "max has not applied as a mentee",
            [3, "programs/harbor/2026/applications/max-mentor.yaml:2"],
        ),
        (
            S + "pins:\n" + entry("max", "ana") + "forbids:\n" + entry("max", "ana"),
            "the same pair is ruled out under `forbids`",
            [3, 5],
        ),
        (S + "pins:\n" + entry("max", "ana") + entry("zoe", "ana"), "another pin gives the mentee a mentor", [4, 3]),
        (S + "pins:\n" + 2 * entry("max", "ana"), "the same pin stands twice", [4, 3]),
        (
            S + "pins:\n" + entry("max", "ana") + entry("max", "bea"),
            "max has no place left: the capacity is 1, and 1 pin before it takes it",
            [4, 3, "people/max.yaml:6"],
        ),
        (
            S + "require:\n  - common_language: 2\npins:\n" + entry("max", "ana"),
            "fewer than 2 common languages",
            [5, 3],
        ),
        (S + "pins:\n" + entry("max", "vet"), "cannot hold: a rule of the program", [3]),
    ],
)
def test_one_sentence_says_what_is_wrong_and_where(world, policy, said, lines):
    world.policy(policy)
    result = run(world, "propose", "2026")
    assert result.return_value == 1
    assert result.stdout == ""
    assert said in sentence(result)
    assert lines_of(result) == lines
    assert not (world.root / FOLDER / "matching").exists()


@pytest.mark.parametrize("kind", ["screened: true", "trained: basics", "not_related: [family]"])
def test_what_only_private_records_say_is_named_with_its_line(world, kind):
    world.policy(f"{S}require:\n  - {kind}\n")
    for path in sorted((world.root / "private").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (world.root / "private").rmdir()
    result = run(world, "propose", "2026")
    assert result.return_value == 1
    assert f"`{kind.partition(':')[0]}` is required, and private/" in sentence(result)
    assert lines_of(result) == [3]


def of(tmp_path, model, policy, mentees, mentors, capacity=3):
    world = World(tmp_path, f"model: {model}\n{S}{policy}")
    world.put("content/programs/harbor/program.yaml", PROGRAM.replace("one-to-one", model))
    world.put(f"{FOLDER}/cohort.yaml", COHORT.replace("one-to-one", model))
    for number in range(mentees):
        world.mentee(f"taker-{number}")
    for number in range(mentors):
        world.mentor(f"giver-{number}", capacity=capacity)
    return world


@pytest.mark.parametrize(
    ("model", "policy", "people", "said"),
    [
        (
            "one-to-one",
            "floor: 0.99\n",
            (3, 2),
            f"a score below the floor of 0.99 ({PATH}:3): the best pair scores 0.60",
        ),
        (
            "one-to-one",
            "fairness:\n  limit: {lowest_score: 0.9}\n",
            (3, 2),
            f"a score below the floor of 0.9 ({PATH}:4): the best pair scores 0.60",
        ),
        (
            "one-to-one",
            "require:\n  - trained: basics\n",
            (3, 2),
            f"every pair is ruled out by no finished training basics on record for the mentor ({PATH}:4)",
        ),
        (
            "one-to-one",
            "require:\n  - level_gap: {min: 7, max: 9}\n",
            (3, 2),
            f"every pair is ruled out by not 7 to 9 steps from mentee to mentor ({PATH}:4)",
        ),
        ("one-to-one", "require:\n  - screened: true\n", (3, 2), "every pair is ruled out by a rule of the program"),
        (
            "group",
            "",
            (2, 2),
            "a group needs 3 mentees and 1 mentor; there are 2 mentees and 2 mentors, and no mentor has more than 3 places",
        ),
        ("group", "size: {min: 4, max: 5}\n", (9, 2), f"a group needs 4 mentees and 1 mentor ({PATH}:3)"),
        ("team", "", (9, 1), "a team needs 8 mentees and 2 mentors; there are 9 mentees and 1 mentor"),
        ("team", "size: {min: 2, max: 3}\n", (9, 3), "no two mentors of different strands can lead a team"),
        ("community", "", (2, 1), "a community needs 4 mentees and 1 mentor"),
        ("peer", "", (1, 0), "one person alone has no peer"),
    ],
)
def test_a_demand_that_nobody_can_meet_is_said_with_its_line(tmp_path, model, policy, people, said):
    result = run(of(tmp_path, model, policy, *people), "propose", "2026")
    assert result.return_value == 0
    assert f"nobody can be matched: {said}" in " ".join(result.stdout.split())


def test_mentors_without_places_are_said_to_have_none(tmp_path):
    result = run(of(tmp_path, "one-to-one", "", 2, 2, capacity=0), "propose", "2026")
    assert "nobody can be matched: no mentor has a place left" in result.stdout


def test_mentors_who_would_fit_and_are_full_are_said_to_be(tmp_path):
    """Ana has a language in common with Max alone, whose only place Bob has; Lea has a place, and no language of hers."""
    world = World(tmp_path, "score: {offers_meet_seeks: 1}\nrequire: [common_language: 1]\n")
    world.mentee("ana")
    world.mentee("bob")
    world.mentor("max")
    world.person("lea", "mentor", "languages: [fr]\nmentor: {offers: [topic-a], capacity: 1}\n")
    world.pair("max-bob", "max", "bob", "active")

    assert (
        "nobody can be matched: the mentors who fit somebody have no place left" in run(world, "propose", "2026").stdout
    )


def test_where_somebody_is_matched_nothing_of_the_kind_is_said(world):
    world.policy(S)
    assert "nobody can be matched" not in run(world, "propose", "2026").stdout


def test_a_model_that_differs_or_is_not_offered_is_named_with_both_lines(world):
    world.policy(f"model: team\n{S}")
    with pytest.raises(ToolkitError) as error:
        run(world, "propose", "2026")
    assert error.value.message == "the cohort harbor/2026 is one-to-one, and its policy is team"
    assert f"{FOLDER}/cohort.yaml:4, {PATH}:1" in error.value.hint

    world.put(f"{FOLDER}/cohort.yaml", COHORT.replace("one-to-one", "team"))
    with pytest.raises(ToolkitError) as error:
        run(world, "propose", "2026")
    assert error.value.message == "the program harbor does not offer the model team"
    assert f"content/programs/harbor/program.yaml:4, {PATH}:1" in error.value.hint


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("admin", "the mode is admin, so ranked_choice counts nothing"),
        ("ranked", "the mode is ranked, so offers_meet_seeks counts nothing"),
        ("hybrid", ""),
    ],
)
def test_weights_that_the_mode_leaves_out_are_named(world, mode, said):
    world.policy(f"mode: {mode}\nscore: {{offers_meet_seeks: 1, ranked_choice: 1}}\n")
    shown = run(world, "propose", "2026").stdout
    assert said in shown
    assert ("counts nothing" in shown) == bool(said)


def test_a_weakness_is_not_the_strength_said_again(world):
    world.mentee("ana", ranked=("zoe", "max"))
    world.mentor("max", ranked=("bea", "ana"))
    world.policy("score: {ranked_choice: 1}\npins:\n" + entry("max", "ana"))
    shown = run(world, "propose", "2026").stdout.partition("Ana with Max")[2].partition("\n\n")[0]
    assert "+ the mentee's 2nd choice of 2 and the mentor's 2nd choice of 2" in shown
    assert "- the mentee and the mentor wished for somebody else first" in shown
