"""`mentoring close` and `mentoring settle`: how a pair and how a goal ended."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, get_args

import click

from toolkit.cli.common import at_terminal, today_option
from toolkit.cli.planned import carry_out, change_options, choice, write_option
from toolkit.cli.scene import scene_of
from toolkit.errors import ToolkitError
from toolkit.model.goal import GoalEnd
from toolkit.model.pair import ClosureKind, ClosureReason, FinalSession, Rematch

if TYPE_CHECKING:
    from toolkit.changes.endings import Answers

_KINDS, _REASONS = get_args(ClosureKind), get_args(ClosureReason)
_FINAL, _REMATCH, _OVER = get_args(FinalSession), get_args(Rematch), get_args(GoalEnd)


@click.command()
@click.argument("pair")
@click.option("--kind", metavar="KIND", help="Kind of ending: planned, early-agreed, lost-contact, …")
@click.option("--reason", metavar="REASON", help="Main reason: goals-met, time-ended, workload, unknown, …")
@click.option("--final-session", type=click.Choice(_FINAL), help="Whether there was a last meeting.")
@click.option("--future-contact", metavar="TEXT", help="What was said about later contact.")
@click.option("--data", metavar="TEXT", help="What happens to the notes: kept until a day, or deleted.")
@click.option("--rematch", type=click.Choice(_REMATCH), help="Whether a new pair is wanted.")
@click.option("--goal", "goals", multiple=True, metavar="GOAL=END", help="How an open goal ended; once for each.")
@change_options
@click.pass_context
def close(
    ctx: click.Context,
    pair: str,
    kind: str | None,
    reason: str | None,
    final_session: str | None,
    future_contact: str | None,
    data: str | None,
    rematch: str | None,
    goals: tuple[str, ...],
    on: datetime.date | None,
    write: bool,
    today: str | None,
) -> int:
    """Close PAIR: write how and why it ended, and set its state and its last day.

    On a terminal it asks for what no option says. A `closure.md` that was written before is taken as it is. What is
    new is shown first; --write writes `closure.md` and changes the lines of the pair.

    Exit codes: 0 the change can be made, 1 the states or the rules forbid it, 2 it could not be tried.

    \b
    Example:
      mentoring close claire-joao
      mentoring close claire-joao --kind early-agreed --reason workload --final-session yes \\
        --future-contact "João may write" --data "keep until 2027-09-30" --rematch later --write
    """
    from toolkit.changes.endings import Answers
    from toolkit.changes.endings import close as plan
    from toolkit.changes.states import PAIRS
    from toolkit.cli.asked import pair_of

    _known(kind, reason)
    scene = scene_of(ctx, today)
    records = scene.loaded.records
    found = pair_of(records, pair)
    answers = Answers(kind, reason, final_session, future_contact, data, rematch, _ends(goals))
    if at_terminal() and found.status in PAIRS["close"] and found.pair_key not in records.closures:
        answers = _ask(answers)
    asked = {name: getattr(answers, name) for name in ("kind", "reason", "final_session", "data", "rematch")}
    return carry_out(
        ctx,
        scene,
        found.pair_key,
        lambda: plan(scene.workspace, records, found, answers, on, scene.today),
        future_contact=answers.future_contact,
        **asked,
    )


def _known(kind: str | None, reason: str | None) -> None:
    """Make sure that kind and reason are on their lists."""
    for option, value, allowed in (("--kind", kind, _KINDS), ("--reason", reason, _REASONS)):
        if value is not None and value not in allowed:
            raise ToolkitError(f"{option} {value} is not on the list", f"allowed: {', '.join(allowed)}")


def _ends(goals: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for each in goals:
        ident, _, end = each.partition("=")
        if end not in _OVER:
            raise ToolkitError(f"--goal {each} does not say how it ended", f"write goal=END: {', '.join(_OVER)}")
        found[ident] = end
    return found


def _ask(said: Answers) -> Answers:
    """Ask for what was not said; what stays unsaid is left out, and what cannot be is refused later."""
    from dataclasses import replace

    return replace(
        said,
        kind=said.kind or choice("Kind of ending", _KINDS),
        reason=said.reason or choice("Main reason", _REASONS),
        final_session=said.final_session or choice("Was there a last meeting", _FINAL),
        future_contact=said.future_contact or _text("What was said about later contact"),
        data=said.data or _text("What happens to the notes (keep until a day, or deleted)"),
        rematch=said.rematch or choice("Is a new pair wanted", _REMATCH),
    )


def _text(words: str) -> str | None:
    return click.prompt(words, default="", show_default=False, err=True).strip() or None


@click.command()
@click.argument("goal")
@click.option("--as", "end", type=click.Choice(_OVER), required=True, help="How it ended.")
@write_option
@today_option
@click.pass_context
def settle(ctx: click.Context, goal: str, end: str, write: bool, today: str | None) -> int:
    """Say how a GOAL ended: met, partly met, dropped or carried over.

    GOAL is the pair, a slash and the goal. The line that changes is shown first; --write changes it.

    Exit codes: 0 the change can be made, 1 the states or the rules forbid it, 2 it could not be tried.

    \b
    Example:
      mentoring settle ines-tomas/calm-ends --as met
      mentoring settle lantern/2026/ines-tomas/calm-ends --as partly-met --write
    """
    from toolkit.changes.endings import settle as plan
    from toolkit.cli.asked import goal_of

    scene = scene_of(ctx, today)
    found = goal_of(scene.loaded.records, goal)
    return carry_out(ctx, scene, found.pair_key, lambda: plan(scene.workspace, found, end))
