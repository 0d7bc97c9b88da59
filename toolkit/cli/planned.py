"""A change as its command shows it: the lines before and after, what the rules say to it, and the writing where asked."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit.cli.common import say, today_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.changes.change import Change
    from toolkit.cli.scene import Scene
    from toolkit.diagnostics import Diagnostic

F = TypeVar("F", bound="Callable[..., Any]")
ASKING = "ask everybody in the pairs, and for each who says yes: mentoring accept PAIR --person PERSON"
"""What follows once pairs are proposed."""


def write_option(command: F) -> F:
    """Add `--write`, without which a change is only shown."""
    return click.option("--write", is_flag=True, help="Make the change; without it nothing is written.")(command)


def change_options(command: F) -> F:
    """Add what every change takes: `--on`, `--write` and `--today`."""
    from toolkit.cli.asked import day

    for option in (
        today_option,
        write_option,
        click.option("--on", metavar="DATE", callback=day, help="Day on which it happened; else today."),
    ):
        command = option(command)
    return command


def carry_out(ctx: click.Context, scene: Scene, name: str, plan: Callable[[], Change], **asked: object) -> int:
    """Plan a change, show it, and make it where `--write` was given; exit code 1 where states or rules forbid it."""
    from toolkit.changes.states import Refused

    try:
        change = plan()
    except Refused as refused:
        say(f"mentoring: {refused.message}")
        if refused.hint:
            say(f"  help: {refused.hint}")
        return 1
    click.echo(f"{name}: {change.says}")
    _show(change)
    worse, better = judged(scene, change)
    for word, found in (("brings", worse), ("cures", better)):
        for each in found:
            click.echo(f"{word} {each.severity.value} {each.code}: {each.message}")
    if not worse and not better:
        click.echo("rules: as before")
    for note in change.notes:
        say(f"note: {note}")
    if any(each.severity.rank == 0 for each in worse):
        say("nothing was written: the rules forbid it\nnext: mentoring explain " + worse[0].code)
        return 1
    return _close(ctx, scene, change, asked)


def _close(ctx: click.Context, scene: Scene, change: Change, asked: dict[str, object]) -> int:
    if not ctx.params["write"]:
        say(f"nothing is written yet; next: {_again(ctx, asked)}")
        return 0
    from toolkit.changes.change import write

    write(scene.workspace, change)
    say(f"{len(change.files)} file{'s' if len(change.files) > 1 else ''} written\nnext: {change.next}")
    return 0


def _show(change: Change) -> None:
    for file in change.files:
        click.echo(f"\n{file.path}{' (new)' if file.before is None else ''}")
        for number, sign, text in file.lines():
            click.echo(f"{number:>5} {sign} {text}".rstrip())
    click.echo()


def judged(scene: Scene, change: Change) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What the rules find only after the change, and only before it; the worst first."""
    from toolkit.load import with_files
    from toolkit.rules import RULES, check

    before = check(scene.loaded, RULES, scene.today)
    after = check(with_files(scene.loaded, change.after), RULES, scene.today)
    return _only(after, before), _only(before, after)


def _only(these: tuple[Diagnostic, ...], others: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """The findings of one check that the other does not have; lines that only moved make no difference."""
    left = Counter(map(_what, others))
    found = []
    for each in these:
        if left[_what(each)]:
            left[_what(each)] -= 1
        else:
            found.append(each)
    return sorted(found, key=lambda each: (each.severity.rank, each.order))


def _what(each: Diagnostic) -> tuple[str, str, str]:
    return each.code, each.place.path, each.message


def _again(ctx: click.Context, asked: dict[str, object]) -> str:
    """The same command with `--write`, and with what was answered on the way."""
    words = ["mentoring", *_named(ctx)]
    for param in ctx.command.params:
        value = asked.get(param.name or "", ctx.params.get(param.name or ""))
        if value is None or value is False or value == ():
            continue
        each = value if isinstance(value, tuple) else (value,)
        flag = () if isinstance(param, click.Argument) else (param.opts[-1],)
        words += [word for one in each for word in (*flag, str(one))]
    return shlex.join((*words, "--write"))


def choice(words: str, allowed: tuple[str, ...]) -> str | None:
    """Ask for one of several answers, again until it is one of them; an empty answer leaves it unsaid."""
    while True:
        answer: str = click.prompt(f"{words} ({', '.join(allowed)})", default="", show_default=False, err=True)
        if not answer or answer in allowed:
            return answer or None
        say("that is not on the list")


def _named(ctx: click.Context) -> list[str]:
    """The words that name a command: its own, after those of the groups that it is in."""
    return [*_named(ctx.parent), ctx.info_name or ""] if ctx.parent else []
