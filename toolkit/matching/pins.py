"""The pairs that a coordinator fixed: each is honored exactly, or refused with the smallest reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from toolkit.diagnostics import Diagnostic
from toolkit.matching.against import absent, broken
from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.constraints import Bar
from toolkit.matching.policy import Refused, finding
from toolkit.matching.pool import HOLDS_PLACE, Pool, present
from toolkit.matching.shapes import leaders
from toolkit.matching.solvers import NOBODY
from toolkit.model import Policy, Records
from toolkit.model.catalog import HIDDEN, SELF
from toolkit.model.policy import Two


def pins_of(records: Records, policy: Policy, pool: Pool, bars: tuple[Bar, ...], room: Integers) -> Integers:
    """Give the mentor pinned for each mentee (or NOBODY); raises Refused where a pin breaks what must hold.

    A pin stands above the floor, which is a matter of taste, and below every other constraint. One whose two people
    are together already is fulfilled.
    """
    rows = {each.id: index for index, each in enumerate(pool.mentees)}
    columns = {each.id: index for index, each in enumerate(pool.mentors)}
    together, left = _together(records, policy), room.copy()
    pins = np.full(len(rows), NOBODY, dtype=np.int64)
    faults: list[Diagnostic] = []
    for place, pin in enumerate(policy.pins):
        if (pin.mentor, pin.mentee) in together:
            continue
        against = absent(records, policy, pool, pin)
        if against is None:
            row, column = rows[pin.mentee], columns[pin.mentor]
            against = broken(records, policy, place, (row, column), pins, bars, left)
        if against is None:
            pins[row] = column
            left[column] -= 1
            continue
        message = f"the pin of {pin.mentor} and {pin.mentee} cannot hold: {against[0]}"
        hint = "take the pin out, or change what stands against it"
        found = finding("pin-violates-constraint", policy, message, ("pins", place, "mentor"), hint)
        faults.append(replace(found, related=against[1]))
    if faults:
        raise Refused(tuple(faults))
    return pins


def _together(records: Records, policy: Policy) -> set[tuple[str, str]]:
    return {
        (mentor, mentee)
        for pair in records.pairs_of(policy.cohort_key)
        if pair.status in HOLDS_PLACE
        for mentor in present(pair, "mentor", "both")
        for mentee in present(pair, "mentee", "both")
    }


def together_of(
    records: Records, policy: Policy, pool: Pool, apart: Booleans, split: Booleans
) -> tuple[Booleans, Booleans]:
    """Mark who must be in one group, mentees and mentors; raises Refused where two cannot be.

    Two who are in one group already are there.
    """
    sides = [
        ({each.id: index for index, each in enumerate(takers)}, np.zeros_like(bars), bars)
        for takers, bars in ((pool.mentees, apart), (pool.mentors, split))
    ]
    faults: list[Diagnostic] = []
    for place, each in enumerate(policy.together):
        if _are_together(records, policy, each):
            continue
        side = next((side for side in sides if each.one in side[0] and each.other in side[0]), None)
        why = _not_together(policy, each, None if side is None else side[2][side[0][each.one], side[0][each.other]])
        if not why and side is not None and side is sides[1] and leaders(policy)[1] < 2:
            why = f"one mentor leads a {policy.model}"
        if why or side is None:
            message = f"{each.one} and {each.other} cannot be kept together: {why}"
            hint = "take the entry out, or change what stands against it"
            faults.append(finding("pin-violates-constraint", policy, message, ("together", place, "one"), hint))
            continue
        one, other = side[0][each.one], side[0][each.other]
        side[1][one, other] = side[1][other, one] = True
    if faults:
        raise Refused(tuple(faults))
    return sides[0][1], sides[1][1]


def _not_together(policy: Policy, each: Two, barred: bool | None) -> str:
    """Say why two cannot be kept together; `barred` is None where they are not two of one side."""
    if each.one == each.other:
        return SELF
    if barred is None:
        return "they are not two accepted mentees without a pair, nor two accepted mentors"
    return HIDDEN if barred else ""


def _are_together(records: Records, policy: Policy, two: Two) -> bool:
    held = (pair for pair in records.pairs_of(policy.cohort_key) if pair.status in HOLDS_PLACE)
    return any({two.one, two.other} <= set(present(pair)) for pair in held)
