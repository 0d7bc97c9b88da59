"""The records of a program at a moment: as they are, or as git has them for a day or a commit."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit.cli.common import today_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from toolkit.model import Records
    from toolkit.workspace import Workspace

F = TypeVar("F", bound="Callable[..., Any]")


def as_of_option(command: F) -> F:
    """Add `--as-of`."""
    return click.option("--as-of", metavar="DATE|COMMIT", help="As it was on a day, or at a commit; asks git.")(command)


def records_on(workspace: Workspace, as_of: str | None, today: str | None) -> tuple[Records, datetime.date, str]:
    """The records, the day to count from, and the commit; raises ToolkitError where git does not know the moment."""
    return _past(workspace, as_of, today) if as_of else _present(workspace, today)


def _present(workspace: Workspace, today: str | None) -> tuple[Records, datetime.date, str]:
    """The records as they are, and the day to count from."""
    from toolkit.load import load

    records = load(workspace).records
    return records, today_of(today, records.settings), "HEAD"


def _past(workspace: Workspace, moment: str, today: str | None) -> tuple[Records, datetime.date, str]:
    """The records as they were, the day to count from, and the commit; a day that is named is that day."""
    from toolkit.load import load
    from toolkit.reports.history import is_day, resolve, restore
    from toolkit.workspace import Workspace as Place

    commit, day = resolve(workspace.root, moment)
    with tempfile.TemporaryDirectory(prefix="mentoring-") as folder:
        restore(workspace.root, commit, Path(folder))
        records = load(Place(Path(folder).resolve())).records
    if today is None and is_day(moment):
        today = moment
    elif today is None and records.settings.today is None:
        today = day.isoformat()
    return records, today_of(today, records.settings), commit
