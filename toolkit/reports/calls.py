"""Who must be called today: each pair with its alarms, how long they last, and who on the staff looks after it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.model import Cohort, Pair, Records
from toolkit.model.answers import escalated, objections, unanswered, working_days
from toolkit.model.care import Concern
from toolkit.model.rhythm import (
    LAST_NOTES,
    LIVE,
    NO_SHOWS,
    alarm,
    counted,
    end_of,
    held,
    last_trace,
    missed,
    notes_until,
    present,
)


class Reason(NamedTuple):
    """Why a pair is called: the rule's code, a few words, and the days behind them."""

    code: str
    says: str
    days: int


class Call(NamedTuple):
    """Somebody to call: the key of the pair (empty for a concern about none), the names, the owner, the reasons."""

    pair: str
    names: tuple[str, ...]
    owner: str
    reasons: tuple[Reason, ...]


def calls(records: Records, cohorts: tuple[Cohort, ...], today: datetime.date, whole: bool = True) -> tuple[Call, ...]:
    """Everybody to call, by who looks after them, the longest wait first; codes that the settings switch off are quiet.

    Where these cohorts are the `whole` of what runs, an unanswered word about a pair of an older cohort is among them.
    """
    found = []
    waiting = _concerns(records, today)
    stuck = _escalations(records, today)
    for cohort in cohorts:
        objected = _objections(records, cohort, today)
        for pair in records.pairs_of(cohort.cohort_key):
            reasons = [
                *objected.get(pair.id, ()),
                *_alarms(records, pair, cohort, today),
                *stuck.pop(pair.pair_key, ()),
            ]
            reasons += [_concern_reason(each, today) for each in waiting.pop(pair.pair_key, ())]
            wanted = tuple(each for each in reasons if records.settings.rules.get(each.code) != "off")
            if wanted:
                found.append(Call(pair.pair_key, names(records, pair, today), pair.check_in_owner or "", wanted))
    found += _others(records, cohorts, waiting, stuck, today)
    if whole:
        found += _older(records, waiting, stuck, today)
    return tuple(sorted(found, key=lambda each: (each.owner, -max(one.days for one in each.reasons), each.pair)))


def names(records: Records, pair: Pair, today: datetime.date) -> tuple[str, ...]:
    """The names of the members of a pair; the id of who has no profile."""
    return tuple(name(records, member.person) for member in present(pair, today))


def name(records: Records, person: str) -> str:
    """The name of a person; the id where there is no profile."""
    found = records.people.get(person)
    return found.name if found else person


def _alarms(records: Records, pair: Pair, cohort: Cohort, today: datetime.date) -> Iterator[Reason]:
    """What the pair's own files say."""
    limits = records.settings.thresholds
    waits = (today - pair.proposed_on).days
    if pair.status == "proposed" and waits > limits.acceptance_days:
        yield Reason("acceptance-overdue", f"proposed {waits} days ago", waits)
    silence = _silence(records, pair, cohort, today)
    if silence:
        yield silence
    notes = notes_until(records, pair, today)
    alone = missed(notes)
    if pair.status == "active" and len(alone) >= NO_SHOWS:
        since = (today - alone[0].date).days
        yield Reason("no-show-pattern", f"{len(alone)} of last {min(len(notes), LAST_NOTES)} missed", since)
    last = max(pair.pauses, key=lambda each: each.start, default=None)
    if pair.status == "paused" and last and last.resume and last.resume < today:
        over = (today - last.resume).days
        yield Reason("paused-without-end", f"pause over for {over} days", over)


def _objections(records: Records, cohort: Cohort, today: datetime.date) -> dict[str, tuple[Reason, ...]]:
    """Proposals to which somebody objected and which wait for an answer; whose word it was is not said."""
    found: dict[str, int] = {}
    for said in objections(records, cohort.cohort_key):
        days = (today - said.entry.on).days
        found[said.entry.pair] = max(found.get(said.entry.pair, 0), days)
    return {pair: (Reason("objection-unanswered", f"objected {days} days ago", days),) for pair, days in found.items()}


