"""Where and when a command works: the program's folder, what was read of it, and the day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import today_of, workspace_of

if TYPE_CHECKING:
    from toolkit.load import Loaded
    from toolkit.model import Records
    from toolkit.publish.strings import Speech
    from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Scene:
    """The program's folder with what was read of it, on a day."""

    workspace: Workspace
    loaded: Loaded
    today: datetime.date

    @property
    def records(self) -> Records:
        """The records that could be read."""
        return self.loaded.records

    @property
    def speech(self) -> Speech:
        """The site's own language, in which files for people are written."""
        from toolkit.publish.shop import Shop
        from toolkit.workspace import shipped

        return Shop.of(self.workspace.root, shipped).speeches(self.records.settings.languages)[0]


def scene_of(ctx: click.Context, today: str | None) -> Scene:
    """Read the records and the clock."""
    from toolkit.load import load

    workspace = workspace_of(ctx)
    loaded = load(workspace)
    return Scene(workspace, loaded, today_of(today, loaded.records.settings))
