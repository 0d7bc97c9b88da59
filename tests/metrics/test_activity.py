"""Figures on meetings, each worked out by hand from a handful of records."""

import datetime

import pytest
from tiny import agreement, figure, note, pair, scope

from toolkit.reports.metrics import METRICS

COUNTED = [each.code for each in METRICS.values() if each.family == "activity" and each.count]
TEAM = {"m-one": "mentor", "m-two": "mentor", "n-one": "mentee", "n-two": "mentee", "n-three": "mentee"}


def both(day, name, **values):
    """A note of a meeting to which both of a pair came."""
    return note(day, f"m-{name}", f"n-{name}", **values)


def off(day, *absent, attended=(), **values):
    """A note of a meeting that did not take place; `absent` are people, each with whether they said so."""
    return note(day, *attended, absent=[{"person": who, "notice": said} for who, said in absent], **values)


@pytest.mark.parametrize("code", COUNTED)
def test_where_no_pair_has_begun_there_is_nothing_to_count(tmp_path, code):
    waiting = pair("a", status="accepted", started=None)
    ahead = pair("b", both("2026-11-09", "b", prepared={"n-b": 3}), started="2026-11-03")
    assert figure(code, scope(tmp_path, waiting, ahead)) is None


def test_days_until_the_first_meeting(tmp_path):
    # 4 and 10 days; one pair has a meeting tomorrow only, one met alone
    found = figure(
        "first-meeting-days",
        scope(
            tmp_path,
            pair("a", both("2026-06-05", "a"), both("2026-06-19", "a")),
            pair("b", both("2026-06-11", "b"), status="closed", ended="2026-07-01"),
            pair("c", both("2026-11-03", "c")),
            pair("d", off("2026-06-03", ("n-d", False), attended=["m-d"])),
        ),
    )
    assert (found.value, found.n, found.beside) == (7, 2, (("not-met", 2),))


def test_dosage_counts_the_minutes_of_everybody_who_was_ever_paired(tmp_path):
    found = figure(
        "dosage",
        scope(
            tmp_path,
            pair(
                "a",
                both("2026-06-05", "a", minutes=60),
                both("2026-06-19", "a", minutes=30),
                off("2026-07-03", ("m-a", False), attended=["n-a"], minutes=45),  # waited alone
                both("2026-11-03", "a", minutes=90),  # tomorrow
            ),
            pair("b", both("2026-06-08", "b", minutes=30), status="closed", ended="2026-07-01"),
            pair("c", started="2026-10-03"),
        ),
    )
    # 90, 30 and 0 minutes; 154, 30 and 30 days: 120 / 214 * 30 = 16.8
    assert (found.value, found.n, found.unit) == (40, 3, "minutes")
    assert found.beside == (("a-month", 17),)


def test_dosage_is_of_a_person_in_all_pairs_and_of_meetings_that_the_person_came_to(tmp_path):
    again = {"m-b": "mentor", "n-a": "mentee"}
    team = pair(
        "t",
        note("2026-06-05", "m-one", "n-one", minutes=50),
        members={
            "m-one": "mentor",
            "n-one": {"role": "mentee", "joined": "2026-06-11", "left": "2026-06-21"},
            "n-late": {"role": "mentee", "joined": "2026-11-03"},
        },
        model="group",
        started="2026-06-01",
    )
    first = pair("a", both("2026-06-05", "a", minutes=60), status="closed", ended="2026-06-11")
    second = pair("b", note("2026-10-24", "m-b", "n-a", minutes=40), members=again, started="2026-10-23")
    found = figure("dosage", scope(tmp_path, first, second, team))
    # n-a 100 in two pairs, n-one 50, n-late not yet; 10 + 10 + 10 days
    assert (found.value, found.n, found.beside) == (75, 2, (("a-month", 150),))


def test_a_pair_that_began_today_has_no_month_yet(tmp_path):
    found = figure("dosage", scope(tmp_path, pair("a", started="2026-11-02")))
    assert (found.value, found.n, found.beside) == (0, 1, ())


def test_cadence_adherence_is_at_most_one_for_each_pair(tmp_path):
    until = datetime.date(2026, 6, 29)  # 28 days: two meetings each; of the one that ended after 14 days one
    found = figure(
        "cadence-adherence",
        scope(
            tmp_path,
            pair("a", *(both(f"2026-06-0{day}", "a") for day in (2, 4, 6, 8))),
            pair("b", both("2026-06-08", "b"), both("2026-06-30", "b")),
            pair("c", status="closed", ended="2026-06-15"),
            today=until,
        ),
    )
    assert (found.value, found.n, found.beside) == (0.5, 3, (("regular", 1),))


