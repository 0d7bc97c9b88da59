"""What the words of a command stand for: a day, a pair, a goal."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import date_of
from toolkit.cli.subject import subject_of
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.model import Goal, Pair, Records


def day(_ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date | None:
    """Read the day of an option; raises ToolkitError where it is none."""
    return None if value is None else date_of(value, param.opts[-1])


def pair_of(records: Records, name: str) -> Pair:
    """Find the pair that is meant: `program/cohort/pair`, or its own id where nothing else has it."""
    return records.pairs[subject_of(name, records, ("pair",)).key]


def goal_of(records: Records, name: str) -> Goal:
    """Find the goal that is meant: the pair as it is named elsewhere, a slash, and the goal."""
    holder, _, ident = name.rpartition("/")
    if not holder:
        known = [goal for goals in records.goals.values() for goal in goals if goal.id == name]
        said = ", or ".join(f"{goal.pair_key}/{name}" for goal in known[:6]) or "ines-tomas/calm-ends"
        raise ToolkitError(f"{name} names no goal by itself", f"write the pair, a slash and the goal: {said}")
    pair = pair_of(records, holder)
    goals = {goal.id: goal for goal in records.goals.get(pair.pair_key, ())}
    if ident not in goals:
        raise ToolkitError(f"{pair.pair_key} has no goal {ident}", f"its goals are: {', '.join(goals) or 'none yet'}")
    return goals[ident]
