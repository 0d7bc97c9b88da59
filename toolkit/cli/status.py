"""`mentoring status`: whom to call today, what expires, the figures, and what changed, on two screens."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import say, today_option, workspace_of
from toolkit.cli.moment import as_of_option, records_on
from toolkit.cli.subject import subject_of

if TYPE_CHECKING:
    import datetime

    from toolkit.reports.words import Changes
    from toolkit.workspace import Workspace


@click.command()
@click.argument("cohort", required=False)
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for scripts, with nothing cut.")
@today_option
@click.pass_context
def status(ctx: click.Context, cohort: str | None, as_of: str | None, as_json: bool, today: str | None) -> int:
    """Say who needs a call today, what expires, how it goes, and what changed.

    For one COHORT, or for all that are not over. Four parts: the pairs to call, each with the rule's code
    (`mentoring explain CODE`); what is due within fourteen days; figures, always with how many they are made of, beside
    the program's own lines; and what changed in the files since the last Monday before today, from git.

    Exit codes: 0 it was printed, 2 it could not be made.

    \b
    Example:
      mentoring status
      mentoring status lantern/2026 --as-of 2026-10-05
    """
    workspace = workspace_of(ctx)
    records, day, commit = records_on(workspace, as_of, today)
    key = subject_of(cohort, records, ("cohort",)).key if cohort else None
    changes = _changes(workspace, key, day, commit)
    from toolkit.reports.page import page
    from toolkit.reports.status import as_data
    from toolkit.reports.status import status as make

    found = make(records, key, day, changes)
    click.echo(json.dumps(as_data(found), indent=2, ensure_ascii=False) if as_json else page(found))
    if records.unreadable:
        say(f"{len(records.unreadable)} files could not be read and are not counted: mentoring check")
    if not records.has_private:
        say("private/ is not here, so concerns, training and checks are not known")
    return 0


def _changes(workspace: Workspace, cohort: str | None, today: datetime.date, commit: str) -> Changes:
    """What changed since the last Monday; where there is no history, why not."""
    from toolkit.reports.history import NoHistory, changed
    from toolkit.reports.words import Changes, in_words, last_monday

    since = last_monday(today)
    try:
        return Changes(since, True, in_words(changed(workspace.root, since, today, commit), cohort))
    except NoHistory as missing:
        return Changes(since, False, (f"not known: {missing.message} ({missing.hint})",))