def _silence(records: Records, pair: Pair, cohort: Cohort, today: datetime.date) -> Reason | None:
    kind = alarm(records, pair, today, records.settings.thresholds)
    begun = pair.started or today
    if kind == "unmet":
        days = counted(pair, cohort, begun, today)
        return Reason("first-meeting-overdue", f"never met, {days} days in", days)
    if kind == "silent":
        days = (today - last_trace(records, pair, today)).days
        return Reason("silent-pair", f"no record for {days} days", days)
    if kind in ("lapsed", "unplanned"):
        met = [note.date for note in notes_until(records, pair, today) if held(note)]
        days = (today - met[-1]).days
        return Reason("cadence-lapsed", f"no meeting for {days} days", days)
    end = end_of(records, pair, cohort)
    if kind == "ended" and end:
        days = (today - end).days
        return Reason("pair-not-closed", f"past its end by {days} days", days)
    return None


def _escalations(records: Records, today: datetime.date) -> dict[str, list[Reason]]:
    """Red check-ins without a next step, by the pair they are about, else by cohort and person."""
    found: dict[str, list[Reason]] = {}
    for each in escalated(records, today, records.settings.thresholds.escalation_days):
        cohort = each.month.cohort_key
        key = f"{cohort}/{each.entry.pair}" if each.entry.pair else _pair_with(records, cohort, each.entry.person)
        days = (today - each.entry.on).days
        reason = Reason("escalation-open", f"red check-in, {days} days ago", days)
        found.setdefault(key or f"{cohort}/@{each.entry.person}", []).append(reason)
    return found


def _pair_with(records: Records, cohort: str, person: str) -> str:
    """The one running pair of a cohort in which somebody is; none where there are several."""
    keys = [pair.pair_key for pair in records.pairs_of(cohort) if pair.status in LIVE and person in pair.people()]
    return keys[0] if len(keys) == 1 else ""


def _concerns(records: Records, today: datetime.date) -> dict[str, list[Concern]]:
    """Unanswered concerns by the pair they are about; one for safety says nothing of whom it is about."""
    found: dict[str, list[Concern]] = {}
    for each in unanswered(records, today, records.settings.thresholds.concern_days):
        known = each.pair if each.kind != "safety" and each.pair in records.pairs else None
        found.setdefault(known or "", []).append(each)
    return found


def _concern_reason(concern: Concern, today: datetime.date) -> Reason:
    days = working_days(concern.opened, today)
    return Reason("concern-unanswered", f"concern, {days} working days", (today - concern.opened).days)


def _others(
    records: Records,
    cohorts: tuple[Cohort, ...],
    waiting: dict[str, list[Concern]],
    stuck: dict[str, list[Reason]],
    today: datetime.date,
) -> Iterator[Call]:
    """The calls that belong to no pair of these cohorts: a concern about no pair, a red check-in with one person."""
    rules, keys = records.settings.rules, tuple(f"{cohort.cohort_key}/@" for cohort in cohorts)
    for concern in waiting.get("", ()) if rules.get("concern-unanswered") != "off" else ():
        yield Call("", (f"concern {concern.id}",), concern.owner or "", (_concern_reason(concern, today),))
    for key, reasons in stuck.items():
        if key.startswith(keys) and rules.get("escalation-open") != "off":
            yield Call("", (name(records, key.partition("@")[2]),), "", tuple(reasons))


def _older(
    records: Records, waiting: dict[str, list[Concern]], stuck: dict[str, list[Reason]], today: datetime.date
) -> Iterator[Call]:
    """The calls about pairs of cohorts that are over."""
    for key in sorted({*waiting, *stuck} & set(records.pairs)):
        pair = records.pairs[key]
        reasons = [*stuck.get(key, ()), *(_concern_reason(each, today) for each in waiting.get(key, ()))]
        wanted = tuple(each for each in reasons if records.settings.rules.get(each.code) != "off")
        if wanted:
            yield Call(key, names(records, pair, today), pair.check_in_owner or "", wanted)
