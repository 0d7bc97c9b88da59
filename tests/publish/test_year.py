"""The year of a cohort: what is in it, where it lies, and what a table says of it."""

import datetime

from toolkit.load import load
from toolkit.publish.audience import PUBLIC
from toolkit.publish.project import project
from toolkit.publish.spoken import spoken
from toolkit.publish.strings import Speech, load_strings
from toolkit.publish.view import View
from toolkit.publish.year import year
from toolkit.workspace import Workspace, shipped

day = datetime.date.fromisoformat


def part(**values):
    return View("part", values)


def cohort(**values):
    plain = {"applications": None, "waves": (), "breaks": (), "rematch_until": None}
    return View("cohort", {**plain, "starts": day("2026-06-01"), "ends": day("2027-03-31"), **values})


def wave(kind, opens, closes, audience=("mentor", "mentee")):
    return part(id=kind, kind=kind, opens=day(opens), closes=day(closes), audience=audience)


def test_the_shipped_cohort_shows_its_phases_surveys_and_breaks_in_the_order_of_the_days():
    loaded = load(Workspace(shipped("content").parent))
    world = project(loaded.records, PUBLIC, day("2026-11-02"))
    found = year(world.cohort("lantern/2026"), world.today)

    assert [bar.number for bar in found.bars] == list(range(1, len(found.bars) + 1))
    assert [bar.span.first for bar in found.bars] == sorted(bar.span.first for bar in found.bars)
    assert [lane.name for lane in found.lanes] == ["phases", "changes", "surveys", "breaks"]
    said = {(bar.span.lane, bar.span.what) for bar in found.bars}
    assert {("phases", "applications"), ("phases", "meetings"), ("surveys", "baseline"), ("breaks", "break")} <= said
    assert found.today is not None and 0 < found.today < 100
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.5 for bar in found.bars)


def test_a_cohort_that_says_nothing_but_its_days_is_one_bar():
    found = year(cohort(), day("2026-05-01"))
    assert [(bar.span.what, bar.x, bar.width) for bar in found.bars] == [("meetings", 2.0, 96.0)]
    assert found.today is None


def test_surveys_that_overlap_do_not_hide_each_other():
    found = year(
        cohort(waves=(wave("mid", "2026-11-01", "2026-11-30"), wave("pulse", "2026-11-10", "2026-11-20"))),
        day("2026-11-02"),
    )
    (lane,) = [each for each in found.lanes if each.name == "surveys"]
    assert len({bar.y for bar in lane.bars}) == 2
    assert max(bar.y for bar in lane.bars) < found.height


def test_the_time_between_applications_and_the_first_day_is_when_pairs_are_made():
    window = part(open=day("2026-03-02"), close=day("2026-04-17"))
    found = year(cohort(applications=window), day("2026-11-02"))
    assert [(bar.span.what, bar.span.first.isoformat()) for bar in found.bars][1] == ("matching", "2026-04-18")
    late = part(open=day("2026-05-01"), close=day("2026-05-31"))
    assert "matching" not in [bar.span.what for bar in year(cohort(applications=late), day("2026-11-02")).bars]


def test_two_surveys_that_open_together_are_one_thing_to_do():
    """Lantern's cohort of 2027 asks two instruments before it begins, on the same days."""
    records = load(Workspace(shipped("content").parent)).records
    first = [wave for wave in records.cohorts["lantern/2027"].waves if wave.kind == "baseline"]
    assert len(first) > len({(wave.opens, wave.closes) for wave in first}) == 1
    speech = Speech(load_strings("en", (shipped("site_config"),)))
    world = spoken(project(records, PUBLIC, day("2026-11-02")), speech)
    told = [(each.on, each.what) for each in world.cohort("lantern/2027").next_dates]
    assert len(told) == len(set(told))
    assert (first[0].opens, "Survey at the beginning") in told
