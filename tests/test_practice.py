"""Observations, feedback, check-ins, concerns, improvements and stories, as they are read from files."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenarios import TODAY, Scenario

from toolkit.load import Loaded, load
from toolkit.model import RECORDS
from toolkit.model.answers import contacts, escalated, unanswered, working_days
from toolkit.model.rhythm import last_trace
from toolkit.rules import RULES, check
from toolkit.workspace import PATTERNS, Workspace, identify, place_of

COHORT = "content/programs/harbor/2026"
PAIR = f"{COHORT}/pairs/ana-li"
KEY, COHORT_KEY = "harbor/2026/ana-li", "harbor/2026"
OBSERVATION = """\
---
date: 2026-10-24
kind: co-teaching
agreed_focus: Who speaks first.
plan_reviewed: yes
evidence: ["Li speaks 4 times"]
questions: [What came before?]
rationale: To see it side by side.
debrief: {on: 2026-10-25, strengths: [Waited.], improve: [Louder.], next: [Ask first.]}
rubric: {instrument: Our five lines, scores: {listening: 4.5}}
visibility: pair
---
A good hour.
"""
FEEDBACK = """\
---
from: li-wei
to: ana-kovacs
on: 2026-10-26
event_on: 2026-10-22
kind: sbi
situation: At the end of our first meeting
behavior: You asked what I wanted to keep
impact: I said it aloud for once
strengths: [The question]
suggestions: [Ask it earlier]
response: I will.
adaptation: Asked it on the first minute.
helpful: 5
follow_up: a1
---
"""
FILES = {
    f"{PAIR}/observations/2026-10-24.md": OBSERVATION,
    f"{PAIR}/feedback/2026-10-26-2.md": FEEDBACK,
    f"{PAIR}/feedback/2026-10-26-1.md": FEEDBACK,
    f"{PAIR}/feedback/2026-10-20-1.md": FEEDBACK.replace("2026-10-26", "2026-10-20").replace(
        "2026-10-22", "2026-10-19"
    ),
    f"{COHORT}/check-ins/2026-09.yaml": "check_ins:\n  - {person: li-wei, on: 2026-09-30, status: green}\n",
    f"{COHORT}/check-ins/2026-10.yaml": (
        "check_ins:\n"
        "  - {person: li-wei, pair: ana-li, on: 2026-10-28, by: The desk, status: amber, topics: [quality], next: A call.}\n"
        "  - {person: ana-kovacs, pair: ana-li, on: 2026-10-21, status: green}\n"
    ),
    f"{COHORT}/improvements/2026-rooms.yaml": "observed: Room 4 is taken.\nowner: The desk\ndue: 2027-01-15\n",
    f"{COHORT}/stories/first-review.md": (
        "---\ntitle: The first review\nby: li-wei\nabout: [ana-kovacs]\nuntil: 2026-10-01\n---\nI read it twice.\n"
    ),
    "private/concerns/desk-1.yaml": "kind: load\nopened: 2026-10-20\nanswered: 2026-10-21\npair: harbor/2026/ana-li\n",
}


def read(root: Path, files: dict[str, str]) -> Loaded:
    Scenario("practice", root.name, files=files).write(root)
    return load(Workspace(root))


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return read(tmp_path, FILES)


def test_each_kind_is_read_into_its_drawer(loaded: Loaded):
    records = loaded.records
    assert loaded.diagnostics == ()
    (observation,) = records.observations[KEY]
    assert (observation.date, observation.kind, observation.plan_reviewed) == (
        datetime.date(2026, 10, 24),
        "co-teaching",
        True,
    )
    assert observation.debrief is not None and observation.debrief.next == ("Ask first.",)
    assert observation.rubric is not None and observation.rubric.scores == {"listening": 4.5}
    assert observation.body == "A good hour."
    (improvement,) = records.improvements[COHORT_KEY]
    assert (improvement.id, improvement.due) == ("2026-rooms", datetime.date(2027, 1, 15))
    (story,) = records.stories[COHORT_KEY]
    assert story.named == ("li-wei", "ana-kovacs") and story.audience == "members"
    assert records.concerns["desk-1"].pair == KEY


def test_feedback_comes_in_the_order_of_its_days(loaded: Loaded):
    given = loaded.records.feedback[KEY]
    assert [each.id for each in given] == ["2026-10-20-1", "2026-10-26-1", "2026-10-26-2"]
    assert {(each.giver, each.to) for each in given} == {("li-wei", "ana-kovacs")}


def test_check_ins_of_all_months_come_oldest_first(loaded: Loaded):
    found = contacts(loaded.records, COHORT_KEY)
    assert [(each.month.id, each.place, each.entry.person) for each in found] == [
        ("2026-09", 0, "li-wei"),
        ("2026-10", 1, "ana-kovacs"),
        ("2026-10", 0, "li-wei"),
    ]


def test_a_complete_set_of_records_has_no_finding(loaded: Loaded):
    assert [(each.place.path, each.code) for each in check(loaded, RULES, TODAY)] == []


def test_every_kind_can_be_gone_through_and_placed(loaded: Loaded):
    kinds = {each.record for each in loaded.records.everything()}
    assert kinds >= {"observation", "feedback", "check-ins", "concern", "improvement", "story"}
    assert {model.record for model in RECORDS} == set(PATTERNS)
    for record in loaded.records.everything():
        where = identify(record.path)
        assert where is None or record.record in (where.kind, "settings")


@pytest.mark.parametrize("kind", ["observation", "feedback", "check-ins", "improvement", "story", "concern"])
def test_a_place_is_found_again(kind: str):
    path = place_of(kind, program="harbor", cohort="2026", pair="ana-li", id="2026-10-24-1")
    where = identify(path)
    assert where is not None and (where.kind, where.id) == (kind, "2026-10-24-1")


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        (f"{PAIR}/feedback/2026-10-26-1.md", FEEDBACK.replace("behavior", "behaviour"), ["unknown-field"]),
        (f"{PAIR}/feedback/2026-10-26-1.md", FEEDBACK.replace("from: li-wei\n", ""), ["missing-field"]),
        (f"{PAIR}/feedback/2026-10-26-1.md", FEEDBACK.replace("from: li-wei", "from: li-we"), ["dangling-reference"]),
        (f"{PAIR}/feedback/2026-10-26-1.md", FEEDBACK.replace("helpful: 5", "helpful: 6"), ["wrong-type"]),
        (f"{PAIR}/observations/2026-10-24.md", OBSERVATION.replace("co-teaching", "inspection"), ["bad-enum"]),
        (f"{PAIR}/observations/2026-10-24.md", OBSERVATION.replace('["Li speaks 4 times"]', "[]"), ["wrong-type"]),
        (f"{PAIR}/observations/Monday.md", OBSERVATION, ["id-not-slug"]),
        (f"{COHORT}/check-ins/october.txt.yaml", "check_ins: []\n", ["id-not-slug"]),
        (
            f"{COHORT}/check-ins/2026-10.yaml",
            "check_ins:\n  - {person: li-wei, on: 2026-10-01, status: grey}\n",
            ["bad-enum"],
        ),
        ("private/concerns/desk-1.yaml", "kind: load\nopened: 2026-10-28\npair: ana-li\n", ["wrong-type"]),
        ("private/concerns/desk-1.yaml", f"kind: safety\nopened: 2026-10-28\npointer: {'x' * 121}\n", ["wrong-type"]),
        (f"{COHORT}/stories/a.md", "---\ntitle: A\nby: li-wei\naudience: everybody\n---\n", ["bad-enum"]),
    ],
)
def test_what_does_not_fit_is_one_finding(tmp_path: Path, path: str, text: str, codes: list[str]):
    found = check(read(tmp_path, {path: text}), RULES, TODAY)
    assert [each.code for each in found] == codes


def test_a_misspelled_field_is_named(tmp_path: Path):
    path = f"{PAIR}/feedback/2026-10-26-1.md"
    (found,) = check(read(tmp_path, {path: FEEDBACK.replace("behavior", "behaviour")}), RULES, TODAY)
    assert found.hint == "did you mean `behavior`?"
    assert (found.place.span.line, found.place.key) == (8, "behaviour")


def test_a_pair_with_a_broken_visit_is_not_whole(tmp_path: Path):
    records = read(tmp_path, {f"{PAIR}/observations/2026-10-24.md": "---\ndate: 2026-10-24\n---\n"}).records
    assert not records.is_whole(records.pairs[KEY])


def test_visits_and_feedback_are_signs_of_life(tmp_path: Path):
    records = read(tmp_path / "with", FILES).records
    bare = read(tmp_path / "without", {}).records
    assert last_trace(bare, bare.pairs[KEY], TODAY) == datetime.date(2026, 10, 22)
    assert last_trace(records, records.pairs[KEY], TODAY) == datetime.date(2026, 10, 26)


DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1))


@given(DAYS, st.integers(-5, 60))
def test_working_days_are_those_that_one_would_count(start: datetime.date, length: int):
    days = [start + datetime.timedelta(days=step) for step in range(1, length + 1)]
    end = start + datetime.timedelta(days=length)
    assert working_days(start, end) == sum(day.weekday() < 5 for day in days)


def test_who_waits_is_found_with_the_place(tmp_path: Path):
    files = {
        f"{COHORT}/check-ins/2026-10.yaml": (
            "check_ins:\n"
            "  - {person: li-wei, on: 2026-10-20, status: red}\n"
            "  - {person: ana-kovacs, on: 2026-10-20, status: red}\n"
            "  - {person: li-wei, on: 2026-10-22, status: amber}\n"
            "  - {person: ana-kovacs, on: 2026-11-20, status: green}\n"
        ),
        "private/concerns/a.yaml": "kind: load\nopened: 2026-10-20\n",
        "private/concerns/b.yaml": "kind: load\nopened: 2026-10-20\nclosed: 2026-10-21\n",
    }
    records = read(tmp_path, files).records
    assert [(each.place, each.entry.person) for each in escalated(records, TODAY, 2)] == [(1, "ana-kovacs")]
    assert [each.id for each in unanswered(records, TODAY, 5)] == ["a"]
    assert list(unanswered(records, datetime.date(2026, 10, 27), 5)) == []
