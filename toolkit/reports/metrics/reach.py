"""Whom a program reaches, and how its matching went."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from toolkit import stats
from toolkit.model.carried import mentees_carried
from toolkit.model.groups import comparable, grouped
from toolkit.model.people import MentorProfile
from toolkit.model.program import PEERS
from toolkit.reports.metrics.base import Beside, Counts, Figure, Metric, Scope, described, metric, share
from toolkit.reports.metrics.plans import (
    first_choice_share,
    lift,
    objection_rate,
    score_mean,
    score_min,
    top_3_share,
)
from toolkit.reports.metrics.taken import SIDES, accepted_mentees, handed_in, paired, seeks

_WITHOUT: dict[str, Beside] = {"mentor": "mentors-without", "mentee": "mentees-without"}


@metric("coverage", "reach")
def coverage(scope: Scope) -> Figure | None:
    """Mentees who were ever in a pair, of all who could have been mentored (`eligible_population` of the cohort).

    It says how far the program reaches.

    Caution: who counts as eligible must be counted the same way each year.
    """
    people = {person for pair in scope.begun for person in pair.mentees}
    return share(len(people), scope.cohort.eligible_population or 0, "of those who could") if people else None


@metric("application-conversion", "reach")
def application_conversion(scope: Scope) -> Figure | None:
    """Applications that led to a pair, of all that were handed in, whatever became of them; mentors and mentees beside it.

    A pair counts from the day on which everybody in it had said yes, or on which it began. Few of many on one side, and
    nearly all on the other, means that the program looks for people on the wrong side.

    Caution: who applies chose to; it says nothing of those who never heard of the program.
    """
    placed = {role: paired(scope, role) for role in SIDES}
    if not any(placed.values()):
        return None
    applied = handed_in(scope)
    asked = Counter(each.role for each in applied)
    got = Counter(each.role for each in applied if each.person in placed[each.role])
    told = ", ".join(f"{got[role]}/{asked[role]} of {role}s" for role in placed)
    without: Counts = tuple((_WITHOUT[role], asked[role] - got[role]) for role in placed)
    return share(got.total(), len(applied), f"applications led to a pair: {told}", *without)


@metric("match-rate", "reach")
def match_rate(scope: Scope) -> Figure | None:
    """Accepted mentees who came into a pair, of all accepted mentees.

    A pair counts from the day on which everybody in it had said yes, or on which it began; who left it since, or withdrew,
    stays among the paired. Coordinators often look for 0.7 or more.

    Caution: it speaks of the number of places, and not of how good the pairs are. Whoever is on the waiting list is not
    among the accepted: read that number beside it.
    """
    placed, accepted = paired(scope, "mentee"), accepted_mentees(scope)
    if not placed:
        return None
    applied = [each for each in handed_in(scope) if seeks(scope, each.role)]
    listed = sum(each.status == "waitlisted" and each.person not in accepted for each in applied)
    return share(len(placed), len(accepted), "accepted mentees came into a pair", ("waiting-list", listed))


@metric("time-to-match", "reach", private=True)
def time_to_match(scope: Scope) -> Figure | None:
    """Days from the acceptance of a mentee (`decision` of the private application) to their first pair: after how many half were in one.

    A pair counts from the day on which everybody in it had said yes, or on which it began. Who still waits counts with the
    days that they have waited so far (the estimate of Kaplan and Meier); as long as more than half wait, there is no figure.

    Caution: whoever is accepted long before the matching waits for its day, and not for a mentor.
    """
    placed = paired(scope, "mentee")
    end = min(scope.today, scope.cohort.ends)
    done: list[int] = []
    still: list[int] = []
    for person, since in _accepted_on(scope).items():
        days = ((placed[person].since if person in placed else end) - since).days
        if days >= 0:
            (done if person in placed else still).append(days)
    found, count = stats.half(done, still), len(done) + len(still)
    if found is None:
        return None
    says = f"median {found:g}; {len(done)}/{count} mentees paired"
    return Figure(found, count, says, "median", unit="days", beside=(("waiting", len(still)),))


def _accepted_on(scope: Scope) -> dict[str, datetime.date]:
    """The day on which each accepted mentee was accepted, as far as it was written down."""
    asked = {(each.person, each.role) for each in handed_in(scope) if seeks(scope, each.role)}
    found: dict[str, datetime.date] = {}
    for file in scope.records.private_applications.get(scope.cohort.cohort_key, ()):
        if file.decision is not None and (file.person, file.role) in asked:
            found[file.person] = min(file.decision.on, found.get(file.person, file.decision.on))
    return {person: found[person] for person in accepted_mentees(scope) if person in found}


@metric("mentor-utilisation", "reach")
def mentor_utilisation(scope: Scope) -> Figure | None:
    """Mentees whom the mentors of the cohort have now, of all places that these mentors offer (`capacity` of the profile).

    Mentors are those who were accepted or are in a pair; their mentees in other cohorts count, since a place is a place.
    Above 0.9 there is no room for a new pair when one ends early.

    Caution: places are what mentors offered once, and not what they can carry this month.
    """
    loads = tuple(_loads(scope))
    places, taken = sum(profile.capacity for profile, _ in loads), sum(carried for _, carried in loads)
    if not places:
        return None
    free = sum(max(profile.capacity - carried, 0) for profile, carried in loads)
    says = f"{taken}/{places} places of {len(loads)} mentors are in use"
    return Figure(taken / places, places, says, "share", part=taken, beside=(("free-places", free),))


@metric("load-equity", "reach")
def load_equity(scope: Scope) -> Figure | None:
    """How uneven mentors carry, as the Gini coefficient of their mentees now and what they carry elsewhere (`other_load`).

    It is 0 where all carry the same, and nears 1 where one carries everything; mentors with nobody count as well. Jain's
    index beside it is 1 where all carry the same.

    Caution: it does not say whether an uneven load is unfair: some want more. Hidden work that nobody wrote down is not in it.
    """
    loads = [carried + profile.other_load for profile, carried in _loads(scope)]
    uneven, even = stats.gini(loads), stats.jain(loads)
    if uneven is None or even is None:
        return None
    says = f"Gini {uneven:.2f}, Jain {even:.2f} over {len(loads)} mentors"
    return Figure(uneven, len(loads), says, "ratio", beside=(("jain", round(even, 2)), ("idle", loads.count(0))))


def _loads(scope: Scope) -> Iterator[tuple[MentorProfile, int]]:
    """Each mentor of the cohort with the number of mentees carried in any cohort; nobody where no pair of it runs."""
    begun = (each for each in scope.records.pairs.values() if each.started and each.started <= scope.today)
    live = [each for each in begun if scope.runs(each) and each.model != "flash"]
    carried = mentees_carried(live, scope.today)
    own = {name for name, (_, pairs) in carried.items() for each in pairs if each.cohort_key == scope.cohort.cohort_key}
    told = {each.person for each in handed_in(scope) if each.status == "accepted" and _gives(scope, each.role)}
    for name in sorted(own | told) if own else ():
        person = scope.records.people.get(name)
        if person is not None and person.mentor is not None:
            yield person.mentor, carried[name][0] if name in carried else 0


def _gives(scope: Scope, role: str) -> bool:
    return role == "mentor" or scope.cohort.model in PEERS


@metric("group-gap", "reach", private=True)
def group_gap(scope: Scope) -> Figure | None:
    """The widest difference in the match rate between two groups of accepted mentees, the higher rate less the lower one.

    Groups are those that the matching policy names (`report_by`), else what people said of themselves in their private
    files. Groups of fewer than ten are left out, and so is whatever would give such a group away. It is for coordinators
    alone and never names a group. An interval that holds 0 says that chance alone may have made the gap.

    Caution: of several gaps the widest one is wide by chance as well. Who said nothing of themselves is in no group.
    """
    placed, key = paired(scope, "mentee"), scope.cohort.cohort_key
    people = [each for each in accepted_mentees(scope) if each in scope.records.people]
    policy = scope.records.policies.get(key)
    told = ((scope.records.people[each], scope.records.private_people.get(each)) for each in people)
    gaps, withheld = [], 0
    for values in grouped(told, policy.fairness.report_by if policy else ()).values() if placed else ():
        kept = comparable(values, len(people))
        withheld += not kept
        rates = [stats.wilson(sum(people[at] in placed for at in places), len(places)) for places in kept.values()]
        sizes = [len(places) for places in kept.values()]
        for one, other in combinations(range(len(rates)), 2):
            high, low = sorted((rates[one], rates[other]), key=lambda each: -each.value)
            gaps.append((stats.newcombe(high, low), sizes[one] + sizes[other]))
    if not gaps:
        return None
    widest, count = max(gaps, key=lambda each: (each[0].value, each[1]))
    says = f"widest gap {widest.value:.2f} between two groups, of {len(gaps)} compared"
    beside: Counts = (("gaps-compared", len(gaps)), ("groups-withheld", withheld))
    return Figure(widest.value, count, says, "ratio", low=widest.low, high=widest.high, beside=beside)


match_satisfaction = described(
    "match-satisfaction",
    "reach",
    "answers",
    """People who choose 4 or 5 of 5 for a sentence such as "This pairing fits me," of all who answered in the first or second month.

    No survey that ships with the toolkit asks for it; a program that wants it adds the sentence to a pulse, for both sides.
    Give how many answered, of how many who were asked, beside it.

    Caution: nearly everybody is pleased in the first weeks, and who is not may not answer. It says nothing of whether the
    pair will do any good.
    """,
)

METRICS: tuple[Metric, ...] = (
    coverage,
    application_conversion,
    match_rate,
    time_to_match,
    first_choice_share,
    top_3_share,
    score_mean,
    score_min,
    lift,
    match_satisfaction,
    objection_rate,
    mentor_utilisation,
    load_equity,
    group_gap,
)
