"""`mentoring check`: read every record, run the rules, print the findings, and exit 1 where there is an error."""

from __future__ import annotations

import click

from toolkit.cli.common import say, today_of, today_option, workspace_of


def _codes(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(code.strip() for value in values for code in value.split(",") if code.strip())


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json", "github", "gitlab", "sarif"]),
    default="full",
    show_default=True,
    help="How findings are written.",
)
@click.option("--strict", is_flag=True, help="Exit 1 for a warning too.")
@click.option("--select", multiple=True, metavar="CODES", callback=_codes, help="Only these codes, joined by commas.")
@click.option("--ignore", multiple=True, metavar="CODES", callback=_codes, help="Not these codes.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings only, no closing line.")
@today_option
@click.pass_context
def check(
    ctx: click.Context,
    form: str,
    strict: bool,
    select: frozenset[str],
    ignore: frozenset[str],
    quiet: bool,
    today: str | None,
) -> int:
    """Say what is wrong in the records, at file, line and column.

    Exit codes: 0 no error, 1 an error (or a warning with --strict), 2 the check could not run.

    \b
    Example:
      mentoring check
      mentoring check --format concise --select cadence-lapsed,silent-pair
    """
    from toolkit.diagnostics import Severity
    from toolkit.formats import FORMATS, summary
    from toolkit.load import load
    from toolkit.rules import RULES, Choice
    from toolkit.rules import check as run_rules

    workspace = workspace_of(ctx)
    loaded = load(workspace)
    day = today_of(today, loaded.records.settings)
    found = run_rules(loaded, RULES, day, Choice(select, ignore))
    text = FORMATS[form](found)
    if text:
        click.echo(text)
    if not quiet:
        say(("\n" if text and form == "full" else "") + summary(found, len(loaded.sources)))
        if found:
            say(f"next: mentoring explain {min(found, key=lambda each: each.severity.rank).code}")
    worst = min((each.severity.rank for each in found), default=9)
    return int(worst <= (Severity.WARNING.rank if strict else Severity.ERROR.rank))
