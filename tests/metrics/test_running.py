"""Figures on running a program, each worked out by hand from a handful of records."""

import datetime
from dataclasses import replace

import pytest
from tiny import COHORT, figure, note, pair, scope
from tiny import fields as yaml
from tiny import markdown as document

from toolkit.model.guide import fingerprint
from toolkit.reports.metrics.running import METRICS as RUNNING

LATER = {"role": "mentee", "joined": "2026-11-03"}
COURSE = {"required": ["basics", "safety"], "hours_min": 4}


def trained(person, *courses):
    """What a mentor took: course, day and hours, which may be missing."""
    taken = [{"course": name, "on": day, **({"hours": hours} if hours else {})} for name, day, hours in courses]
    return {f"private/people/{person}.yaml": yaml({"training": taken})}


def whole(person, day):
    """Both courses of the cohort: the first one early, the second one on this day."""
    return trained(person, ("basics", "2026-04-01", 2), ("safety", day, 2))


def concern(name, opened, **values):
    return {f"private/concerns/{name}.yaml": yaml({"kind": "practical", "opened": opened, **values})}


def check_ins(month, *entries):
    """The check-ins of a month: person, day, and about which pair."""
    told = [
        {"person": who, "on": day, "status": "green", **({"pair": about} if about else {})}
        for who, day, about in entries
    ]
    return {f"{COHORT}/check-ins/{month}.yaml": yaml({"check_ins": told})}


def improvement(name, **values):
    return {f"{COHORT}/improvements/{name}.yaml": yaml({"observed": "Hours were lost.", **values})}


def test_money_and_standards_are_counted_by_hand():
    by_hand = {"cost-per-pair", "cost-per-completed", "standards-coverage"}

    assert {each.code: each.needs for each in RUNNING if each.needs} == dict.fromkeys(by_hand, "hand")


@pytest.mark.parametrize("code", [each.code for each in RUNNING if each.count])
def test_where_nothing_is_written_down_there_is_nothing_to_count(tmp_path, code):
    empty = scope(tmp_path / "empty", training=COURSE, coordinator_minutes=[{"month": "2026-10", "minutes": 60}])
    told = improvement("x", result="y")
    ahead = pair("a", note("2026-11-03", "m-a", "n-a", travel_minutes_saved=30), started="2026-11-03")

    assert figure(code, empty) is None
    assert figure(code, scope(tmp_path / "ahead", ahead, told, concern("x", "2026-11-03"), training=COURSE)) is None


@pytest.mark.parametrize("code", ["training-completion", "training-lag", "concern-response-days"])
def test_what_stands_in_private_is_not_counted_without_it(tmp_path, code):
    told = concern("x", "2026-10-05", answered="2026-10-06", pair="harbor/2026/a")
    found = scope(tmp_path, pair("a"), whole("m-a", "2026-05-01"), told, training=COURSE)
    gone = found._replace(records=replace(found.records, has_private=False))

    assert figure(code, found) is not None
    assert figure(code, gone) is None


def test_hours_of_the_coordinator_count_who_left_and_no_month_to_come(tmp_path):
    logged = [{"month": "2026-10", "minutes": 90}, {"month": "2026-11", "minutes": 60}]
    logged += [{"month": "2026-12", "minutes": 6000}]
    trees = pair("a"), pair("b", status="closed", ended="2026-07-01"), pair("c", started="2026-11-03")
    found = figure("admin-hours", scope(tmp_path, *trees, coordinator_minutes=logged))

    assert (found.value, found.n, found.beside) == (1.25, 2, (("hours", 2.5),))


def mentors(root):
    """Eight mentors: trained in time, on the day, too late, in part, with few hours, tomorrow, not at all; two joined later."""
    group = {"m-i": "mentor", "m-j": {"role": "mentor", "joined": "2026-11-03"}, "n-i": "mentee"}
    return scope(
        root,
        *(pair(name) for name in "abdefg"),
        pair("c", status="closed", ended="2026-07-01"),
        pair("c-two", members={"m-c": "mentor", "n-x": "mentee"}, started="2026-08-01"),
        pair("i", members=group, model="group"),
        whole("m-a", "2026-05-12"),  # 20 days before the pair
        whole("m-b", "2026-06-01"),  # on its first day
        whole("m-c", "2026-06-11"),  # 10 days after the first of two pairs
        trained("m-d", ("basics", "2026-05-01", 9)),
        trained("m-e", ("basics", "2026-05-01", 2), ("safety", "2026-05-01", 1)),
        whole("m-f", "2026-11-03"),
        trained("m-i", ("basics", "2026-05-01", 2), ("safety", "2026-05-22", None)),  # nobody wrote the hours down
        whole("m-j", "2026-05-01"),
        training=COURSE,
    )


