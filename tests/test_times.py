"""Weekly times: zones, changes of the clocks, the week's ends."""

from __future__ import annotations

import datetime

import pytest
from pydantic import ValidationError

from toolkit.model.program import Break
from toolkit.model.times import DAY, WEEK, common, first_monday, overlap, weekly_minutes

WINTER = datetime.date(2026, 11, 30)


def test_a_slot_counts_from_monday_in_utc() -> None:
    assert weekly_minutes(("tue 17:00-19:00",), "UTC", WINTER) == ((DAY + 17 * 60, DAY + 19 * 60),)


def test_zones_meet_at_the_same_instant() -> None:
    lisbon = weekly_minutes(("wed 17:00-19:00",), "Europe/Lisbon", WINTER)
    bogota = weekly_minutes(("wed 12:30-15:00",), "America/Bogota", WINTER)
    assert overlap(lisbon, bogota) == overlap(bogota, lisbon) == 90


def test_summer_time_moves_the_common_hour() -> None:
    july = datetime.date(2026, 7, 6)
    slots, other = ("mon 10:00-11:00",), ("mon 05:00-06:00",)
    assert overlap(weekly_minutes(slots, "Europe/London", july), weekly_minutes(other, "America/Bogota", july)) == 0
    assert (
        overlap(weekly_minutes(slots, "Europe/London", WINTER), weekly_minutes(other, "America/Bogota", WINTER)) == 60
    )


def test_the_clock_changes_within_the_week() -> None:
    """In the last week of October 2026 the clocks of Madrid go back on Sunday the 25th."""
    week = datetime.date(2026, 10, 19)
    assert weekly_minutes(("sat 12:00-13:00", "sun 12:00-13:00"), "Europe/Madrid", week) == (
        (5 * DAY + 10 * 60, 5 * DAY + 11 * 60),
        (6 * DAY + 11 * 60, 6 * DAY + 12 * 60),
    )


def test_an_hour_that_the_clock_skips_is_nobodys() -> None:
    week = datetime.date(2026, 3, 23)
    assert weekly_minutes(("sun 02:30-03:00",), "Europe/Madrid", week) == ()
    assert weekly_minutes(("sun 01:00-04:00",), "Europe/Madrid", week) == ((6 * DAY, 6 * DAY + 120),)


def test_the_week_goes_round() -> None:
    tokyo = weekly_minutes(("mon 08:00-10:00",), "Asia/Tokyo", WINTER)
    assert tokyo == ((0, 60), (WEEK - 60, WEEK))
    assert overlap(tokyo, weekly_minutes(("sun 23:00-24:00",), "UTC", WINTER)) == 60


def test_slots_that_touch_are_one() -> None:
    slots = ("fri 09:00-10:00", "fri 10:00-11:00", "fri 09:30-10:30")
    assert weekly_minutes(slots, "UTC", WINTER) == ((4 * DAY + 540, 4 * DAY + 660),)


def test_the_common_time_of_three() -> None:
    a, b, c = (
        weekly_minutes((slot,), "UTC", WINTER) for slot in ("mon 09:00-12:00", "mon 10:00-13:00", "mon 08:00-11:00")
    )
    assert common(common(a, b), c) == ((600, 660),)
    assert overlap(a, b) == 120


def test_the_first_monday_is_on_or_after_the_day() -> None:
    assert first_monday(datetime.date(2026, 11, 24)) == WINTER == first_monday(WINTER)
    assert first_monday(datetime.date(2026, 12, 1)) == datetime.date(2026, 12, 7)


def test_a_record_keeps_to_the_centuries_that_rules_can_reckon_with() -> None:
    for text in ("1899-12-31", "2200-01-01", "9999-12-31", "0001-01-01"):
        with pytest.raises(ValidationError):
            Break.model_validate({"name": "x", "start": "2026-01-01", "end": text})
    assert Break.model_validate({"name": "x", "start": "1900-01-01", "end": "2199-12-31"}).end.year == 2199
