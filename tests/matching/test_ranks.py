"""Ranks, regret and envy as plain counting finds them, and how long groups waited."""

import datetime

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World, crowd, run  # noqa: E402

from toolkit.matching.between import between, group_lines  # noqa: E402
from toolkit.matching.outcome import decide, wanted_by  # noqa: E402
from toolkit.matching.problem import build  # noqa: E402
from toolkit.matching.ranks import Ranks, envious, rank_words, ranks_of  # noqa: E402

TODAY = datetime.date(2026, 2, 1)
SCORE = "score: {offers_meet_seeks: 3, ranked_choice: 1}\n"


def solved(world):
    problem = build(world.records, "harbor/2026", TODAY)
    return problem, decide(problem)


def test_the_profile_counts_ranks_others_and_nobody(tmp_path):
    world = World(tmp_path, SCORE + "solver: serial\n")
    for name, ranked in (("ana", "max, zoe"), ("bea", "max"), ("cy", "max, lou, zoe"), ("dan", "")):
        world.mentee(name)
        world.apply(name, "mentee", f"ranked: [{ranked}]\n" if ranked else "")
    for name in ("max", "zoe", "lou"):
        world.mentor(name)
    problem, outcome = solved(world)
    mate = {problem.mentees[row]: problem.mentors[column] for row, column in enumerate(outcome.mate) if column >= 0}
    got = [
        {"ana": ["max", "zoe"], "bea": ["max"], "cy": ["max", "lou", "zoe"]}[who].index(mate[who]) + 1
        for who in ("ana", "bea", "cy")
        if who in mate and (who != "bea" or mate[who] == "max")
    ]
    found = ranks_of(problem, outcome.formed)
    assert found.profile == tuple(got.count(rank) for rank in range(1, max(got) + 1))
    assert found.worst == max(got)
    assert sum(found.profile) + found.unranked + found.nobody == 3


def test_the_words_of_a_profile():
    assert rank_words(Ranks((2, 0, 1), 1, 2)) == (
        "choices of the 6 mentees who ranked: 2 the 1st, 0 the 2nd, 1 the 3rd, 1 somebody not ranked and 2 nobody; "
        "the worst rank that anybody got is the 3rd"
    )
    assert Ranks((), 1, 0).worst is None


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 6, 7])  # with 5 the two who are pinned rule each other out
@pytest.mark.parametrize("solver", ["optimal", "stable", "serial"])
def test_envy_is_what_plain_counting_finds(tmp_path, seed, solver):
    pin = "pins:\n  - {mentor: giver-0000, mentee: taker-0000, reason: Asked}\n" if seed % 2 else ""
    world = crowd(tmp_path, 9, 6, seed, f"solver: {solver}\nscore: {{ranked_choice: 2, values_overlap: 1}}\n{pin}")
    problem, outcome = solved(world)
    instance, mate = problem.instance, outcome.mate.tolist()
    wanted = wanted_by(problem).rows(slice(None)).mentee
    score, found = instance.score[:], 0
    for row, own in enumerate(mate):
        if instance.pinned[row] >= 0:
            continue
        for other, column in enumerate(mate):
            if column < 0 or other == row or instance.pinned[other] >= 0 or not instance.eligible[row, column]:
                continue
            prefers = own < 0 or wanted[row, column] < wanted[row, own]
            if prefers and score[row, column] > score[other, column]:
                found += 1
                break
    assert envious(problem, outcome.formed) == found


def test_where_mentors_want_by_score_alone_nobody_envies_a_stable_plan(tmp_path):
    for seed in range(5):
        world = crowd(tmp_path / str(seed), 12, 7, seed, "solver: stable\nmode: admin\nscore: {values_overlap: 1}\n")
        problem, outcome = solved(world)
        assert envious(problem, outcome.formed) == 0
        assert ranks_of(problem, outcome.formed) is None  # rankings have no part in it


def test_groups_are_those_of_the_policy_and_their_wait_is_compared(tmp_path):
    world = World(tmp_path, SCORE + "fairness: {report_by: [origin]}\n")
    for number in range(20):
        world.mentee(f"taker-{number:02d}")
        side = "south" if number < 10 else "north"
        world.put(f"private/people/taker-{number:02d}.yaml", f"protected: {{origin: {side}, faith: x{side}}}\n")
        if side == "north":
            path = world.root / f"content/programs/harbor/2026/applications/taker-{number:02d}-mentee.yaml"
            path.write_text(path.read_text().replace("2026-01-02", "2026-01-22"))
    for number in range(20):
        world.mentor(f"giver-{number:02d}")
    problem, outcome = solved(world)
    found = between(problem, outcome.mate, TODAY)
    assert {each.attribute for each in found.groups} == {"origin"}
    assert [each.waited for each in found.groups] == [10, 30]
    assert found.gaps[0].waited == -20
    assert group_lines(found)[-1].endswith("waited -20.0 days")
    shown = run(world, "propose", "2026", "--figures").stdout
    assert "waited 30.0 days" in shown
    assert "faith" not in shown
