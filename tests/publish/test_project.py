"""What a projection promises beside the canaries: audiences, views, derived values, small numbers, the table of readers."""

import datetime
from dataclasses import FrozenInstanceError, replace

import pytest
from canary import CLOSED, OPEN, TODAY, program
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import ToolkitError
from toolkit.model import RECORDS, Cohort, Goal, Origin, Pair, Person, Program, Records, Session, Settings
from toolkit.model.rhythm import alarm
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind, parse
from toolkit.publish.derive import DERIVED
from toolkit.publish.numbers import WITHHELD, Count, suppressed
from toolkit.publish.project import project
from toolkit.publish.readers import visibility_table
from toolkit.publish.strings import Speech, load_strings
from toolkit.publish.view import View
from toolkit.source import of_bytes
from toolkit.workspace import shipped

KEY = "lantern/2026/ana-bo"
CONSENTS = [{"what": what, "on": "2026-01-01"} for what in ("data", "profile-public")]


def record(model, kind, ident, fields, **where):
    return model.model_validate(fields).placed(Origin(kind, ident, f"{kind}/{ident}", **where))


def person(ident, consents=CONSENTS):
    return record(Person, "person", ident, {"name": ident.title(), "consents": consents})


def pair(ident, status="active", people=("ana", "bo"), **more):
    members = [{"person": who, "role": role} for who, role in zip(people, ("mentor", "mentee"), strict=True)]
    fields = {"model": "one-to-one", "members": members, "status": status, "proposed_on": "2026-08-20"}
    return record(Pair, "pair", ident, {**fields, **more}, program="lantern", cohort="2026", pair=ident)


def note(day, pair_id="ana-bo", **more):
    fields = {"date": day, "minutes": "60", "format": "grow", "attended": ["ana", "bo"], **more}
    return record(Session, "session-note", day, fields, program="lantern", cohort="2026", pair=pair_id)


def goal(ident, pair_id="ana-bo", **more):
    fields = {"title": "Read more", "owner": "bo", "domain": "skill", **more}
    return record(Goal, "goal", ident, fields, program="lantern", cohort="2026", pair=pair_id)


def lantern(pairs=None, sessions=(), goals=(), people=None, cohort=None, k=5):
    pairs = [pair("ana-bo", started="2026-09-01")] if pairs is None else pairs
    fields = {"title": "Lantern", "context": "academic", "purpose": "To help.", "models": ["one-to-one"]}
    run = {"status": "running", "starts": "2026-09-01", "ends": "2027-06-30", "model": "one-to-one"}
    run |= {"cadence": "fortnight", **(cohort or {})}
    return Records(
        settings=Settings().placed(Origin("settings", "toolkit", "site_config/toolkit.yaml")),
        programs={
            "lantern": record(Program, "program", "lantern", fields | {"privacy": {"k_min": str(k)}}, program="lantern")
        },
        cohorts={"lantern/2026": record(Cohort, "cohort", "2026", run, program="lantern", cohort="2026")},
        people={each.id: each for each in (people or [person("ana"), person("bo")])},
        pairs={each.pair_key: each for each in pairs},
        sessions={KEY: tuple(sessions)},
        goals={KEY: tuple(goals)},
    )


# --- audiences ---


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("public", PUBLIC),
        ("members", MEMBERS),
        ("staff", STAFF),
        (f"pair:{KEY}", Audience(Kind.PAIR, KEY)),
        ("pair:ana-bo", Audience(Kind.PAIR, KEY)),
    ],
)
def test_an_audience_is_read(text, audience):
    assert parse(text, [KEY, "lantern/2026/cy-di"]) == audience
    assert parse(str(audience), [KEY]) == audience


@pytest.mark.parametrize(
    "text", ["", "pair", "pair:", "pair:nobody", "everyone", "staff:x", "PUBLIC", "pair:2026/ana-bo"]
)
def test_what_is_no_audience_is_refused(text):
    with pytest.raises(ToolkitError):
        parse(text, [KEY])


