"""Goals: that there are some, that they are the mentee's, and that both can tell how far they are."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator

from toolkit.model import Goal, Pair, Records
from toolkit.model.pair import RECEIVING
from toolkit.model.rhythm import LIVE, counted
from toolkit.rules.base import NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.life import alarm, live
from toolkit.rules.words import SMALL, VAGUE, bare

_RUNNING = ("active", "paused")
_OPEN = ("draft", "active", "paused")
_NARROW_GOALS = 3
_NARROW_DAYS = 183
_RESULT_WORDS = 3
_WORDS = re.compile(r"[a-z]+")


def _goals(records: Records, *states: str) -> Iterator[tuple[Goal, Pair]]:
    """The goals in these states of pairs that run."""
    for key, goals in records.goals.items():
        pair = records.pairs.get(key)
        if pair is not None and pair.status in LIVE:
            yield from ((goal, pair) for goal in goals if goal.status in states)


@rule("goals-late", WARNING)
def goals_late(records: Records, context: Context) -> Iterator[Finding]:
    """A pair has worked together for six weeks and has no goal.

    Talks without a goal are pleasant, and nobody can tell in spring what they were for. A goal that is only a draft does
    not count; one that was met or dropped does. The line is the threshold `goals_days`.

    Fix: draft one together at the next meeting, however rough, and set it to active.
    """
    for pair in live(records, "active"):
        if pair.started is None or pair.model == "flash" or not records.is_whole(pair):
            continue
        if (context.today - pair.started).days <= context.limits.goals_days:
            continue
        settled = any(goal.status != "draft" for goal in records.goals.get(pair.pair_key, ()))
        if not settled and alarm(records, context, pair) not in ("silent", "unmet", "ended"):
            yield Finding(pair.at("started"), f"active for more than {context.limits.goals_days} days without a goal")


@rule("goals-too-many", NOTE)
def goals_too_many(records: Records, context: Context) -> Iterator[Finding]:
    """One person of a pair has more active goals than anybody can follow.

    Fewer goals, finished, carry further than many that are carried along. The line is the threshold `active_goals`.

    Fix: pause or drop what can wait.
    """
    active: dict[tuple[str, str], list[Goal]] = defaultdict(list)
    for goal, pair in _goals(records, "active"):
        active[pair.pair_key, goal.owner].append(goal)
    most = context.limits.active_goals
    for goals in active.values():
        if len(goals) > most:
            related = tuple(goal.at("status") for goal in goals[:most])
            yield Finding(goals[most].at("status"), f"more than {most} goals are active at once", "", related)


@rule("goal-not-smart", WARNING)
def goal_not_smart(records: Records, context: Context) -> Iterator[Finding]:
    """A goal that people work on lacks one of the five parts: specific, measurable, attainable, relevant, timed.

    The five parts are questions, not decoration: what will be visible, how both will know, why it is within reach, why it
    matters, by when. A draft may lack any of them. `realistic` may stand for `relevant`.

    Fix: answer the missing parts together; a line for each is enough.
    """
    for goal, _ in _goals(records, *_RUNNING):
        if goal.lacking:
            lacking = ", ".join(f"`{name}`" for name in goal.lacking)
            yield Finding(goal.at("status"), f"this goal is worked on and lacks {lacking}")


@rule("goal-vague", NOTE)
def goal_vague(records: Records, context: Context) -> Iterator[Finding]:
    """What is specific about a goal names a direction and no result.

    "Get better at presenting" can be true on any day. A goal that says what will be visible, where and with whom, can be
    met. The rule counts the words that are left without the vague and the small ones; a figure makes a goal specific.

    Fix: say what somebody else could see when it is reached.
    """
    for goal, _ in _goals(records, *_OPEN):
        if goal.specific is not None and _is_vague(goal.specific):
            yield Finding(goal.at("specific"), "this names a direction, not a result")


def _is_vague(text: str) -> bool:
    """Judge a text by what is left of it; a text in other letters is not judged."""
    said = bare(text.casefold())
    if not said.isascii() or any(char.isdigit() for char in said):
        return False
    words = _WORDS.findall(said)
    telling = [word for word in words if word not in VAGUE and word not in SMALL]
    return len(telling) < _RESULT_WORDS and (len(words) < _RESULT_WORDS or not VAGUE.isdisjoint(words))


@rule("goal-unmeasured", WARNING)
def goal_unmeasured(records: Records, context: Context) -> Iterator[Finding]:
    """The measure of a goal has no target, or figures without a unit.

    Without a target nobody can say whether it was reached, and "from 3 to 8" says nothing without "of what".

    Fix: fill in `target`, and `unit` beside the figures.
    """
    for goal, _ in _goals(records, *_RUNNING):
        if goal.measure is None:
            continue
        if goal.measure.target is None:
            yield Finding(goal.at("measure"), "this measure has no target")
        elif goal.measure.baseline is not None and goal.measure.unit is None:
            yield Finding(goal.at("measure"), "this measure has figures, but no unit")


@rule("goal-due-after-cohort", NOTE)
def goal_due_after_cohort(records: Records, context: Context) -> Iterator[Finding]:
    """A goal is due after the cohort ends.

    Then nobody looks at it together. It may be meant: some goals are carried over on purpose.

    Fix: bring the day forward, choose a smaller goal, or plan to carry it over.
    """
    for goal, _ in _goals(records, *_OPEN):
        cohort = records.cohort_of(goal)
        if goal.due is not None and cohort is not None and not cohort.rolling and goal.due > cohort.ends:
            yield Finding(goal.at("due"), "due after the end of the cohort")


@rule("goal-overdue", WARNING)
def goal_overdue(records: Records, context: Context) -> Iterator[Finding]:
    """The day of a goal has passed, and it is still active.

    A goal that is silently late teaches that goals do not count. A missed one that is looked at teaches a lot.

    Fix: settle it together: met, partly-met, dropped or carried-over, or give it a new day.
    """
    for goal, _ in _goals(records, "active"):
        if goal.due is not None and goal.due < context.today:
            yield Finding(goal.at("due"), "this goal is past its day and still active")


@rule("goal-no-progress", NOTE)
def goal_no_progress(records: Records, context: Context) -> Iterator[Finding]:
    """A goal has been active for two months without a word on how far it is.

    One line is enough: a day, a figure or a few words. Days count from the last entry, else from `started`, else from the
    first note that names the goal; breaks and pauses do not count, and where the pair has stopped meeting, that is said
    instead. The line is the threshold `goal_progress_days`.

    Fix: look at it at the next meeting, and write one line under `progress`.
    """
    for goal, pair in _goals(records, "active"):
        cohort = records.cohort_of(goal)
        if cohort is None or (goal.due is not None and goal.due < context.today):
            continue
        since = max((each.on for each in goal.progress if each.on <= context.today), default=None) or goal.started
        since = since or _first_named(records, goal)
        if since is None or counted(pair, cohort, since, context.today) <= context.limits.goal_progress_days:
            continue
        if records.is_whole(pair) and not alarm(records, context, pair):
            place = goal.at("progress") if goal.progress else goal.at("status")
            yield Finding(place, f"active for more than {context.limits.goal_progress_days} days without a look at it")


def _first_named(records: Records, goal: Goal) -> datetime.date | None:
    return next((note.date for note in records.sessions.get(goal.pair_key, ()) if goal.id in note.goals), None)


@rule("goal-owner-not-mentee", WARNING)
def goal_owner_not_mentee(records: Records, context: Context) -> Iterator[Finding]:
    """The owner of a goal is not a mentee of the pair.

    The mentee owns the goals: people work for what they chose. Among peers and in a reciprocal pair everybody is an owner.

    Fix: name the mentee whose goal it is, or turn it into an action of the mentor.
    """
    for goal, pair in _goals(records, *_OPEN):
        roles = {member.role for member in pair.members if member.person == goal.owner}
        if not roles:
            if goal.owner in records.people:
                yield Finding(goal.at("owner"), "the owner of this goal is not in this pair")
        elif roles.isdisjoint(RECEIVING) and pair.model not in ("peer", "reciprocal", "community"):
            yield Finding(goal.at("owner"), "the owner of this goal is not a mentee of this pair")


@rule("goal-domains-narrow", NOTE)
def goal_domains_narrow(records: Records, context: Context) -> Iterator[Finding]:
    """All goals of a pair belong to the same part of life or work, over a long cohort.

    Mentoring can be broader than one skill: a network, a balance, a place to belong. The rule looks at pairs with three
    goals or more, in cohorts of more than six months.

    Fix: ask what else would make the year a good one.
    """
    for pair in live(records):
        cohort = records.cohort_of(pair)
        goals = [goal for goal in records.goals.get(pair.pair_key, ()) if goal.status != "dropped"]
        if cohort is None or (cohort.ends - cohort.starts).days <= _NARROW_DAYS or len(goals) < _NARROW_GOALS:
            continue
        if len({goal.domain for goal in goals}) == 1 and records.is_whole(pair):
            related = tuple(goal.at("domain") for goal in goals[:-1])
            yield Finding(goals[-1].at("domain"), "all goals of this pair are of one domain", "", related)


@rule("goal-too-easy", NOTE)
def goal_too_easy(records: Records, context: Context) -> Iterator[Finding]:
    """A goal is both easy and certain.

    Goals that ask for something, and could fail, move people further than those that are reached anyway.

    Fix: stretch it a little, or call it a step of a larger goal.
    """
    for goal, _ in _goals(records, "draft", "active"):
        if goal.challenge is not None and goal.challenge <= 2 and goal.confidence == 5:
            yield Finding(goal.at("challenge"), "this goal is easy and certain")


RULES: tuple[Rule, ...] = (
    goals_late,
    goals_too_many,
    goal_not_smart,
    goal_vague,
    goal_unmeasured,
    goal_due_after_cohort,
    goal_overdue,
    goal_no_progress,
    goal_owner_not_mentee,
    goal_domains_narrow,
    goal_too_easy,
)
