"""The table of scores in a plan: whole where it is small, the part that asks for a look where not, nothing private in it."""

import datetime

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World, crowd

from toolkit.load import load
from toolkit.matching.matrix import MOST
from toolkit.matching.proposal import propose
from toolkit.matching.write import targets
from toolkit.workspace import Workspace

TODAY = datetime.date(2026, 2, 1)
POLICY = "score: {offers_meet_seeks: 1}\nrequire: [common_language: 1]\n"


def made(world):
    return propose(world.records, "harbor/2026", TODAY)


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, POLICY)
    world.mentee("ana-kovacs", "{topic: topic-a, priority: 5}, {topic: topic-b, priority: 5}")
    world.mentee("bob-stone", "{topic: topic-b, priority: 5}")
    world.mentor("max-reed", "{topic: topic-b, strength: 5}")
    world.mentor("zoe-ferro", "{topic: topic-a, strength: 1}")
    world.person("lea-blum", "mentor", "languages: [fr]\nmentor: {offers: [topic-a], capacity: 1}\n")
    return world


def test_the_scores_stand_in_hundredths_and_what_rules_people_out_is_not_marked(world):
    found = made(world).matrix
    assert found.columns == ("lea-blum", "max-reed", "zoe-ferro")
    assert found.rows == (("ana-kovacs", (30, 50, 10)), ("bob-stone", (0, 100, 0)))
    for path, text in targets(made(world)):
        world.put(path, text)
    loaded = load(Workspace(world.root))
    assert loaded.diagnostics == ()
    (plan,) = loaded.records.plans["harbor/2026"]
    assert [(each.mentee, each.scores) for each in plan.matrix.rows] == [
        ("ana-kovacs", "30 50 10"),
        ("bob-stone", "00 100 00"),
    ]
    assert (plan.matrix.of_mentees, plan.matrix.of_mentors) == (2, 3)


def test_a_veto_a_conflict_and_an_objection_change_no_number_of_it(world):
    before = made(world).matrix
    world.private("ana-kovacs", "mentee", "veto: [max-reed]\nconflicts: [{person: zoe-ferro, kind: family}]\n")
    world.private("bob-stone", "mentee", "objections: [{pair: x, about: zoe-ferro, on: 2026-01-05}]\n")
    assert made(world).matrix == before


def test_where_rankings_alone_decide_there_is_no_table(world):
    world.policy("mode: ranked\nscore: {ranked_choice: 1}\n")
    assert made(world).matrix is None
    assert not any("matrix" in text for path, text in targets(made(world)) if path.endswith("plan.yaml"))


def test_of_a_large_cohort_those_without_a_pair_and_with_the_lowest_scores_are_shown(tmp_path):
    proposal = made(crowd(tmp_path, MOST + 40, MOST + 5, seed=3))
    found = proposal.matrix
    assert (len(found.rows), len(found.columns)) == (MOST, MOST)
    assert (found.mentees, found.mentors) == (MOST + 40, MOST + 5)
    without = {each.person for each in proposal.without if each.role == "mentee"}
    shown = [who for who, _ in found.rows]
    assert without and without == set(shown[: len(without)])
    score = {each.mentee: each.score for each in proposal.pairs}
    hidden = set(score) - set(shown)
    assert hidden and max(score[who] for who in shown if who in score) <= min(score[who] for who in hidden)
    assert {each.mentor for each in proposal.pairs if each.mentee in shown} <= set(found.columns)


def test_one_page_holds_the_plan_with_all_scores_and_nothing_that_people_wrote_as_markup(world):
    from harborworld import run

    world.person("bob-stone", "mentee", "languages: [en]\nmentee: {seeks: [topic-b]}\n")
    path = world.root / "content/people/bob-stone.yaml"
    path.write_text(path.read_text().replace("name: Bob Stone", 'name: "Bob <b>| Stone"'))
    text = run(world, "propose", "2026", "--format", "markdown").stdout
    assert "## All scores, in hundredths" in text and "| Ana Kovacs | 30 | 50 | **10** |" in text
    page = run(world, "propose", "2026", "--format", "html").stdout
    assert page.startswith("<!doctype html>") and page.count("<table>") == 3  # two pairs and all scores
    assert "Bob &lt;b&gt;| Stone" in page and "<b>" not in page
    assert "http" not in page
