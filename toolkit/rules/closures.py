"""Endings: why a pair ended, what was said at the end, and what was left open."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import Closure, Pair, Records
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule


def _closed(records: Records) -> Iterator[tuple[Pair, Closure]]:
    """The closed pairs with their closure."""
    for key, closure in records.closures.items():
        pair = records.pairs.get(key)
        if pair is not None and pair.status == "closed":
            yield pair, closure


@rule("closure-reason-missing", ERROR)
def closure_reason_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A pair is closed, and nothing says how or why it ended.

    Pairs end well, early or in silence, and only the reasons tell a program what to change. `unknown` is an allowed
    answer; no answer is not. A pair that was closed before it began needs a reason as well.

    Fix: write `closure.md` with a `kind` and a `reason`.
    """
    for key, pair in records.pairs.items():
        if pair.status != "closed":
            continue
        closure = records.closures.get(key)
        if closure is None:
            if records.is_whole(pair):
                yield Finding(pair.at("status"), "the pair is closed, and there is no closure.md")
            continue
        lacking = [name for name in ("kind", "reason") if getattr(closure, name) is None]
        if lacking:
            yield Finding(closure.at("on"), f"the closure has no {' and no '.join(lacking)}")


@rule("closure-no-final", WARNING)
def closure_no_final(records: Records, context: Context) -> Iterator[Finding]:
    """A pair was closed without a last meeting, and none was offered.

    An ending that is spoken leaves people free for the next relationship; one that only happens is carried along. After an
    ending for safety nobody is asked to meet.

    Fix: offer one, even after silence, and fill in `final_session`: yes, offered or not-possible.
    """
    for _, closure in _closed(records):
        if closure.final_session is None and closure.kind != "safety":
            yield Finding(closure.at("on"), "nothing is said about a last meeting")


@rule("future-contact-unstated", NOTE)
def future_contact_unstated(records: Records, context: Context) -> Iterator[Finding]:
    """A closure says nothing about later contact.

    Each side guesses, and the guesses differ: one waits for a message that the other thinks improper. After lost contact
    and after an ending for safety there is nothing to say.

    Fix: write one plain line under `future_contact`, also where the answer is that there will be none.
    """
    for _, closure in _closed(records):
        if closure.future_contact is None and closure.kind not in ("safety", "lost-contact"):
            yield Finding(closure.at("on"), "nothing is said about later contact")


@rule("goals-left-open", WARNING)
def goals_left_open(records: Records, context: Context) -> Iterator[Finding]:
    """A pair is closed, and a goal of it is still open.

    Each goal is settled at the end, the missed ones too: met, partly met, dropped or carried over. A word under `goals` in
    the closure settles it as well.

    Fix: set the status of the goal, or name it under `goals` in the closure.
    """
    for key, pair in records.pairs.items():
        if pair.status != "closed":
            continue
        closure = records.closures.get(key)
        settled = closure.goals if closure else {}
        for goal in records.goals.get(key, ()):
            if goal.status in ("active", "paused") and goal.id not in settled and records.is_whole(pair):
                yield Finding(goal.at("status"), "the pair is closed, and this goal is still open")


@rule("rematch-unanswered", WARNING)
def rematch_unanswered(records: Records, context: Context) -> Iterator[Finding]:
    """A new pair was wanted when a pair ended, and weeks later there is no answer.

    A person whose pair failed and who then hears nothing is lost twice. A new pair with one of its mentees, proposed or
    running, counts as an answer, and so does a word under `next` in an application that came in since. The line is the
    threshold `decision_days`.

    Fix: write to them, even with a no, and record it in their application.
    """
    for pair, closure in _closed(records):
        days = context.limits.decision_days
        if closure.rematch != "yes" or (context.today - closure.on).days <= days:
            continue
        if any(not _answered(records, person, pair, closure) for person in pair.mentees):
            yield Finding(closure.at("rematch"), f"a new pair was wanted more than {days} days ago, without an answer")


def _answered(records: Records, person: str, pair: Pair, closure: Closure) -> bool:
    """Whether a person was proposed or told something since the closure, in any cohort."""
    for other in records.pairs.values():
        if other is not pair and person in other.people() and (other.ended is None or other.ended > closure.on):
            return True
    return any(
        each.person == person
        and each.submitted >= closure.on
        and (each.next or each.status in ("declined", "withdrawn"))
        for group in records.applications.values()
        for each in group
    )


RULES: tuple[Rule, ...] = (
    closure_reason_missing,
    closure_no_final,
    future_contact_unstated,
    goals_left_open,
    rematch_unanswered,
)
