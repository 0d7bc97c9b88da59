"""The rhythm of a pair: the first meeting, the gaps, the pauses, and the end that somebody has to see."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import Pair, Records
from toolkit.model.completed import ended_early
from toolkit.model.program import PAST
from toolkit.model.rhythm import LAST_NOTES, NO_SHOWS, Alarm, end_of, held, missed, notes_until
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import pairs_by_cohort
from toolkit.rules.life import alarm, live

_CLUSTER = 3
_CLUSTER_DAYS = 60
_CLUSTER_SHARE = 0.2


def _alarmed(records: Records, context: Context, *alarms: Alarm) -> Iterator[Pair]:
    return (pair for pair in live(records) if alarm(records, context, pair) in alarms)


@rule("first-meeting-overdue", WARNING)
def first_meeting_overdue(records: Records, context: Context) -> Iterator[Finding]:
    """A pair is active, but has not met and has no meeting planned.

    A pair that does not meet in its first weeks seldom begins at all, and both believe that the other is not interested.
    Breaks and pauses do not count. The line is the threshold `first_meeting_days`.

    Fix: call both today, and stay on the line until there is a date.
    """
    for pair in _alarmed(records, context, "unmet"):
        message = (
            f"active for more than {context.limits.first_meeting_days} days without a meeting, and none is planned"
        )
        yield Finding(pair.at("started"), message)


@rule("cadence-lapsed", WARNING)
def cadence_lapsed(records: Records, context: Context) -> Iterator[Finding]:
    """A pair has not met for much longer than the rhythm that was agreed.

    Meetings that fade out without a word are the most common way in which a pair ends. There are two lines: a gap of
    more than `silence_factor` times the rhythm of the agreement (else of the cohort), and a gap of more than `silence_days`
    (or one rhythm, where that is longer) without a coming meeting under `next`. The cohort's breaks and the pair's pauses
    do not count.

    Fix: ask each side how it goes; write down a holiday as a pause, and the coming meeting under `next`.
    """
    for pair in live(records, "active"):
        kind = alarm(records, context, pair)
        if kind == "lapsed":
            message = "the last meeting is further back than the agreed rhythm allows"
        elif kind == "unplanned":
            message = f"no meeting for more than {context.limits.silence_days} days, and none is planned in time"
        else:
            continue
        notes = [note for note in notes_until(records, pair, context.today) if held(note)]
        yield Finding(pair.at("status"), message, "", (notes[-1].at("date"),))


@rule("silent-pair", ERROR)
def silent_pair(records: Records, context: Context) -> Iterator[Finding]:
    """A pair counts as active, but no record of it was written for months.

    Figures that count it as running are wrong, and somebody may be waiting for a call. A note, a progress entry, a
    signature or an amendment counts as a record; breaks and pauses do not count as silence. The line is the threshold
    `silent_pair_days`.

    Fix: call both, then close or pause the pair within seven days.
    """
    for pair in _alarmed(records, context, "silent"):
        message = f"no record of this pair for more than {context.limits.silent_pair_days} days, and it is still active"
        yield Finding(pair.at("status"), message)


@rule("pair-not-closed", WARNING)
def pair_not_closed(records: Records, context: Context) -> Iterator[Finding]:
    """The end of a pair has passed, and it is not closed.

    An ending that is marked, with thanks and a word about later contact, matters as much as the start. The end is the
    pair's own last day, else the agreed one, else the cohort's; the line is the threshold `close_days` after it.

    Fix: offer a last meeting, write `closure.md`, then set the status to closed and fill in `ended`.
    """
    for pair in _alarmed(records, context, "ended"):
        message = f"its end is more than {context.limits.close_days} days past, and it is not closed"
        yield Finding(pair.at("status"), message)


@rule("paused-without-end", WARNING)
def paused_without_end(records: Records, context: Context) -> Iterator[Finding]:
    """A pair is paused without a day on which it meets again, or that day has passed.

    A pause without an end is an ending that nobody marked. The day may be moved as often as it takes.

    Fix: agree on a day and write it under `resume`, or close the pair with a reason.
    """
    for pair in live(records, "active", "paused"):
        last = max(range(len(pair.pauses)), key=lambda index: pair.pauses[index].start, default=None)
        if last is None:
            if pair.status == "paused":
                yield Finding(pair.at("status"), "the pair is paused, but no pause is written down")
        elif pair.pauses[last].resume is None:
            yield Finding(pair.at("pauses", last, "start"), "this pause has no day on which the pair meets again")
        elif pair.status == "paused" and (pair.pauses[last].resume or context.today) < context.today:
            yield Finding(pair.at("pauses", last, "resume"), "this pause has ended, and the pair is still paused")


@rule("early-ending-cluster", WARNING)
def early_ending_cluster(records: Records, context: Context) -> Iterator[Finding]:
    """Several pairs of a cohort ended early.

    One early ending is a matter of two people; three within 60 days, or a fifth of the cohort, tell of the program: of
    its matching, its times, or its load.

    Fix: read the reasons side by side and speak with those who left before anybody is matched again.
    """
    pairs = pairs_by_cohort(records)
    for key, cohort in records.cohorts.items():
        if cohort.status in PAST:
            continue
        begun = [pair for pair in pairs.get(key, ()) if pair.started is not None]
        early = [closure for pair in begun if (closure := ended_early(records, pair, context.today)) is not None]
        recent = [each for each in early if (context.today - each.on).days <= _CLUSTER_DAYS]
        if len(recent) >= _CLUSTER:
            message = f"{len(recent)} pairs of this cohort ended early within {_CLUSTER_DAYS} days"
        elif len(early) > 1 and len(early) >= _CLUSTER_SHARE * len(begun):
            message = f"{len(early)} of {len(begun)} pairs of this cohort ended early"
        else:
            continue
        yield Finding(cohort.at("status"), message, "", tuple(each.at("on") for each in early))


@rule("no-show-pattern", WARNING)
def no_show_pattern(records: Records, context: Context) -> Iterator[Finding]:
    """Somebody stayed away without a word twice in the last four meetings.

    There is nearly always a reason, and seldom the one that the other side imagines.

    Fix: call, kindly, and ask what would make the meetings possible.
    """
    for pair in live(records, "active"):
        notes = notes_until(records, pair, context.today)
        alone = missed(notes)
        if len(alone) >= NO_SHOWS:
            last = min(len(notes), LAST_NOTES)
            message = f"{len(alone)} of the last {last} meetings were missed without notice"
            yield Finding(alone[-1].at("absent"), message, "", tuple(note.at("absent") for note in alone[:-1]))


@rule("next-unset", NOTE)
def next_unset(records: Records, context: Context) -> Iterator[Finding]:
    """The latest note of a pair names no next meeting.

    A date that is set before people part is kept far more often than one that is looked for afterwards.

    Fix: book the next meeting before leaving, and write its day under `next`.
    """
    for pair in live(records, "active"):
        notes = records.sessions.get(pair.pair_key, ())
        if not notes or notes[-1].next is not None or pair.model == "flash":
            continue
        cohort = records.cohort_of(pair)
        end = end_of(records, pair, cohort) if cohort else None
        if records.is_whole(pair) and not alarm(records, context, pair) and (end is None or context.today <= end):
            yield Finding(notes[-1].at("date"), "this latest note names no next meeting")


RULES: tuple[Rule, ...] = (
    first_meeting_overdue,
    cadence_lapsed,
    silent_pair,
    paused_without_end,
    no_show_pattern,
    next_unset,
    early_ending_cluster,
    pair_not_closed,
)