def test_an_id_that_two_pairs_have_must_be_named_whole():
    with pytest.raises(ToolkitError, match="more than one"):
        parse("pair:ana-bo", [KEY, "lantern/2027/ana-bo"])


def test_each_audience_has_a_folder_of_its_own():
    assert [each.folder for each in (PUBLIC, STAFF, Audience(Kind.PAIR, KEY))] == [
        "public",
        "staff",
        "pair--lantern--2026--ana-bo",
    ]


@pytest.mark.parametrize("status", ["proposed", "objected"])
def test_a_pair_that_nobody_agreed_to_is_the_staffs(status):
    records = lantern([pair("ana-bo", status)])
    assert project(records, STAFF, TODAY).pair(KEY).status == status
    assert project(records, MEMBERS, TODAY).pairs == ()
    with pytest.raises(ToolkitError, match="not agreed"):
        project(records, Audience(Kind.PAIR, KEY), TODAY)
    with pytest.raises(ToolkitError, match="no such pair"):
        project(records, Audience(Kind.PAIR, "lantern/2026/nobody"), TODAY)


# --- views ---


def test_absent_and_hidden_read_alike():
    world = project(lantern(), MEMBERS, TODAY)
    ana = world.person("ana")
    assert (ana.bio, ana.consents, ana.working_style) == (None, (), None)
    assert world.pair(KEY).pauses == ()
    assert world.person("nobody") is None
    assert world.person(None) is None


def test_a_view_reads_by_attribute_and_by_item_and_refuses_what_the_model_does_not_have():
    ana = project(lantern(), MEMBERS, TODAY).person("ana")
    assert ana.name == ana["name"] == "Ana"
    for slip in (lambda: ana.nmae, lambda: ana["nmae"], lambda: ana.__dict__):
        with pytest.raises((ToolkitError, AttributeError)):
            slip()
    with pytest.raises(ToolkitError, match="a template asks for `nmae`"):
        _ = ana.nmae


def test_a_view_cannot_be_changed_and_says_no_value_in_a_log():
    ana = project(lantern(), MEMBERS, TODAY).person("ana")
    for change in (
        lambda: setattr(ana, "name", "x"),
        lambda: delattr(ana, "name"),
        lambda: setattr(ana, "_values", {}),
    ):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        ana._values["name"] = "x"
    with pytest.raises(TypeError):
        iter(ana)
    assert "Ana" not in repr(ana) + str(ana)


def test_a_world_cannot_be_changed():
    world = project(lantern(), MEMBERS, TODAY)
    with pytest.raises(FrozenInstanceError):
        world.people = ()
    with pytest.raises(TypeError):
        world.records_of["x"] = None


def test_an_unknown_name_in_a_template_is_an_error_and_not_a_blank():
    from jinja2 import Environment, StrictUndefined

    ana = project(lantern(), MEMBERS, TODAY).person("ana")
    environment = Environment(undefined=StrictUndefined)
    assert environment.from_string("{{ p.name }}|{% if p.bio %}x{% endif %}").render(p=ana) == "Ana|"
    with pytest.raises(ToolkitError):
        environment.from_string("{{ p.nmae | default('x') }}").render(p=ana)


def test_diagnostics_reach_the_staff_alone():
    from toolkit.diagnostics import START, Diagnostic, Place, Severity

    found = (Diagnostic("x", Severity.ERROR, "m", Place("p", START)),)
    assert project(lantern(), STAFF, TODAY, found).diagnostics == found
    assert project(lantern(), MEMBERS, TODAY, found).diagnostics == ()


def test_a_finding_does_not_tell_the_staff_what_a_goal_is_about():
    from toolkit.diagnostics import START, Diagnostic, Place, Severity

    place = Place("content/programs/lantern/2026/pairs/ana-bo/goals/leave-my-job.md", START, "due")
    found = (Diagnostic("goal-overdue", Severity.WARNING, "m", place, related=(place,)),)
    world = project(lantern(), STAFF, TODAY, found)
    assert "leave-my-job" not in repr(world.diagnostics)
    assert world.diagnostics[0].place.path.endswith("pairs/ana-bo/goals/")


# --- who and what appears ---


