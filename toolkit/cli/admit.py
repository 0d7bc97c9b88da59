"""`mentoring admit`: accept applications, one by one or all that wait for a decision."""

from __future__ import annotations

import click

from toolkit.cli.common import today_option
from toolkit.cli.planned import carry_out, write_option


@click.command()
@click.argument("cohort")
@click.argument("people", nargs=-1, metavar="[PERSON]...")
@click.option("--all", "everybody", is_flag=True, help="Accept every application that waits for a decision.")
@click.option("--role", type=click.Choice(["mentor", "mentee"]), help="Only applications in this role.")
@write_option
@today_option
@click.pass_context
def admit(
    ctx: click.Context,
    cohort: str,
    people: tuple[str, ...],
    everybody: bool,
    role: str | None,
    write: bool,
    today: str | None,
) -> int:
    """Accept applications to COHORT, so that matching takes them.

    Read them first: who may take part is decided by people. Each file gets `status: accepted`; the lines that change are
    shown first, and --write changes them and nothing else. A decline needs a reason, so it is written by hand.

    Exit codes: 0 the change can be made, 1 the states or the rules forbid it, 2 it could not be tried.

    \b
    Example:
      mentoring admit 2027 owen-macleod
      mentoring admit lantern/2027 --all --role mentee --write
    """
    from toolkit.changes.applications import admit as accepted
    from toolkit.cli.scene import scene_of
    from toolkit.cli.subject import subject_of

    if bool(people) == everybody:
        raise click.UsageError("name the people whose applications are accepted, or give --all")
    scene = scene_of(ctx, today)
    key = subject_of(cohort, scene.records, ("cohort",)).key
    return carry_out(ctx, scene, key, lambda: accepted(scene.workspace, scene.records, key, people, role))
