"""Figures on reach and matching, each worked out by hand from a handful of records."""

import dataclasses
import datetime

import pytest
from tiny import COHORT, figure, pair, scope
from tiny import fields as yaml

from toolkit.reports.metrics.reach import METRICS as REACH
from toolkit.reports.report import report

COUNTED = [each.code for each in REACH if each.count]
PRIVATE = "private/applications/harbor/2026"
RUN, LATER, OTHER = "run-2026-05-18-aaaaaa", "run-2026-11-03-bbbbbb", "run-2026-05-25-cccccc"
YES = "2026-05-20"


def applied(person, role="mentee", decided=None, objections=(), **values):
    """An application that came in on 1 April and was accepted, with what is private of it."""
    own = {"submitted": "2026-04-01", "status": "accepted", **values}
    files = {f"{COHORT}/applications/{person}-{role}.yaml": yaml(own)}
    kept = {"decision": {"by": "Rosa", "on": decided}} if decided else {}
    kept |= {"objections": list(objections)} if objections else {}
    return files | ({f"{PRIVATE}/{person}-{role}.yaml": yaml(kept)} if kept else {})


def mentor(person, capacity=1, other_load=0):
    """The profile of a mentor."""
    own = {"name": person, "mentor": {"capacity": capacity, "other_load": other_load}}
    return {f"content/people/{person}.yaml": yaml(own)}


def said_yes(name, *days, **values):
    """A pair that both accepted and that has not begun, unless the values say so."""
    people = (f"m-{name}", f"n-{name}")
    agreed = [{"person": who, "on": day} for who, day in zip(people, days, strict=False)]
    return pair(name, **{"status": "accepted", "started": None, "accepted": agreed, **values})


def plan(run, scores, made_on="2026-05-18", groups=()):
    """A matching plan: the score of each pair by its id; a pair that stands twice is one with two mentees."""
    own = {
        "made_on": made_on,
        "policy": "sha256:0",
        "inputs": "sha256:0",
        "seed": 1,
        "solver": "test",
        "pairs": [
            {"mentor": f"m-{name}", "mentee": f"n-{name}", "pair": name, "score": score} for name, score in scores
        ],
        "groups": [
            {
                "pair": name,
                "model": "community",
                "score": score,
                "members": [{"person": who, "role": "mentee"} for who in ("a", "b")],
            }
            for name, score in groups
        ],
    }
    return {f"{COHORT}/matching/{run}/plan.yaml": yaml(own)}


def objected(to, about, on, answered=None):
    return {"pair": to, "about": about, "on": on, **({"answered": answered} if answered else {})}


def reach(root, *trees, **values):
    """A scope without the two people of the base program."""
    drafts = applied("li-wei", status="draft"), applied("ana-kovacs", "mentor", status="draft")
    return scope(root, *drafts, *trees, **values)


@pytest.mark.parametrize("code", COUNTED)
def test_where_nobody_was_paired_there_is_nothing_to_count(tmp_path, code):
    found = reach(
        tmp_path,
        applied("n-a", ranked=["m-a"], decided="2026-05-01"),
        applied("m-a", "mentor"),
        mentor("m-a"),
        plan(RUN, [("a", 0.5)]),
        pair("a", started="2026-11-03", proposed_on="2026-11-03"),
        eligible_population=12,
    )

    assert figure(code, found) is None


@pytest.mark.parametrize("code", ["time-to-match", "objection-rate", "group-gap"])
def test_what_stands_in_private_is_not_counted_without_it(tmp_path, code):
    crowd = [applied(f"n-{at:02d}", decided="2026-05-01") for at in range(20)]
    said = [kept(f"n-{at:02d}", region="north" if at % 2 else "south") for at in range(20)]
    found = reach(tmp_path, *crowd, *said, *(pair(f"{at:02d}") for at in range(18)))
    gone = found._replace(records=dataclasses.replace(found.records, has_private=False))

    assert figure(code, found) is not None
    assert figure(code, gone) is None


def test_coverage_counts_each_mentee_once_and_who_left(tmp_path):
    both = {"m-c": "mentor", "n-a": "mentee", "n-c": "mentee"}
    found = figure(
        "coverage",
        reach(
            tmp_path,
            pair("a"),
            pair("b", status="closed", ended="2026-07-01"),
            pair("c", members=both, model="group"),
            pair("d", started="2026-11-03"),
            eligible_population=12,
        ),
    )

    assert (found.part, found.n) == (3, 12)  # n-a, n-b and n-c


