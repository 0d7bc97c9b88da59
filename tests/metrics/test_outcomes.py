"""How pairs end and who comes back: each figure with numbers that were worked out by hand."""

import datetime

import pytest
from tiny import closure, fields, figure, note, pair, scope

HARBOR = "content/programs/harbor/2026/"


def met(name, count):
    return [note(f"2026-06-{day:02}", f"m-{name}", f"n-{name}") for day in range(8, 8 + count)]


def ended(name, day, kind, *more, members=None, started="2026-06-01", **values):
    """A pair that was closed on a day."""
    made = pair(name, *more, members=members, status="closed", started=started, ended=day)
    return {**made, **closure(name, day, kind, **values)}


def elsewhere(cohort, starts, *trees, program="harbor", ends="2027-11-30"):
    """Another cohort with these pairs."""
    folder = f"content/programs/{program}/{cohort}/"
    own = {"status": "running", "starts": starts, "ends": ends, "model": "one-to-one"}
    found = {f"{folder}cohort.yaml": fields({**own, "cadence": {"every": "fortnight", "minutes": 60}})}
    for tree in trees:
        found.update({path.replace(HARBOR, folder): text for path, text in tree.items()})
    return found


PLANNED = {"ends": "2026-10-26"}  # 147 days: four fifths of them are 117.6, over on 27 September (118 days)


@pytest.mark.parametrize(
    ("day", "meetings", "done"),
    [("2026-09-27", 5, 1), ("2026-09-27", 4, 0), ("2026-09-26", 5, 0)],  # 118 // 14 = 8 meetings, 0.6 of them are 4.8
)
def test_a_pair_completes_after_most_of_its_time_and_meetings(tmp_path, day, meetings, done):
    found = scope(
        tmp_path,
        ended("whole", day, "planned", *met("whole", meetings)),
        ended("left", "2026-07-01", "early-agreed"),
        pair("runs"),
        pair("proposed", status="proposed", started=None),
        **PLANNED,
    )

    counted = figure("completion-rate", found)

    assert (counted.part, counted.n, counted.beside) == (done, 3, (("running", 1),))


def test_a_pair_completes_on_its_last_day_and_not_before(tmp_path):
    tree = ended("whole", "2026-09-27", "planned", *met("whole", 5))

    before = figure("completion-rate", scope(tmp_path, tree, today=datetime.date(2026, 9, 26), **PLANNED))
    after = figure("completion-rate", scope(tmp_path, tree, today=datetime.date(2026, 9, 27), **PLANNED))

    assert (before.part, before.beside) == (0, (("running", 1),))
    assert (after.part, after.beside) == (1, (("running", 0),))


def test_four_kinds_of_ending_are_early(tmp_path):
    found = scope(
        tmp_path,
        ended("agreed", "2026-08-01", "early-agreed"),
        ended("alone", "2026-08-02", "early-one-sided"),
        ended("lost", "2026-08-03", "lost-contact"),
        ended("safety", "2026-11-02", "safety"),
        ended("later", "2026-11-03", "early-agreed"),
        ended("whole", "2026-10-20", "planned"),
        ended("stopped", "2026-10-20", "program-ended"),
        pair("runs"),
        {**pair("unbegun", status="closed", started=None), **closure("unbegun", "2026-06-10", "early-agreed")},
    )

    counted = figure("early-ending", found)

    assert (counted.part, counted.n) == (4, 8)
    assert counted.beside == (("by-agreement", 1), ("running", 2))  # the one of tomorrow still runs


def test_a_mentee_is_matched_again_with_a_pair_that_began_since(tmp_path):
    found = scope(
        tmp_path,
        ended("same-day", "2026-09-01", "early-agreed"),
        pair("second", members={"m-new": "mentor", "n-same-day": "mentee"}, started="2026-09-01"),
        ended("beside", "2026-09-01", "early-agreed"),
        pair("older", members={"m-older": "mentor", "n-beside": "mentee"}, started="2026-08-31"),
        ended("waits", "2026-09-01", "lost-contact", rematch="yes"),
        pair("asked", members={"m-asked": "mentor", "n-waits": "mentee"}, status="proposed", started=None),
        pair("later", members={"m-later": "mentor", "n-waits": "mentee"}, started="2026-11-03"),
        ended("done", "2026-09-01", "early-one-sided", rematch="no"),
        pair("mentors", members={"n-done": "mentor", "n-other": "mentee"}, started="2026-10-01"),
        ended("whole", "2026-09-01", "planned", rematch="no"),
    )

    counted = figure("rematch-rate", found)

    assert (counted.part, counted.n, counted.beside) == (1, 4, (("wants-none", 1),))
    assert counted.says == "1/4 mentees whose pair ended early"


