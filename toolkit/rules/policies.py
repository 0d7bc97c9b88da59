"""Rules of the matching policy: weights that count, criteria that exist, and pairs that are fixed by hand."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.diagnostics import did_you_mean
from toolkit.model import Policy, Records
from toolkit.model.carried import mentees_carried
from toolkit.model.policy import CRITERIA, CRITERIA_GROUP, Fixed, Two
from toolkit.model.program import PEERS
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, described, rule
from toolkit.rules.facts import held_pairs, holds_place, is_gathering
from toolkit.rules.ties import Ties, ties_of

_DEMOGRAPHIC = frozenset(
    [
        "age",
        "gender",
        "sex",
        "race",
        "ethnicity",
        "ethnic",
        "religion",
        "faith",
        "disability",
        "orientation",
        "nationality",
        "caste",
        "background",
        "demographic",
        "demographics",
    ]
)


@rule("policy-weights-zero", ERROR)
def policy_weights_zero(records: Records, context: Context) -> Iterator[Finding]:
    """No criterion of a matching policy has any weight.

    All pairs are then equally good, and the choice between them is a lottery.

    Fix: give at least one criterion a weight above zero.
    """
    for policy in records.policies.values():
        if not any(each.weight > 0 for each in policy.score.values()):
            yield Finding(policy.at("score"), "no criterion has any weight")


@rule("policy-weight-dominates", NOTE)
def policy_weight_dominates(records: Records, context: Context) -> Iterator[Finding]:
    """One criterion of a matching policy outweighs all others together.

    The others then hardly ever decide; whoever reads the policy believes that they do. The line is the threshold
    `weight_share_percent`.

    Fix: lower this weight, or leave the others out.
    """
    for policy in records.policies.values():
        weights = {name: each.weight for name, each in policy.score.items() if each.weight > 0}
        for name, weight in weights.items():
            if len(weights) > 1 and weight * 100 > sum(weights.values()) * context.limits.weight_share_percent:
                yield Finding(policy.at("score", name), "this criterion outweighs all others together")


@rule("policy-unknown-criterion", ERROR)
def policy_unknown_criterion(records: Records, context: Context) -> Iterator[Finding]:
    """A matching policy weighs a criterion that nobody has written.

    The weight would count for nothing, and the proposal would not be what the policy says.

    Fix: use one of the shipped criteria, or install the package that offers this one.
    """
    for policy in records.policies.values():
        for name in policy.score:
            if name not in CRITERIA and name not in _installed():
                hint = did_you_mean(name, CRITERIA, f"the criteria are: {', '.join(sorted(CRITERIA))}", "`{}`")
                yield Finding(policy.at("score", name), "there is no such criterion", hint)


def _installed() -> frozenset[str]:
    """The criteria that other packages offer."""
    from importlib.metadata import entry_points

    return frozenset(each.name for each in entry_points(group=CRITERIA_GROUP))


@rule("policy-demographic-weight", WARNING)
def policy_demographic_weight(records: Records, context: Context) -> Iterator[Finding]:
    """A criterion weighs what people are, such as their gender or origin.

    Being alike on the surface does little for a pair, and deciding by it may be unlawful; who wants a mentor of their
    own background says so in the application, and `shared_background` counts that wish where the mentor agreed to it.

    Fix: set its weight to 0, or take it out; weigh `shared_background` instead.
    """
    for policy in records.policies.values():
        for name, criterion in policy.score.items():
            asked_for = name in CRITERIA  # counts only where the mentee asks for it
            if criterion.weight > 0 and not asked_for and _DEMOGRAPHIC & set(name.split("_")):
                yield Finding(policy.at("score", name), "this criterion weighs what people are")


@rule("manual-change-unexplained", ERROR)
def manual_change_unexplained(records: Records, context: Context) -> Iterator[Finding]:
    """A pair was fixed or ruled out by hand, and nobody wrote why.

    In a year someone will ask, and a choice without a reason looks like a favor.

    Fix: write `reason` in one sentence.
    """
    for policy in records.policies.values():
        lists: dict[str, tuple[Fixed | Two, ...]] = {
            "pins": policy.pins,
            "forbids": policy.forbids,
            "together": policy.together,
            "apart": policy.apart,
        }
        reasons = {name: [each.reason for each in entries] for name, entries in lists.items()}
        for name, said in reasons.items():
            for index, reason in enumerate(said):
                if not (reason and reason.strip()):
                    yield Finding(policy.at(name, index), f"this entry of `{name}` has no reason")


@rule("pin-violates-constraint", ERROR)
def pin_violates_constraint(records: Records, context: Context) -> Iterator[Finding]:
    """A pair is fixed by hand that cannot be, or two are to be in one group who cannot be.

    The person is not accepted in that role, is fixed or ruled out elsewhere, has no place left, or must not be in this
    pair; the matching would have to break one rule to keep the other. Two who are kept together are two mentees or two
    mentors.

    Fix: take the entry out, or change what stands against it and say why.
    """
    carried = {name: number for name, (number, _) in mentees_carried(held_pairs(records), context.today).items()}
    for key, policy in records.policies.items():
        cohort = records.cohorts.get(key)
        folder = policy.path.removesuffix("matching.yaml")
        if cohort is None or not is_gathering(cohort) or records.is_unreadable("application", below=folder):
            continue
        accepted = {(each.person, each.role) for each in records.applications.get(key, ()) if each.status == "accepted"}
        ties = ties_of(records, key)
        made = _made(records, key)
        for index in range(len(policy.pins)):
            if _two(policy.pins[index]) in made:
                continue  # these two are a pair by now: the entry has done its work
            message = _conflict(policy, index, accepted, ties) or _overfull(records, policy, index, carried, made)
            if message:
                yield Finding(policy.at("pins", index), message)
        for index in range(len(policy.together)):
            message = _parted(policy, index, accepted, ties)
            if message:
                yield Finding(policy.at("together", index), message)


def _parted(policy: Policy, index: int, accepted: set[tuple[str, str]], ties: Ties) -> str:
    """What stands against keeping two in one group, in words; empty where nothing does."""
    one, other = policy.together[index].one, policy.together[index].other
    if one == other:
        return "this keeps one person together"
    if not any({(one, role), (other, role)} <= accepted for role in ("mentee", "mentor")):
        return "these are not two accepted mentees, nor two accepted mentors"
    if any({each.one, each.other} == {one, other} for each in policy.apart):
        return "these two are kept together and apart"
    if ties.vetoed(one, other) or ties.conflicted(one, other):
        return "these two are ruled out by the private file of one of them"
    return ""


def _conflict(policy: Policy, index: int, accepted: set[tuple[str, str]], ties: Ties) -> str:
    """What stands against a pin, in words; empty where nothing does."""
    pin = policy.pins[index]
    if pin.mentor == pin.mentee:
        return "this fixes a pair of one person"
    mutual = policy.model in PEERS
    sides = ((pin.mentor, "mentor"), (pin.mentee, "mentee"))
    if not all(side in accepted or (mutual and (side[0], _other(side[1])) in accepted) for side in sides):
        return "this fixes a pair with someone who is not accepted in that role"
    if any((each.mentor, each.mentee) == (pin.mentor, pin.mentee) for each in policy.forbids):
        return "this pair is both fixed and ruled out"
    if any(each.mentee == pin.mentee for each in policy.pins[:index]):
        return "this mentee is fixed to a mentor already"
    if ties.vetoed(pin.mentor, pin.mentee) or ties.conflicted(pin.mentor, pin.mentee):
        return "this pair is ruled out by the private file of one member"
    return ""


def _other(role: str) -> str:
    return "mentor" if role == "mentee" else "mentee"


def _overfull(records: Records, policy: Policy, index: int, carried: dict[str, int], made: set[tuple[str, str]]) -> str:
    pin = policy.pins[index]
    mentor = records.people.get(pin.mentor)
    if mentor is None or mentor.mentor is None or policy.model in PEERS:
        return ""
    to_come = sum(each.mentor == pin.mentor and _two(each) not in made for each in policy.pins[: index + 1])
    full = carried.get(pin.mentor, 0) + to_come > mentor.mentor.capacity
    return "this mentor has no place left for the pair that is fixed" if full else ""


def _made(records: Records, cohort: str) -> set[tuple[str, str]]:
    """Who is together in a pair of this cohort that holds a place: mentor and mentee."""
    return {
        (mentor, mentee)
        for pair in records.pairs_of(cohort)
        if holds_place(pair)
        for mentor in pair.mentors
        for mentee in pair.mentees
    }


def _two(pin: Fixed) -> tuple[str, str]:
    return pin.mentor, pin.mentee


policy_infeasible = described(
    "policy-infeasible",
    ERROR,
    """
    A matching policy asks for what the records cannot give.

    Matching finds it, not check: a criterion that must be answered was not, or a requirement looks at private records
    that are not here. A plan made all the same would not be what the policy says.

    Fix: bring the records that are missing, or change the policy.
    """,
)


@rule("plan-incomplete", ERROR)
def plan_incomplete(records: Records, context: Context) -> Iterator[Finding]:
    """A plan that is kept in several files misses one of them.

    A large plan is cut into `plan.yaml`, `part-002.yaml` and so on, and each says of how many it is one. Where one is
    missing, the people in it have neither a proposal nor a reason.

    Fix: bring the file back, or delete the run's folder and propose again.
    """
    for plans in records.plans.values():
        for plan in plans:
            if plan.parts > 1 and not records.is_unreadable("matching-run", below=plan.path.rpartition("/")[0]):
                yield Finding(
                    plan.at("parts"), f"this plan is kept in {plan.parts} files, and not all of them are here"
                )


RULES: tuple[Rule, ...] = (
    policy_infeasible,
    plan_incomplete,
    policy_weights_zero,
    policy_weight_dominates,
    policy_unknown_criterion,
    policy_demographic_weight,
    manual_change_unexplained,
    pin_violates_constraint,
)
