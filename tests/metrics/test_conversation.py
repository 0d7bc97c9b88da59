"""Figures on talk and feedback, each worked out by hand from a handful of records."""

import pytest
from tiny import feedback, figure, note, observation, pair, scope

from toolkit.reports.metrics import METRICS

COUNTED = [each.code for each in METRICS.values() if each.family == "conversation" and each.count]
WHOLE = {"situation": "In room 4.", "behavior": "You waited.", "impact": "I spoke."}
BOTH = {"strengths": ["Waiting."], "improve": ["Ask first."]}
GROW = ("Since last time", "Goal", "Reality", "Options", "Will", "Next")


def talks(name, count, **values):
    """So many notes of a pair, a week apart from 1 June on, all alike."""
    days = [f"2026-06-{day:02}" for day in range(1, 30, 7)][:count]
    return [note(day, f"m-{name}", f"n-{name}", **values) for day in days]


def sections(*titles, **texts):
    """A body with these sections; those named in `texts` hold that text, the others a line."""
    return "\n".join(f"## {title}\n\n{texts.get(title.lower(), 'A line.')}\n" for title in titles)


@pytest.mark.parametrize("code", COUNTED)
def test_where_nothing_is_written_there_is_nothing_to_count(tmp_path, code):
    one = pair("a", note("2026-06-01", "m-a", "n-a"))
    equal = pair("e", members={"x": "both", "y": "both"}, model="peer")
    ahead = pair(
        "b",
        note("2026-11-03", "m-b", "n-b", format="grow", body=sections(*GROW)),
        observation("2026-11-03", "video", debrief={"on": "2026-11-03"}),
        feedback("2026-11-03", "n-b", "m-b", **WHOLE, **BOTH, helpful=5),
    )
    assert figure(code, scope(tmp_path, one, equal, ahead)) is None


def test_support_of_one_kind_in_each_pair_is_no_balance_of_the_cohort(tmp_path):
    found = figure(
        "function-balance",
        scope(
            tmp_path,
            pair("a", *talks("a", 4, functions=["skills", "guidance"])),
            pair("b", *talks("b", 4, functions=["friendship"]), status="closed", ended="2026-06-30"),
        ),
    )
    assert (found.value, found.n, found.beside) == (0, 2, (("both-kinds", 0), ("few-notes", 0)))


def test_balance_is_the_entropy_of_career_and_person_in_each_pair(tmp_path):
    alone = note("2026-07-06", "n-a", absent=[{"person": "m-a", "notice": True}], functions=["friendship"])
    later = note("2026-11-03", "m-a", "n-a", functions=["acceptance"])
    found = figure(
        "function-balance",
        scope(
            tmp_path,
            pair(
                "a",
                *talks("a", 3, functions=["skills"]),
                note("2026-06-29", "m-a", "n-a", functions=["friendship"]),
                alone,
                later,
            ),
            pair("b", *talks("b", 4, functions=["advocacy", "role-modelling"])),
            pair("c", *talks("c", 3, functions=["skills", "counselling"])),  # too few
            pair("d", *talks("d", 5)),  # none that names support
        ),
    )
    # a quarter for the person: -(1/4 log2 1/4 + 3/4 log2 3/4) = 0.5 + 0.3113; half and half: 1
    assert found.value == pytest.approx((0.8113 + 1) / 2, abs=1e-4)
    assert (found.n, found.beside) == (2, (("both-kinds", 2), ("few-notes", 2)))


def test_asking_for_each_telling(tmp_path):
    found = figure(
        "asking-telling-ratio",
        scope(
            tmp_path,
            # 8 of asking, 4 of telling; to challenge is neither
            pair("a", *talks("a", 4, moves=["asked", "listened", "advised", "challenged"])),
            # 4 of asking, 8 of telling
            pair(
                "b",
                *talks("b", 4, moves=["summarized", "demonstrated", "shared-experience"]),
                status="closed",
                ended="2026-06-30",
            ),
            # 4 of asking
            pair("c", *talks("c", 4, moves=["asked"]), note("2026-11-03", "m-c", "n-c", moves=["advised"])),
            pair("d", *talks("d", 3, moves=["advised"])),
        ),
    )
    assert (found.value, found.n, found.kind) == (16 / 12, 3, "ratio")
    assert found.beside == (("asking-more", 2), ("few-notes", 1))


def test_where_nobody_told_anything_there_is_no_ratio(tmp_path):
    assert figure("asking-telling-ratio", scope(tmp_path, pair("a", *talks("a", 4, moves=["asked"])))) is None