def test_a_member_without_consent_to_data_is_a_member_without_a_name():
    world = project(lantern(people=[person("ana"), person("bo", [])]), MEMBERS, TODAY)
    shown = world.pair(KEY)
    assert [each.id for each in world.people] == ["ana"]
    assert [each.person for each in shown.members] == ["ana", None]
    assert shown.names == ("Ana", "")


def test_a_person_whose_data_were_deleted_appears_nowhere():
    from toolkit.model import PrivatePerson

    erased = record(PrivatePerson, "private-person", "bo", {"erased_on": "2026-10-01"})
    records = replace(lantern(), private_people={"bo": erased})
    assert [each.id for each in project(records, MEMBERS, TODAY).people] == ["ana"]


def test_the_public_sees_who_agreed_to_it_and_no_pair():
    world = project(lantern(people=[person("ana"), person("bo", CONSENTS[:1])]), PUBLIC, TODAY)
    assert [each.name for each in world.people] == ["Ana"]
    assert (world.pairs, dict(world.records_of)) == ((), {})
    assert world.people[0].pairs == ()


def test_a_note_that_may_not_be_read_is_not_even_counted():
    records = lantern(sessions=[note("2026-10-20"), note("2026-10-06")], goals=[goal("read-more")])
    assert project(records, MEMBERS, TODAY).of(KEY).sessions == ()
    assert project(records, MEMBERS, TODAY).pair(KEY).session_count is None
    own = project(records, Audience(Kind.PAIR, KEY), TODAY)
    assert len(own.of(KEY).sessions) == own.pair(KEY).session_count == 2


def test_an_opened_note_does_not_tell_its_day():
    records = program(OPEN)
    key = next(iter(records.pairs))
    (first, *_) = project(records, MEMBERS, TODAY).of(key).sessions
    assert (first.date, first.id, first.record_path) == (None, None, None)
    assert first.sections[0].title
    assert first.actions[0].due == datetime.date(2026, 12, 24)


def test_staff_count_goals_and_read_no_goals_name():
    records = program(CLOSED)
    key = next(iter(records.pairs))
    world = project(records, STAFF, TODAY)
    assert [(each.id, each.title) for each in world.of(key).goals] == [(None, None)] * 2
    assert sum(world.pair(key).goal_counts.values()) == 2
    assert sum(world.pair(key).goal_ends.values()) == 1


def test_the_link_that_edits_a_record_is_given_to_those_who_may_edit_it():
    forge = {"kind": "github", "url": "https://example.org/lantern.git"}
    settings = record(Settings, "settings", "toolkit", {"forge": forge})
    records = replace(lantern(), settings=settings)
    own, members = (project(records, each, TODAY) for each in (Audience(Kind.PAIR, KEY), MEMBERS))
    assert own.edit_link(own.pair(KEY)) == "https://example.org/lantern/edit/main/pair/ana-bo"
    assert members.edit_link(members.pair(KEY)) is None
    without = project(lantern(), STAFF, TODAY)
    assert without.edit_link(without.pair(KEY)) is None


# --- derived values ---


def contact(today, sessions=(), cohort=None, **more):
    records = lantern([pair("ana-bo", **{"started": "2026-09-01", **more})], sessions, cohort=cohort)
    return project(records, MEMBERS, datetime.date.fromisoformat(today)).pair(KEY).contact


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-10-06", "recent"),
        ("2026-10-20", "recent"),
        ("2026-10-21", "due"),
        ("2026-10-27", "due"),
        ("2026-10-28", "silent"),
    ],
)
def test_the_dot_follows_the_days_since_the_last_meeting(today, expected):
    assert contact(today, [note("2026-09-20"), note("2026-10-06")]) == expected


def test_a_planned_meeting_is_no_silence_until_the_rhythm_is_broken_twice():
    planned = [note("2026-10-06", next="2026-11-03")]
    assert contact("2026-10-28", planned) == "due"
    assert contact("2026-11-03", planned) == "due"
    assert contact("2026-11-04", planned) == "silent"


