"""Which state follows which: the transitions of pairs and goals as tables, and the way from one state to a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from toolkit.errors import ToolkitError
from toolkit.model import Goal, Pair
from toolkit.model.goal import GoalEnd
from toolkit.model.rhythm import LIVE, OVER

PAIRS: dict[str, dict[str, str]] = {
    "accept": {"proposed": "accepted"},
    "start": {"accepted": "active"},
    "pause": {"active": "paused"},
    "resume": {"paused": "active"},
    "close": dict.fromkeys(("proposed", "accepted", "active", "paused", "closing"), "closed"),
}
"""Change to the states from which it leads, each with the state to which it leads."""

_SHOWN = 3  # commands in one line; more of them are no line to read
_NEEDS = {"pause": " --until DATE"}

SIGNABLE = ("accepted", *LIVE)
"""States of a pair in which its agreement can be signed."""

GOALS: dict[str, tuple[str, ...]] = dict.fromkeys(("active", "paused"), get_args(GoalEnd))
"""State of a goal to the states in which it can end."""


_DONE = {
    "accept": "accepted",
    "start": "started",
    "pause": "paused",
    "resume": "resumed",
    "sign": "signed",
    "close": "closed",
}


class Refused(ToolkitError):
    """The states do not allow this change; the hint is the way that they do allow."""


def after(verb: str, pair: Pair) -> str:
    """The state to which a change leads from where a pair stands; raises Refused where it leads from elsewhere."""
    found = PAIRS[verb].get(pair.status)
    if found is None:
        raise refusal(verb, pair, tuple(PAIRS[verb]))
    return found


def refusal(verb: str, pair: Pair, wanted: tuple[str, ...]) -> Refused:
    """Refuse a change that is possible only in other states, with the way to the nearest of them."""
    return Refused(f"{pair.pair_key} is {pair.status}, so it cannot be {_DONE[verb]}", way(pair, wanted))


def way(pair: Pair, wanted: tuple[str, ...]) -> str:
    """Say how a pair comes to one of the wanted states, in commands, or why it never does."""
    if pair.status in OVER:
        again = f"mentoring match propose {pair.cohort_key}"
        if pair.status == "closed":
            return f"a closed pair stays closed; its people begin anew in a new pair: {again}"
        again = f"mentoring match rematch {pair.cohort_key} {pair.id}"
        return f"an objected pair goes back to the matching: {again}"
    steps = _path(pair.status, wanted)
    if not steps:
        left = [verb for verb, leads in PAIRS.items() if pair.status in leads]
        return "what can be done from here: " + ", or ".join(word for verb in left for word in _commands(verb, pair))
    return ", then ".join(word for step in steps for word in _commands(step, pair))


def _commands(verb: str, pair: Pair) -> list[str]:
    """A change as it is typed: once for each who has not accepted, where it is accepting."""
    said = {each.person for each in pair.accepted}
    missing = [each.person for each in pair.members if each.left is None and each.person not in said]
    if verb == "accept" and missing:
        return [by_each(f"mentoring accept {pair.pair_key}", missing)]
    return [f"mentoring {verb} {pair.pair_key}{_NEEDS.get(verb, '')}"]


def by_each(command: str, people: Sequence[str]) -> str:
    """A command that each of these people needs once; of a large group the first shows how."""
    shown = people if len(people) <= _SHOWN else people[:1]
    more = f", and so for {len(people) - 1} others" if len(people) > len(shown) else ""
    return ", then ".join(f"{command} --person {person}" for person in shown) + more


def _path(start: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The fewest changes that lead to one of the wanted states; none where no way leads there."""
    reached: dict[str, tuple[str, ...]] = {start: ()}
    waiting = [start]
    while waiting:
        state = waiting.pop(0)
        if state in wanted:
            return reached[state]
        for verb, leads in PAIRS.items():
            target = leads.get(state)
            if target is not None and target not in reached:
                reached[target] = (*reached[state], verb)
                waiting.append(target)
    return ()


def settled(goal: Goal, target: str) -> None:
    """Raise Refused where a goal cannot end so from where it stands."""
    if target in GOALS.get(goal.status, ()):
        return
    name = f"{goal.pair_key}/{goal.id}"
    if goal.status == "draft":
        hint = "set its status to active when both have agreed on it, or delete a draft that nobody wants"
        raise Refused(f"{name} is a draft, and only a goal that was worked on can be settled", hint)
    hint = "a settled goal stays as it is; a new goal can take it up again"
    raise Refused(f"{name} is settled already: {goal.status}", hint)
