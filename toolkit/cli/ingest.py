"""`mentoring ingest`: a note that came by the form, by e-mail or as an issue, into its pair's folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import say, today_option
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.changes.change import Change
    from toolkit.cli.scene import Scene
    from toolkit.importing.note import Sent
    from toolkit.model import Pair


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--pair", "name", metavar="PAIR", help="Whose note it is, where the file does not say.")
@click.option("--write", is_flag=True, help="Put the note in its place; without it nothing is written.")
@today_option
@click.pass_context
def ingest(ctx: click.Context, file: Path, name: str | None, write: bool, today: str | None) -> int:
    """Take a note that came without git into its pair's folder.

    FILE is what the form on the pair's page gives, the body of an issue form, or an e-mail with either. The note is checked
    first; open promises get their ids. A note that is there already is never overwritten.
    Exit codes: 0 the note fits, 1 it has an error, 2 could not run.

    \b
    Example:
      mentoring ingest ~/Downloads/ines-tomas-2026-11-09.md
      mentoring ingest issue.txt --pair lantern/2026/ines-tomas --write
    """
    from toolkit.cli.scene import scene_of
    from toolkit.formats import FORMATS
    from toolkit.importing.note import read_note
    from toolkit.source import Fault
    from toolkit.source.text import read_bytes

    scene = scene_of(ctx, today)
    try:
        data = read_bytes(str(file))
    except Fault as fault:
        raise ToolkitError(f"{file.name}: {fault.message}", fault.hint) from None
    sent = read_note(data, file.name, scene.loaded.records)
    if sent.session is None:
        click.echo(FORMATS["full"](sent.findings))
        say("nothing was written; correct the file, or send it back to who wrote it")
        return 1
    pair = _pair(scene, sent, name)
    return _put(scene, _plan(scene, sent, pair), write)


def _pair(scene: Scene, sent: Sent, name: str | None) -> Pair:
    """The pair that the option or the note names; raises ToolkitError where they differ or neither says it."""
    from toolkit.cli.asked import pair_of

    records = scene.loaded.records
    if not name and not sent.pair:
        raise ToolkitError("the note does not say whose it is", "name the pair: --pair program/cohort/pair")
    said = pair_of(records, sent.pair) if sent.pair else None
    chosen = pair_of(records, name) if name else said
    if chosen is None or (said is not None and said.pair_key != chosen.pair_key):
        raise ToolkitError("the note is of another pair than --pair names", "look at the line `pair:` in the file")
    return chosen


def _plan(scene: Scene, sent: Sent, pair: Pair) -> Change:
    from toolkit.changes.change import Change, FileChange
    from toolkit.importing.note import with_ids
    from toolkit.workspace import place_of

    assert sent.session is not None
    day = sent.session.date.isoformat()
    where = {"program": pair.origin.program, "cohort": pair.origin.cohort, "pair": pair.id}
    path = place_of("session-note", id=day, **where)
    if (scene.workspace / path).exists():
        raise ToolkitError(f"{path} is there already", "nothing was overwritten; add to that note, or correct the date")
    notes = scene.loaded.records.sessions.get(pair.pair_key, ())
    text = with_ids(sent.text, notes)
    return Change(f"a note of {pair.pair_key}, {day}", (FileChange(path, None, text.encode("utf-8")),))


def _put(scene: Scene, change: Change, write: bool) -> int:
    """Say what the rules say to the note, and write it where asked; its words are the pair's and are not shown."""
    from toolkit.changes import change as changes
    from toolkit.cli.planned import judged
    from toolkit.formats import FORMATS

    (made,) = change.files
    click.echo(f"{change.says}\n{made.path} (new, {sum(1 for _ in made.lines())} lines)")
    worse, _ = judged(scene, change)
    if worse:
        click.echo(FORMATS["full"](tuple(worse)))
    if any(each.severity == "error" for each in worse):
        say("nothing was written: correct the file, and run the command again")
        return 1
    if not write:
        say("nothing is written yet; next: the same command with --write")
        return 0
    changes.write(scene.workspace, change)
    say("1 file written\nnext: mentoring check")
    return 0
