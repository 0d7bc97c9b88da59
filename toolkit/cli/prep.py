"""`mentoring prep`, `prompts` and `slots`: what to read before a meeting, what to ask, and when to meet."""

from __future__ import annotations

import click

from toolkit.cli.common import say, today_option
from toolkit.cli.new.paper import lang_option, room_of
from toolkit.errors import ToolkitError


@click.command()
@click.argument("pair")
@lang_option
@today_option
@click.pass_context
def prep(ctx: click.Context, pair: str, lang: str | None, today: str | None) -> None:
    """Show what to read before the next meeting of PAIR.

    The last meeting, what was promised by whom, the goals with their last progress, what of the agreement is due, and two
    questions that fit the week.

    \b
    Example:
      mentoring prep ines-tomas
    """
    from toolkit.scaffold.prep import prep as prepared
    from toolkit.scaffold.questions import list_of

    room = room_of(ctx, today, lang)
    known = room.desk(pair).known
    click.echo(prepared(room.workspace, room.records, known, list_of(room.records, known.language)), nl=False)
    say(f"next: mentoring new session {pair}")


@click.command()
@click.argument("pair", required=False)
@click.option("--week", type=click.IntRange(1, 104), help="A week of the list; else the one in which the pair is.")
@lang_option
@today_option
@click.pass_context
def prompts(ctx: click.Context, pair: str | None, week: int | None, lang: str | None, today: str | None) -> None:
    """Show the questions of the week, for PAIR or for the week that is named.

    The list spans a year of about forty weeks; a pair that has more time or less moves through it at its own pace.

    \b
    Example:
      mentoring prompts ines-tomas
      mentoring prompts --week 1 --lang es
    """
    from toolkit.model.tongue import folder_language
    from toolkit.scaffold.prompts import prompts as shown

    if pair is None and week is None:
        raise ToolkitError("it is not said which week is meant", "name a pair, or use --week")
    room = room_of(ctx, today, lang)
    known = room.desk(pair).known if pair else None
    language = known.language if known else lang or folder_language(room.records)
    click.echo(shown(room.workspace, room.records, language, known, week), nl=False)


@click.command()
@click.argument("pair")
@click.option("--weeks", type=click.IntRange(1, 26), default=2, show_default=True, help="How many weeks to look ahead.")
@lang_option
@today_option
@click.pass_context
def slots(ctx: click.Context, pair: str, weeks: int, lang: str | None, today: str | None) -> int:
    """Show when all members of PAIR are free.

    Each stretch stands with the day and the time that each member has on that day, changes of the clocks included. The
    exit code is 1 where there is none, or where somebody's weekly times or time zone are missing.

    \b
    Example:
      mentoring slots ines-tomas --weeks 4
    """
    from toolkit.scaffold.slots import common_slots, shown

    room = room_of(ctx, today, lang)
    known = room.desk(pair).known
    unread = [who for who in known.members if who not in room.records.people]
    if unread:
        raise ToolkitError(f"there is no file that can be read of {', '.join(unread)}", "mentoring check says why")
    found = common_slots(room.records, known, weeks)
    click.echo(shown(room.workspace, found, known), nl=False)
    if found.missing:
        say("next: write them into the profiles in content/people, as `availability` and `timezone`")
    return 0 if found.free else 1
