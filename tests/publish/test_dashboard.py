"""The dashboard counts what is recorded, says it in shapes and numbers, and stays small for three hundred pairs."""

import dataclasses
import datetime
import re
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
import thirty
from test_pages import site_of

from toolkit.load import load
from toolkit.model.settings import Thresholds
from toolkit.publish.audience import MEMBERS, STAFF
from toolkit.publish.dashboard import AT_ONCE, dashboard_values
from toolkit.publish.project import project
from toolkit.publish.view import View
from toolkit.publish.weeks import MOST_WEEKS, STATES, calendar_of, shape, strip
from toolkit.publish.world import PairRecords
from toolkit.reports.calls import calls
from toolkit.rules import RULES, Choice, check
from toolkit.workspace import Workspace, identify

ROOT = Path(__file__).resolve().parents[2]
day = datetime.date.fromisoformat
TODAY = day("2026-11-02")


def part(**values):
    return View("part", values)


class Small:
    """As much of a world as a strip asks for: the notes of one pair."""

    today = TODAY
    settings = part(thresholds=Thresholds())

    def __init__(self, *notes, every="fortnight"):
        agreement = part(cadence=part(every=every))
        self._records = PairRecords(agreement=agreement, sessions=tuple(notes))

    def of(self, _):
        return self._records


def note(on, attended=("a", "b")):
    return part(date=day(on), attended=attended)


def pair(**values):
    plain = {"key": "p/c/x", "started": day("2026-06-01"), "ended": None, "status": "active", "pauses": ()}
    return View("pair", {**plain, "next": None, **values})


def cohort(*breaks, ends="2027-03-31"):
    return View("cohort", {"starts": day("2026-06-01"), "ends": day(ends), "breaks": breaks})


def weeks_of(world, of=None, frame=None):
    frame = frame or cohort()
    weeks = calendar_of(frame, TODAY)
    found = strip(world, of or pair(), frame, weeks)
    return {monday.isoformat(): state for monday, state in zip(weeks.mondays, found.states, strict=True)}


def test_a_week_is_met_planned_paused_missed_or_quiet():
    found = weeks_of(
        Small(note("2026-06-03"), note("2026-06-17"), note("2026-09-02"), note("2026-11-12")),
        pair(pauses=(part(start=day("2026-08-01"), resume=day("2026-08-29")),), next=day("2026-11-12")),
    )
    assert found["2026-06-01"] == "met" and found["2026-06-08"] == "quiet" and found["2026-06-15"] == "met"
    assert found["2026-06-29"] == "quiet", "a meeting that is a few days late is not missed"
    assert found["2026-07-06"] == found["2026-07-27"] == "missed"
    assert found["2026-08-03"] == found["2026-08-24"] == "paused"
    assert found["2026-11-09"] == "planned"
    assert found["2026-11-16"] is None and found["2027-03-29"] is None


def test_a_break_of_the_cohort_is_no_silence_and_nobody_met_where_one_came_alone():
    off = part(start=day("2026-06-15"), end=day("2026-07-26"))
    found = weeks_of(Small(note("2026-06-03"), note("2026-06-10", attended=("a",))), frame=cohort(off))
    assert found["2026-06-08"] == "quiet" and found["2026-06-15"] == found["2026-07-20"] == "paused"
    assert found["2026-07-27"] == "quiet", "the days of a break do not count"
    assert found["2026-08-10"] == "missed"


def test_nothing_is_said_of_the_weeks_before_a_pair_began_and_after_it_ended():
    found = weeks_of(
        Small(note("2026-08-05")), pair(started=day("2026-08-03"), ended=day("2026-09-01"), status="closed")
    )
    assert found["2026-07-27"] is None and found["2026-08-03"] == "met" and found["2026-09-07"] is None


def test_a_cohort_of_years_shows_the_weeks_around_today():
    weeks = calendar_of(cohort(ends="2030-12-31"), TODAY)
    assert len(weeks.mondays) == MOST_WEEKS and weeks.now is not None
    assert len(calendar_of(cohort(ends="2026-06-01"), TODAY).mondays) == 1


def test_a_month_is_missed_when_check_speaks_of_it_and_a_first_meeting_as_early():
    found = weeks_of(Small(note("2026-06-03"), every="month"))
    assert found["2026-06-22"] == "quiet" and found["2026-06-29"] == "missed"
    assert weeks_of(Small())["2026-06-08"] == "missed"


