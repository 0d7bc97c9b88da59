"""What a matching proposed: the choices and scores that it gave to people, and whether they objected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from toolkit.model import Plan
from toolkit.reports.metrics.base import Figure, Scope, average, described, metric, share
from toolkit.reports.metrics.taken import accepted_mentees, handed_in, paired, seeks

_TOP = 3


@metric("first-choice-share", "reach")
def first_choice_share(scope: Scope) -> Figure | None:
    """Mentees whose first pair is with the person they ranked first, of the accepted mentees who ranked anybody (`ranked`).

    Who ranked somebody and came into no pair is among them, without a choice.

    Caution: it holds for those who ranked only. Where all want the same few mentors it must be low, however good the
    matching is.
    """
    return _choices(scope, 1, "mentees who ranked got their first choice")


@metric("top-3-share", "reach")
def top_3_share(scope: Scope) -> Figure | None:
    """Mentees whose first pair is with one of the three people they ranked first, of the accepted mentees who ranked anybody.

    Who ranked somebody and came into no pair is among them, without a choice.

    Caution: it holds for those who ranked only; of a list of three names any choice is among the first three.
    """
    return _choices(scope, _TOP, "mentees who ranked got one of their first three choices")


def _choices(scope: Scope, depth: int, what: str) -> Figure | None:
    """Count the mentees who got somebody from the top of their list, and those who got nobody at all."""
    placed, accepted = paired(scope, "mentee"), set(accepted_mentees(scope))
    wishes = {each.person: each.ranked for each in handed_in(scope) if each.ranked and seeks(scope, each.role)}
    wishes = {person: ranked for person, ranked in wishes.items() if person in accepted}
    if not placed or not wishes:
        return None
    got = sum(
        not set(ranked[:depth]).isdisjoint({*placed[person].pair.mentors} - {person})
        for person, ranked in wishes.items()
        if person in placed
    )
    return share(got, len(wishes), what, ("nobody", sum(person not in placed for person in wishes)))


@metric("score-mean", "reach")
def score_mean(scope: Scope) -> Figure | None:
    """The score of each mentor with each mentee in the matching plan, 0 to 1: the mean over the pairs of that plan that began.

    Where the pairs come from several plans, it is that of most of them; the other pairs are named beside it.

    Caution: a score compares pairs within one plan. It is no percentage of fitting, and another plan or policy has another
    scale.
    """
    scores, others = _scores(scope)
    found = average(scores, "", "scores of the plan, for the pairs that began", ("other-plan", others), most=1.0)
    return found and found._replace(low=None, high=None)  # these are all of them, and no sample


@metric("score-min", "reach", inside=True)
def score_min(scope: Scope) -> Figure | None:
    """The lowest score of a mentor with a mentee in the matching plan, 0 to 1, among the pairs of that plan that began.

    It shows what the last pair was given so that the others could do well; look at it beside `score-mean`.

    Caution: a low score is a reason to call early, and foretells nothing. It compares pairs within one plan.
    """
    scores, others = _scores(scope)
    if not scores:
        return None
    says = f"lowest {min(scores):.2f} of {len(scores)} scores of the plan"
    return Figure(min(scores), len(scores), says, "ratio", beside=(("other-plan", others),))


def _scores(scope: Scope) -> tuple[list[float], int]:
    """The scores that the plan of most pairs gives to them, and how many pairs come from elsewhere."""
    known = scope.records.plans.get(scope.cohort.cohort_key, ())
    plans = {each.id: each for each in known if each.made_on <= scope.today}
    runs = Counter(pair.run for pair in scope.begun if pair.run in plans)
    if not runs:
        return [], 0
    most = max(runs, key=lambda run: (runs[run], plans[run].made_on, run))
    pairs = {pair.id for pair in scope.begun if pair.run == most}
    return list(_of_plan(plans[most], pairs)), len(scope.begun) - len(pairs)


def _of_plan(plan: Plan, pairs: set[str]) -> Iterator[float]:
    """The score of each mentor with each mentee; of a group that has none, its own."""
    alone = {each.pair for each in plan.pairs}
    yield from (each.score for each in plan.pairs if each.pair in pairs)
    yield from (each.score for each in plan.groups if each.pair in pairs - alone)


lift = described(
    "lift",
    "reach",
    "hand",
    """The mean score of a matching plan, less the mean score of random plans that break no constraint: what matching added.

    `mentoring match propose --figures` draws 1,000 random plans; the line "against chance" of the plan gives both totals
    with how many they match. Divide each total by its number, and subtract. Near 0 a lottery would have done as well.

    Caution: the toolkit keeps that line as a sentence for people, so nothing is counted from it. A difference of scores is
    never a percentage of better fitting.
    """,
)


@metric("objection-rate", "reach", private=True)
def objection_rate(scope: Scope) -> Figure | None:
    """Proposals that somebody objected to, of all pairs that the program proposed.

    Pairs that people formed by themselves (`formation`) are left out. A proposal that is gone since counts as long as the
    objection to it is kept. A few are healthy: people dare to say no before it is too late.

    Caution: none at all may mean that nobody dares. Who objected is told to nobody.
    """
    key = scope.cohort.cohort_key
    pairs = scope.records.pairs_of(key)
    said = [each for file in scope.records.private_applications.get(key, ()) for each in file.objections]
    heard = [each for each in said if each.on <= scope.today]
    made = {each.id for each in pairs if each.formation == "formal" and each.proposed_on <= scope.today}
    undated = {each.id for each in pairs if each.status == "objected"} - {each.pair for each in said}
    against = {each.pair for each in heard} | (made & undated)
    waiting = sum(each.answered is None or each.answered > scope.today for each in heard)
    return share(len(against), len(made | against), "proposals were objected to", ("unanswered", waiting))
