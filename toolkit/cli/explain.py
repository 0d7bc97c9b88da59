"""`mentoring explain`: the page of a rule, in the terminal."""

from __future__ import annotations

import click

from toolkit.errors import ToolkitError


@click.command()
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="List all codes with their first sentence.")
@click.pass_context
def explain(ctx: click.Context, code: str | None, every: bool) -> int:
    """Say what a code means, why it matters and what to do about it.

    \b
    Example:
      mentoring explain cadence-lapsed
      mentoring explain --all
    """
    from toolkit.diagnostics import did_you_mean
    from toolkit.rules import RULES

    if every:
        for each in sorted(RULES, key=lambda rule: rule.code):
            click.echo(f"{each.code} ({each.severity.value}): {each.summary}")
        return 0
    if not code:
        raise click.UsageError("name a code, or use --all", ctx)
    rules = {each.code: each for each in RULES}
    if code not in rules:
        hint = did_you_mean(code, rules, "`mentoring explain --all` lists them")
        raise ToolkitError(f"there is no code `{code}`", hint)
    click.echo(f"{code} ({rules[code].severity.value})\n\n{rules[code].page}")
    return 0