def test_sections_that_are_filled_of_those_that_the_format_asks_for(tmp_path):
    blank = "- [ ] … @n-a due:2026-06-15 id:a1\n- [ ] … @m-a due:2026-06-15 id:a2"
    first = sections(*GROW[1:], options="", will=blank, next="")
    spanish = ("Desde la última vez", "Meta", "Realidad", "Opciones", "Voluntad", "Un dibujo")
    found = figure(
        "format-completeness",
        scope(
            tmp_path,
            pair(
                "a",
                # the first note looks back on nothing: goal, reality and the day of the next meeting, of 5
                note("2026-06-01", "m-a", "n-a", format="grow", next="2026-06-15", body=first),
                # all but the last, of 6; a section of one's own counts for nothing
                note("2026-06-15", "m-a", "n-a", format="grow", body=sections(*spanish)),
                note("2026-06-29", "n-a", format="grow", body=""),  # nobody met
                note("2026-11-03", "m-a", "n-a", format="grow", body=""),
            ),
            pair(
                "b",
                note("2026-06-01", "m-b", "n-b"),  # free
                note(
                    "2026-06-15",
                    "m-b",
                    "n-b",
                    format="fuel",
                    body=sections("Since last time", "Frame", "Understand", "Explore", "Lay out", "Next"),
                ),
                status="closed",
                ended="2026-06-30",
            ),
            pair("c", note("2026-06-01", "m-c", "n-c")),
        ),
    )
    assert (found.value, found.n) == ((8 / 11 + 1) / 2, 2)
    assert found.beside == (("notes", 3), ("whole-notes", 1))


def test_a_section_with_a_promise_beside_a_blank_line_is_filled(tmp_path):
    body = sections(*GROW[1:], will="- [ ] … @n-a\n- [ ] Read it @m-a")
    found = figure(
        "format-completeness", scope(tmp_path, pair("a", note("2026-06-01", "m-a", "n-a", format="grow", body=body)))
    )
    assert (found.value, found.beside) == (1, (("notes", 1), ("whole-notes", 1)))


def test_a_review_is_a_section_like_the_others(tmp_path):
    body = sections("Outcome", "Situation", "Choices and consequences", "Actions", "Next")
    found = figure(
        "format-completeness", scope(tmp_path, pair("a", note("2026-06-01", "m-a", "n-a", format="oscar", body=body)))
    )
    assert found.value == 5 / 6


def test_feedback_of_mentees_of_all_feedback(tmp_path):
    found = figure(
        "two-way-feedback",
        scope(
            tmp_path,
            pair(
                "a",
                feedback("2026-06-08", "m-a", "n-a"),
                feedback("2026-06-22", "n-a", "m-a"),
                feedback("2026-11-03", "n-a", "m-a"),
            ),
            pair(
                "b",
                feedback("2026-06-08", "m-b", "n-b"),
                feedback("2026-06-15", "f-b", "n-b"),  # by the facilitator
                members={"m-b": "mentor", "n-b": "mentee", "f-b": "facilitator"},
                status="closed",
                ended="2026-06-30",
            ),
            pair("e", feedback("2026-06-08", "x", "y"), members={"x": "both", "y": "both"}, model="reciprocal"),
        ),
    )
    assert (found.part, found.n) == (1, 3)


def test_feedback_that_helped_of_all_with_a_mark(tmp_path):
    found = figure(
        "feedback-helpfulness",
        scope(
            tmp_path,
            pair(
                "a",
                feedback("2026-06-08", "m-a", "n-a", helpful=4),
                feedback("2026-06-15", "m-a", "n-a", helpful=3),
                feedback("2026-06-22", "n-a", "m-a"),
                feedback("2026-11-03", "m-a", "n-a", helpful=5),
            ),
            pair("b", feedback("2026-06-08", "m-b", "n-b", helpful=5), status="closed", ended="2026-06-30"),
        ),
    )
    assert (found.part, found.n, found.beside) == (2, 3, (("unrated", 1),))


def test_feedback_that_says_all_in_time(tmp_path):
    ideas = {"strengths": ["Waiting."], "suggestions": ["Count to five."]}
    thin = {key: value for key, value in WHOLE.items() if key != "impact"}
    found = figure(
        "feedback-quality",
        scope(
            tmp_path,
            pair(
                "a",
                feedback("2026-07-15", "m-a", "n-a", **WHOLE, **BOTH, event_on="2026-07-01"),  # 14 days: good
                feedback("2026-07-16", "m-a", "n-a", **WHOLE, **BOTH, event_on="2026-07-01"),  # 15 days
                feedback("2026-07-17", "m-a", "n-a", **WHOLE, **ideas),  # good
                feedback("2026-07-18", "m-a", "n-a", **thin, **BOTH),
                feedback("2026-07-19", "m-a", "n-a", **WHOLE, strengths=["Waiting."], kind="praise"),
                feedback("2026-07-20", "m-a", "n-a", **WHOLE, improve=["Ask first."]),
                feedback("2026-11-03", "m-a", "n-a", **WHOLE, **BOTH),
            ),
            pair("b", feedback("2026-06-08", "n-b", "m-b", **WHOLE, **BOTH), status="closed", ended="2026-06-30"),
        ),
    )
    assert (found.part, found.n, found.beside) == (3, 7, (("other-kinds", 1),))


