"""How pairs end, who begins again, and who comes back as mentor; beside what no record holds."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import Closure, Pair
from toolkit.model.completed import completed, ended_early
from toolkit.model.pair import GIVING
from toolkit.reports.metrics.base import Counts, Figure, Metric, Scope, metric, share
from toolkit.reports.metrics.outside import OUTSIDE


@metric("completion-rate", "outcomes")
def completion_rate(scope: Scope) -> Figure | None:
    """Pairs that completed, of all that were ever active.

    A pair completed when it was closed as planned after four fifths of its time, with three fifths of the meetings
    that its rhythm asked for. Pairs that still run are among those that have not completed, and are named beside it.

    Caution: a line such as 85 in a hundred is something to look at, and no pass mark.
    """
    done = sum(completed(scope.records, pair, scope.cohort, scope.today) for pair in scope.begun)
    what = f"ever paired; {scope.running} still run" if scope.running else "ever paired"
    return share(done, len(scope.begun), what, ("running", scope.running))


@metric("early-ending", "outcomes")
def early_ending(scope: Scope) -> Figure | None:
    """Pairs that ended before their time, of all that were ever active (`kind` of the closure).

    That is an ending by agreement or by one side, lost contact, or an ending for safety. Where the whole program ended,
    no pair failed. How many ended by agreement stands beside it: the others left somebody behind.

    Caution: pairs that still run may end early, too, so it grows until the cohort is over. The reasons stand in the
    closures; read them side by side, not as figures.
    """
    kinds = [closure.kind for _, closure in _early(scope)]
    beside: Counts = (("by-agreement", kinds.count("early-agreed")), ("running", scope.running))
    return share(len(kinds), len(scope.begun), "ever paired ended early", *beside)


@metric("rematch-rate", "outcomes")
def rematch_rate(scope: Scope) -> Figure | None:
    """Mentees who have begun another pair of the program since theirs ended early, of all whose pair ended early.

    A new pair in another cohort counts, too. Who said at the end that they wanted no other (`rematch: no` of the closure)
    and has none is among all, and named beside it.

    Caution: an ending of last week has had no time for a new pair.
    """
    left = _left(scope)
    again = {person for person, ending in left.items() if any(_since(scope, person, *ending))}
    none = sum(closure.rematch == "no" for person, (_, closure) in left.items() if person not in again)
    return share(len(again), len(left), "mentees whose pair ended early", ("wants-none", none))


@metric("rematch-success", "outcomes")
def rematch_success(scope: Scope) -> Figure | None:
    """Pairs that completed, of those that mentees began after their first one had ended early.

    A pair completes by the same rule as any other. Those that still run are named beside it.

    Caution: it is made of very few pairs; read them one by one before you say that second pairs go better or worse.
    """
    left = _left(scope).items()
    new = {pair.pair_key: (own, pair) for person, ending in left for own, pair in _since(scope, person, *ending)}
    done = sum(completed(own.records, pair, own.cohort, own.today) for own, pair in new.values())
    running = sum(own.runs(pair) for own, pair in new.values())
    return share(done, len(new), "new pairs after an early ending", ("running", running))


@metric("mentor-return", "outcomes")
def mentor_return(scope: Scope) -> Figure | None:
    """Mentors of this cohort who began a pair as mentor in a later cohort of the program, of all its mentors.

    A later cohort is one that starts when more than half of this one is over; one that runs beside it is none. Until the
    first pair of a later cohort has begun there is nothing to count.

    Caution: it grows with every cohort, so compare two cohorts after the same time. Who was not asked, or not matched,
    could not come back.
    """
    mentors = {person for pair in scope.begun for person in pair.mentors}
    return _came(scope, mentors, GIVING, "mentors of this cohort")


@metric("mentee-to-mentor", "outcomes")
def mentee_to_mentor(scope: Scope) -> Figure | None:
    """Mentees of this cohort who began a pair as mentor in a later cohort of the program, of all its mentees.

    A later cohort is one that starts when more than half of this one is over. Among peers, where everybody gives and
    receives, nobody is counted as mentee. There is hardly a better sign of health.

    Caution: it takes years. Compare two cohorts after the same time.
    """
    mentees = {person for pair in scope.begun for person in pair.people("mentee")}
    return _came(scope, mentees, ("mentor",), "mentees of this cohort")


def _early(scope: Scope) -> Iterator[tuple[Pair, Closure]]:
    """The pairs that ended before their time, with their closures."""
    for pair in scope.begun:
        closure = ended_early(scope.records, pair, scope.today)
        if closure is not None:
            yield pair, closure


def _left(scope: Scope) -> dict[str, tuple[Pair, Closure]]:
    """The mentees whose pair ended before its time, each with the first such ending."""
    found: dict[str, tuple[Pair, Closure]] = {}
    for ending in sorted(_early(scope), key=lambda each: (each[1].on, each[0].pair_key)):
        for person in ending[0].mentees:
            found.setdefault(person, ending)
    return found


def _program(scope: Scope) -> Iterator[Scope]:
    """Every cohort of the program, as a scope of its own."""
    for cohort in scope.records.cohorts.values():
        if cohort.origin.program == scope.cohort.origin.program:
            yield scope._replace(cohort=cohort)


def _since(scope: Scope, person: str, old: Pair, closure: Closure) -> Iterator[tuple[Scope, Pair]]:
    """The pairs of the program that a mentee began since the old one ended, each with the scope of its cohort."""
    for own in _program(scope):
        for pair in own.begun:
            if pair is not old and person in pair.mentees and (pair.started or closure.on) >= closure.on:
                yield own, pair


def _came(scope: Scope, people: set[str], roles: tuple[str, ...], what: str) -> Figure | None:
    """How many of these people have such a role in a later cohort; None where no pair of such a cohort has begun."""
    half = scope.cohort.starts + (scope.cohort.ends - scope.cohort.starts) / 2
    later = [pair for own in _program(scope) if own.cohort.starts > half for pair in own.begun]
    back = {person for pair in later for person in pair.people(*roles)}
    return share(len(people & back), len(people), what) if later else None


METRICS: tuple[Metric, ...] = (
    completion_rate,
    early_ending,
    rematch_rate,
    rematch_success,
    mentor_return,
    mentee_to_mentor,
    *OUTSIDE,
)