def test_the_longest_gap_runs_from_the_start_to_today_or_the_end(tmp_path):
    found = figure(
        "gap-longest",
        scope(
            tmp_path,
            pair("a", both("2026-06-15", "a"), both("2026-07-13", "a")),  # 14, 28 and 7 days: 2 rhythms
            pair("b"),  # never met: 49 days of a rhythm of 30
            agreement("b", "month"),
            pair("c", both("2026-06-08", "c"), status="closed", ended="2026-06-15"),  # 7 and 7 days
            pair("d", both("2026-06-08", "d")),  # 42 days since: 3 rhythms
            pair("e", status="closed", ended="2026-06-02", model="flash"),
            pair("f", started="2026-07-20"),
            today=datetime.date(2026, 7, 20),
        ),
    )
    assert found.value == pytest.approx((49 / 30 + 2) / 2)
    assert (found.n, found.says, found.beside) == (4, "median 1.82; 4 pairs", (("long-gap", 1),))


def test_breaks_and_pauses_are_no_gap(tmp_path):
    pause = [{"start": "2026-07-20", "resume": "2026-08-03"}]
    found = figure(
        "gap-longest",
        scope(
            tmp_path,
            pair("a", both("2026-06-08", "a"), both("2026-08-10", "a"), pauses=pause),
            breaks=[{"name": "Holidays", "start": "2026-06-22", "end": "2026-07-12"}],
            today=datetime.date(2026, 8, 17),
        ),
    )
    # 63 days, 21 of them holidays and 14 a pause
    assert (found.value, found.unit) == (2, "rhythms")


def test_the_gap_ends_with_the_agreed_end_of_the_pair(tmp_path):
    found = scope(tmp_path, pair("a", both("2026-06-08", "a")), ends="2026-06-22")
    assert figure("gap-longest", found).value == 1
    found = scope(tmp_path / "rolling", pair("a", both("2026-06-08", "a")), ends="2026-06-22", rolling=True)
    assert figure("gap-longest", found).value == 147 / 14


def test_the_pulse_counts_active_pairs_that_met_within_twice_their_rhythm(tmp_path):
    found = figure(
        "active-share",
        scope(
            tmp_path,
            pair("a", both("2026-10-05", "a")),  # 28 days ago
            pair("b", both("2026-10-04", "b")),  # 29 days ago
            pair("c", both("2026-09-14", "c")),  # 49 days ago, of a rhythm of 30
            agreement("c", "month"),
            pair("d"),
            pair("e", both("2026-10-26", "e"), status="closed", ended="2026-10-30"),
        ),
    )
    assert (found.part, found.n) == (2, 4)


def test_a_no_show_is_an_absence_without_a_word(tmp_path):
    found = figure(
        "no-show-rate",
        scope(
            tmp_path,
            pair(
                "a",
                both("2026-06-08", "a"),
                off("2026-06-22", ("n-a", False), attended=["m-a"]),
                off("2026-07-06", ("m-a", True), attended=["n-a"]),
                off("2026-11-16", ("m-a", False), attended=["n-a"]),
            ),
            pair("b", both("2026-06-08", "b"), status="closed", ended="2026-06-30"),
        ),
    )
    assert (found.part, found.n) == (1, 8)


def test_a_meeting_is_called_off_where_somebody_had_said_so_and_it_was_not_held(tmp_path):
    found = figure(
        "cancellation-count",
        scope(
            tmp_path,
            pair(
                "a",
                off("2026-08-04", ("n-a", True)),  # 90 days ago
                off("2026-08-05", ("n-a", True)),  # 89 days ago
                off("2026-09-01", ("n-a", True), ("m-a", True)),
                off("2026-09-15", ("m-a", False), attended=["n-a"]),  # without a word
                off("2026-11-03", ("m-a", True)),  # tomorrow
            ),
            pair("b", off("2026-10-12", ("m-b", True)), status="closed", ended="2026-10-20"),
            pair(
                "t",
                off("2026-10-19", ("n-one", True), attended=["m-one", "n-two"]),  # the others met
                off("2026-10-26", ("n-one", True), ("n-two", True), attended=["m-one"]),  # two mentees, one meeting
                members=TEAM,
                model="team",
            ),
        ),
    )
    assert (found.value, found.n, found.kind) == (4, 3, "total")
    assert found.beside == (("by-mentors", 2), ("by-mentees", 3))


