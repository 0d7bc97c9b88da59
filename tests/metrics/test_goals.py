"""What was taken on, and what came of it: each figure with numbers that were worked out by hand."""

from math import sqrt

import pytest
from tiny import closure, figure, goal, note, pair, scope

from toolkit.reports.metrics import METRICS

WHOLE = {
    "specific": "Four plans are written.",
    "measure": {"what": "plans written", "target": 4},
    "attainable": "One a week.",
    "relevant": "Lessons without a plan are long.",
    "due": "2026-12-01",
}


def without(*names):
    return {key: value for key, value in WHOLE.items() if key not in names}


def test_a_goal_is_smart_with_all_five_parts(tmp_path):
    found = scope(
        tmp_path,
        pair(
            "one",
            goal("whole", "n-one", **WHOLE),
            goal("realistic", "n-one", **without("relevant"), realistic="The term is calm."),
            goal("no-day", "n-one", **without("due")),
            goal("dropped", "n-one", **without("measure"), status="dropped"),
            goal("draft", "n-one", status="draft"),
            goal("later", "n-one", **{**WHOLE, "started": "2026-11-03"}),
        ),
        pair("left", goal("early", "n-left", **WHOLE), status="closed", ended="2026-07-01"),
        pair("proposed", goal("unbegun", "n-proposed", **WHOLE), status="proposed", started=None),
    )

    counted = figure("smart-share", found)

    assert (counted.part, counted.n) == (3, 5)  # whole, realistic, early; of these with no-day and dropped


def test_a_goal_that_begins_today_is_taken_on(tmp_path):
    found = scope(tmp_path, pair("one", goal("today", "n-one", started="2026-11-02")))

    assert figure("smart-share", found).says == "0/1 goals have all five parts"


def test_attainment_counts_what_is_settled_or_past_its_day(tmp_path):
    found = scope(
        tmp_path,
        pair(
            "one",
            goal("met", "n-one", status="met"),
            goal("partly", "n-one", status="partly-met", due="2027-01-31"),
            goal("missed", "n-one", due="2026-11-01"),
            goal("today", "n-one", due="2026-11-02"),
            goal("draft", "n-one", status="draft", due="2026-10-01"),
        ),
    )

    counted = figure("goal-attainment", found)

    assert (counted.part, counted.n) == (1.5, 3)
    assert counted.beside == ()


@pytest.mark.parametrize(("day", "part", "n"), [("2026-11-02", 1, 1), ("2026-11-03", None, None)])
def test_the_closure_of_a_pair_settles_its_goals_from_its_day_on(tmp_path, day, part, n):
    found = scope(
        tmp_path,
        pair("one", goal("open", "n-one"), status="closed", ended=day),
        closure("one", day, "planned", goals={"open": "met"}),
    )

    counted = figure("goal-attainment", found)

    assert (counted and counted.part, counted and counted.n) == (part, n)


def test_a_goal_that_its_closure_calls_met_is_not_missed(tmp_path):
    late = goal("late", "n-one", status="partly-met", due="2026-09-01")
    found = scope(
        tmp_path,
        pair("one", late, status="closed", ended="2026-10-01"),
        closure("one", "2026-10-01", "planned", goals={"late": "dropped"}),
    )

    assert figure("goal-attainment", found).part == 0.5, "the goal's own word comes first"


def test_how_hard_the_goals_were_stands_beside_attainment_from_five_on(tmp_path):
    hard = [goal(f"g{place}", "n-one", status="met", challenge=each) for place, each in enumerate((1, 2, 2, 4))]
    more = goal("g5", "n-one", status="dropped", challenge=5)
    open_one = goal("open", "n-one", challenge=1)

    four = scope(tmp_path / "four", pair("one", *hard, open_one))
    five = scope(tmp_path / "five", pair("one", *hard, more, open_one))

    assert figure("goal-attainment", four).beside == ()
    assert figure("goal-attainment", five).beside == (("challenge", 2.8),)  # (1 + 2 + 2 + 4 + 5) / 5


def test_the_score_of_attainment_is_one_for_each_mentee(tmp_path):
    found = scope(
        tmp_path,
        pair(
            "one",
            goal("above", "n-one", status="met", attainment=1),
            goal("more", "n-one", status="met", attainment=1),
            goal("silent", "n-one", status="dropped"),
            goal("open", "n-one", attainment=2),
        ),
        pair(
            "left", goal("below", "n-left", status="carried-over", attainment=-2), status="closed", ended="2026-07-01"
        ),
    )

    counted = figure("gas-t", found)

    # one mentee: 50 + 10 x 2 / sqrt(0.7 x 2 + 0.3 x 4) = 62.403; the other: 50 - 20 / sqrt(0.7 + 0.3) = 30
    assert counted.value == pytest.approx((50 + 20 / sqrt(2.6) + 30) / 2)
    assert counted.value == pytest.approx(46.2017, abs=1e-4)
    assert (counted.n, counted.beside) == (2, (("unrated", 1),))


@pytest.mark.parametrize(("level", "score"), [(-2, 30), (0, 50), (1, 60), (2, 70)])
def test_a_single_goal_moves_the_score_by_ten_a_level(tmp_path, level, score):
    found = scope(tmp_path, pair("one", goal("only", "n-one", status="met", attainment=level)))

    assert figure("gas-t", found).value == score


def test_a_promise_that_is_carried_along_counts_once_and_one_that_is_not_due_not_at_all(tmp_path):
    found = scope(
        tmp_path,
        pair(
            "one",
            note(
                "2026-06-08", "m-one", "n-one", body="- [ ] Read it @n-one due:2026-07-01 id:a1\n- [x] Ask @m-one id:a2"
            ),
            note("2026-07-06", "m-one", "n-one", body="- [ ] Read it @n-one due:2026-07-20 id:a1"),
            note("2026-10-05", "m-one", "n-one", body="- [ ] Write it @n-one due:2026-11-02 id:a3"),
            note("2026-11-09", "m-one", "n-one", body="- [x] Read it @n-one id:a1\n- [x] Write it @n-one id:a3"),
        ),
    )

    counted = figure("action-completion", found)

    assert (counted.part, counted.n) == (1, 2)  # a2 is done, a1 is late; a3 is due today


def test_carried_over_are_goals_that_outlive_their_pair(tmp_path):
    found = scope(
        tmp_path,
        pair("one", goal("met", "n-one", status="met"), goal("draft", "n-one", status="draft")),
        pair(
            "left",
            goal("own", "n-left", status="carried-over"),
            goal("said", "n-left"),
            goal("dropped", "n-left"),
            status="closed",
            ended="2026-07-01",
        ),
        closure("left", "2026-07-01", "early-agreed", goals={"said": "carried-over", "dropped": "dropped"}),
    )

    counted = figure("carry-over", found)

    assert (counted.part, counted.n, counted.beside) == (2, 4, (("running", 1),))


@pytest.mark.parametrize("code", ["smart-share", "goal-attainment", "gas-t", "action-completion", "carry-over"])
def test_without_goals_and_promises_there_is_nothing_to_count(tmp_path, code):
    found = scope(tmp_path, pair("one", goal("draft", "n-one", status="draft", attainment=2, due="2026-10-01")))

    assert figure(code, found) is None


def test_the_time_to_a_goal_is_counted_by_hand(tmp_path):
    found = scope(tmp_path, pair("one", goal("met", "n-one", status="met", started="2026-06-15")))

    assert figure("time-to-goal", found) is None
    assert METRICS["time-to-goal"].needs == "hand"