def test_of_a_group_each_mentee_counts_and_nobody_twice(tmp_path):
    group = {"m-one": "mentor", "n-a": "mentee", "n-b": "mentee", "n-c": "mentee"}
    second, early = {"m-two": "mentor", "n-a": "mentee"}, "early-one-sided"
    found = scope(
        tmp_path,
        ended("group", "2026-07-01", "early-agreed", members=group, rematch="no"),
        ended("again", "2026-09-01", early, members=second, started="2026-08-01", rematch="no"),
        elsewhere(
            "2027", "2026-10-31", pair("next", members={"m-one": "mentor", "n-b": "mentee"}, started="2026-06-30")
        ),
        elsewhere(
            "2026",
            "2026-06-01",
            pair("far", members={"m-x": "mentor", "n-c": "mentee"}, started="2026-08-01"),
            program="pier",
        ),
    )

    counted = figure("rematch-rate", found)

    # a began another pair, which ended early, too; b had begun one before, c began one of another program
    assert (counted.part, counted.n, counted.beside) == (1, 3, (("wants-none", 2),))


def test_a_new_pair_in_a_later_cohort_is_a_match_again(tmp_path):
    found = scope(
        tmp_path,
        ended("left", "2026-09-01", "early-agreed"),
        elsewhere(
            "2027", "2026-10-05", pair("next", members={"m-x": "mentor", "n-left": "mentee"}, started="2026-10-05")
        ),
    )

    assert figure("rematch-rate", found).value == 1


def test_a_new_pair_succeeds_where_it_completes(tmp_path):
    def second(name, person):
        return {"members": {f"m-{name}": "mentor", person: "mentee"}}

    talks = [note(f"2026-09-{day:02}", "m-good", "n-one") for day in (8, 22)]
    good = pair("good", *talks, **second("good", "n-one"), status="closed", ended="2026-10-15", started="2026-09-01")
    bad = pair("bad", **second("bad", "n-two"), status="closed", ended="2026-10-15", started="2026-09-01")
    found = scope(
        tmp_path,
        ended("one", "2026-07-01", "early-agreed"),
        ended("two", "2026-07-01", "early-agreed"),
        ended("three", "2026-07-01", "early-agreed"),
        {**good, **closure("good", "2026-10-15", "planned")},
        {**bad, **closure("bad", "2026-10-15", "planned")},
        pair("runs", **second("runs", "n-three"), started="2026-09-01"),
        pair("first"),
        **PLANNED,
    )

    counted = figure("rematch-success", found)

    # 44 of 55 days are four fifths; 44 // 14 = 3 meetings, 0.6 of them are 1.8: `good` has 2, `bad` has none
    assert (counted.part, counted.n, counted.beside) == (1, 3, (("running", 1),))


def test_a_new_pair_of_another_cohort_completes_by_the_time_of_that_cohort(tmp_path):
    talks = [note(f"2026-09-{day:02}", "m-good", "n-one") for day in (8, 22)]
    people = {"m-good": "mentor", "n-one": "mentee"}
    good = ended("good", "2026-10-15", "planned", *talks, members=people, started="2026-09-01")
    tree = ended("one", "2026-07-01", "early-agreed")

    short = scope(tmp_path / "short", tree, elsewhere("short", "2026-09-01", good, ends="2026-10-26"))
    long = scope(tmp_path / "long", tree, elsewhere("long", "2026-09-01", good, ends="2027-03-31"))

    assert [figure("rematch-success", each).part for each in (short, long)] == [1, 0]  # 44 days of 55, and of 211


