"""`mentoring survey`: an instrument as a form to print, and the first line of the table for its answers."""

from __future__ import annotations

import click

from toolkit.cli.common import say, workspace_of
from toolkit.cli.new.paper import lang_option


@click.command()
@click.argument("instrument", required=False)
@lang_option
@click.option("--role", type=click.Choice(["mentor", "mentee"]), help="Only what this role is asked.")
@click.option("--program", metavar="ID", help="Only what the outcomes of this program are computed from.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["markdown", "html", "csv"]),
    default="markdown",
    show_default=True,
    help="A form as text, a form as a page to print, or the first line of the table for the answers.",
)
@click.pass_context
def survey(
    ctx: click.Context, instrument: str | None, lang: str | None, role: str | None, program: str | None, format_: str
) -> None:
    """Print the form of INSTRUMENT, or the first line of its table.

    Without an INSTRUMENT it lists those that can be asked. They lie in content/instruments/. Answers do not belong into the program's files: keep them where few people
    can open them, with codes in the place of names.

    \b
    Example:
      mentoring survey
      mentoring survey pulse --lang es
      mentoring survey outcome-items --program lantern
      mentoring survey closing --role mentor --format html > closing.html
    """
    from toolkit.load import load
    from toolkit.model.instrument import said_in
    from toolkit.model.tongue import folder_language
    from toolkit.scaffold import survey as room
    from toolkit.scaffold.printing import printable

    workspace = workspace_of(ctx)
    records = load(workspace).records
    language = lang or folder_language(records)
    if instrument is None:
        for each in room.askable(records):
            click.echo(f"{each.id:<22} {said_in(each.title, language)}")
        say("next: mentoring survey INSTRUMENT")
        return
    wanted = room.survey(records, instrument, role, language, program)
    if format_ == "csv":
        click.echo(room.header(wanted), nl=False)
        return
    text = room.form(workspace, wanted)
    click.echo(printable(text, wanted.title, language) if format_ == "html" else text, nl=False)