def test_mentors_are_trained_when_all_courses_and_hours_are_there(tmp_path):
    # a, b, c and i of the eight whose pair has begun; m-j joins tomorrow
    found = figure("training-completion", mentors(tmp_path))

    assert (found.part, found.n, found.beside) == (4, 8, (("trained-late", 1),))


def test_days_from_the_training_to_the_first_pair(tmp_path):
    # 20, 0, -10 and 10
    found = figure("training-lag", mentors(tmp_path))

    assert (found.value, found.n, found.unit) == (5, 4, "days")
    assert found.beside == (("trained-late", 1), ("untrained", 4))


def test_hours_that_come_late_end_the_training_late(tmp_path):
    # The courses were there on 1 April, the fourth hour on 15 May: 17 days before the pair.
    taken = ("basics", "2026-04-01", 2), ("safety", "2026-04-01", 1), ("refresher", "2026-05-15", 1)
    found = scope(tmp_path, pair("a"), trained("m-a", *taken), training=COURSE)

    assert figure("training-lag", found).value == 17


def test_a_cohort_that_asks_for_no_training_has_none_to_count(tmp_path):
    found = scope(tmp_path, pair("a"), whole("m-a", "2026-05-01"), training={"hours_min": 2})

    assert figure("training-completion", found) is None
    assert figure("training-lag", found) is None


def test_peers_are_mentors_and_mentees_are_not(tmp_path):
    two = pair("a", members={"n-a": "both", "n-b": "both"}, model="peer")
    found = figure("training-completion", scope(tmp_path, two, pair("b"), training=COURSE))

    assert (found.part, found.n) == (0, 3)


def test_working_days_until_a_concern_is_answered(tmp_path):
    # Friday 2 to Monday 5 October is 1 working day; 5 to 8 October 3; closed without a word on the way, 10;
    # the one of 26 October waits for 5, and is answered tomorrow.
    about = {"pair": "harbor/2026/a"}
    found = figure(
        "concern-response-days",
        scope(
            tmp_path,
            pair("a"),
            pair("b", status="closed", ended="2026-10-01"),
            concern("one", "2026-10-02", answered="2026-10-05", **about),
            concern("two", "2026-10-05", answered="2026-10-08", person="n-a"),
            concern("three", "2026-10-05", closed="2026-10-19", **about),
            concern("four", "2026-10-26", answered="2026-11-03", **about),
            concern("five", "2026-11-03", answered="2026-11-03", **about),
            concern("six", "2026-10-05", answered="2026-10-05", pair="harbor/2025/a"),
            concern("seven", "2026-10-05", answered="2026-10-05", person="n-b"),  # in no pair any more
            concern("eight", "2026-10-05", answered="2026-10-05", pointer="Desk, case 3", kind="safety"),
        ),
    )

    # After 1 day 3/4 wait, after 3 days 1/2, after 10 days nobody does: between 3 and 10.
    assert (found.value, found.n, found.unit) == (6.5, 4, "working-days")
    assert found.beside == (("longest", 10), ("waiting", 1))


def test_a_concern_that_waits_longest_is_told_beside_the_middle(tmp_path):
    about = {"pair": "harbor/2026/a"}
    trees = [concern(f"c{at}", "2026-10-01", answered="2026-10-02", **about) for at in range(3)]
    found = figure("concern-response-days", scope(tmp_path, pair("a"), *trees, concern("w", "2026-10-01", **about)))

    assert (found.value, found.beside) == (1, (("longest", 22), ("waiting", 1)))


def test_while_more_than_half_of_all_concerns_wait_there_is_no_figure(tmp_path):
    found = scope(tmp_path, pair("a"), concern("w", "2026-10-01", pair="harbor/2026/a"))

    assert figure("concern-response-days", found) is None


def test_check_ins_reach_people_and_not_pairs(tmp_path):
    found = figure(
        "check-in-coverage",
        scope(
            tmp_path,
            pair("a"),
            pair("b", status="closed", ended="2026-07-01"),
            pair("c", members={"m-a": "mentor", "n-c": "mentee"}, status="paused"),
            pair("d", members={"m-d": "mentor", "n-d": "mentee", "n-e": LATER}, started="2026-10-20"),
            check_ins("2026-05", ("n-a", "2026-05-20", "a")),  # before the pair began
            check_ins("2026-06", ("n-b", "2026-06-10", "b"), ("m-b", "2026-06-10", "a")),  # m-b is not in a
            check_ins("2026-10", ("m-a", "2026-10-05", None), ("m-a", "2026-10-06", "c")),
            check_ins("2026-11", ("n-c", "2026-11-03", "c")),  # tomorrow
        ),
    )

    # n-b and m-a of m-a, n-a, m-b, n-b, n-c, m-d and n-d. Only a and d are active: n-a was never heard from,
    # m-a 28 days ago, and d began 13 days ago.
    assert (found.part, found.n) == (2, 7)
    assert found.beside == (("check-ins", 3), ("not-lately", 1))