def test_an_application_counts_whatever_became_of_it(tmp_path):
    found = figure(
        "application-conversion",
        reach(
            tmp_path,
            *(applied(who) for who in ("n-a", "n-b", "m-a")),  # m-a is in a pair, but as a mentor
            applied("n-c", status="declined"),
            applied("n-d", status="draft"),
            applied("n-e", submitted="2026-11-03"),
            applied("n-f"),
            *(applied(who, "mentor") for who in ("m-a", "m-b")),
            pair("a"),
            pair("b", status="closed", ended="2026-07-01"),
            pair("f", status="proposed", started=None),
        ),
    )

    assert (found.part, found.n) == (4, 7)
    assert found.beside == (("mentees-without", 3), ("mentors-without", 0))
    assert found.says == "4/7 applications led to a pair: 2/5 of mentees, 2/2 of mentors"


def test_the_match_rate_keeps_who_left_and_waits_for_both_to_say_yes(tmp_path):
    found = figure(
        "match-rate",
        reach(
            tmp_path,
            *(applied(f"n-{name}") for name in "abcdefg"),
            applied("n-h", status="withdrawn"),
            applied("n-i", status="waitlisted"),
            applied("n-j", status="waitlisted", submitted="2026-11-03"),
            applied("m-x", "mentor", status="waitlisted"),
            applied("n-k", status="waitlisted"),  # found a mentor all the same
            pair("k"),
            pair("a"),
            said_yes("b", YES, "2026-11-02"),
            said_yes("c", YES, "2026-11-03"),
            said_yes("d", YES),  # one of two
            pair("e", status="proposed", started=None),
            said_yes("f", YES, YES, status="objected"),
            said_yes("g", YES, YES, status="proposed"),
            pair("h", status="closed", ended="2026-07-01"),
        ),
    )

    # a, b, h and k of the seven accepted, of h, who withdrew after the pair had ended, and of k
    assert (found.part, found.n, found.beside) == (4, 9, (("waiting-list", 1),))


def test_who_joins_a_group_later_is_matched_from_that_day(tmp_path):
    members = {"m-a": "mentor", "n-a": "mentee", "n-b": {"role": "mentee", "joined": "2026-11-03"}}
    trees = applied("n-a"), applied("n-b"), pair("a", members=members, model="group")

    assert figure("match-rate", reach(tmp_path / "one", *trees)).part == 1
    assert figure("match-rate", reach(tmp_path / "two", *trees, today=datetime.date(2026, 11, 3))).part == 2


def test_who_joins_between_the_yes_and_the_first_day_is_matched_when_they_join(tmp_path):
    members = {"m-a": "mentor", "n-a": {"role": "mentee", "joined": "2026-05-25"}}
    begun = said_yes("a", YES, YES, members=members, status="active", started="2026-06-01")
    found = reach(tmp_path, applied("n-a", decided="2026-05-01"), begun)

    assert figure("time-to-match", found).value == 24


def test_of_peers_everybody_is_matched_whatever_they_applied_as(tmp_path):
    trees = applied("n-a"), applied("n-b", "mentor"), applied("n-c", "mentor")
    two = pair("a", members={"n-a": "both", "n-b": "both"}, model="peer")
    found = reach(tmp_path, *trees, two, model="peer")

    assert (figure("match-rate", found).part, figure("match-rate", found).n) == (2, 3)
    assert (figure("application-conversion", found).part, figure("application-conversion", found).n) == (2, 3)


def test_a_cohort_without_applications_has_no_match_rate(tmp_path):
    assert figure("match-rate", reach(tmp_path, pair("a"))) is None


