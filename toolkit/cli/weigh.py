"""`mentoring match why`: looking at a plan before it is chosen; nothing is changed."""

from __future__ import annotations

import click

from toolkit.cli.common import say, today_option
from toolkit.cli.matchable import asked_of, print_json, print_lines, say_refused

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
    make the pair, or to do without it: the plan is solved again with that one thing changed.

    \b
    Example:
      mentoring match why 2027 ana-kovacs zoe-ferro
    """
    asked = asked_of(ctx, cohort, today)
    if asked is None:
        return 1
    from toolkit.matching.policy import Refused
    from toolkit.matching.problem import build
    from toolkit.matching.why import why as explain
    from toolkit.matching.why import why_data, why_lines

    try:
        problem = build(asked.loaded.records, asked.cohort, asked.today)
    except Refused as refused:
        return say_refused(refused)
    found = explain(asked.loaded.records, problem, one, other)
    if as_json:
        print_json(why_data(asked.cohort, found))
    else:
        print_lines(why_lines(found))
    pair = f"{found.pairing.mentor} {found.pairing.mentee} --reason TEXT"
    if found.price and not found.pairing.pinned:
        say(f"next: mentoring match {'forbid' if found.made else 'pin'} {asked.cohort} {pair}")
    return 0


@click.command(short_help="Say whether everybody can be matched, and what stands against it.")
@click.argument("cohort")
@json_option
@today_option
@click.pass_context
def feasible(ctx: click.Context, cohort: str, as_json: bool, today: str | None) -> int:
    """Say whether everybody in COHORT can be matched, before anything is scored.

    Counts places against mentees, names the people whom nobody can be paired with and why, and the smallest set of
    constraints that keeps somebody out, with the lines of the policy that ask for them: constraints are lifted one at a
    time, then two at a time.

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
