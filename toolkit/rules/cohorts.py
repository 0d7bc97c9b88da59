"""Rules of a cohort: its dates, its places, its training, its surveys and its end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from toolkit.model import Cohort, Records
from toolkit.model.program import PAST, Wave
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import is_under_way


@rule("matching-policy-missing", ERROR)
def matching_policy_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A cohort is being matched, and no policy says how.

    Pairs that are chosen without a written policy cannot be explained to anyone, or proposed again the same way.

    Fix: write `matching.yaml` beside the cohort, with at least one criterion under `score`.
    """
    for key, cohort in records.cohorts.items():
        if cohort.status != "matching" or key in records.policies:
            continue
        if not records.is_unreadable("matching-policy", below=cohort.folder):
            yield Finding(cohort.at("status"), "this cohort is being matched without a policy")


@rule("training-plan-missing", WARNING)
def training_plan_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A formal program asks no training of its mentors.

    Mentors who were prepared keep their pairs longer; two hours before the matching make a difference.

    Fix: name the courses under `training: required` in the cohort.
    """
    for cohort in records.cohorts.values():
        program = records.program_of(cohort)
        if program and program.formation == "formal" and is_under_way(cohort) and not cohort.training.required:
            yield Finding(cohort.at("training"), "this cohort asks no training of its mentors")


@rule("cohort-length-unusual", NOTE)
def cohort_length_unusual(records: Records, context: Context) -> Iterator[Finding]:
    """A formal cohort is shorter than nine months or longer than twelve, or one for young people shorter than twelve.

    Trust takes months to grow, and young people are harmed by a mentor who leaves early; a coaching sprint may well be
    short.

    Fix: move the dates, or allow this where they are written and say why the length is right.
    """
    for cohort in records.cohorts.values():
        program = records.program_of(cohort)
        if program is None or program.formation != "formal" or cohort.status in PAST:
            continue
        days = (cohort.ends - cohort.starts).days + 1
        if days < 1:
            continue
        if program.context == "youth" and days < 360:
            yield Finding(cohort.at("ends"), "a cohort for young people lasts at least twelve months")
        elif program.context != "youth" and not cohort.rolling and not 270 <= days <= 372:
            yield Finding(cohort.at("ends"), "this cohort does not last nine to twelve months")


@rule("model-unknown-to-program", ERROR)
def model_unknown_to_program(records: Records, context: Context) -> Iterator[Finding]:
    """A cohort uses a model of mentoring that its program does not offer.

    The program's pages and its guides speak of other pairs than the cohort will have.

    Fix: add the model to `models` in the program, or correct the cohort.
    """
    for cohort in records.cohorts.values():
        program = records.program_of(cohort)
        if program and cohort.model not in program.models:
            yield Finding(cohort.at("model"), f"the program does not offer the model `{cohort.model}`")


@rule("capacity-below-places", WARNING)
def capacity_below_places(records: Records, context: Context) -> Iterator[Finding]:
    """The mentors who were accepted have fewer places than the cohort promises to mentees.

    Some mentees will be told that they are in and find nobody.

    Fix: win more mentors, or lower `places`.
    """
    for cohort, mentors, _ in _matched_soon(records):
        recruited = cohort.status == "matching" or (
            cohort.applications is not None and cohort.applications.close < context.today
        )
        if recruited and cohort.capacity and mentors < cohort.capacity.places:
            yield Finding(cohort.at("capacity", "places"), "the accepted mentors have fewer places than are promised")


@rule("recruitment-over-capacity", WARNING)
def recruitment_over_capacity(records: Records, context: Context) -> Iterator[Finding]:
    """More mentees were accepted than the accepted mentors have places.

    Who is accepted expects a mentor; a waiting list says honestly what is the case.

    Fix: put the last ones on a waiting list, and tell them when they will hear more.
    """
    for cohort, mentors, mentees in _matched_soon(records):
        if mentees > mentors:
            yield Finding(cohort.at("capacity"), "more mentees are accepted than mentors have places")


def _matched_soon(records: Records) -> Iterator[tuple[Cohort, int, int]]:
    """Cohorts before their pairs are made: the places of the accepted mentors, and the number of accepted mentees."""
    if records.is_unreadable("person"):
        return
    for key, cohort in records.cohorts.items():
        if cohort.status not in ("recruiting", "matching") or records.is_unreadable("application", below=cohort.folder):
            continue
        accepted = [each for each in records.applications.get(key, ()) if each.status == "accepted"]
        profiles = (records.people.get(each.person) for each in accepted if each.role == "mentor")
        places = sum(each.mentor.capacity for each in profiles if each and each.mentor)
        yield cohort, places, sum(each.role == "mentee" for each in accepted)


@rule("waves-missing", WARNING)
def waves_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A cohort has no survey at its start, or none at its end.

    Change is the difference between two answers of the same people; with one of them there is nothing to compare.

    Fix: plan a wave of kind `baseline` and one of kind `closing`.
    """
    for cohort in records.cohorts.values():
        planned = {wave.kind for wave in cohort.waves}
        missing = [kind for kind in ("baseline", "closing") if kind not in planned]
        if is_under_way(cohort) and missing:
            yield Finding(cohort.at("waves"), f"no wave of kind {' or '.join(missing)} is planned")


