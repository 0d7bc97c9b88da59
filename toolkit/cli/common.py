"""What the commands share: the folder, the clock, the loaded records, and the two streams."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from toolkit.model import Settings
    from toolkit.workspace import Workspace

F = TypeVar("F", bound="Callable[..., Any]")


def today_option(command: F) -> F:
    """Add `--today`, for results that must come out the same on any day."""
    return click.option(
        "--today", metavar="DATE", help="Count from this day, as 2026-11-21; else from the settings or the clock."
    )(command)


def engine_option(command: F) -> F:
    """Add `--engine`, for commands that make a site."""
    return click.option(
        "--engine",
        type=click.Choice(["mkdocs", "zensical"]),
        default="mkdocs",
        show_default=True,
        help="What turns the pages into a site.",
    )(command)


def date_of(text: str, option: str) -> datetime.date:
    """Read the day that an option gives; raises ToolkitError where it is none."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ToolkitError(f"{option} {text} is not a date", "write it as 2026-11-21") from None


def workspace_of(ctx: click.Context) -> Workspace:
    """Find the program's folder: --root, or at or above the current folder."""
    from toolkit.workspace import Workspace, find

    root = ctx.find_root().obj
    if root is None:
        return find(Path.cwd())
    folder = Path(root)
    if not folder.is_dir():
        raise ToolkitError(f"there is no folder {root}", "check the path after --root")
    return Workspace(folder.resolve())


def today_of(given: str | None, settings: Settings) -> datetime.date:
    """Decide which day it is: --today, the settings' standing clock, SOURCE_DATE_EPOCH, the clock. Read once."""
    if given:
        return date_of(given, "--today")
    if settings.today:
        return settings.today
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now().astimezone().date()


def console(stream: str = "out") -> Console:
    """A terminal that honors NO_COLOR and the width; plain text where it is no terminal."""
    from rich.console import Console

    return Console(file=sys.stdout if stream == "out" else sys.stderr, highlight=False, soft_wrap=False)


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def say(text: str) -> None:
    """Tell the reader something beside the result: on the error stream."""
    click.echo(text, err=True)


def shown(path: Path) -> str:
    """The path as people type it: relative to where they are, if it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def put(path: Path, data: bytes) -> None:
    """Write a file that the toolkit makes, in the place of an earlier one."""
    from toolkit.store import change, create

    if path.is_file():
        change(path, path.read_bytes(), data)
    else:
        create(path, data)
