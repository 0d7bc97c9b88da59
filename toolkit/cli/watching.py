"""A bar on a terminal's stderr for work that takes over a second; anywhere else, and before that, nothing is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.matching.telling import Tell

_PATIENCE = 1.0


@contextmanager
def watched(first: str) -> Iterator[Tell]:
    """Show how far work has come, beginning with what is done first; gives the function that is told."""
    if not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from threading import Timer

    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

    columns = (SpinnerColumn("line"), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(first, total=None)
    timer = Timer(_PATIENCE, bar.start)
    timer.daemon = True
    timer.start()

    def tell(what: str, done: int, of: int) -> None:
        bar.tasks[0].total = of or None  # `update` would take None for "as before"
        bar.update(task, description=what, completed=done)

    try:
        yield tell
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
