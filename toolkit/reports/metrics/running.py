"""What it takes to run a program: hours, training, calls, and what was changed for the next time."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from toolkit import stats
from toolkit.model import Concern, PrivatePerson
from toolkit.model.answers import contact_days, contacted, uncontacted, working_days
from toolkit.model.completed import completed
from toolkit.model.pair import GIVING
from toolkit.model.people import trained_on
from toolkit.reports.languages import guide_state, read_guides, wanted
from toolkit.reports.metrics.base import Counts, Figure, Metric, Scope, described, metric, middle, share


@metric("admin-hours", "running", inside=True)
def admin_hours(scope: Scope) -> Figure | None:
    """Hours of the coordinator for each pair that began (`coordinator_minutes` of the cohort, up to this month).

    Caution: a small program costs most while it begins.
    """
    logged = [each for each in scope.cohort.coordinator_minutes if each.month <= f"{scope.today:%Y-%m}"]
    count = len(scope.begun)
    if not logged or not count:
        return None
    hours = sum(each.minutes for each in logged) / 60
    done = sum(completed(scope.records, pair, scope.cohort, scope.today) for pair in scope.begun)
    each_done = f", {hours / done:.1f} for each that completed" if done else ""
    says = f"{hours:.1f} hours of the coordinator: {hours / count:.1f} for each of {count} pair{'s' * (count > 1)}{each_done}"
    return Figure(hours / count, count, says, "ratio", unit="hours", beside=(("hours", round(hours, 1)),))


cost_per_pair = described(
    "cost-per-pair",
    "running",
    "hand",
    """What a cohort cost in money, for each pair that ever began: hours of the staff, training, tools, travel and the rest.

    The records hold no money. `admin-hours` gives the hours of the coordinator for each pair; hours that mentors give
    belong in it, too, wherever somebody pays for them.

    Caution: the first cohort carries what is made once for all. Say what was counted, or two programs cannot be compared.
    """,
)

cost_per_completed = described(
    "cost-per-completed",
    "running",
    "hand",
    """What a cohort cost in money, for each pair that completed: the same sum as for `cost-per-pair`, for fewer pairs.

    The records hold no money, and they do hold which pairs completed (`completion-rate`).

    Caution: it makes every early ending look like waste, though some pairs are right to end. It cannot be told before the
    cohort is over.
    """,
)


@metric("training-completion", "running", private=True)
def training_completion(scope: Scope) -> Figure | None:
    """Mentors who have taken the training that the cohort asks for (`training` of the cohort), of all who were ever in a pair.

    Each course must be taken, with the least number of hours where the hours are written down. All of them should have it
    before they begin; who took it later is named beside it.

    Caution: a course taken says nothing of what was learned.
    """
    found = _trained(scope)
    done = [(first, day) for first, day in found if day is not None]
    late = sum(day > first for first, day in done)
    return share(len(done), len(found), "mentors have the training that is asked for", ("trained-late", late))


@metric("training-lag", "running", private=True)
def training_lag(scope: Scope) -> Figure | None:
    """Days from the day on which a mentor had taken the required training to the first day in a pair, the median over mentors.

    Below 0 the pairs began first. What was learned months before the first meeting is half forgotten by then.

    Caution: it holds for those who were trained; who was not is named beside it.
    """
    found = _trained(scope)
    waits = [(first - day).days for first, day in found if day is not None]
    late = sum(wait < 0 for wait in waits)
    beside: Counts = ("trained-late", late), ("untrained", len(found) - len(waits))
    return middle(waits, "days", f"{len(waits)}/{len(found)} mentors are trained", *beside)


def _trained(scope: Scope) -> list[tuple[datetime.date, datetime.date | None]]:
    """For each mentor ever in a pair, the first day in one, and the day on which the training was whole; None before it."""
    asked, people = scope.cohort.training, scope.records.private_people
    found = []
    for name, first in _first_days(scope).items() if asked.required else ():
        if not scope.records.is_unreadable(PrivatePerson.record, name):
            taken = people[name].training if name in people else ()
            found.append((first, trained_on(taken, asked.required, asked.hours_min, scope.today)))
    return found


def _first_days(scope: Scope) -> dict[str, datetime.date]:
    """The first day in a pair of each mentor who was ever in one, by id."""
    found: dict[str, datetime.date] = {}
    for pair in scope.begun:
        for member in pair.members:
            first = max(each for each in (pair.started, member.joined) if each is not None)
            if member.role in GIVING and first <= scope.today:
                found[member.person] = min(first, found.get(member.person, first))
    return dict(sorted(found.items()))


@metric("concern-response-days", "running", private=True)
def concern_response_days(scope: Scope) -> Figure | None:
    """Working days from a concern (`opened`) to its first answer (`answered`, else `closed`): after how many half were answered.

    It counts the concerns about a pair of the cohort, or about none and raised by somebody who was in one. What still waits
    counts with its days so far (the estimate of Kaplan and Meier); as long as more than half wait, there is no figure.
    Holidays are not known and count as working days.

    Caution: concerns for safety name no pair, so they are not among these. No concern at all may mean that nobody knows
    whom to tell.
    """
    done: list[int] = []
    still: list[int] = []
    for each in _concerns(scope):
        answer = min((day for day in (each.answered, each.closed) if day is not None), default=None)
        over = answer is not None and answer <= scope.today
        (done if over else still).append(working_days(each.opened, answer if answer and over else scope.today))
    found = stats.half(done, still)
    if found is None:
        return None
    says = f"median {found:g}; {len(done)}/{len(done) + len(still)} concerns answered"
    beside: Counts = ("longest", max(done + still)), ("waiting", len(still))
    return Figure(found, len(done) + len(still), says, "median", unit="working-days", beside=beside)


def _concerns(scope: Scope) -> Iterator[Concern]:
    """The concerns of a cohort up to the day: about one of its pairs, or about none by somebody who was in one then."""
    for each in scope.records.concerns.values():
        if each.opened > scope.today:
            continue
        if each.pair is not None:
            if each.pair.startswith(f"{scope.cohort.cohort_key}/"):
                yield each
        elif any(
            each.person in pair.people()
            and pair.started is not None
            and pair.started <= each.opened <= (pair.ended or each.opened)
            for pair in scope.begun
        ):
            yield each


@metric("check-in-coverage", "running")
def check_in_coverage(scope: Scope) -> Figure | None:
    """People with whom the staff spoke about their pair at least once since it began (check-ins), of all who were ever in a pair.

    Youth programs speak with each side twice in the first month and once a month afterwards; whoever is in an active pair
    and was not heard from for that long is named beside it.

    Caution: one call in ten months is enough to be counted. A meeting of the pair is no contact by the staff.
    """
    days = contact_days(scope.records)
    calls: dict[str, set[datetime.date]] = {}
    silent: set[str] = set()
    for pair in scope.begun:
        for each in pair.members:
            if each.joined is None or each.joined <= scope.today:
                calls.setdefault(each.person, set()).update(contacted(days, pair, each.person, scope.today))
        if scope.is_active(pair):
            silent |= {each.person for each in uncontacted(scope.records, days, pair, scope.today)}
    beside: Counts = ("check-ins", sum(map(len, calls.values()))), ("not-lately", len(silent))
    return share(sum(map(bool, calls.values())), len(calls), "people in pairs had a check-in", *beside)


@metric("improvements-done", "running")
def improvements_done(scope: Scope) -> Figure | None:
    """Improvements of the cohort of which it is written what came of them (`result`), of all that were written down.

    An improvement whose day (`due`) has not come yet is among them and named beside it: most are for the next cohort. They
    have no day of their own, so they count from the first pair on.

    Caution: a result that is written down may be that it did not help, which is worth as much.
    """
    found = scope.records.improvements.get(scope.cohort.cohort_key, ()) if scope.begun else ()
    done = sum(each.result is not None for each in found)
    early = sum(each.result is None and each.due is not None and each.due >= scope.today for each in found)
    return share(done, len(found), "improvements carried out", ("not-due", early))


standards_coverage = described(
    "standards-coverage",
    "running",
    "hand",
    """Elements of a standard that a program meets and can show evidence for, of all elements of that standard.

    The standards have their own questions and assessors. The page of the standards names the guides that help with each; a
    guide that helps is no evidence that it is done.

    Caution: it is a self-assessment and never a certificate. Elements weigh differently, and one that is missed, such as
    screening, can outweigh all the others.
    """,
)


@metric("travel-saved", "running")
def travel_saved(scope: Scope) -> Figure | None:
    """Hours of travel that meeting at a distance saved (`travel_minutes_saved` of the notes), added up over all meetings.

    A meeting whose note does not say so counts as nothing; how many do is named beside it.

    Caution: it is what people guessed. It is a kindness in a report, and no proof of anything.
    """
    saved = [note.travel_minutes_saved for _, note in scope.meetings() if note.travel_minutes_saved is not None]
    if not saved:
        return None
    hours = sum(saved) / 60
    says = f"{hours:g} hours; notes that say so: {len(saved)}"
    return Figure(hours, len(saved), says, "total", unit="hours", beside=(("notes", len(saved)),))


@metric("translation-coverage", "running")
def translation_coverage(scope: Scope) -> Figure | None:
    """Translations of guides that say what the guide says now, of one for each guide in each further language of the site.

    It is one number for the whole program, the same in each cohort that has begun; `mentoring i18n status` lists the guides. What is
    behind its guide, done in part, or missing is named beside it.

    Caution: it says that a translation was compared with its guide, and not that it reads well.
    """
    others = wanted(scope.records)[1] if scope.begun else ()
    guides = read_guides(scope.records).values()
    states = Counter(guide_state(scope.records, guide, language) for guide in guides for language in others)
    beside: Counts = (("stale", states["stale"]), ("partly", states["partly"]), ("missing", states["missing"]))
    found = share(states["current"], states.total(), "translations are current", *beside)
    return found and found._replace(low=None, high=None)  # these are all of them, and no sample


METRICS: tuple[Metric, ...] = (
    admin_hours,
    cost_per_pair,
    cost_per_completed,
    training_completion,
    training_lag,
    concern_response_days,
    check_in_coverage,
    improvements_done,
    standards_coverage,
    travel_saved,
    translation_coverage,
)
