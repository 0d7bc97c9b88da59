"""`mentoring build`: publish the pages of one or more audiences, each in a folder of its own."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import engine_option, say, shown, today_of, today_option, workspace_of
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.diagnostics import Diagnostic
    from toolkit.load import Loaded
    from toolkit.publish.audience import Audience
    from toolkit.publish.engine import Engine
    from toolkit.workspace import Workspace


@click.command()
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    metavar="WHO",
    help="public (the default), members, staff or pair:PROGRAM/COHORT/PAIR; may be given more than once.",
)
@click.option(
    "--site-url",
    default="",
    metavar="ADDRESS",
    help="Where the site will be, where mkdocs.yml does not say it; needed below a sub-path of a host.",
)
@engine_option
@today_option
@click.pass_context
def build(ctx: click.Context, audiences: tuple[str, ...], site_url: str, engine: Engine, today: str | None) -> int:
    """Publish the handbook and the pairs for one audience.

    Each audience has a folder of its own below build/. It holds only what its audience may read, and the finished site is searched for anything else. Records with
    an error are not published: `mentoring check` names them.

    \b
    Example:
      mentoring build
      mentoring build --audience members --audience pair:lantern/2026/ines-tomas
    """
    from toolkit.publish.engine import require

    require(engine)
    workspace = workspace_of(ctx)
    ready = prepare(workspace, today)
    if not ready.passes:
        say(ready.refusal)
        return 1
    for name in audiences or ("public",):
        for first in publish(workspace, ready, name, engine, site_url):
            click.echo(first)
    first = next(iter(audiences), "public")
    say(f"next: mentoring serve{'' if first == 'public' else f' --audience {first}'}, or open index.html there")
    return 0


class Ready:
    """The records of a program, checked, on a day."""

    def __init__(self, loaded: Loaded, found: tuple[Diagnostic, ...], day: datetime.date) -> None:
        self.loaded = loaded
        self.found = found
        self.day = day

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop publishing."""
        return tuple(each for each in self.found if each.severity == "error")

    @property
    def passes(self) -> bool:
        """Whether the records may be published."""
        return not self.errors

    @property
    def refusal(self) -> str:
        """Why they may not, and what to do."""
        count = len(self.errors)
        noun = "1 error stops" if count == 1 else f"{count} errors stop"
        return f"{noun} the build; the site that was there is unchanged\nnext: mentoring check"


def prepare(workspace: Workspace, today: str | None) -> Ready:
    """Read and check the records."""
    from toolkit.load import load
    from toolkit.rules import RULES
    from toolkit.rules import check as run_rules

    loaded = load(workspace)
    day = today_of(today, loaded.records.settings)
    return Ready(loaded, run_rules(loaded, RULES, day), day)


def publish(workspace: Workspace, ready: Ready, name: str, engine: Engine, site_url: str = "") -> tuple[str, ...]:
    """Build the site of one audience and prove it; give the path of the first page in each language."""
    from toolkit.cli.pages import extras
    from toolkit.publish.audience import parse
    from toolkit.publish.project import project
    from toolkit.publish.shop import Shop
    from toolkit.publish.site import build as build_site
    from toolkit.publish.site import source
    from toolkit.workspace import shipped

    records = ready.loaded.records
    audience = parse(name, records.pairs)
    world = project(records, audience, ready.day, ready.found)
    made = source(world, extras(workspace), Shop.of(workspace.root, shipped), site_url)
    for note in made.notes:
        say(note)
    target = workspace.build / audience.folder

    def proof(folder: Path) -> None:
        _refuse_leaks(folder, ready, audience, made.words)

    build_site(made, target, engine, dict(os.environ), ready.day, proof)
    return tuple(shown(target / "site" / room / "index.html") for room in made.rooms)


def _refuse_leaks(folder: Path, ready: Ready, audience: Audience, words: tuple[str, ...]) -> None:
    from toolkit.publish.prove import prove

    found = prove(folder, ready.loaded.records, audience, ready.day, words)
    if found:
        listed = "\n".join(f"  {each.place.path}: {each.message}" for each in found[:10])
        hint = "this site was not put in place; find where these pages take the value from"
        raise ToolkitError(
            f"the built site holds what its readers may not read ({len(found)} findings):\n{listed}", hint
        )
