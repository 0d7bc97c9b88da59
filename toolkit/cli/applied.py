"""`mentoring match apply` and `rematch`: take up a plan that was written, and match some of its people again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import say, today_option
from toolkit.cli.compared import known_plans, plans_named
from toolkit.cli.matchable import asked_of, cohort_of, opened, print_lines, say_refused
from toolkit.cli.planned import ASKING, carry_out
from toolkit.cli.scene import Scene
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.changes.change import Change, FileChange
    from toolkit.cli.matchable import Asked
    from toolkit.matching.rematch import Rematch
    from toolkit.model import Plan


@click.command(short_help="Make the proposed pairs of a plan that was written.")
@click.argument("run")
@click.option("--accept-changed", is_flag=True, help="Take the plan although what it was made from has changed.")
@click.option("--reason", metavar="TEXT", help="Why, with --accept-changed; it is kept in the plan.")
@click.option("--write", is_flag=True, help="Make the pairs; without it nothing is written.")
@today_option
@click.pass_context
def apply(
    ctx: click.Context, run: str, accept_changed: bool, reason: str | None, write: bool, today: str | None
) -> int:
    """Make the proposed pairs of the plan RUN, which is named by its run or its file.

    Pairs that are there already are kept as they are. A plan is refused where the policy or the records are no longer
    those that it was made from; with --accept-changed and a reason it is taken all the same, as far as each of its
    pairs still keeps to what must hold.

    \b
    Example:
      mentoring match apply run-2026-11-02-1a2b3c
      mentoring match apply run-2026-11-02-1a2b3c --write
    """
    if accept_changed != bool(reason and reason.strip()):
        raise ToolkitError("--accept-changed and --reason TEXT belong together", "give both, or neither")
    scene = opened(ctx, today)
    if scene is None:
        return 1
    from toolkit.matching.apply import changed, refuse_broken
    from toolkit.matching.policy import Refused
    from toolkit.matching.problem import build

    workspace, loaded, day = scene.workspace, scene.loaded, scene.today
    parts = plans_named(workspace, loaded, run)
    if not parts:
        raise ToolkitError(f"there is no plan {run}", known_plans(loaded))
    try:
        problem = build(loaded.records, cohort_of(loaded.records, parts[0].cohort_key), day)
    except Refused as refused:
        return say_refused(refused)
    found = changed(parts, problem)
    if found and not accept_changed:
        from toolkit.formats import FORMATS

        click.echo(FORMATS["full"](found), err=True)
        say("nothing was written\nnext: mentoring explain run-inputs-changed")
        return 1
    if found:
        refuse_broken(problem, parts)
    return carry_out(ctx, scene, run, lambda: _change(scene, parts, reason if found else None))


def _change(scene: Scene, parts: tuple[Plan, ...], reason: str | None) -> Change:
    from toolkit.changes.change import Change, FileChange, edit, order_of
    from toolkit.matching.apply import apply as take
    from toolkit.matching.words import counted, listed
    from toolkit.source import Set

    taken = take(scene.workspace, scene.loaded.records, parts)
    files = [FileChange(path, None, text.encode("utf-8")) for path, text in taken.files]
    if reason:
        entry = Set(("accepted_changed",), " ".join(reason.split()), order_of(type(parts[0])))
        files += [edit(scene.workspace, each, [entry]) for each in parts]
    notes = (f"kept as they are: {listed(taken.kept, 12)}",) if taken.kept else ()
    return Change(f"{counted(len(taken.files), 'pair')} proposed", tuple(files), notes, ASKING)


@click.command(short_help="Match the people of some pairs again while everybody else stays.")
@click.argument("cohort")
@click.argument("pairs", nargs=-1, required=True)
@click.option("--write", is_flag=True, help="End the proposals and make the new ones; without it nothing is written.")
@today_option
@click.pass_context
def rematch(ctx: click.Context, cohort: str, pairs: tuple[str, ...], write: bool, today: str | None) -> int:
    """Match the people of PAIRS in COHORT again while everybody else stays.

    PAIRS were objected to, are closed, or are proposals that shall not be: those become `objected`, so that the two are
    not brought together again. Nobody else moves. Where somebody stays without a pair, the fewest moves of others that
    would help are shown. Of a group, who can stay with its mentor stays; who cannot gets a day of leaving there, and a
    place in another proposal that has one.

    \b
    Example:
      mentoring match rematch 2027 ines-rui
    """
    asked = asked_of(ctx, cohort, today)
    if asked is None:
        return 1
    from toolkit.matching.policy import Refused
    from toolkit.matching.rematch import rematch as again

    try:
        found = again(asked.loaded.records, asked.cohort, pairs, asked.today)
    except Refused as refused:
        return say_refused(refused)
    print_lines(found.lines)
    if not found.files and not found.opened and not found.changed:
        say("there is nothing to write\nnext: mentoring match feasible " + asked.cohort)
        return 1
    return carry_out(ctx, asked, asked.cohort, lambda: _rematched(asked, found, pairs))


def _rematched(asked: Asked, found: Rematch, pairs: tuple[str, ...]) -> Change:
    from toolkit.changes.change import Change, FileChange, edit, order_of
    from toolkit.matching.words import counted, listed
    from toolkit.model import Pair
    from toolkit.source import Set

    ended = [edit(asked.workspace, each, [Set(("status",), "objected", order_of(Pair))]) for each in found.opened]
    ended += [edit(asked.workspace, pair, edits) for pair, edits in found.changed]
    ended += _answered(asked, found, pairs)
    made = [FileChange(path, None, text.encode("utf-8")) for path, text in found.files]
    for each in made:
        if os.path.lexists((asked.workspace / each.path).parent):
            raise ToolkitError(f"{each.path.rpartition('/')[0]} is there already", "nothing was written")
    says = [f"{counted(len(made), 'pair')} proposed"]
    says += [f"{listed(each.id for each in found.opened)} objected"] if found.opened else []
    says += [f"{listed(pair.id for pair, _ in found.changed)} changed"] if found.changed else []
    return Change("; ".join(says), (*ended, *made), next=ASKING if made else "mentoring check")


def _answered(asked: Asked, found: Rematch, pairs: tuple[str, ...]) -> list[FileChange]:
    """The objections to these pairs are answered by it, but those of people who have no place now."""
    from toolkit.changes.change import edit
    from toolkit.model.answers import objections
    from toolkit.model.application import Objection
    from toolkit.source import Edit, Set

    named = {each.rpartition("/")[2] for each in pairs}
    edits: dict[str, list[Edit]] = {}
    files = {}
    for said in objections(asked.records, asked.cohort):
        if said.entry.pair in named and said.file.person not in found.left:
            route = ("objections", said.place, "answered")
            edits.setdefault(said.file.path, []).append(Set(route, asked.today, tuple(Objection.model_fields)))
            files[said.file.path] = said.file
    return [edit(asked.workspace, files[path], each) for path, each in edits.items()]
