"""Rules of a program: its goal, its sponsor, its targets, whom to ask, and how it treats personal data."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.diagnostics import did_you_mean
from toolkit.model import Cohort, Program, Records
from toolkit.model.metric import METRICS
from toolkit.model.program import PAST
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import is_under_way, months_since, pairs_by_cohort


@rule("organization-goal-missing", WARNING)
def organization_goal_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A formal program serves no goal of its organization.

    A program that helps with something the organization wants keeps its time and its money when these get scarce.

    Fix: name under `organization_goals` what the organization wants that mentoring helps with.
    """
    for program in records.programs.values():
        if program.formation == "formal" and not program.organization_goals:
            yield Finding(program.at(), "this formal program names no goal of the organization")


@rule("target-missing", WARNING)
def target_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A program says nowhere, in numbers, what it wants to reach.

    Without a line drawn in advance, every result can be called a success, and none will be believed.

    Fix: write one target with `measure`, `value` and `by`; one number by one date is enough.
    """
    for program in records.programs.values():
        if not program.targets:
            yield Finding(program.at(), "this program has no target with a number and a day")


@rule("target-unmeasurable", WARNING)
def target_unmeasurable(records: Records, context: Context) -> Iterator[Finding]:
    """A target names neither a figure that the toolkit counts nor a measure of this program.

    Nobody will be able to say on the day whether it was reached.

    Fix: use the code of a metric, such as `completion-rate` or `first-meeting-days`, or the id of a measure below
    `content/measures`; `mentoring new measure` writes one of your own.
    """
    known = {*METRICS, *records.measures}
    for program in records.programs.values():
        for index, target in enumerate(program.targets):
            if target.measure not in known and not records.is_unreadable("measure", target.measure):
                hint = did_you_mean(target.measure, known, shown="`{}`")
                yield Finding(program.at("targets", index, "measure"), f"`{target.measure}` is no known measure", hint)


@rule("sponsor-missing", WARNING)
def sponsor_missing(records: Records, context: Context) -> Iterator[Finding]:
    """Nobody in leadership stands behind a program, or the day of the sign-off is not recorded.

    People find mentoring more useful, and keep time free for it, where leaders visibly support it.

    Fix: name the `sponsor`, and under `signed_off` the day on which they agreed.
    """
    for program in records.programs.values():
        if program.sponsor is None:
            yield Finding(program.at(), "no sponsor is named")
        elif program.sponsor.signed_off is None:
            yield Finding(program.at("sponsor"), "the sponsor has not signed off the program")


@rule("support-contact-missing", ERROR)
def support_contact_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A program does not say whom to ask, or where to turn when it cannot wait.

    The person who needs help cannot be expected to search for it, so every page names the contact.

    Fix: fill in `support` with `name`, `channel` and `urgent`.
    """
    for program in records.programs.values():
        if program.support is None:
            yield Finding(program.at(), "no support contact is named")
        elif program.support.urgent is None:
            yield Finding(program.at("support"), "`support` does not say where to turn when it cannot wait")