def test_no_meeting_called_off_is_a_figure_as_well(tmp_path):
    assert figure("cancellation-count", scope(tmp_path, pair("a"))).value == 0


def test_each_pair_counts_once_in_how_prepared_people_came(tmp_path):
    found = figure(
        "preparedness",
        scope(
            tmp_path,
            pair(
                "a",
                both("2026-06-08", "a", prepared={"m-a": 3, "n-a": 2}),
                both("2026-06-22", "a", prepared={"m-a": 3, "n-a": 3}),
                both("2026-11-03", "a", prepared={"m-a": 0, "n-a": 0}),
            ),
            pair(
                "b",
                both("2026-06-08", "b", prepared={"n-b": 1}),
                off("2026-06-22", ("m-b", False), attended=["n-b"], prepared={"n-b": 3}),
                status="closed",
                ended="2026-06-30",
            ),
            pair("c", both("2026-06-08", "c")),
        ),
    )
    # 11 / 4 = 2.75 and 1; the pair without marks is in neither
    assert (found.value, found.n, found.beside) == (1.875, 2, (("marks", 5),))
    assert figure("preparedness", scope(tmp_path / "none", pair("c", both("2026-06-08", "c")))) is None


def test_group_meetings_with_a_mentor_of_those_asked_for(tmp_path):
    found = figure(
        "meeting-continuity",
        scope(
            tmp_path,
            pair(
                "t",
                note("2026-06-08", "m-one", "n-one"),  # one of two mentors is enough
                note("2026-06-15", "n-one", "n-two"),  # without a mentor
                off("2026-06-22", ("n-one", True), attended=["m-one"]),  # not held
                note("2026-07-27", "m-two", "n-one"),  # after the day
                members=TEAM,
                model="team",
            ),
            pair(
                "g",
                *(note(f"2026-06-0{day}", "m-g", "n-g") for day in (2, 3, 4)),
                model="group",
                status="closed",
                ended="2026-06-15",
            ),
            pair("a", both("2026-06-08", "a")),  # no group
            today=datetime.date(2026, 7, 13),
        ),
    )
    # the team: 1 of 3 in 42 days; the group: three meetings, but only 1 of 1 was asked for
    assert (found.part, found.n, found.beside) == (2, 4, (("without-mentor", 1),))


def test_pairs_of_two_have_no_continuity(tmp_path):
    assert figure("meeting-continuity", scope(tmp_path, pair("a", both("2026-06-08", "a")))) is None


def test_introductions_for_each_mentee(tmp_path):
    found = figure(
        "network-reach",
        scope(
            tmp_path,
            pair(
                "a",
                introductions=[
                    {"to": "A colleague at the port", "on": "2026-07-01"},
                    {"to": "a  colleague at the Port", "on": "2026-07-15"},
                    {"to": "The head of tests", "on": "2026-11-03"},
                ],
            ),
            pair(
                "b",
                introductions=[{"to": "A colleague at the port", "on": "2026-06-20"}],
                status="closed",
                ended="2026-06-30",
            ),
            pair("t", members=TEAM, model="team"),
        ),
    )
    # three, of which two are one helper, for five mentees
    assert (found.value, found.n, found.kind) == (0.6, 5, "ratio")
    assert found.beside == (("introductions", 3), ("helpers", 2))


def test_resources_that_a_pair_named(tmp_path):
    found = figure(
        "resource-use",
        scope(
            tmp_path,
            pair(
                "a",
                both("2026-06-08", "a", resources=["The book on reviews", "A film"]),
                both("2026-06-22", "a", resources=["the book on  reviews"]),
                both("2026-11-03", "a", resources=["A map"]),
            ),
            pair("b", both("2026-06-08", "b", resources=["A film"]), status="closed", ended="2026-06-30"),
            pair("c"),
        ),
    )
    assert (found.value, found.n, found.beside) == (1, 3, (("with-resources", 2),))


def test_what_was_written_down_in_time_is_described_and_not_counted():
    found = METRICS["documentation-rate"]
    assert (found.count, found.needs) == (None, "hand")
