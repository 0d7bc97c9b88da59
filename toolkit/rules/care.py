"""Whether somebody looks after a pair: answers to concerns, steps after a red light, and contacts with young people."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import Records
from toolkit.model.answers import contact_days, escalated, unanswered, uncontacted
from toolkit.rules.base import ERROR, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import is_youth
from toolkit.rules.life import live


@rule("escalation-open", ERROR)
def escalation_open(records: Records, context: Context) -> Iterator[Finding]:
    """A contact with a member was marked red, and two working days later no next step is written down.

    Somebody said that it goes badly, and now waits to see whether it mattered. A later contact with the same person counts
    as a step. The line is the threshold `escalation_days`, in working days.

    Fix: call, and write under `next` that it was handled and by whom, without what was told.
    """
    days = context.limits.escalation_days
    for month, index, _ in escalated(records, context.today, days):
        message = f"red for more than {days} working days, without a next step"
        yield Finding(month.at("check_ins", index, "status"), message)


@rule("check-in-overdue", WARNING)
def check_in_overdue(records: Records, context: Context) -> Iterator[Finding]:
    """In a program with young people nobody has asked the members of a pair for too long how it goes.

    A young person seldom complains unasked. Each side is contacted twice in the first month, so at least every fifteen
    days, and once a month afterwards. Breaks of the cohort do not count; a meeting is no contact by the program.

    Fix: contact them today, and write it into the month's check-ins.
    """
    for pair in live(records, "active"):
        if not is_youth(records.program_of(pair)) or pair.started is None or pair.started > context.today:
            continue
        if records.is_unreadable("check-ins", below=f"content/programs/{pair.cohort_key}/"):
            continue
        late = len(uncontacted(records, context.once(contact_days, records), pair, context.today))
        if late:
            some = "one member" if late == 1 else f"{late} members"
            yield Finding(pair.at("started"), f"{some} of this pair should have been contacted by now")


@rule("concern-unanswered", WARNING, private=True)
def concern_unanswered(records: Records, context: Context) -> Iterator[Finding]:
    """Somebody raised a concern, and after five working days there is no answer.

    An answer is not yet a solution, and it is what people wait for: that somebody has read it and when they will hear more.
    The line is the threshold `concern_days`, in working days.

    Fix: answer first and solve later; write the day under `answered`.
    """
    days = context.limits.concern_days
    for concern in unanswered(records, context.today, days):
        yield Finding(concern.at("opened"), f"open for more than {days} working days, without an answer")


_TELLING = ("what", "person", "pair")


@rule("safety-concern-in-repo", ERROR, private=True, privacy=True)
def safety_concern_in_repo(records: Records, context: Context) -> Iterator[Finding]:
    """A concern for somebody's safety says here what it is about, or whom it is about.

    Such a record belongs to few people and to a place where it can be locked and deleted. In files under version control
    it is copied to every computer and kept for ever. What may stand here is a pointer: the channel and the number of the case.

    Fix: move it to the safeguarding channel, leave only `pointer`, and have the history of this file purged.
    """
    for concern in records.concerns.values():
        if concern.kind == "safety":
            for name in _TELLING:
                if getattr(concern, name) is not None:
                    yield Finding(concern.at(name), f"`{name}` of a concern for safety does not belong here")


RULES: tuple[Rule, ...] = (escalation_open, check_in_overdue, concern_unanswered, safety_concern_in_repo)