def test_a_meeting_that_is_planned_too_late_does_not_hide_the_silence_from_the_dot_or_the_rule():
    late = [note("2026-10-06", next="2026-11-10")]
    assert contact("2026-10-27", late) == "due"
    assert contact("2026-10-28", late) == "silent"
    records = lantern([pair("ana-bo", started="2026-09-01")], late)
    limits, days = records.settings.thresholds, [datetime.date(2026, 10, day) for day in (27, 28)]
    assert [alarm(records, records.pairs[KEY], day, limits) for day in days] == ["", "unplanned"]


def test_a_month_is_no_silence_for_a_pair_that_meets_monthly():
    assert contact("2026-11-05", [note("2026-10-06")], {"cadence": "month"}) == "recent"
    assert contact("2026-11-06", [note("2026-10-06")], {"cadence": "month"}) == "silent"
    assert contact("2026-11-06", [note("2026-10-06", next="2026-11-10")], {"cadence": "month"}) == "due"


def test_a_pair_that_never_met_is_never_recent():
    assert contact("2026-09-03") == "due"
    assert contact("2026-09-23") == "silent"


def test_a_note_that_one_person_came_to_tells_of_no_meeting():
    assert contact("2026-10-08", [note("2026-10-06", attended=["ana"])]) == "silent"


def test_breaks_and_pauses_are_no_silence():
    sessions = [note("2026-10-06")]
    holiday = {"breaks": [{"name": "Autumn", "start": "2026-10-10", "end": "2026-10-24"}]}
    assert contact("2026-10-28", sessions, holiday) == "recent"
    pauses = [{"start": "2026-10-10", "resume": "2026-10-25"}, {"start": "2026-10-12", "resume": "2026-10-20"}]
    assert contact("2026-10-28", sessions, pauses=pauses) == "recent"
    assert contact("2026-10-15", sessions, pauses=pauses) == "paused"
    assert contact("2026-10-15", sessions, status="paused") == "paused"
    assert contact("2026-10-15", sessions, status="closed") == "closed"


def test_the_next_meeting_is_the_earliest_that_is_not_past():
    records = lantern(sessions=[note("2026-10-06", next="2026-11-10")])
    own = Audience(Kind.PAIR, KEY)
    assert project(records, own, TODAY).pair(KEY).next == datetime.date(2026, 11, 10)
    assert project(records, own, datetime.date(2026, 11, 11)).pair(KEY).next is None
    assert project(records, MEMBERS, TODAY).pair(KEY).next is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"status": "met"}, 1.0),
        ({"steps": [{"text": "a", "done": "true"}, "b"]}, 0.5),
        ({"measure": {"what": "pages", "baseline": "10", "target": "30"}}, None),
        ({"measure": {"what": "p", "target": "30"}, "progress": [{"on": "2026-10-01", "value": "15"}]}, 0.5),
        (
            {
                "measure": {"what": "p", "baseline": "30", "target": "10"},
                "progress": [{"on": "2026-10-09", "value": "25"}, {"on": "2026-10-01", "value": "30"}],
            },
            0.25,
        ),
        ({"measure": {"what": "p", "target": "0"}, "progress": [{"on": "2026-10-01", "value": "1"}]}, None),
        ({"measure": {"what": "p", "target": "10"}, "progress": [{"on": "2026-10-01", "value": "99"}]}, 1.0),
    ],
)
def test_how_far_a_goal_is(fields, expected):
    world = project(lantern(goals=[goal("read-more", **fields)]), Audience(Kind.PAIR, KEY), TODAY)
    assert world.of(KEY).goals[0].fraction == expected


def test_open_promises_are_sorted_by_who_gave_them():
    records = program(CLOSED)
    key = next(iter(records.pairs))
    found = project(records, Audience(Kind.PAIR, key), TODAY).pair(key).open_actions
    assert len(found) == 2
    assert all(action.done is False for actions in found.values() for action in actions)
    assert project(records, STAFF, TODAY).pair(key).open_actions == {}


