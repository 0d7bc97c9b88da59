"""`mentoring notes draft`: raw notes into the note of a meeting, by rules that run on this machine alone."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import get_args

import click

from toolkit.cli.asked import day
from toolkit.cli.common import say, today_option
from toolkit.cli.new.paper import lang_option, put, room_of
from toolkit.model.session import Format


@click.group()
def notes() -> None:
    """Arrange raw notes into the note of a meeting.

    \b
    Example:
      mentoring notes draft raw.txt --pair ines-tomas
    """


@notes.command(short_help="Put raw notes under the sections of a format.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pair", required=True, metavar="PAIR", help="Whose meeting it was.")
@click.option(
    "--date", "on", metavar="DATE", callback=day, help="Day of the meeting; else the one agreed on, or today."
)
@click.option(
    "--format", "shape", type=click.Choice(get_args(Format)), help="Shape of the talk; else that of the last note."
)
@lang_option
@click.option("--write", is_flag=True, help="Write the note into the pair's folder; without it the note is printed.")
@today_option
@click.pass_context
def draft(
    ctx: click.Context,
    file: Path,
    pair: str,
    on: datetime.date | None,
    shape: str | None,
    lang: str | None,
    write: bool,
    today: str | None,
) -> None:
    """Put the lines of FILE under the sections of a format, and propose actions.

    A line goes under the section whose title it begins with or whose cue words it holds; "Sam will …" becomes an action
    of Sam's. What fits nowhere stands in a last section: nothing is left out and nothing leaves this machine. The pair
    must have agreed to it: `recording: both-consent` in the agreement, or the consent `recording` of each.

    \b
    Example:
      mentoring notes draft raw.txt --pair ines-tomas
      mentoring notes draft raw.txt --pair ines-tomas --format clear --date 2026-11-19 --write
    """
    from toolkit.errors import ToolkitError
    from toolkit.scaffold.draft import draft as arranged
    from toolkit.scaffold.draft import permitted
    from toolkit.source import Fault
    from toolkit.source.text import read_bytes, to_text

    room = room_of(ctx, today, lang, stdout=not write)
    desk = room.desk(pair)
    permitted(room.records, desk.known)
    try:
        raw = to_text(read_bytes(str(file)))
    except Fault as fault:
        raise ToolkitError(f"{file.name}: {fault.message}", fault.hint) from None
    made = arranged(desk, raw, shape, on)
    following = "read it together, and delete what does not belong" if write else "the same command with --write"
    put(room, made.target, following)
    say(f"actions proposed: {made.actions}; lines placed: {made.placed}, not placed: {made.unplaced}")
