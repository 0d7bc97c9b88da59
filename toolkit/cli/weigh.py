"""`mentoring match why`: looking at a plan before it is chosen; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.cli.common import say, today_option
from toolkit.cli.matchable import Asked, asked_of, print_json, print_lines, say_refused

if TYPE_CHECKING:
    from toolkit.matching.problem import Problem

json_option = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON, for scripts.")


@click.command(short_help="Explain one pair, made or not, and what changing it would cost.")
@click.argument("cohort")
@click.argument("one")
@click.argument("other")
@json_option
@today_option
@click.pass_context
def why(ctx: click.Context, cohort: str, one: str, other: str, as_json: bool, today: str | None) -> int:
    """Explain a mentee and a mentor of COHORT, in either order, whether the plan has them as a pair or not.

    Shows what each criterion gives to the two, what stands in the way, whom each got instead, and what it would cost to
    make the pair, or to do without it: the plan is solved again with that one thing changed. In models of groups two
    mentees of a group, or two mentors of a team, can be asked about too.

    \b
    Example:
      mentoring match why 2027 daniela-rincon natalia-pardo
    """
    asked = asked_of(ctx, cohort, today)
    if asked is None:
        return 1
    from toolkit.matching.moves import ASSIGNED
    from toolkit.matching.policy import Refused
    from toolkit.matching.problem import build

    try:
        problem = build(asked.records, asked.cohort, asked.today)
    except Refused as refused:
        return say_refused(refused)
    two_mentees = problem.company is not None and one in problem.mentees and other in problem.mentees
    if problem.policy.model in ASSIGNED and not two_mentees:
        return _pair(asked, problem, one, other, as_json)
    return _together(asked, problem, one, other, as_json)


def _pair(asked: Asked, problem: Problem, one: str, other: str, as_json: bool) -> int:
    from toolkit.matching.why import why as explain
    from toolkit.matching.why import why_data, why_lines

    found = explain(asked.records, problem, one, other)
    if as_json:
        print_json(why_data(asked.cohort, found))
    else:
        print_lines(why_lines(found))
    if found.price and not found.pairing.pinned:
        _next(asked, found.made, found.pairing.mentor, found.pairing.mentee)
    return 0


def _together(asked: Asked, problem: Problem, one: str, other: str, as_json: bool) -> int:
    from toolkit.matching.beside import beside, beside_data, beside_lines

    found = beside(asked.records, problem, one, other)
    if as_json:
        print_json(beside_data(asked.cohort, found))
    else:
        print_lines(beside_lines(found))
    if found.price and not found.kept:
        _next(asked, found.made, *((found.other, found.one) if found.kind == "pair" else (found.one, found.other)))
    return 0


def _next(asked: Asked, made: bool, one: str, other: str) -> None:
    say(f"next: mentoring match {'forbid' if made else 'pin'} {asked.cohort} {one} {other} --reason TEXT")


@click.command(short_help="Say whether everybody can be matched, and what stands against it.")
@click.argument("cohort")
@json_option
@today_option
@click.pass_context
def feasible(ctx: click.Context, cohort: str, as_json: bool, today: str | None) -> int:
    """Say whether everybody in COHORT can be matched, before anything is scored.

    Counts places against mentees, names the people whom nobody can be paired with and why, and the smallest set of
    constraints that keeps somebody out, with the lines of the policy that ask for them: constraints are lifted one at a
    time, then two at a time. The numbers of a group, and which mentors can lead it together, are constraints, too.

    Exit codes: 0 everybody who seeks a mentor can have one, 1 somebody cannot, or a pin cannot hold.

    \b
    Example:
      mentoring match feasible 2027
    """
    asked = asked_of(ctx, cohort, today)
    if asked is None:
        return 1
    from toolkit.formats import FORMATS
    from toolkit.matching.feasible import feasible as look
    from toolkit.matching.feasible import feasible_data, feasible_lines

    records = asked.loaded.records
    found = look(records, asked.cohort, asked.today)
    if as_json:
        print_json(feasible_data(asked.cohort, found))
    else:
        print_lines(feasible_lines(found, {ident: each.name for ident, each in records.people.items()}))
    if found.faults:
        click.echo(FORMATS["full"](found.faults), err=True)
    say(f"next: mentoring match propose {asked.cohort}")
    return 0 if found.whole else 1