def test_days_until_a_pair_count_the_first_pair_and_who_still_waits(tmp_path):
    # a: 1 to 21 May is 20 days, to the second yes; b: to its first day, 31; c: its first pair, 10, is over since.
    # d and e wait for 185 and for 5 days; f was told after the pair had begun; nobody wrote down when g was accepted.
    found = figure(
        "time-to-match",
        reach(
            tmp_path,
            *(applied(f"n-{name}", decided="2026-05-01") for name in "abcd"),
            applied("n-e", decided="2026-10-28"),
            applied("n-f", decided="2026-06-02"),
            applied("n-g"),
            applied("n-h", status="declined", decided="2026-05-01"),
            {
                f"{PRIVATE}/n-b-mentor.yaml": yaml({"decision": {"by": "Rosa", "on": "2026-04-01"}})
            },  # applied as a mentee
            said_yes("a", YES, "2026-05-21", status="active", started="2026-06-01"),
            pair("b"),
            said_yes("c", "2026-05-11", "2026-05-10", status="closed", ended="2026-07-01"),
            pair("c-two", members={"m-x": "mentor", "n-c": "mentee"}, started="2026-08-01"),
            pair("f"),
            pair("g"),
        ),
    )

    # Five are known. At 10 days four are at risk, since e has waited for 5 only: 3/4; at 20 days 1/2; at 31 days 1/4.
    # So half had a pair between 20 and 31 days. Of the three who have one alone it would be 20.
    assert (found.value, found.n, found.beside) == (25.5, 5, (("waiting", 2),))


def test_while_more_than_half_wait_there_is_no_median(tmp_path):
    waiting = [applied(f"n-{name}", decided="2026-05-01") for name in "abc"]
    found = reach(tmp_path, *waiting, said_yes("a", YES, YES))

    assert figure("time-to-match", found) is None
    assert figure("match-rate", found).part == 1


def test_waiting_ends_with_the_cohort(tmp_path):
    # a waited 31 days and c 40; b was accepted on 25 May, 26 days before the cohort ended, and waits no longer
    told = [applied(f"n-{name}", decided="2026-05-01") for name in "ac"]
    trees = *told, applied("n-b", decided="2026-05-25"), pair("a"), pair("c", started="2026-06-10")

    assert figure("time-to-match", reach(tmp_path / "over", *trees, ends="2026-06-20")).value == 35.5
    assert figure("time-to-match", reach(tmp_path / "open", *trees)).value == 40


def test_choices_count_the_first_pair_and_who_got_nobody(tmp_path):
    found = reach(
        tmp_path,
        applied("n-a", ranked=["m-a", "m-b"]),
        applied("n-b", ranked=["m-x", "m-y", "m-b"]),
        applied("n-c", ranked=["m-x", "m-y", "m-z", "m-c"]),
        applied("n-d", ranked=["m-e"]),  # the first pair was with m-d, the second with m-e
        applied("n-e", ranked=["m-e"]),  # in no pair
        applied("n-f"),  # ranked nobody
        applied("n-g", status="declined", ranked=["m-g"]),
        applied("m-a", "mentor", ranked=["n-a"]),
        applied("n-a", "mentor", ranked=["n-x"]),  # a mentor of others
        pair("a"),
        pair("b"),
        pair("c"),
        pair("d", status="closed", ended="2026-07-01"),
        pair("d-two", members={"m-e": "mentor", "n-d": "mentee"}, started="2026-08-01"),
        pair("f"),
    )
    first, third = figure("first-choice-share", found), figure("top-3-share", found)

    assert (first.part, first.n, first.beside) == (1, 5, (("nobody", 1),))
    assert (third.part, third.n, third.beside) == (2, 5, (("nobody", 1),))


def test_in_a_team_one_mentor_of_choice_is_enough_and_nobody_is_their_own_choice(tmp_path):
    team = {"m-a": "mentor", "m-b": "mentor", "n-a": "mentee", "n-b": "mentee"}
    found = reach(tmp_path / "team", applied("n-a", ranked=["m-b"]), pair("a", members=team, model="team"))
    two = pair("a", members={"n-a": "both", "n-b": "both"}, model="peer")
    peers = reach(tmp_path / "peers", applied("n-a", ranked=["n-a", "n-b"]), two, model="peer")

    assert figure("first-choice-share", found).part == 1
    assert figure("first-choice-share", peers).part == 0


def test_scores_are_those_of_the_plan_that_most_pairs_come_from(tmp_path):
    found = reach(
        tmp_path,
        plan(RUN, [("a", 0.9), ("b", 0.4), ("b", 0.5), ("gone", 0.1)]),
        plan(OTHER, [("a", 0.2), ("c", 0.3)], made_on="2026-05-25"),
        plan(LATER, [(each, 1.0) for each in ("a", "b", "d", "f", "g")], made_on="2026-11-03"),
        pair("a", run=RUN),
        pair("b", run=RUN, status="closed", ended="2026-07-01"),
        pair("c", run=OTHER),
        *(pair(each, run=LATER) for each in ("d", "f", "g")),
        pair("e"),
        pair("gone", run=RUN, status="proposed", started=None),
    )
    mean, least = figure("score-mean", found), figure("score-min", found)

    assert (mean.value, mean.n, mean.beside) == (pytest.approx(0.6), 3, (("other-plan", 5),))
    assert (least.value, least.n, least.beside) == (0.4, 3, (("other-plan", 5),))
    assert (mean.low, mean.high) == (None, None)