def noted(day, *promises):
    """A note as it is read from its file, with these task lines."""
    fields = f"date: {day}\nminutes: 60\nformat: grow\nattended: [ana, bo]"
    text = f"---\n{fields}\n---\n\n## Will\n\n" + "\n".join(promises) + "\n"
    source = of_bytes(text.encode(), f"{day}.md")
    origin = Origin("session-note", day, f"{day}.md", "lantern", "2026", "ana-bo", source=source)
    return Session.model_validate(source.data).placed(origin)


def test_a_promise_that_is_carried_on_stands_once_and_goes_when_it_is_kept():
    first = noted("2026-10-01", "- [ ] Draft it @bo due:2026-10-20 id:a1", "- [ ] Read it @bo")
    then = noted("2026-10-15", "- [x] Draft it id:a1", "- [ ] read it due:2026-11-15")
    found = project(lantern(sessions=[first, then]), Audience(Kind.PAIR, KEY), TODAY).pair(KEY).open_actions
    assert {who: [(each.text, str(each.due)) for each in listed] for who, listed in found.items()} == {
        "bo": [("read it", "2026-11-15")]
    }


def test_the_dates_of_a_cohort_are_in_order_and_the_past_ones_left_out():
    more = {"breaks": [{"name": "Winter", "start": "2026-12-20", "end": "2027-01-03"}], "rematch_until": "2026-10-01"}
    (cohort,) = project(lantern(cohort=more), PUBLIC, TODAY).cohorts
    assert [each.on.isoformat() for each in cohort.dates] == ["2026-09-01", "2026-10-01", "2026-12-20", "2027-06-30"]
    assert [(each.kind, each.name) for each in cohort.next_dates] == [("break", "Winter"), ("ends", "")]


def test_each_derived_value_is_declared_once_with_its_line():
    assert len({(each.record, each.name) for each in DERIVED}) == len(DERIVED)
    kinds = {model.record: set(model.model_fields) for model in RECORDS}
    for each in DERIVED:
        assert each.record in kinds
        assert each.name not in kinds[each.record], f"{each.name} would hide a field of {each.record}"
        assert each.doc.endswith(".")


# --- small numbers ---


ENGLISH = Speech(load_strings("en", (shipped("site_config"),)))


def numbers(statuses, k=5):
    pairs = [pair(f"p{at}", status, (f"m{at}", f"n{at}")) for at, status in enumerate(statuses)]
    (cohort,) = project(lantern(pairs, k=k), PUBLIC, TODAY).cohorts
    return {name: ENGLISH.count(count) for name, count in cohort.numbers.items()}


def test_a_cohort_of_some_size_is_counted():
    assert numbers(["active"] * 12) == {"pairs": "12", "active": "12", "completed": "0", "people": "24"}
    assert numbers([]) == {"pairs": "0", "active": "0", "completed": "0", "people": "0"}


def test_a_small_cohort_is_not_counted():
    assert numbers(["active"] * 4) == {
        "pairs": "fewer than 5",
        "active": "not shown",
        "completed": "not shown",
        "people": "not shown",
    }


def test_what_is_left_over_is_not_told_by_the_rest():
    assert numbers(["active"] * 8 + ["paused"] * 2)["active"] == "not shown"
    assert numbers(["active"] * 8 + ["paused"] * 6)["active"] == "8"


def test_proposed_pairs_are_not_counted_in_public():
    assert numbers(["active"] * 6 + ["proposed"] * 3)["pairs"] == "6"


def test_a_programs_sum_does_not_tell_a_cohorts_small_number():
    world = project(lantern([pair("ana-bo")]), PUBLIC, TODAY)
    assert ENGLISH.count(world.programs[0].numbers["pairs"]) == "not shown"
    assert world.cohorts[0].counts == {}
    assert dict(project(lantern([pair("ana-bo")]), STAFF, TODAY).cohorts[0].counts) == {"active": 1}


