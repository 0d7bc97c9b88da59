"""`mentoring export`: everything of a person for that person; a cohort as tables."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import put, say, shown, today_option
from toolkit.cli.scene import scene_of
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.cli.scene import Scene
    from toolkit.cli.subject import Subject
    from toolkit.model import Records
    from toolkit.workspace import Workspace


@click.command()
@click.argument("name", metavar="PERSON|COHORT")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder; else below build/export/.")
@click.option(
    "--audience",
    type=click.Choice(["public", "members", "staff"]),
    help="Who reads a cohort's tables; public without it.",
)
@click.option("--bom", is_flag=True, help="Begin each table with a byte order mark, which some spreadsheets need.")
@today_option
@click.pass_context
def export(ctx: click.Context, name: str, out: Path | None, audience: str | None, bom: bool, today: str | None) -> None:
    """Give a person all that is kept of them, or a cohort as tables.

    A person gets a JSON file and a text: every record that is theirs, with the class of each value. What other people said
    in confidence is left out, and what safeguarding leads keep is named, not shown. A cohort gets CSV files that a spreadsheet
    shows and never runs.

    \b
    Example:
      mentoring export ines-carvalho
      mentoring export lantern/2026 --audience staff --bom
    """
    from toolkit.cli.subject import subject_of

    scene = scene_of(ctx, today)
    workspace, records, day = scene.workspace, scene.records, scene.today
    subject = subject_of(name, records, ("person", "cohort"))
    if subject.kind == "person":
        if audience or bom:
            raise ToolkitError("--audience and --bom are for the tables of a cohort", "leave them away")
        _write(workspace, _of_person(records, subject, day), out, subject.file)
    else:
        circle = audience or "public"
        _write(workspace, _of_cohort(scene, subject, circle, bom), out, f"{subject.file}--{circle}")
    if records.unreadable:
        say(f"{len(records.unreadable)} files could not be read and are not in it: mentoring check")


def _of_person(records: Records, subject: Subject, day: datetime.date) -> dict[str, bytes]:
    from toolkit.exporting.dossier import dossier
    from toolkit.exporting.wording import to_json, to_text

    made = dossier(records, subject.key, day)
    if not records.has_private:
        say("private/ is not here: what is kept there is not in this export")
    if made.others:
        say("these records of others name the person, too; look at them by hand before you answer:")
        for path in made.others:
            say(f"  {path}")
    return {f"{subject.key}.json": to_json(made).encode("utf-8"), f"{subject.key}.txt": to_text(made).encode("utf-8")}


def _of_cohort(scene: Scene, subject: Subject, audience: str, bom: bool) -> dict[str, bytes]:
    from toolkit.exporting.table import to_csv
    from toolkit.publish.audience import parse
    from toolkit.publish.project import project
    from toolkit.publish.spoken import spoken
    from toolkit.publish.tables import tables

    world = spoken(project(scene.records, parse(audience), scene.today), scene.speech)
    cohort = world.cohort(subject.key)
    if cohort is None:
        raise ToolkitError("this cohort cannot be read", "mentoring check says why")
    return {f"{each.name}.csv": to_csv(each.header, each.rows, bom=bom) for each in tables(world, cohort, scene.speech)}


def _write(workspace: Workspace, files: dict[str, bytes], out: Path | None, name: str) -> None:
    """Write into build/, whose files are the toolkit's own, or into a folder of the user's, where nothing is overwritten."""
    from toolkit.store import create

    folder = out or workspace.build / "export" / name
    taken = [file for file in sorted(files) if out is not None and (folder / file).exists()]
    if taken:
        raise ToolkitError(f"{taken[0]} is in this folder already", "nothing was written; name another folder")
    for file, data in sorted(files.items()):
        (put if out is None else create)(folder / file, data)
        click.echo(shown(folder / file))