def test_a_group_without_scores_of_two_has_its_own(tmp_path):
    scored = plan(RUN, [("a", 0.9)], groups=[("a", 0.1), ("b", 0.5)])
    found = reach(tmp_path, scored, pair("a", run=RUN), pair("b", run=RUN))

    assert (figure("score-mean", found).value, figure("score-min", found).value) == (pytest.approx(0.7), 0.5)


def test_objections_count_proposals_that_are_gone_and_groups_that_stay(tmp_path):
    found = figure(
        "objection-rate",
        reach(
            tmp_path,
            applied("n-b", objections=[objected("b", "m-b", "2026-05-20", "2026-05-24")]),
            applied("n-c", objections=[objected("c", "m-c", "2026-05-21"), objected("c", "m-x", "2026-05-21")]),
            applied("n-z", objections=[objected("gone", "m-z", "2026-05-22", "2026-11-03")]),
            applied("n-a", objections=[objected("a", "m-a", "2026-11-03")]),
            pair("a"),
            pair("b", status="objected", started=None),
            pair("c", model="group"),
            pair("d", status="objected", started=None),  # nobody wrote down the day
            pair("e", formation="self-initiated"),
            applied("n-g", objections=[objected("g", "m-g", "2026-11-03")]),
            pair("g", status="objected", started=None),  # since tomorrow
            pair("f", status="proposed", started=None, proposed_on="2026-11-03"),
        ),
    )

    # b, c, d and the one that is gone, of these, a and g; c's two and the one that is answered tomorrow wait
    assert (found.part, found.n, found.beside) == (4, 6, (("unanswered", 3),))


def places(tmp_path):
    """Five mentors: two in this cohort's pairs, one elsewhere, one without anybody, one whose pair is over."""
    other = {
        path.replace("harbor/2026", "harbor/2025"): text
        for path, text in pair("o", members={"m-b": "mentor", "n-o": "mentee"}).items()
    }
    cohort = {"content/programs/harbor/2025/cohort.yaml": yaml(OLD)}
    group = {"m-b": "mentor", "n-b": "mentee", "n-c": "mentee", "n-d": {"role": "mentee", "left": "2026-08-01"}}
    return reach(
        tmp_path,
        *(applied(f"m-{name}", "mentor") for name in "abcd"),
        applied("m-x", "mentor", status="declined"),
        applied("m-e"),  # has been a mentor before
        mentor("m-a", capacity=2, other_load=1),
        mentor("m-b", capacity=2, other_load=1),
        mentor("m-c", capacity=3),
        mentor("m-d", capacity=1, other_load=1),
        mentor("m-x", capacity=9),
        mentor("m-e", capacity=1),
        cohort,
        other,
        pair("a", status="paused"),
        pair("b", members=group, model="group"),
        pair("d", status="closed", ended="2026-07-01"),
        pair("c", started="2026-11-03"),
        pair("f", members={"m-c": "mentor", "n-f": "mentee"}, model="flash"),
    )


OLD = {
    "status": "running",
    "starts": "2026-05-01",
    "ends": "2026-12-31",
    "model": "one-to-one",
    "cadence": {"every": "fortnight", "minutes": 60},
}


def test_places_in_use_are_those_of_this_cohorts_mentors_in_any_cohort(tmp_path):
    # a has 1 of 2, b has 2 of its group and 1 elsewhere of 2, c 0 of 3, d 0 of 1; m-x was declined, m-e is a mentee now
    found = figure("mentor-utilisation", places(tmp_path))

    assert (found.part, found.n, found.value) == (4, 8, 0.5)
    assert found.beside == (("free-places", 1 + 0 + 3 + 1),)
    assert (found.low, found.high) == (None, None)


