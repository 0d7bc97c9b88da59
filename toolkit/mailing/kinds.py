"""The kinds of messages, and which pairs each is meant for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from toolkit.model import Pair, Records
from toolkit.model.rhythm import LIVE, alarm, end_of, notes_until, planned

Check = Callable[[Records, Pair, datetime.date], str]
"""Says why a pair is not written to, or nothing where it is."""

_SILENT = ("silent", "unmet", "lapsed", "unplanned")
_PERSONAL = ("safety", "lost-contact", "early-one-sided")


def unfit(kind: str, records: Records, pair: Pair, today: datetime.date) -> str:
    """Say why a message of this kind is not meant for a pair today; an empty text where it is."""
    return KINDS[kind](records, pair, today)


def _introduction(_: Records, pair: Pair, today: datetime.date) -> str:
    if pair.status not in ("accepted", "active"):
        return "it is not accepted, or past its beginning"
    return "it began already" if pair.started is not None and pair.started < today else ""


def _reminder(records: Records, pair: Pair, today: datetime.date) -> str:
    if pair.status not in ("active", "closing"):
        return "it does not meet now"
    notes = notes_until(records, pair, today)
    return "" if planned(notes, today) is not None else "no next meeting is noted"


def _nudge(records: Records, pair: Pair, today: datetime.date) -> str:
    return "" if alarm(records, pair, today, records.settings.thresholds) in _SILENT else "it is not silent"


def _survey(records: Records, pair: Pair, today: datetime.date) -> str:
    cohort = records.cohort_of(pair)
    waves = cohort.waves if cohort is not None else ()
    if pair.status not in (*LIVE, "closed"):
        return "it has not begun"
    return "" if any(wave.opens <= today <= wave.closes for wave in waves) else "no survey is open today"


def _closing(records: Records, pair: Pair, today: datetime.date) -> str:
    cohort = records.cohort_of(pair)
    end = end_of(records, pair, cohort) if cohort is not None else None
    if pair.status not in LIVE or end is None:
        return "no end is near"
    notice = records.settings.thresholds.closure_notice_days
    return "" if (end - today).days <= notice else f"its end is more than {notice} days away"


def _thanks(records: Records, pair: Pair, _: datetime.date) -> str:
    if pair.status != "closed":
        return "it is not closed"
    closure = records.closures.get(pair.pair_key)
    if closure is None or closure.kind in _PERSONAL:
        return "its ending asks for a word of your own"
    return ""


KINDS: Mapping[str, Check] = {
    "introduction": _introduction,
    "reminder": _reminder,
    "nudge": _nudge,
    "survey": _survey,
    "closing": _closing,
    "thanks": _thanks,
}
"""Each kind of message with what it asks of a pair."""
