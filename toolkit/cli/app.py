"""The command `mentoring` itself: it finds its commands by name and imports one only when it is asked for."""

from __future__ import annotations

import importlib

import click

from toolkit import __version__
from toolkit.errors import ToolkitError

# name: (module, attribute, short help). The help stands here so that `mentoring --help` imports no command.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "init": ("toolkit.cli.init", "init", "Start a program's folder, empty or with the demonstration."),
    "check": ("toolkit.cli.check", "check", "Say what is wrong in the records, at file, line and column."),
    "explain": ("toolkit.cli.explain", "explain", "Say what a code means, why it matters and what to do about it."),
    "new": ("toolkit.cli.new", "new", "Write a new record, filled with what is known."),
    "prep": ("toolkit.cli.prep", "prep", "Show what to read before the next meeting of PAIR."),
    "prompts": (
        "toolkit.cli.prep",
        "prompts",
        "Show the questions of the week, for PAIR or for the week that is named.",
    ),
    "slots": ("toolkit.cli.prep", "slots", "Show when all members of PAIR are free."),
    "model": ("toolkit.cli.model", "model", "Choose a model of mentoring by six questions."),
    "admit": ("toolkit.cli.admit", "admit", "Accept applications to COHORT, so that matching takes them."),
    "match": ("toolkit.cli.match", "match", "Propose pairs for a cohort, with a reason for each."),
    "status": (
        "toolkit.cli.status",
        "status",
        "Say who needs a call today, what expires, how it goes, and what changed.",
    ),
    "report": (
        "toolkit.cli.report",
        "report",
        "Count a COHORT: reach, meetings, talks, goals, endings, hours.",
    ),
    "actions": ("toolkit.cli.actions", "actions", "List the open actions of the notes, by who will do them."),
    "accept": ("toolkit.cli.pairs", "accept", "Record that a member of PAIR accepts it."),
    "object": ("toolkit.cli.pairs", "object_", "Record that a member objects to PAIR while it is only proposed."),
    "start": ("toolkit.cli.pairs", "start", "Begin PAIR: accepted becomes active, with its first day."),
    "sign": ("toolkit.cli.pairs", "sign", "Record that a member signs the agreement of PAIR."),
    "pause": ("toolkit.cli.pairs", "pause", "Pause PAIR until a day on which it meets again."),
    "resume": ("toolkit.cli.pairs", "resume", "Take a paused PAIR up again."),
    "settle": ("toolkit.cli.endings", "settle", "Say how a GOAL ended: met, partly met, dropped or carried over."),
    "close": (
        "toolkit.cli.endings",
        "close",
        "Close PAIR: write how and why it ended, and set its state and its last day.",
    ),
    "build": ("toolkit.cli.build", "build", "Publish the handbook and the pairs for one audience."),
    "serve": ("toolkit.cli.serve", "serve", "Show the site in a browser and build it again as records change."),
    "import": ("toolkit.cli.importing", "import_", "Take sign-ups from a form or a spreadsheet."),
    "notes": ("toolkit.cli.notes", "notes", "Arrange raw notes into the note of a meeting."),
    "ingest": ("toolkit.cli.ingest", "ingest", "Take a note that came without git into its pair's folder."),
    "calendar": ("toolkit.cli.calendar", "calendar", "Write a calendar file for a pair, a person or a cohort."),
    "export": ("toolkit.cli.export", "export", "Give a person all that is kept of them, or a cohort as tables."),
    "mail": ("toolkit.cli.mail", "mail", "Write messages to the people of pairs, as drafts, and send them when asked."),
    "survey": ("toolkit.cli.survey", "survey", "Print the form of INSTRUMENT, or the first line of its table."),
    "i18n": (
        "toolkit.cli.i18n",
        "i18n",
        "Say which translations are there, missing or behind, and mark one as up to date.",
    ),
    "schema": ("toolkit.cli.schema", "schema", "Write the JSON Schemas that editors use."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports the one that is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order in which a program needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for; a word that is none is answered with the command it is nearest to."""
        from toolkit.diagnostics import did_you_mean

        if args[0] not in COMMANDS and args[0].isalpha():
            hint = did_you_mean(args[0], COMMANDS, "mentoring --help lists the commands", "mentoring {}")
            raise ToolkitError(f"there is no command {args[0]}", hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="mentoring")
@click.option("--root", "-C", metavar="FOLDER", help="The program's folder; else the one around this folder.")
@click.pass_context
def cli(ctx: click.Context, root: str | None) -> None:
    """Keep a mentoring program as files in git: check it, match it, publish it.

    \b
    Example:
      mentoring init --demo lantern
      mentoring -C lantern check
    """
    ctx.obj = root


def main() -> None:
    """Run the command line; faults that are meant for people end with one message and exit code 2."""
    import gc
    import os
    import sys

    # A command ends soon, and most of what it makes stays until then: looking for garbage often finds none.
    gc.set_threshold(200_000)
    # Pydantic would look through every installed package for plugins of its own; the toolkit has none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        _show_how(error)
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        click.echo("stopped; nothing is half-done", err=True)
        sys.exit(130)
    except ToolkitError as error:
        click.echo(f"mentoring: {error.message}", err=True)
        if error.hint:
            click.echo(f"  help: {error.hint}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)


def _show_how(error: click.ClickException) -> None:
    """After what was typed wrong, show the examples of the command's own help: they are to be adapted."""
    asked = error.ctx.command.help if isinstance(error, click.UsageError) and error.ctx else None
    examples = (asked or "").partition("Example:\n")[2].strip()
    if examples:
        click.echo("\nFor example:", err=True)
        for line in examples.splitlines():
            click.echo(f"  {line.strip()}", err=True)