def test_the_load_of_mentors_counts_what_they_carry_elsewhere_and_who_has_nobody(tmp_path):
    # loads 1 + 1, 3 + 1, 0, 0 + 1: sorted 0 1 2 4, so Gini 2(2 + 6 + 16)/(4 * 7) - 5/4 = 13/28 and Jain 49/(4 * 21)
    found = figure("load-equity", places(tmp_path))

    assert (found.value, found.n) == (pytest.approx(13 / 28), 4)
    assert found.beside == (("jain", pytest.approx(49 / 84, abs=0.005)), ("idle", 1))


def test_more_mentees_than_places_is_no_error(tmp_path):
    group = {"m-a": "mentor", **{f"n-{at}": "mentee" for at in range(7)}}
    found = figure("mentor-utilisation", reach(tmp_path, mentor("m-a", 5), pair("a", members=group, model="group")))

    assert (found.part, found.n, found.beside) == (7, 5, (("free-places", 0),))


def kept(person, **said):
    """What a person said of themselves."""
    return {
        f"content/people/{person}.yaml": yaml({"name": person}),
        f"private/people/{person}.yaml": yaml({"protected": said}),
    }


def groups(root, *sizes, policy="score: {offers_meet_seeks: 1}\n", extra=(), **values):
    """Mentees of groups by `region`: for each the group's name, how many of them are paired, and how many there are."""
    trees, at = [], 0
    for name, placed, size in sizes:
        for number in range(size):
            who = f"p{at:03d}"
            trees += [applied(f"n-{who}"), kept(f"n-{who}", **({"region": name} if name else {}))]
            trees += [pair(who)] if number < placed else []
            at += 1
    return reach(root, *trees, *extra, {f"{COHORT}/matching.yaml": policy}, **values)


def test_the_gap_between_two_groups_is_the_one_of_the_books(tmp_path):
    # 11/12 beside 30/40 is +.1667 [-.1247, .3333] after Newcombe's method 10
    found = figure("group-gap", groups(tmp_path, ("North", 30, 40), ("south", 8, 8), ("South ", 3, 4)))

    assert (found.value, found.low, found.high) == pytest.approx((0.1667, -0.1247, 0.3333), abs=5e-5)
    assert (found.n, found.beside) == (52, (("gaps-compared", 1), ("groups-withheld", 0)))
    assert not any(name in found.says.lower() for name in ("north", "south", "region"))


def test_of_three_groups_the_widest_gap_is_told(tmp_path):
    found = figure("group-gap", groups(tmp_path, ("a", 5, 10), ("b", 9, 10), ("c", 7, 11)))

    assert (found.value, found.n) == (pytest.approx(0.4), 20)
    assert found.beside[0] == ("gaps-compared", 3)


@pytest.mark.parametrize(
    "sizes", [(("a", 9, 12), ("b", 8, 9)), (("a", 9, 12), ("b", 8, 10), ("", 3, 4)), (("a", 20, 24),)]
)
def test_a_small_group_is_not_compared_nor_given_away_by_the_rest(tmp_path, sizes):
    assert figure("group-gap", groups(tmp_path, *sizes)) is None


def test_only_what_the_policy_names_is_compared(tmp_path):
    sizes = ("a", 5, 10), ("b", 9, 10)
    policy = "score: {offers_meet_seeks: 1}\nfairness: {report_by: [site]}\n"

    assert figure("group-gap", groups(tmp_path / "all", *sizes)) is not None
    assert figure("group-gap", groups(tmp_path / "site", *sizes, policy=policy)) is None


def test_what_tells_of_one_pair_or_comes_from_private_files_stays_inside(tmp_path):
    sizes = ("a", 12, 12), ("b", 12, 12)
    scores = plan(RUN, [(f"p{at:03d}", 0.5) for at in range(24)])
    made = groups(tmp_path, *sizes, extra=(scores, *(pair(f"p{at:03d}", run=RUN) for at in range(24))))
    shown = {
        readers: [row.metric.code for _, rows in report(*made, readers).families for row in rows]
        for readers in ("staff", "members", "public")
    }
    inside = {"score-min", "objection-rate", "group-gap"}

    assert inside <= set(shown["staff"])
    assert set(shown["staff"]) - inside == set(shown["members"]) == set(shown["public"])


def test_what_records_do_not_hold_is_described():
    assert {each.code: each.needs for each in REACH if each.needs} == {"lift": "hand", "match-satisfaction": "answers"}
