"""`mentoring match pin`, `forbid` and `swap`: the price first, then the exact lines of the policy, then the writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit.cli.common import say, today_option
from toolkit.cli.matchable import Asked, asked_of, print_lines, say_refused
from toolkit.cli.planned import carry_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.matching.adjust import Entry
    from toolkit.matching.problem import Problem

F = TypeVar("F", bound="Callable[..., Any]")


def _options(command: F) -> F:
    for option in (
        today_option,
        click.option("--write", is_flag=True, help="Change matching.yaml; without it nothing is written."),
        click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept beside the entry."),
    ):
        command = option(command)
    return command


@click.command(short_help="Keep two people together by hand, with the price shown first.")
@click.argument("cohort")
@click.argument("one", metavar="MENTOR")
@click.argument("other", metavar="MENTEE")
@_options
@click.pass_context
def pin(ctx: click.Context, cohort: str, one: str, other: str, reason: str, write: bool, today: str | None) -> int:
    """Fix the pair of MENTOR and MENTEE in COHORT, with the price shown first.

    Among peers, and for two mentees of one group or two mentors of one team, name the two in either order. The plan is
    solved again with the two together: how many are matched, total, lowest score, first choices, and everybody who
    moves. In rounds of short meetings the two meet in the next one. With --write the entry is added to matching.yaml,
    and no other byte of it changes.

    \b
    Example:
      mentoring match pin 2027 ines-carvalho marta-nogueira --reason "Both asked for it"
    """
    from toolkit.matching.adjust import pin as entries

    return _adjust(ctx, cohort, today, reason, lambda asked: entries(asked.records, _problem(asked), one, other))


@click.command(short_help="Keep two people apart by hand, with the price shown first.")
@click.argument("cohort")
@click.argument("one", metavar="MENTOR")
@click.argument("other", metavar="MENTEE")
@_options
@click.pass_context
def forbid(ctx: click.Context, cohort: str, one: str, other: str, reason: str, write: bool, today: str | None) -> int:
    """Rule out the pair of MENTOR and MENTEE in COHORT, with the price shown first.

    Among peers, and for two mentees of one group or two mentors of one team, name the two in either order. The plan is
    solved again with the two apart: how many are matched, total, lowest score, first choices, and everybody who moves.
    With --write the entry is added to matching.yaml, and no other byte of it changes. A reason that must stay private
    belongs into the veto of a private application, not here.

    \b
    Example:
      mentoring match forbid 2027 david-chen priya-nair --reason "They share an office this year"
    """
    from toolkit.matching.adjust import forbid as entries

    return _adjust(ctx, cohort, today, reason, lambda asked: entries(asked.records, _problem(asked), one, other))


@click.command(short_help="Let two people of the plan change places, with the price shown first.")
@click.argument("cohort")
@click.argument("one")
@click.argument("other")
@_options
@click.pass_context
def swap(ctx: click.Context, cohort: str, one: str, other: str, reason: str, write: bool, today: str | None) -> int:
    """Let two mentees of COHORT's plan, ONE and OTHER, change mentors, with the price shown first.

    Two mentees of different groups change groups, and two peers change peers. Both new places are fixed, and the rest
    is solved again. With --write the two entries are added to matching.yaml, and no other byte of it changes.

    \b
    Example:
      mentoring match swap 2027 rui-tavares santiago-mejia --reason "Each asked for the other's mentor"
    """
    from toolkit.matching.adjust import swap as entries

    return _adjust(ctx, cohort, today, reason, lambda asked: entries(_problem(asked), one, other))


def _problem(asked: Asked) -> Problem:
    from toolkit.matching.problem import build

    return build(asked.records, asked.cohort, asked.today)


def _policy(asked: Asked) -> Any:
    return asked.loaded.records.policies[asked.cohort]


def _adjust(
    ctx: click.Context, cohort: str, today: str | None, reason: str, planned: Callable[[Asked], tuple[Entry, ...]]
) -> int:
    """Show what entries in the policy cost, then the lines themselves, then write them where asked."""
    asked = asked_of(ctx, cohort, today)
    if asked is None:
        return 1
    from toolkit.changes.change import Change, edit
    from toolkit.load import with_files
    from toolkit.matching.adjust import edits, repriced
    from toolkit.matching.moves import price_lines
    from toolkit.matching.policy import Refused

    records = asked.loaded.records
    try:
        entries = planned(asked)
    except Refused as refused:
        return say_refused(refused)
    changed = edit(asked.workspace, _policy(asked), edits(entries, reason))
    after = with_files(asked.loaded, {changed.path: changed.after}).records
    try:
        price = repriced(records, after, asked.cohort, asked.today)
    except Refused as refused:  # the lines that it points at are not written, so its place would mislead
        say(f"mentoring: {refused.message}\nnothing was written")
        return 1
    print_lines(("what it costs:", *(f"  {each}" for each in price_lines(price, _names(asked)))))
    if any(pair.status == "proposed" for pair in records.pairs_of(asked.cohort)):
        say("note: proposals that are open stay as they are until they are made anew")
    then = f"mentoring match propose {asked.cohort}"
    says = ", ".join(f"{each.field} gets {each.one} with {each.other}" for each in entries)
    return carry_out(ctx, asked, asked.cohort, lambda: Change(says, (changed,), next=then))


def _names(asked: Asked) -> dict[str, str]:
    return {ident: each.name for ident, each in asked.loaded.records.people.items()}
