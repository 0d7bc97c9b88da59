"""`mentoring match why`: looking at a plan before it is chosen; nothing is changed."""

from __future__ import annotations

import click

from toolkit.cli.common import today_option
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
    return 0
