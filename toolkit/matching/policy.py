"""The policy as matching understands it: criteria by name with their options, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from toolkit.diagnostics import Diagnostic, Severity, did_you_mean
from toolkit.errors import ToolkitError
from toolkit.matching.criteria import CRITERIA, Function, Options, Weighted
from toolkit.matching.offered import offered
from toolkit.matching.shapes import requirements
from toolkit.model import Criterion, Policy


class Refused(ToolkitError):
    """The policy or what it asks for cannot be followed; `diagnostics` says where and why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics[0].message, diagnostics[0].hint)
        self.diagnostics = diagnostics


def finding(code: str, policy: Policy, message: str, route: Iterable[str | int], hint: str) -> Diagnostic:
    """Point at a place of the policy."""
    return Diagnostic(code, Severity.ERROR, message, policy.at(*route), hint)


RANKED = "ranked_choice"


def weighted(policy: Policy) -> tuple[Weighted, ...]:
    """Give the criteria that count, in the order of the policy; raises Refused for one that nobody knows.

    In the mode `ranked` people's rankings alone make the score, in `admin` they have no part in it.
    """
    known = functions(policy.score)
    unknown = [name for name in policy.score if name not in known]
    if unknown:
        raise Refused(tuple(_unknown(policy, name) for name in unknown))
    counted = tuple(
        Weighted(name, criterion.weight, known[name], _options(policy, criterion))
        for name, criterion in policy.score.items()
        if criterion.weight > 0 and (policy.mode == "hybrid" or (name == RANKED) == (policy.mode == "ranked"))
    )
    if policy.mode == "ranked" and not counted:
        return (Weighted(RANKED, 1, CRITERIA[RANKED], _options(policy, Criterion(weight=1))),)
    if not counted and policy.mode == "admin" and any(each.weight for each in policy.score.values()):
        message, hint = (
            "rankings are left out, and no other criterion has a weight",
            "weigh another one, or change `mode`",
        )
        found = finding("policy-weights-zero", policy, message, ("score", RANKED), hint)
        raise Refused((replace(found, related=(policy.at("mode"),)),))
    if not counted:
        message, hint = "no criterion counts: every weight is 0", "give one criterion a weight"
        raise Refused((finding("policy-weights-zero", policy, message, ("score",), hint),))
    return counted


def functions(names: Iterable[str]) -> dict[str, Function]:
    """Find the criteria by name: the toolkit's own, and those that installed packages offer."""
    found = {name: CRITERIA[name] for name in names if name in CRITERIA}
    others = set(names) - set(found)
    return {**found, **offered(others)} if others else found


def _unknown(policy: Policy, name: str) -> Diagnostic:
    hint = did_you_mean(name, CRITERIA, f"the criteria are: {', '.join(CRITERIA)}")
    message = f"there is no criterion `{name}`"
    return finding("policy-unknown-criterion", policy, message, ("score", name), hint)


def _options(policy: Policy, criterion: Criterion) -> Options:
    """Fill in what the policy leaves open; the level window and the floor of minutes follow its requirements."""
    usual = Options()
    window = next((each.level_gap for each in requirements(policy) if each.level_gap), None)
    floor = max((each.overlap_minutes or 0 for each in policy.require), default=0)
    high = criterion.max if criterion.max is not None else window.max if window else max(usual.high, criterion.min or 0)
    low = criterion.min if criterion.min is not None else window.min if window else usual.low
    return Options(
        of=criterion.of or usual.of,
        share_mentee=usual.share_mentee if criterion.share_mentee is None else criterion.share_mentee,
        saturates_at=criterion.saturates_at or usual.saturates_at,
        low=min(low, high),
        high=high,
        floor=floor,
        unanswered_is_zero=policy.missing == "zero",
    )