@rule("privacy-notice-missing", ERROR)
def privacy_notice_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A program keeps personal data without a notice, a lawful basis or a term after which they are deleted.

    People must be able to read what is kept about them, why, and until when, before they apply.

    Fix: fill in `privacy` with `lawful_basis`, `notice` and `retention_months`.
    """
    wanted = ("lawful_basis", "notice", "retention_months")
    for program in records.programs.values():
        missing = [name for name in wanted if getattr(program.privacy, name) is None]
        if missing:
            yield Finding(program.at("privacy"), f"`privacy` lacks {', '.join(f'`{name}`' for name in missing)}")


@rule("evaluation-plan-missing", WARNING)
def evaluation_plan_missing(records: Records, context: Context) -> Iterator[Finding]:
    """People are being recruited, and there is no plan for the evaluation.

    What was not asked at the start cannot be asked later: a baseline comes once.

    Fix: write down what will be asked of whom and when, and name the document under `evaluation_plan`.
    """
    started = {cohort.origin.program for cohort in records.cohorts.values() if is_under_way(cohort)}
    for program in records.programs.values():
        if program.evaluation_plan is None and program.id in started:
            yield Finding(program.at(), "a cohort is under way, and no evaluation plan is named")


@rule("outcome-unnamed", NOTE)
def outcome_unnamed(records: Records, context: Context) -> Iterator[Finding]:
    """There is a plan for the evaluation, and the program does not say which outcome matters most.

    Among ten results one looks good by chance. Who chooses it afterward has shown nothing; who named it before anybody
    could know the answer will be believed, whichever way it comes out.

    Fix: write under `outcomes` the ids of one to three measures below `content/measures`, the most important first.
    """
    for program in records.programs.values():
        if program.evaluation_plan is not None and not program.outcomes:
            yield Finding(program.at("evaluation_plan"), "this plan names no outcome that matters most")


@rule("outcomes-many", NOTE)
def outcomes_many(records: Records, context: Context) -> Iterator[Finding]:
    """A program looks at more outcomes than it can ask for and believe.

    Each outcome is one more question for people, and one more chance that something moves by accident. The line is the
    threshold `program_outcomes`.

    Fix: keep the first, which is the primary one, and those on which you would act; take the others out of `outcomes`.
    """
    line = context.limits.program_outcomes
    for program in records.programs.values():
        if len(program.outcomes) > line:
            message = f"{len(program.outcomes)} outcomes are more than {line}"
            yield Finding(program.at("outcomes", line), message)


@rule("pilot-too-large", NOTE)
def pilot_too_large(records: Records, context: Context) -> Iterator[Finding]:
    """The first cohort of a program is larger than a pilot should be.

    The first run shows what does not work; with ten pairs that is mended by telephone, with a hundred it is not. The line
    is the threshold `pilot_pairs`.

    Fix: begin with fewer pairs, and take the others in the second cohort.
    """
    pairs = pairs_by_cohort(records)
    for program in records.programs.values():
        first = _first_cohort(records, program)
        if first is None or (program.since and program.since < first.starts):
            continue
        if max(len(pairs[first.cohort_key]), _planned(first)) > context.limits.pilot_pairs:
            place = first.at("capacity", "places") if first.capacity else first.at()
            yield Finding(place, f"this first cohort has more than {context.limits.pilot_pairs} pairs")


@rule("resource-unseen", NOTE)
def resource_unseen(records: Records, context: Context) -> Iterator[Finding]:
    """Nobody has looked at a resource for more than a year.

    Pages move, and good ones turn into shops. A list in which every third link is dead is opened once. The line is the
    threshold `review_months`.

    Fix: open it, then write the day under `seen_on`, or take it off the list.
    """
    months = context.limits.review_months
    for program in records.programs.values():
        for index, each in enumerate(program.resources):
            if months_since(each.seen_on, context.today) >= months:
                place = program.at("resources", index, "seen_on")
                yield Finding(place, f"nobody has looked at this for {months} months or more")


def _planned(cohort: Cohort) -> int:
    """How many pairs the places make: a group is one, whatever its size, and peers share one between two."""
    if cohort.capacity is None:
        return 0
    if cohort.model in ("group", "team", "near-peer", "community"):
        return cohort.capacity.mentors
    return cohort.capacity.places // 2 if cohort.model in ("peer", "reciprocal") else cohort.capacity.places


def _first_cohort(records: Records, program: Program) -> Cohort | None:
    """The program's earliest cohort, while it is still to be formed; None where a file of a cohort is broken."""
    folder = f"content/programs/{program.id}/"
    cohorts = [each for each in records.cohorts.values() if each.origin.program == program.id]
    if not cohorts or records.is_unreadable("cohort", below=folder):
        return None
    first = min(cohorts, key=lambda each: (each.starts, each.id))
    return None if first.status in PAST else first


RULES: tuple[Rule, ...] = (
    organization_goal_missing,
    target_missing,
    target_unmeasurable,
    sponsor_missing,
    support_contact_missing,
    privacy_notice_missing,
    evaluation_plan_missing,
    outcome_unnamed,
    outcomes_many,
    pilot_too_large,
    resource_unseen,
)
