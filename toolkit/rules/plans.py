"""Rules of a matching run after it was made: inputs that changed before it was used, and who comes off worse in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from toolkit.model import Plan, Records
from toolkit.rules.base import WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import in_play

_GAP = 0.10
_GROUP = 10


@rule("run-inputs-changed", WARNING)
def run_inputs_changed(records: Records, context: Context) -> Iterator[Finding]:
    """Pairs of a matching run are proposed, and what the run was made from has changed since.

    Another policy, or people who applied after it was made, might have led to other pairs; nobody can repeat this plan from
    what is there now. The rule compares the policy file and the days of the applications, and looks at runs of which a
    pair is still only proposed.

    Fix: make the run again, or say in `accepted_changed` why this plan is used all the same.
    """
    waiting = {(pair.cohort_key, pair.run) for pair in records.pairs.values() if pair.run and pair.status == "proposed"}
    for key, plans in records.plans.items():
        for plan in plans:
            if (key, plan.id) not in waiting or plan.accepted_changed:
                continue
            policy = records.policies.get(key)
            source = policy.origin.source if policy is not None else None
            if source is not None and plan.policy.removeprefix("sha256:") != source.digest:
                yield Finding(plan.at("policy"), "the policy has changed since this run was made")
            later = [each for each in records.applications.get(key, ()) if each.submitted > plan.made_on]
            if any(in_play(each) for each in later):
                yield Finding(plan.at("made_on"), "people have applied since this run was made")


@rule("fairness-gap", WARNING, private=True)
def fairness_gap(records: Records, context: Context) -> Iterator[Finding]:
    """In the latest matching run one group of mentees is matched more often, or better, than another.

    Groups are what people said of themselves under `protected` in their private files; only groups of ten mentees or more
    are compared, and the line is a gap of 0.10 in the share that is matched or in the mean score. A gap is a question to
    the pool and to the weights, not yet a verdict. The finding names no group, and neither should a report that leaves the staff.

    Fix: look at which mentors are missing and which weight makes the difference, before the pairs are announced.
    """
    for key in records.plans:
        latest = _latest(records.plans[key])
        scores = _scores(latest)
        for groups in _groups(records, scores):
            faults = []
            if _differ([len([s for s in group if s is not None]) / len(group) for group in groups]):
                faults.append("the share that is matched")
            means = [_mean(group) for group in groups]
            if _differ([mean for mean in means if mean is not None]):
                faults.append("the mean score")
            if faults:
                message = (
                    f"{' and '.join(faults)} of two groups of {_GROUP} or more mentees differ by more than {_GAP:g}"
                )
                yield Finding(latest[0].at("made_on"), message)
                break


def _latest(plans: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """The files of the run that was made last."""
    last = max(plans, key=lambda each: (each.made_on, each.id))
    return tuple(each for each in plans if (each.made_on, each.inputs) == (last.made_on, last.inputs))


def _scores(plans: tuple[Plan, ...]) -> dict[str, float | None]:
    """The mean score of each mentee in a run; None for who has no pair."""
    found: dict[str, list[float]] = defaultdict(list)
    for plan in plans:
        for pair in plan.pairs:
            found[pair.mentee].append(pair.score)
    left = [each.person for plan in plans for each in plan.unmatched if each.role == "mentee"]
    means: dict[str, float | None] = {who: sum(scores) / len(scores) for who, scores in found.items()}
    return dict.fromkeys(left) | means


def _groups(records: Records, scores: dict[str, float | None]) -> Iterator[list[list[float | None]]]:
    """The scores of mentees by group, for each attribute of which two groups are large enough."""
    found: dict[str, dict[str, list[float | None]]] = defaultdict(lambda: defaultdict(list))
    for who, score in scores.items():
        private = records.private_people.get(who)
        for attribute, value in private.protected.items() if private is not None else ():
            found[attribute][value.casefold()].append(score)
    for attribute in sorted(found):
        large = [group for _, group in sorted(found[attribute].items()) if len(group) >= _GROUP]
        if len(large) > 1:
            yield large


def _mean(group: list[float | None]) -> float | None:
    scores = [score for score in group if score is not None]
    return sum(scores) / len(scores) if len(scores) >= _GROUP else None


def _differ(values: list[float]) -> bool:
    """Whether two of these are further apart than the line; rounded, so that exactly 0.10 is no gap."""
    return any(round(abs(one - other), 9) > _GAP for one, other in combinations(values, 2))


RULES: tuple[Rule, ...] = (run_inputs_changed, fairness_gap)
