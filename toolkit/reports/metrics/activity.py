"""Whether pairs meet, how regularly, and who comes."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import pairwise
from statistics import fmean

from toolkit.model import Member, Pair
from toolkit.model.completed import KEPT, asked, met
from toolkit.model.pair import RECEIVING
from toolkit.model.program import CIRCLES, DAYS_BETWEEN
from toolkit.model.rhythm import cadence_of, counted, end_of, held
from toolkit.reports.metrics.base import Counts, Figure, Metric, Scope, average, described, metric, middle, share

_LATELY = datetime.timedelta(days=90)
_LONG = 2
_BEST = 3


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


@metric("dosage", "activity")
def dosage(scope: Scope) -> Figure | None:
    """Minutes that a mentee spent in meetings so far (`minutes` of the notes), the mean over all who were ever in a pair.

    Only meetings to which the mentee came count, in all pairs of the cohort together; who never met counts with none.
    Beside it stands what that makes for thirty days in a pair.

    Caution: more is not always better. In youth programs those that asked for shorter meetings had larger effects
    (Raposa 2019).
    """
    minutes: dict[str, int] = {}
    days = 0
    for pair in scope.begun:
        notes = [note for note in scope.notes(pair) if held(note)]
        members = _mentees(pair, scope.today)
        for person in dict.fromkeys(each.person for each in members):
            spent = sum(note.minutes for note in notes if person in note.attended)
            minutes[person] = minutes.get(person, 0) + spent
        days += sum(_days(pair, each, scope.today) for each in members)
    month = (("a-month", round(sum(minutes.values()) / days * DAYS_BETWEEN["month"])),) if days else ()
    return average(tuple(minutes.values()), "minutes", f"{len(minutes)} mentees", *month)


def _mentees(pair: Pair, today: datetime.date) -> tuple[Member, ...]:
    """Who receives in a pair and has joined it, also who left since."""
    wanted = (each for each in pair.members if each.role in RECEIVING)
    return tuple(each for each in wanted if each.joined is None or each.joined <= today)


def _days(pair: Pair, member: Member, today: datetime.date) -> int:
    """How long a member has been in a pair, or was."""
    first = max(day for day in (pair.started, member.joined) if day is not None)
    last = min(day for day in (today, pair.ended, member.left) if day is not None)
    return max((last - first).days, 0)


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


@metric("gap-longest", "activity")
def gap_longest(scope: Scope) -> Figure | None:
    """The longest stretch of a pair without a meeting, in rhythms of its agreement; the median over the pairs.

    It runs from the start, over the meetings, to the day of counting or the end of the pair. 1 is as agreed; above 2 most
    pairs have lost the thread once. The number of those stands beside it.

    Caution: breaks of the cohort and agreed pauses are left out, but a holiday that nobody wrote down is a gap. Pairs
    that meet only once (`flash`) have none.
    """
    gaps = [each for each in (_longest(scope, pair) for pair in scope.begun) if each is not None]
    return middle(gaps, "rhythms", f"{len(gaps)} pairs", ("long-gap", sum(each > _LONG for each in gaps)))


def _longest(scope: Scope, pair: Pair) -> float | None:
    """The longest gap of a pair as a multiple of its rhythm; None where it has not lived a day."""
    start, end = pair.started or scope.today, end_of(scope.records, pair, scope.cohort)
    last = scope.today if end is None else min(scope.today, end)
    if pair.model == "flash" or last <= start:
        return None
    between = (day for day in met(scope.records, pair, scope.today) if start < day < last)
    days = pairwise((start, *between, last))
    return max(counted(pair, scope.cohort, *two) for two in days) / cadence_of(scope.records, pair, scope.cohort).days


@metric("active-share", "activity")
def active_share(scope: Scope) -> Figure | None:
    """Active pairs that met within twice their rhythm, of all active pairs.

    It is the pulse of this week: whom it leaves out needs a call.

    Caution: it says nothing of what they talk about.
    """
    active = [pair for pair in scope.begun if scope.is_active(pair)]
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


@metric("cancellation-count", "activity")
def cancellation_count(scope: Scope) -> Figure | None:
    """Meetings of the last 90 days that did not take place because somebody had said beforehand that they could not come.

    They are the notes of meetings that were not held, with an `absent` person who gave `notice`. How many the mentors
    called off, and how many the mentees, stands beside it; one that both called off is in both.

    Caution: look for the reason before the person. An exam week and a pair that fades away look the same here, and what
    was called off without a note is not known.
    """
    begun = scope.begun
    if not begun:
        return None
    by: Counter[str] = Counter()
    total = 0
    for pair in begun:
        for note in scope.notes(pair):
            said = {each.person for each in note.absent if each.notice}
            if said and not held(note) and scope.today - note.date < _LATELY:
                total += 1
                by.update({each.role for each in pair.members if each.person in said})
    sides: Counts = (("by-mentors", by["mentor"]), ("by-mentees", by["mentee"]))
    return Figure(total, len(begun), f"{total} in 90 days; {len(begun)} pairs", "total", beside=sides)


@metric("preparedness", "activity")
def preparedness(scope: Scope) -> Figure | None:
    """How prepared people came to their meetings (`prepared`, 0 to 3): the mean of each pair, then the mean over the pairs.

    3 is well prepared, on both sides. Each pair counts once, however many notes it writes; beside it stands how many
    marks there are.

    Caution: people say it of themselves, and pairs that give no marks are not in it.
    """
    marks = [
        [mark for note in scope.notes(pair) if held(note) for mark in note.prepared.values()] for pair in scope.begun
    ]
    means = [fmean(each) for each in marks if each]
    return average(means, "", f"{len(means)} pairs gave marks", ("marks", sum(map(len, marks))), most=_BEST)


@metric("meeting-continuity", "activity")
def meeting_continuity(scope: Scope) -> Figure | None:
    """Meetings of groups, teams and near-peer pairs at which a mentor was there, of those that their rhythm asked for.

    It shows what a group is good for: the meeting takes place though one of the mentors is away. No pair counts for more
    meetings than were asked for. Meetings without any mentor stand beside it.

    Caution: a group that shares one mentor has this strength only on paper.
    """
    kept = due = alone = 0
    for pair in (each for each in scope.begun if each.model in CIRCLES):
        notes = [note for note in scope.notes(pair) if held(note)]
        led = sum(not set(pair.mentors).isdisjoint(note.attended) for note in notes)
        wanted = asked(scope.records, pair, scope.cohort, scope.today)
        kept, due, alone = kept + min(led, wanted), due + wanted, alone + len(notes) - led
    return share(kept, due, "meetings of groups", ("without-mentor", alone))


documentation_rate = described(
    "documentation-rate",
    "activity",
    "hand",
    """
    Meetings that were written down within seven days, of all meetings that are known to have taken place.

    It says how far the other figures can be trusted: what has no note is in none of them. Ask a few pairs for the days
    on which they met in a month, and look for the notes; a note's first day in the history of the files says when it was written.

    Caution: a note holds the day of the meeting, not the day on which it was written, and a meeting without a note is
    not known here. So it cannot be counted from the records alone.
    """,
)


@metric("network-reach", "activity")
def network_reach(scope: Scope) -> Figure | None:
    """Introductions to helpers outside the pair (`introductions` of the pair) for each mentee who was ever in a pair.

    Mentors who open doors leave more behind than advice. How many different helpers were met stands beside it.

    Caution: what nobody wrote down is missing, and helpers are written down as roles. So two pairs that met the same
    person count as two.
    """
    mentees = {each.person for pair in scope.begun for each in _mentees(pair, scope.today)}
    if not mentees:
        return None
    met_by = [
        (pair.id, _plain(each.to)) for pair in scope.begun for each in pair.introductions if each.on <= scope.today
    ]
    count, helpers = len(met_by), len(set(met_by))
    says = f"{count} introductions for {len(mentees)} mentees"
    beside: Counts = (("introductions", count), ("helpers", helpers))
    return Figure(count / len(mentees), len(mentees), says, "ratio", beside=beside)


@metric("resource-use", "activity")
def resource_use(scope: Scope) -> Figure | None:
    """Different things to read, watch or use that a pair named in its notes (`resources`), the mean over the pairs.

    How many pairs named any stands beside it.

    Caution: it is a weak sign. What was opened is not known, only what was written down, and one page that is read
    helps more than ten that are named.
    """
    named = [len({_plain(each) for note in scope.notes(pair) for each in note.resources}) for pair in scope.begun]
    return average(named, "", f"{len(named)} pairs", ("with-resources", sum(each > 0 for each in named)))


def _plain(text: str) -> str:
    """A text without case and double spaces, as it is compared."""
    return " ".join(text.casefold().split())


METRICS: tuple[Metric, ...] = (
    first_meeting_days,
    dosage,
    cadence_adherence,
    gap_longest,
    no_show_rate,
    cancellation_count,
    preparedness,
    meeting_continuity,
    active_share,
    documentation_rate,
    network_reach,
    resource_use,
)
