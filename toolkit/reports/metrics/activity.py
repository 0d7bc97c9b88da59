"""Whether pairs meet, how regularly, and who comes."""

from __future__ import annotations

from toolkit.model.completed import KEPT, asked, met
from toolkit.model.rhythm import cadence_of, counted
from toolkit.reports.metrics.base import Figure, Metric, Scope, average, metric, middle, share


@metric("first-meeting-days", "activity")
def first_meeting_days(scope: Scope) -> Figure | None:
    """Days from the start of a pair to its first meeting, the median over the pairs that met.

    Ten days or fewer is a common line: pairs that begin late often never quite begin.

    Caution: where the start is the day of the first meeting, it can hardly fail.
    """
    found = ((pair.started, met(scope.records, pair, scope.today)) for pair in scope.begun)
    waits = [(days[0] - started).days for started, days in found if started and days]
    return middle(
        waits, "days", f"{len(waits)}/{len(scope.begun)} pairs met", ("not-met", len(scope.begun) - len(waits))
    )


@metric("cadence-adherence", "activity")
def cadence_adherence(scope: Scope) -> Figure | None:
    """Meetings held of those that the rhythm of a pair asked for so far, at most 1 for each pair; the mean over the pairs.

    Agreed pauses and the breaks of the cohort are left out, and a pair that began late is asked for less.

    Caution: it counts what has a note.
    """
    wanted = [
        (len(met(scope.records, pair, scope.today)), asked(scope.records, pair, scope.cohort, scope.today))
        for pair in scope.begun
    ]
    shares = [min(done / due, 1.0) for done, due in wanted if due]
    good = sum(each >= KEPT for each in shares)
    return average(shares, "", f"{good}/{len(shares)} pairs at {KEPT} or more", ("regular", good), most=1.0)


@metric("active-share", "activity")
def active_share(scope: Scope) -> Figure | None:
    """Active pairs that met within twice their rhythm, of all active pairs.

    It is the pulse of this week: whom it leaves out needs a call.

    Caution: it says nothing of what they talk about.
    """
    active = [pair for pair in scope.begun if pair.status == "active"]
    recent = 0
    for pair in active:
        days, line = met(scope.records, pair, scope.today), 2 * cadence_of(scope.records, pair, scope.cohort).days
        recent += bool(days) and counted(pair, scope.cohort, days[-1], scope.today) <= line
    return share(recent, len(active), "active pairs met lately")


@metric("no-show-rate", "activity")
def no_show_rate(scope: Scope) -> Figure | None:
    """Places at meetings that stayed empty without a word, of all places at meetings.

    Caution: of one pair the number is small; it is never published for a person.
    """
    notes = [note for pair in scope.begun for note in scope.notes(pair)]
    missed = sum(not each.notice for note in notes for each in note.absent)
    return share(missed, sum(len(note.attended) + len(note.absent) for note in notes), "places at meetings")


METRICS: tuple[Metric, ...] = (first_meeting_days, cadence_adherence, active_share, no_show_rate)
