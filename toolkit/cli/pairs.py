"""`mentoring accept`, `object`, `start`, `pause`, `resume`, `sign`: what happened to a pair, written into its file."""

from __future__ import annotations

import datetime

import click

from toolkit.cli.asked import day
from toolkit.cli.planned import carry_out, change_options
from toolkit.cli.scene import scene_of

_WHO = click.option("--person", required=True, metavar="PERSON", help="Id of the member.")


@click.command()
@click.argument("pair")
@_WHO
@change_options
@click.pass_context
def accept(ctx: click.Context, pair: str, person: str, on: datetime.date | None, write: bool, today: str | None) -> int:
    """Record that a member of PAIR accepts it.

    With the last of them the pair becomes accepted. PAIR is `program/cohort/pair`, or the pair alone where no other has
    its name. The lines that change are shown first; --write changes them and nothing else in the file.

    Exit codes: 0 the change can be made, 1 the states or the rules forbid it, 2 it could not be tried.

    \b
    Example:
      mentoring accept ines-rui --person rui-tavares
      mentoring accept lantern/2027/ines-rui --person rui-tavares --write
    """
    from toolkit.changes import pairs
    from toolkit.cli.asked import pair_of

    scene = scene_of(ctx, today)
    found = pair_of(scene.loaded.records, pair)
    return carry_out(ctx, scene, found.pair_key, lambda: pairs.accept(scene.workspace, found, person, on, scene.today))


@click.command("object")
@click.argument("pair")
@_WHO
@click.option("--about", multiple=True, metavar="PERSON", help="Against whom; else everybody of the other side.")
@click.option("--reason", metavar="TEXT", help="Why, where it was said; nobody has to say it.")
@change_options
@click.pass_context
def object_(
    ctx: click.Context,
    pair: str,
    person: str,
    about: tuple[str, ...],
    reason: str | None,
    on: datetime.date | None,
    write: bool,
    today: str | None,
) -> int:
    """Record that a member objects to PAIR while it is only proposed.

    It is kept in the member's private file, and no page, message or explanation of a plan says whose word it was. A
    proposal of two people ends with it; of a group the others stay. The two are not brought together again in this
    cohort. What follows is `mentoring match rematch`. The lines that change are shown first; --write changes them.

    Exit codes: 0 the change can be made, 1 the states or the rules forbid it, 2 it could not be tried.

    \b
    Example:
      mentoring object ines-rui --person rui-tavares
      mentoring object lantern/2027/ines-rui --person rui-tavares --about ines-carvalho --write
    """
    from toolkit.changes.objections import object_to
    from toolkit.cli.asked import pair_of

    scene = scene_of(ctx, today)
    records = scene.loaded.records
    found = pair_of(records, pair)
    return carry_out(
        ctx,
        scene,
        found.pair_key,
        lambda: object_to(scene.workspace, records, found, person, about, reason, on, scene.today),
    )


@click.command()
@click.argument("pair")
@change_options
@click.pass_context
def start(ctx: click.Context, pair: str, on: datetime.date | None, write: bool, today: str | None) -> int:
    """Begin PAIR: accepted becomes active, with its first day.

    Everybody has to have accepted it. The lines that change are shown first; --write changes them.

    Exit codes: 0 the change can be made, 1 the states or the rules forbid it, 2 it could not be tried.

    \b
    Example:
      mentoring start ines-rui
      mentoring start ines-rui --on 2027-01-11 --write
    """
    from toolkit.changes import pairs
    from toolkit.cli.asked import pair_of

    scene = scene_of(ctx, today)
    found = pair_of(scene.loaded.records, pair)
    return carry_out(ctx, scene, found.pair_key, lambda: pairs.start(scene.workspace, found, on, scene.today))


@click.command()
@click.argument("pair")
@click.option("--until", required=True, metavar="DATE", callback=day, help="Day on which they meet again.")
@click.option("--why", metavar="TEXT", help="Why, as far as the pair wants to say; only the pair reads it.")
@change_options
@click.pass_context
def pause(
    ctx: click.Context,
    pair: str,
    until: datetime.date,
    why: str | None,
    on: datetime.date | None,
    write: bool,
    today: str | None,
) -> int:
    """Pause PAIR until a day on which it meets again.

    Days of a pause are no silence. The lines that change are shown first; --write changes them.

    Exit codes: 0 the change can be made, 1 the states or the rules forbid it, 2 it could not be tried.

    \b
    Example:
      mentoring pause ines-tomas --until 2027-01-11
      mentoring pause ines-tomas --until 2027-01-11 --why "Exams until the holidays" --write
    """
    from toolkit.changes import pairs
    from toolkit.cli.asked import pair_of

    scene = scene_of(ctx, today)
    records = scene.loaded.records
    found = pair_of(records, pair)
    return carry_out(
        ctx, scene, found.pair_key, lambda: pairs.pause(scene.workspace, records, found, until, why, on, scene.today)
    )


@click.command()
@click.argument("pair")
@change_options
@click.pass_context
def resume(ctx: click.Context, pair: str, on: datetime.date | None, write: bool, today: str | None) -> int:
    """Take a paused PAIR up again.

    The pause ends today, on the day of --on, or on the agreed day where that has come already. The lines that change
    are shown first; --write changes them.

    Exit codes: 0 the change can be made, 1 the states or the rules forbid it, 2 it could not be tried.

    \b
    Example:
      mentoring resume otieno-valentina
      mentoring resume otieno-valentina --on 2026-11-16 --write
    """
    from toolkit.changes import pairs
    from toolkit.cli.asked import pair_of

    scene = scene_of(ctx, today)
    found = pair_of(scene.loaded.records, pair)
    return carry_out(ctx, scene, found.pair_key, lambda: pairs.resume(scene.workspace, found, on, scene.today))


@click.command()
@click.argument("pair")
@_WHO
@change_options
@click.pass_context
def sign(ctx: click.Context, pair: str, person: str, on: datetime.date | None, write: bool, today: str | None) -> int:
    """Record that a member signs the agreement of PAIR.

    Signing is a dated name in the file. The lines that change are shown first; --write changes them.

    Exit codes: 0 the change can be made, 1 the states or the rules forbid it, 2 it could not be tried.

    \b
    Example:
      mentoring sign claire-joao --person joao-pires
      mentoring sign claire-joao --person joao-pires --on 2026-06-22 --write
    """
    from toolkit.changes import pairs
    from toolkit.cli.asked import pair_of

    scene = scene_of(ctx, today)
    records = scene.loaded.records
    found = pair_of(records, pair)
    return carry_out(
        ctx, scene, found.pair_key, lambda: pairs.sign(scene.workspace, records, found, person, on, scene.today)
    )