def test_in_the_first_month_a_fortnight_without_a_word_is_long(tmp_path):
    silent = dict(figure("check-in-coverage", scope(tmp_path, pair("d", started="2026-10-17"))).beside)

    assert silent["not-lately"] == 2  # 16 days


def test_improvements_are_done_once_it_is_written_what_came_of_them(tmp_path):
    found = figure(
        "improvements-done",
        scope(
            tmp_path,
            pair("a"),
            improvement("a", result="Fewer hours were lost.", due="2026-12-01"),
            improvement("b", due="2026-11-02"),
            improvement("c", due="2026-11-01"),
            improvement("d", decision="Ask in August."),
            {f"{COHORT.replace('2026', '2025')}/cohort.yaml": OLD},
            {f"{COHORT.replace('2026', '2025')}/improvements/e.yaml": yaml({"observed": "x", "result": "y"})},
        ),
    )

    assert (found.part, found.n, found.beside) == (1, 4, (("not-due", 1),))


OLD = yaml(
    {
        "status": "closed",
        "starts": "2025-06-01",
        "ends": "2026-03-31",
        "model": "one-to-one",
        "cadence": {"every": "month", "minutes": 60},
    }
)


def test_travel_saved_adds_up_what_the_notes_of_meetings_say(tmp_path):
    found = figure(
        "travel-saved",
        scope(
            tmp_path,
            pair(
                "a",
                note("2026-06-05", "m-a", "n-a", travel_minutes_saved=90),
                note("2026-06-19", "m-a", "n-a"),
                note("2026-07-03", "m-a", travel_minutes_saved=500),  # only one came
                note("2026-07-17", "m-a", "n-a", travel_minutes_saved=0),
                note("2026-11-03", "m-a", "n-a", travel_minutes_saved=500),  # tomorrow
            ),
            pair("b", note("2026-06-05", "m-b", "n-b", travel_minutes_saved=60), status="closed", ended="2026-07-01"),
        ),
    )

    assert (found.value, found.unit, found.kind) == (2.5, "hours", "total")
    assert (found.n, found.beside) == (3, (("notes", 3),))


def guides(root, languages, *pairs, **translations):
    """Three guides, one of them a draft, with translations: by guide and language what they say they translate."""
    named = {"site_config/toolkit.yaml": yaml({"languages": languages})}
    texts = {name: {"title": name.title(), "summary": "A guide."} for name in ("one", "two", "three")}
    texts["three"]["draft"] = True
    files = {f"content/handbook/{name}.md": document(own, "Talk.") for name, own in texts.items()}
    known = scope(root / "plain", named, files).records.guides
    for key, mark in translations.items():
        name, language = key.split("_")
        own = {"title": "x", "translates": fingerprint(known[name]) if mark == "now" else "0" * 12}
        own |= {"partly": True} if mark == "partly" else {}
        files[f"content/handbook/{name}.{language}.md"] = document(own, "x")
    return scope(root / "said", named, files, *pairs)


def test_translations_count_when_they_say_what_the_guide_says(tmp_path):
    found = guides(
        tmp_path, ["en", "es", "fr"], pair("a"), one_es="now", one_fr="before", two_es="partly", three_es="now"
    )
    states = figure("translation-coverage", found)

    assert (states.part, states.n) == (1, 4)
    assert states.beside == (("stale", 1), ("partly", 1), ("missing", 1))
    assert (states.low, states.high) == (None, None)


def test_a_site_in_one_language_has_no_translations_to_count(tmp_path):
    assert figure("translation-coverage", guides(tmp_path, ["en"], pair("a"))) is None


def test_before_the_first_pair_no_translation_is_counted(tmp_path):
    assert figure("translation-coverage", guides(tmp_path, ["en", "es"], one_es="now")) is None


def test_a_day_back_tells_what_was_known_then(tmp_path):
    # On 1 October neither the contact of the 5th nor the answer of the 5th was there.
    about = {"pair": "harbor/2026/a"}
    trees = (
        pair("a"),
        check_ins("2026-10", ("m-a", "2026-10-05", None)),
        concern("one", "2026-10-01", answered="2026-10-05", **about),
        whole("m-a", "2026-10-05"),
    )
    now, then = (
        scope(tmp_path / name, *trees, training=COURSE, today=day)
        for name, day in (("now", datetime.date(2026, 10, 5)), ("then", datetime.date(2026, 10, 1)))
    )

    assert [figure(code, now).part for code in ("check-in-coverage", "training-completion")] == [1, 1]
    assert [figure(code, then).part for code in ("check-in-coverage", "training-completion")] == [0, 0]
    assert (figure("concern-response-days", now).value, figure("concern-response-days", then)) == (2, None)