def test_the_week_of_today_is_judged_as_of_today():
    held = Small(note("2026-10-12"))
    assert weeks_of(held)["2026-11-02"] == "missed"
    assert weeks_of(Small(note("2026-10-13")))["2026-11-02"] == "quiet"


@pytest.fixture(scope="module")
def lantern():
    return load(Workspace(ROOT))


SAID = ("silent-pair", "first-meeting-overdue", "cadence-lapsed")


@pytest.mark.parametrize("day", [day("2026-06-01") + datetime.timedelta(days=9 * at) for at in range(45)], ids=str)
def test_dashboard_status_and_check_never_disagree_about_a_late_meeting(lantern, day):
    records = lantern.records
    findings = check(lantern, RULES, day, Choice(select=frozenset(SAID)))
    found = {identify(each.place.path) for each in findings}
    said = {f"{where.program}/{where.cohort}/{where.pair or where.id}" for where in found}
    told = calls(records, tuple(records.cohorts.values()), day)
    assert {each.pair for each in told if any(reason.code in SAID for reason in each.reasons)} == said
    world = project(records, STAFF, day)
    assert {pair.key for pair in world.pairs if pair.contact == "silent"} == said
    for key in sorted(said):
        cohort = world.cohort(records.pairs[key].cohort_key)
        weeks = calendar_of(cohort, day)
        if weeks.now is not None:
            assert strip(world, world.pair(key), cohort, weeks).states[weeks.now] in ("missed", "planned", "paused"), (
                key
            )


def test_each_state_has_a_shape_of_its_own():
    assert len({shape(state) for state in STATES}) == len(STATES)


@pytest.fixture(scope="module")
def quay(tmp_path_factory):
    top = tmp_path_factory.mktemp("quay")
    for path, text in thirty.files().items():
        target = top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return load(Workspace(top)).records


def test_the_dashboard_of_thirty_pairs_adds_up(quay):
    world = project(quay, STAFF, thirty.TODAY)
    found = dashboard_values(world, world.cohort("quay/2026"))
    rows = [*found["first_rows"], *found["more_rows"]]
    begun = [each for each in quay.pairs.values() if each.started]
    assert len(rows) == len(begun)
    contacts = [row.pair.contact for row in rows]
    assert contacts[0] == "silent" and contacts == sorted(
        contacts, key=("silent", "due", "recent", "paused", "closed").index
    )
    steps = {bar.name: bar.count for bar in found["funnel"]}
    assert steps["begun"] == len(begun) and steps["met"] <= steps["begun"] <= steps["paired"]
    assert sum(bar.count for bar in found["cadence"]) <= len(begun)
    assert sum(bar.count for bar in found["goals"]) == sum(len(each) for each in quay.goals.values())
    for column in found["columns"]:
        assert sum(count for _, count in column.counts) <= len(rows)
        assert sum(height for _, _, height in column.pieces) <= 100.5


def test_only_staff_have_one(quay):
    assert "programs/quay/2026/dashboard.md" in site_of(quay, STAFF).files
    assert "programs/quay/2026/dashboard.md" not in site_of(quay, MEMBERS).files


def test_three_hundred_pairs_are_a_page_and_not_a_flood(quay):
    pairs = {}
    for key, each in quay.pairs.items():
        for number in range(10):
            origin = dataclasses.replace(each.origin, pair=f"{each.origin.pair}-{number}")
            pairs[f"{key}-{number}"] = each.model_copy().placed(origin)
    assert len(pairs) == 300
    text = site_of(dataclasses.replace(quay, pairs=pairs), STAFF).files["programs/quay/2026/dashboard.md"]
    assert len(text.encode()) < 700_000
    assert len(re.findall(r'class="strip"', text)) == sum(each.started is not None for each in pairs.values())
    assert text.index('class="fold"') > 0 and text.split('class="fold"')[0].count('class="strip"') == AT_ONCE


def test_a_cohort_without_pairs_says_so():
    records = load(Workspace(ROOT)).records
    text = site_of(records, STAFF).files["programs/lantern/2027/dashboard.md"]
    assert "No pair has begun yet." in text and "There is nothing to count yet." in text
    assert "Applied" in text


def test_the_mentors_of_a_team_are_as_full_as_it_has_mentees(lantern):
    world = project(lantern.records, STAFF, TODAY)
    found = dashboard_values(world, world.cohort("lantern/2026-teams"))
    assert {bar.name: bar.count for bar in found["load"]} == {"over": 0, "full": 3, "room": 0, "free": 0}