def test_a_pair_of_one_day_is_not_its_own_successor(tmp_path):
    found = scope(tmp_path, ended("one", "2026-07-01", "early-agreed", started="2026-07-01"))

    assert figure("rematch-rate", found).part == 0


def test_a_new_group_is_one_pair_however_many_were_matched_again(tmp_path):
    found = scope(
        tmp_path,
        ended("one", "2026-07-01", "early-agreed"),
        ended("two", "2026-07-01", "early-agreed"),
        pair("circle", members={"m-x": "mentor", "n-one": "mentee", "n-two": "mentee"}, started="2026-09-01"),
    )

    assert figure("rematch-rate", found).n == 2
    assert figure("rematch-success", found).n == 1


LEFT = ended("left", "2026-07-01", "early-agreed")


def then(root, *later, others=()):
    """Three pairs, one of which left early, with these pairs in the next cohort."""
    return scope(root, pair("one"), pair("two"), LEFT, elsewhere("2027", "2026-10-31", *later), *others)


def back(**members):
    people = {name.replace("_", "-"): role for name, role in members.items()}
    return pair("back", members=people, started="2026-11-01")


def test_a_mentor_comes_back_as_mentor_in_a_later_cohort(tmp_path):
    found = then(
        tmp_path,
        back(m_one="mentor", m_two="mentee"),
        pair("twice", members={"m-one": "mentor", "n-x": "mentee"}, started="2026-11-02"),
        pair("tomorrow", members={"m-left": "mentor", "n-y": "mentee"}, started="2026-11-03"),
        others=[elsewhere("2027", "2026-10-31", back(m_left="mentor", n_z="mentee"), program="pier")],
    )

    counted = figure("mentor-return", found)

    assert (counted.part, counted.n) == (1, 3)


@pytest.mark.parametrize("code", ["mentor-return", "mentee-to-mentor"])
@pytest.mark.parametrize(("starts", "is_later"), [("2026-10-30", False), ("2026-10-31", True)])
def test_a_later_cohort_starts_when_half_of_this_one_is_over(tmp_path, code, starts, is_later):
    # from 1 June to 31 March are 303 days; half of them are over on 30 October
    found = scope(tmp_path, pair("one"), elsewhere("2027", starts, back(m_new="mentor", n_new="mentee")))

    assert (figure(code, found) is not None) == is_later


@pytest.mark.parametrize("code", ["mentor-return", "mentee-to-mentor"])
def test_until_a_later_cohort_begins_nobody_could_come_back(tmp_path, code):
    waiting = pair("back", members={"m-one": "mentor", "n-one": "mentee"}, status="accepted", started=None)
    found = scope(tmp_path, pair("one"), elsewhere("2027", "2026-10-31", waiting))

    assert figure(code, found) is None


def test_among_peers_everybody_can_come_back_and_nobody_was_only_a_mentee(tmp_path):
    peers = pair("one", members={"p-one": "both", "p-two": "both"}, model="peer")
    found = scope(tmp_path, peers, elsewhere("2027", "2026-10-31", back(p_one="both", p_new="both")))

    assert (figure("mentor-return", found).part, figure("mentor-return", found).n) == (1, 2)
    assert figure("mentee-to-mentor", found) is None


def test_a_mentee_becomes_a_mentor_by_mentoring_alone(tmp_path):
    peers = pair("peers", members={"n-two": "both", "n-x": "both"}, started="2026-11-01")

    counted = figure("mentee-to-mentor", then(tmp_path, back(n_left="mentor", n_one="mentee"), peers))

    assert (counted.part, counted.n) == (1, 3)


@pytest.mark.parametrize("code", ["completion-rate", "early-ending"])
def test_without_a_pair_that_began_there_is_nothing_to_count(tmp_path, code):
    assert figure(code, scope(tmp_path, pair("one", status="accepted", started=None))) is None


@pytest.mark.parametrize("code", ["rematch-rate", "rematch-success"])
def test_without_an_early_ending_nobody_needs_a_new_pair(tmp_path, code):
    assert figure(code, scope(tmp_path, pair("one"), ended("two", "2026-09-01", "planned"))) is None
