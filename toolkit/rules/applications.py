"""Rules of applications: decisions that are due, rankings that cannot count, and people who wait without a word."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from toolkit.model import Application, Cohort, Policy, PrivateApplication, Records
from toolkit.model.answers import objections
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import in_play, is_gathering, pairs_by_cohort, seekers

_PATIENCE = datetime.timedelta(days=7)


@rule("application-undecided", WARNING)
def application_undecided(records: Records, context: Context) -> Iterator[Finding]:
    """Applications closed weeks ago, and this one is still undecided.

    Who hears nothing takes it for a no, and tells others. The line is the threshold `decision_days` after the last day for
    applications.

    Fix: decide (`mentoring admit COHORT PERSON` accepts), or tell the applicant when you will.
    """
    patience = datetime.timedelta(days=context.limits.decision_days)
    for key, applications in records.applications.items():
        cohort = records.cohorts.get(key)
        if cohort is None:
            continue
        closed = cohort.applications.close if cohort.applications else cohort.starts
        for each in applications if closed + patience < context.today else ():
            if each.status in ("submitted", "screening"):
                yield Finding(each.at("status"), "applications closed long ago, and this one is undecided")


@rule("decision-without-reason", WARNING, private=True)
def decision_without_reason(records: Records, context: Context) -> Iterator[Finding]:
    """An application was declined, and nobody wrote why.

    One sentence is fair to the applicant, and the only way to see later whether the same was asked of everyone.

    Fix: write `decision` with `by`, `on` and `reason` in the private file of the application.
    """
    private = _private_by_key(records)
    for key, applications in records.applications.items():
        for each in applications:
            file = private.get((key, each.person, each.role))
            if each.status != "declined" or (file and file.decision and file.decision.reason):
                continue
            if file is not None:
                yield Finding(file.at("decision"), "this decline has no reason")
            elif not records.is_unreadable("private-application", each.origin.id):
                yield Finding(each.at("status"), "this decline has no reason")


@rule("self-ranked", ERROR)
def self_ranked(records: Records, context: Context) -> Iterator[Finding]:
    """An applicant ranks themselves.

    It is a slip, and one of the few places on the list is lost by it.

    Fix: take the applicant's own id out of `ranked`.
    """
    for group in records.applications.values():
        for each in group:
            if each.person in each.ranked:
                yield Finding(each.at("ranked", each.ranked.index(each.person)), "the applicant ranks themselves")


@rule("rank-duplicate", ERROR)
def rank_duplicate(records: Records, context: Context) -> Iterator[Finding]:
    """The same person stands twice in a ranking.

    A rank counts by its place on the list; a person on two places has none.

    Fix: keep the first of the two.
    """
    for group in records.applications.values():
        for each in group:
            for index, person in enumerate(each.ranked):
                if person in each.ranked[:index]:
                    first = each.at("ranked", each.ranked.index(person))
                    yield Finding(each.at("ranked", index), "this person is ranked twice", related=(first,))


@rule("rank-ineligible", WARNING)
def rank_ineligible(records: Records, context: Context) -> Iterator[Finding]:
    """A ranked person takes no part in this cohort in the other role.

    The rank will be ignored, and the applicant believes that it counts.

    Fix: ask the applicant for another name, or take this one out.
    """
    for key, applications in records.applications.items():
        cohort = records.cohorts.get(key)
        if cohort is None or not is_gathering(cohort) or _broken(records, cohort):
            continue
        there = {(each.person, each.role) for each in applications if in_play(each)}
        for each in applications:
            other = "mentor" if each.role == "mentee" else "mentee"
            for index, person in enumerate(each.ranked if in_play(each) else ()):
                known = person in records.people and person != each.person
                if known and (person, other) not in there and person not in each.ranked[:index]:
                    yield Finding(each.at("ranked", index), f"this person is no {other} in this cohort")


@rule("ranking-too-short", NOTE)
def ranking_too_short(records: Records, context: Context) -> Iterator[Finding]:
    """Rankings count in this cohort, and this one holds fewer than three people.

    With a short list the risk is high that all of them are taken. The line is the threshold `ranking_min`.

    Fix: ask the applicant for more names.
    """
    for each, _, policy in seekers(records):
        number = len(each.ranked)
        if number < context.limits.ranking_min and (number or _must_rank(policy, each.role)) and _counts(policy, each):
            yield Finding(each.at("ranked"), f"fewer than {context.limits.ranking_min} people are ranked")


def _counts(policy: Policy | None, application: Application) -> bool:
    """Whether the policy counts the ranking of this side."""
    criterion = policy.score.get("ranked_choice") if policy else None
    return criterion is not None and criterion.weight > 0 and criterion.of in (None, "both", application.role)


def _must_rank(policy: Policy | None, role: str) -> bool:
    """Whether a missing ranking is a gap: where both sides count, one side's wish may speak alone."""
    criterion = policy.score.get("ranked_choice") if policy else None
    return criterion is not None and criterion.of == role