@rule("pulse-missing", NOTE)
def pulse_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A cohort of more than four months asks its people nothing between start and end.

    What goes wrong in the second month is learned in the tenth, when nothing can be mended.

    Fix: plan a wave of kind `pulse` with three questions in the second month.
    """
    for cohort in records.cohorts.values():
        kinds = {wave.kind for wave in cohort.waves}
        is_long = (cohort.ends - cohort.starts).days > 122
        if is_under_way(cohort) and is_long and kinds and not kinds & {"pulse", "mid"}:
            yield Finding(cohort.at("waves"), "no pulse is planned between start and end")


@rule("closing-survey-missing", WARNING)
def closing_survey_missing(records: Records, context: Context) -> Iterator[Finding]:
    """The closing survey leaves out mentors or mentees.

    Each side knows something that the other does not, and mentors gain from a pair as well.

    Fix: send the closing wave to both: `audience: [mentor, mentee]`.
    """
    for cohort in records.cohorts.values():
        closing = [index for index, wave in enumerate(cohort.waves) if wave.kind == "closing"]
        asked = {role for index in closing for role in cohort.waves[index].audience}
        if closing and is_under_way(cohort) and len(asked) < 2:
            yield Finding(cohort.at("waves", closing[-1], "audience"), "the closing survey asks only one side")


@rule("closure-not-announced", WARNING)
def closure_not_announced(records: Records, context: Context) -> Iterator[Finding]:
    """A cohort ends within a month, and nobody was told.

    An ending that comes as a surprise is remembered instead of what was good before it. The line is the threshold
    `closure_notice_days`.

    Fix: tell everyone, and write the day under `closure_announced_on`.
    """
    for cohort in records.cohorts.values():
        left = (cohort.ends - context.today).days
        near = 0 <= left < context.limits.closure_notice_days
        if near and cohort.status in ("running", "closing") and cohort.closure_announced_on is None:
            yield Finding(cohort.at("ends"), "the end is near, and it was not announced")


@rule("cohort-overdue", WARNING)
def cohort_overdue(records: Records, context: Context) -> Iterator[Finding]:
    """A cohort is past its last day and still counts as running.

    Reminders go on, and its results are never counted.

    Fix: set its status to `closing`, or move `ends` and tell the pairs.
    """
    for cohort in records.cohorts.values():
        if cohort.ends < context.today and cohort.status in ("planning", "recruiting", "matching", "running"):
            yield Finding(cohort.at("status"), f"the last day is past, and the cohort is still `{cohort.status}`")


@rule("calendar-clash", NOTE)
def calendar_clash(records: Records, context: Context) -> Iterator[Finding]:
    """A survey is sent while half of its days fall into a break.

    People who are away do not answer, and who answers is no fair sample of the others.

    Fix: move the wave before or after the break.
    """
    for cohort in records.cohorts.values():
        for index, wave in enumerate(cohort.waves if cohort.status not in PAST else ()):
            if _days_in_breaks(cohort, wave) * 2 >= (wave.closes - wave.opens).days + 1 > 0:
                yield Finding(cohort.at("waves", index), "half of this wave falls into a break")


def _days_in_breaks(cohort: Cohort, wave: Wave) -> int:
    one = datetime.timedelta(days=1)
    spans = ((max(wave.opens, each.start), min(wave.closes, each.end)) for each in cohort.breaks)
    return sum(max((last - first + one).days, 0) for first, last in spans)


_RETENTION = ("retention", "retention-difference", "retention-survival")


@rule("comparison-undefined", WARNING)
def comparison_undefined(records: Records, context: Context) -> Iterator[Finding]:
    """A program wants to keep people, and a cohort does not say whom those who stay are compared with.

    "Nine of ten stayed" means little where nine of ten always stay. Who counts, from which day and by which rule, has to be
    written down before anybody knows the result.

    Fix: fill in `comparison_group` with a `definition`: who, by the same dates and the same rule.
    """
    for cohort in records.cohorts.values():
        program = records.program_of(cohort)
        wanted = program is not None and any(each.measure in _RETENTION for each in program.targets)
        if wanted and is_under_way(cohort) and cohort.comparison_group is None:
            yield Finding(
                cohort.at(), "the program has a target of retention, and nothing to compare it with is defined"
            )


@rule("eligible-too-few", WARNING)
def eligible_too_few(records: Records, context: Context) -> Iterator[Finding]:
    """More mentees are in pairs than could take part at all.

    How far a program reaches is counted of those who could have been mentored. With too few of them the figure says
    nothing, and with those alone who applied it says too much.

    Fix: count everybody who could have been mentored when the cohort began, whether they applied or not.
    """
    for key, cohort in records.cohorts.items():
        begun = (each for each in records.pairs_of(key) if each.started is not None and each.started <= context.today)
        mentees = {person for pair in begun for person in pair.mentees}
        if cohort.eligible_population is not None and cohort.eligible_population < len(mentees):
            yield Finding(cohort.at("eligible_population"), "more mentees are in pairs than could take part")


RULES: tuple[Rule, ...] = (
    matching_policy_missing,
    training_plan_missing,
    cohort_length_unusual,
    model_unknown_to_program,
    capacity_below_places,
    recruitment_over_capacity,
    waves_missing,
    pulse_missing,
    closing_survey_missing,
    closure_not_announced,
    cohort_overdue,
    calendar_clash,
    comparison_undefined,
    eligible_too_few,
)
