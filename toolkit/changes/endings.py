"""How things end: a pair is closed with a record of why and how, a goal is settled."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import get_args

from toolkit.changes.change import Change, FileChange, day_of, edit, order_of
from toolkit.changes.states import Refused, after, settled
from toolkit.model import Goal, Pair, Records
from toolkit.model.goal import GoalEnd
from toolkit.model.pair import ClosureKind, ClosureReason
from toolkit.source import Edit, Set, emit_front
from toolkit.workspace import Workspace, place_of

_ORDER = order_of(Pair)
_OVER: tuple[str, ...] = get_args(GoalEnd)
_ASKED = {
    "kind": f"how it ended: {', '.join(get_args(ClosureKind))}",
    "reason": f"why: {', '.join(get_args(ClosureReason))}",
    "data": 'what happens to the notes, such as "keep until 2027-12-31"',
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a coordinator says when a pair ends; None or nothing where it was not said."""

    kind: str | None = None
    reason: str | None = None
    final_session: str | None = None
    future_contact: str | None = None
    data: str | None = None
    rematch: str | None = None
    goals: dict[str, str] = field(default_factory=dict)

    def given(self) -> bool:
        """Whether anything was said."""
        return any(
            (self.kind, self.reason, self.final_session, self.future_contact, self.data, self.rematch, self.goals)
        )


def close(
    workspace: Workspace,
    records: Records,
    pair: Pair,
    answers: Answers,
    on: datetime.date | None,
    today: datetime.date,
) -> Change:
    """Close a pair: `closure.md` with what was said, then the state and the last day.

    A closure that lies there already is taken as it is. Raises Refused where the states do not allow it, and where
    kind, reason or what happens to the notes was not said.
    """
    state = after("close", pair)
    found = records.closures.get(pair.pair_key)
    path = place_of("closure", program=pair.origin.program, cohort=pair.origin.cohort, pair=pair.id)
    if found is None and records.is_unreadable("closure", pair.id, path):
        raise Refused(f"{path} cannot be read", f"mentoring check; then: mentoring close {pair.pair_key}")
    if found is not None and answers.given():
        raise Refused(f"{path} is there already", "change it there, and close the pair without these answers")
    day = found.on if found is not None else day_of(on or pair.ended, today)
    edits: list[Edit] = [Set(("status",), state, _ORDER), Set(("ended",), day, _ORDER)]
    files = [edit(workspace, pair, edits)]
    if found is None:
        files.insert(0, FileChange(path, None, _closure(records, pair, answers, day).encode("utf-8")))
    notes, kind = tuple(_open_goals(records, pair, answers)), found.kind if found is not None else answers.kind
    worked = pair.started is not None and kind != "safety"
    then = f"mentoring mail thanks {pair.pair_key}" if worked else "mentoring check"
    return Change(f"{pair.status} -> closed on {day}", tuple(files), notes, then)


def _closure(records: Records, pair: Pair, answers: Answers, day: datetime.date) -> str:
    """The text of a new closure; the goals that were settled before are named with how they ended."""
    lacking = [name for name in ("kind", "reason", "data") if not getattr(answers, name)]
    if lacking:
        flags = " and ".join(f"--{name}" for name in lacking)
        hint = "; ".join(f"--{name} is {_ASKED[name]}" for name in lacking)
        raise Refused(f"to close {pair.pair_key}, say also {flags}", hint)
    goals = {goal.id: goal for goal in records.goals.get(pair.pair_key, ())}
    unknown = sorted(set(answers.goals) - set(goals))
    if unknown:
        known = ", ".join(goals) or "none"
        raise Refused(f"{pair.pair_key} has no goal {unknown[0]}", f"its goals are: {known}")
    ends = {ident: goal.status for ident, goal in goals.items() if goal.status in _OVER} | answers.goals
    fields: dict[str, object] = {
        "on": day,
        "kind": answers.kind,
        "reason": answers.reason,
        "final_session": answers.final_session,
        "future_contact": answers.future_contact,
        "data": answers.data,
        "goals": dict(sorted(ends.items())) or None,
        "rematch": answers.rematch,
    }
    return emit_front(fields, "")


def _open_goals(records: Records, pair: Pair, answers: Answers) -> list[str]:
    left = [
        goal.id
        for goal in records.goals.get(pair.pair_key, ())
        if goal.status in ("active", "paused") and goal.id not in answers.goals
    ]
    closure = records.closures.get(pair.pair_key)
    left = [ident for ident in left if closure is None or ident not in closure.goals]
    return [f"still open: mentoring settle {pair.pair_key}/{ident} --as {'|'.join(_OVER)}" for ident in left]


def settle(workspace: Workspace, goal: Goal, target: str) -> Change:
    """Say how a goal ended; raises Refused where it is a draft or has ended before."""
    settled(goal, target)
    says = f"{goal.id}: {goal.status} -> {target}"
    return Change(says, (edit(workspace, goal, [Set(("status",), target, order_of(Goal))]),))