@rule("ranked-and-vetoed", ERROR, private=True)
def ranked_and_vetoed(records: Records, context: Context) -> Iterator[Finding]:
    """An applicant both wishes for a person and rules them out.

    One of the two is a slip, and only the applicant knows which.

    Fix: ask the applicant, and take the person out of one of the two lists.
    """
    private = _private_by_key(records)
    for key, applications in records.applications.items():
        for each in applications:
            file = private.get((key, each.person, each.role))
            for index, person in enumerate(file.veto if file else ()):
                if file and person in each.ranked:
                    yield Finding(file.at("veto", index), "this person is also on the applicant's ranking")


@rule("objection-unanswered", WARNING, private=True)
def objection_unanswered(records: Records, context: Context) -> Iterator[Finding]:
    """Someone objected to a proposal, and nothing came of it.

    Who dares to object and hears nothing will not do it twice, and sits in a pair that they did not want. The line is the
    threshold `objection_days`. The finding stands in the private file alone; who objected is told to nobody.

    Fix: match the people again with `mentoring match rematch`, or talk with the person and write the day under `answered`.
    """
    for key in records.private_applications:
        for said in objections(records, key):
            if (context.today - said.entry.on).days > context.limits.objection_days:
                place = said.file.at("objections", said.place)
                yield Finding(place, "this objection has waited for an answer since it was recorded")


@rule("unmatched-uninformed", WARNING)
def unmatched_uninformed(records: Records, context: Context) -> Iterator[Finding]:
    """Someone has had no pair for over a week after the matching, and no word about it is recorded.

    Being left over hurts less than being forgotten.

    Fix: write to the person first, then note under `next` in the application what you told them.
    """
    pairs = pairs_by_cohort(records)
    for key, cohort in records.cohorts.items():
        if cohort.status not in ("matching", "running") or cohort.ends < context.today:
            continue
        waiting, since = _left_over(records, cohort)
        if since is None or since + _PATIENCE >= context.today:
            continue
        paired = {
            (name, side)
            for pair in pairs.get(key, ())
            if pair.status != "objected"
            for name, side in _sides(pair.mentors, pair.mentees)
        }
        for each in records.applications.get(key, ()):
            place = (each.person, each.role)
            if each.status == "accepted" and place in waiting and place not in paired and each.next is None:
                yield Finding(each.at(), "this person is without a pair and was told nothing")


def _sides(mentors: tuple[str, ...], mentees: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return (*((each, "mentor") for each in mentors), *((each, "mentee") for each in mentees))


def _left_over(records: Records, cohort: Cohort) -> tuple[set[tuple[str, str]], datetime.date | None]:
    """Who got no pair, by the latest plan; in a running cohort without a plan, every accepted mentee since its start."""
    plans = records.plans.get(cohort.cohort_key, ())
    if plans:
        latest = max(plans, key=lambda plan: (plan.made_on, plan.id))
        return {(each.person, each.role) for each in latest.unmatched if each.next is None}, latest.made_on
    if cohort.status != "running" or records.is_unreadable("matching-run", below=cohort.folder):
        return set(), None
    if records.is_unreadable("pair", below=cohort.folder):
        return set(), None
    accepted = records.applications.get(cohort.cohort_key, ())
    return {(each.person, each.role) for each in accepted if each.role == "mentee"}, cohort.starts


def _private_by_key(records: Records) -> dict[tuple[str, str, str], PrivateApplication]:
    return {
        (key, each.person, each.role): each for key, group in records.private_applications.items() for each in group
    }


def _broken(records: Records, cohort: Cohort) -> bool:
    """Whether an application of this cohort could not be read, so that nobody knows who is in it."""
    return records.is_unreadable("application", below=cohort.folder)


RULES: tuple[Rule, ...] = (
    application_undecided,
    decision_without_reason,
    self_ranked,
    rank_duplicate,
    rank_ineligible,
    ranking_too_short,
    ranked_and_vetoed,
    objection_unanswered,
    unmatched_uninformed,
)
