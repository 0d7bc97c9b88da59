"""`mentoring check`: read every record, run the rules, print the findings, and exit 1 where there is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.cli.common import at_terminal, say, today_of, today_option, workspace_of

if TYPE_CHECKING:
    from toolkit.load import Loaded
    from toolkit.model.actions import Retold
    from toolkit.workspace import Workspace


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
@click.option(
    "--fix-ids", is_flag=True, help="First give each action of a note that has an owner and no id a free one."
)
@today_option
@click.pass_context
def check(
    ctx: click.Context,
    form: str,
    strict: bool,
    select: frozenset[str],
    ignore: frozenset[str],
    quiet: bool,
    fix_ids: bool,
    today: str | None,
) -> int:
    """Say what is wrong in the records, at file, line and column.

    With --fix-ids each line of a note that gets an id is named, and nothing else in the note changes. Where a line may be
    an open action in other words, you are asked at a terminal; elsewhere the line is left and named.

    Exit codes: 0 no error, 1 an error (or a warning with --strict), 2 the check could not run.

    \b
    Example:
      mentoring check
      mentoring check --format concise --select cadence-lapsed,silent-pair
      mentoring check --fix-ids
    """
    from toolkit.diagnostics import Severity
    from toolkit.formats import FORMATS, summary
    from toolkit.load import load
    from toolkit.rules import RULES, Choice
    from toolkit.rules import check as run_rules

    workspace = workspace_of(ctx)
    loaded = load(workspace)
    if fix_ids and _fix_ids(workspace, loaded):
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


def _ask(each: Retold) -> bool:
    """Show the two lines and ask whether they are one action."""
    old, new = each.before, each
    say(f"\n{old.note.path}:{old.action.line}\n  {old.action.text}")
    say(f"{new.note.path}:{new.action.line}\n  {new.action.text}")
    return click.confirm("Is the second the first in other words?", err=True)


def _fix_ids(workspace: Workspace, loaded: Loaded) -> bool:
    """Give the actions of notes their ids and say on which lines; whether any file changed."""
    from toolkit.changes.change import write
    from toolkit.changes.ids import give_ids, places

    change = give_ids(workspace, loaded.records, _ask if at_terminal() else lambda _: None)
    write(workspace, change)
    for line in places(change):
        say(line)
    for note in change.notes:
        say(f"note: {note}")
    say(change.says)
    return bool(change.files)