def together(met, done, days, k=5):
    """What is told of a cohort of six pairs, of which so many reached a goal, kept a promise, met."""
    pairs = [pair(f"p{at}", "active", (f"m{at}", f"n{at}"), started="2026-09-01") for at in range(6)]
    records = lantern(pairs, k=k)
    goals = {each.pair_key: (goal("g", each.id, owner=each.mentees[0], status="met"),) for each in pairs[:met]}
    notes = {
        each.pair_key: (noted("2026-09-15", f"- [{'x' if at < done else ' '}] Read it @n{at} id:a1"),)
        for at, each in enumerate(pairs[:days])
    }
    records = replace(records, goals=goals, sessions=notes)
    return {
        str(audience): dict(project(records, audience, TODAY).cohorts[0].shared)
        for audience in (PUBLIC, MEMBERS, STAFF)
    }


def test_what_a_cohort_did_together_is_told_to_its_people_once_enough_are_behind_it():
    told = together(5, 5, 6)
    assert told["public"] == {}
    assert told["members"] == told["staff"] == {"goals": 5, "promises": 5, "meetings": 6}
    assert together(4, 4, 4)["staff"] == together(4, 4, 4)["members"] == {}
    assert together(5, 4, 6)["members"] == {"goals": 5, "meetings": 6}
    assert together(4, 4, 4, k=4)["members"] == {"goals": 4, "promises": 4, "meetings": 4}


def test_many_goals_of_few_people_are_not_told():
    records = lantern(goals=[goal(f"g{at}", status="met") for at in range(9)])
    assert dict(project(records, MEMBERS, TODAY).cohorts[0].shared) == {}


@given(
    parts=st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 40), min_size=1),
    k=st.integers(2, 12),
)
def test_no_small_group_can_be_worked_out(parts, k):
    total, shown = suppressed(parts, k)
    if total.value is None:
        assert sum(parts.values()) < k
        assert all(count.value is None for count in shown.values())
        return
    assert all(count.value is None for name, count in shown.items() if 0 < parts[name] < k)
    hidden = [name for name, count in shown.items() if count.value is None]
    assert not hidden or sum(parts[name] for name in hidden) >= k
    assert all(count.value in (None, parts[name]) for name, count in shown.items())
    assert all(count == Count(below=k) for name, count in shown.items() if 0 < parts[name] < k)


def test_a_team_is_large_enough_to_be_counted_by_itself():
    """Eleven people in one team weigh as five pairs of two; four people in one group would not."""
    total, shown = suppressed({"active": 1, "completed": 0, "rest": 0}, 5, {"active": 5, "completed": 0, "rest": 0})
    assert total == Count(1) and shown == {"active": Count(1), "completed": Count(0), "rest": Count(0)}
    total, shown = suppressed({"active": 2, "rest": 1}, 5, {"active": 10, "rest": 2})
    assert total == Count(3) and shown == {"active": WITHHELD, "rest": Count(below=5)}
    assert suppressed({"active": 1}, 5, {"active": 2})[0] == Count(below=5)


# --- who may read what ---


def test_every_field_and_every_derived_value_is_in_the_table_of_readers():
    rows = visibility_table(RECORDS)
    names = {(row.record, row.field) for row in rows}
    assert len(names) == len(rows)
    for model in RECORDS:
        assert {(model.record, name) for name in model.model_fields} <= names
    assert {(each.record, each.name) for each in DERIVED} <= names
    assert all(row.doc and row.readers for row in rows)


def test_a_field_in_a_part_carries_the_strictest_class_on_its_way():
    rows = {(row.record, row.field): row for row in visibility_table(RECORDS)}
    assert rows["agreement", "cadence.every"].visibility == "staff"
    assert rows["agreement", "cadence.every"].readers == "own"
    assert rows["person", "mentor.offers.topic"].visibility == "members"
    assert rows["person", "mentor.offers.topic"].opened_by == (("anyone", "profile-public"),)
    assert rows["person", "mentor.capacity"].opened_by == ()
    assert rows["session-note", "body"].opened_by == (("members", "notes"),)
    assert rows["session-note", "mood"].opened_by == ()
    assert rows["person", "photo"].opened_by == (("needs", "photo"),)
    assert rows["private-person", "guardian.name"].readers == "safeguarding"


def test_a_view_shows_by_name_whose_view_it_is():
    assert repr(View("pair", {"x": 1})) == "<pair>"
