"""`mentoring new sheet`: a form or an agenda to print or to copy; no record, so it is printed and not written."""

from __future__ import annotations

import click

from toolkit.cli.common import say, workspace_of
from toolkit.cli.new.paper import lang_option


@click.command(short_help="Print a sheet to fill in by hand, or list them.")
@click.argument("name", required=False)
@lang_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["markdown", "html"]),
    default="markdown",
    show_default=True,
    help="As text, or as a page to print.",
)
@click.pass_context
def sheet(ctx: click.Context, name: str | None, lang: str | None, format_: str) -> None:
    """Print the sheet NAME: an application, an agenda, an agreement to fill in by hand.

    Without a NAME it lists them all. Surveys are sheets of their own: `mentoring survey`. A sheet of the program's own lies
    in templates/sheets/ and comes first.

    \b
    Example:
      mentoring new sheet
      mentoring new sheet first-meeting --lang es --format html > primera-reunion.html
    """
    from toolkit.load import load
    from toolkit.model.tongue import folder_language
    from toolkit.scaffold import sheets as room
    from toolkit.scaffold.printing import printable

    workspace = workspace_of(ctx)
    language = lang or folder_language(load(workspace).records)
    if name is None:
        for each in room.sheets(workspace, language):
            click.echo(f"{each.name:<20} {each.title}")
        say("next: mentoring new sheet NAME")
        return
    found = room.sheet(workspace, name, language)
    click.echo(printable(found.text, found.title, language) if format_ == "html" else found.text, nl=False)


COMMANDS = (sheet,)
