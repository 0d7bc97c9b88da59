"""`mentoring actions`: what people promised each other and have not done yet."""

from __future__ import annotations

import json

import click

from toolkit.cli.common import say, today_option
from toolkit.cli.scene import scene_of
from toolkit.cli.subject import subject_of


@click.command()
@click.argument("names", metavar="[PERSON|PAIR|COHORT]...", nargs=-1)
@click.option("--overdue", is_flag=True, help="Only what is past its day.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, for scripts, with nothing cut.")
@today_option
@click.pass_context
def actions(ctx: click.Context, names: tuple[str, ...], overdue: bool, as_json: bool, today: str | None) -> int:
    """List the open actions of the notes, by who will do them.

    With names, only those of a person, a pair or a cohort; with a person and a pair, what that person promised there.
    An action that later notes carry over, by its id or its words, counts once, and the latest note decides how it stands.
    `!` marks what is past its day. Pairs that are over are left out.

    Exit codes: 0 the list was printed, 2 it could not be made.

    \b
    Example:
      mentoring actions --overdue
      mentoring actions tomas-rojas
      mentoring actions lantern/2026/ines-tomas
    """
    from toolkit.reports.actions import as_data, page, tasks

    scene = scene_of(ctx, today)
    records, day = scene.records, scene.today
    subjects = [subject_of(each, records) for each in names]
    people = {each.key for each in subjects if each.kind == "person"}
    places = [each.key for each in subjects if each.kind != "person"]
    found = tasks(records, day, people, places, overdue)
    click.echo(json.dumps(as_data(found), indent=2, ensure_ascii=False) if as_json else page(found))
    if records.unreadable:
        say(f"{len(records.unreadable)} files could not be read and are not counted: mentoring check")
    return 0