def test_feedback_in_time_is_what_the_settings_say(tmp_path):
    late = feedback("2026-07-20", "m-a", "n-a", **WHOLE, **BOTH, event_on="2026-07-01")
    strict = {"site_config/toolkit.yaml": "title: Harbor\nthresholds: {feedback_days: 19}\n"}
    assert figure("feedback-quality", scope(tmp_path, pair("a", late), strict)).part == 1
    strict = {"site_config/toolkit.yaml": "title: Harbor\nthresholds: {feedback_days: 18}\n"}
    assert figure("feedback-quality", scope(tmp_path, pair("a", late), strict)).part == 0


def test_feedback_is_followed_where_its_action_is_done(tmp_path):
    found = figure(
        "feedback-followed",
        scope(
            tmp_path,
            pair(
                "a",
                feedback("2026-06-08", "m-a", "n-a", improve=["Ask first."], follow_up="a1"),
                feedback("2026-06-09", "m-a", "n-a", improve=["Wait."], follow_up="a2"),
                feedback("2026-06-10", "n-a", "m-a", improve=["Write less."]),
                feedback("2026-06-11", "n-a", "m-a", strengths=["Waiting."], follow_up="a1"),  # nothing to improve
                feedback("2026-11-03", "n-a", "m-a", improve=["Read."], follow_up="a1"),
                note("2026-06-08", "m-a", "n-a", body="- [ ] Ask first @n-a id:a1\n- [ ] Wait @n-a id:a2"),
                note("2026-06-22", "m-a", "n-a", body="- [x] Ask first @n-a id:a1\n- [ ] Wait @n-a id:a2"),
                note("2026-11-03", "m-a", "n-a", body="- [x] Wait @n-a id:a2"),  # tomorrow
            ),
            pair(
                "b",  # a1 is another pair's action; its own is not done
                feedback("2026-06-08", "m-b", "n-b", improve=["Ask first."], follow_up="a1"),
                note("2026-06-08", "m-b", "n-b", body="- [ ] Ask first @n-b id:a1"),
                status="closed",
                ended="2026-06-30",
            ),
        ),
    )
    assert (found.part, found.n, found.beside) == (1, 4, (("no-action", 1),))


def test_observations_talked_over_within_a_week(tmp_path):
    found = figure(
        "observation-mix",
        scope(
            tmp_path,
            pair(
                "a",
                observation("2026-09-01", "mentor-observes", debrief={"on": "2026-09-08"}),  # in time
                observation("2026-09-15", "mentor-observes", debrief={"on": "2026-09-23"}),  # a day late
                observation("2026-10-25", "video"),  # 8 days ago
                observation("2026-10-26", "co-work"),  # there is still time
                observation("2026-10-01", "video", debrief={"on": "2026-11-03"}),  # tomorrow
                observation("2026-11-03", "video", debrief={"on": "2026-11-03"}),
            ),
            pair(
                "b",
                observation("2026-06-08", "mentee-observes", debrief={"next": ["Wait."]}),  # no day
                observation("2026-06-09", "co-teaching", debrief={"on": "2026-06-09"}),
                status="closed",
                ended="2026-06-30",
            ),
        ),
    )
    assert (found.part, found.n) == (2, 5)
    assert dict(found.beside) == {
        "co-teaching": 1,
        "co-work": 1,
        "mentee-observes": 1,
        "mentor-observes": 2,
        "video": 2,
    }
    assert list(found.beside) == sorted(found.beside)


def test_the_lead_goes_round_among_equals(tmp_path):
    def led(*leads, first="x", second="y"):
        return [note(f"2026-06-{day:02}", first, second, lead=who) for day, who in enumerate(leads, 1)]

    peers = {"x": "both", "y": "both"}
    found = figure(
        "reciprocity",
        scope(
            tmp_path,
            pair(
                "a",
                *led("x", "y", "x", "x", "guest"),
                note("2026-11-03", "x", "y", lead="y"),
                members=peers,
                model="reciprocal",
            ),
            pair("b", *led("x", "x", "x", "x"), members=peers, model="peer", status="closed", ended="2026-06-30"),
            pair("c", *led("x", "y", "x"), members=peers, model="peer"),  # too few
            pair("d", *led("m-d", "n-d", "m-d", "n-d", first="m-d", second="n-d")),  # no equals
        ),
    )
    # a third and none
    assert (found.value, found.n, found.beside) == (pytest.approx(1 / 6), 2, (("few-notes", 1),))


def test_of_three_equals_who_never_led_counts_too(tmp_path):
    members = {"x": "both", "y": "both", "z": "both", "f": "facilitator"}
    notes = [note(f"2026-06-0{day}", "x", "y", "z", lead=who) for day, who in enumerate("xyxy", 1)]
    found = scope(tmp_path, pair("a", *notes, members=members, model="peer"))
    assert figure("reciprocity", found).value == 0
