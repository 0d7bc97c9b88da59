"""What the commands of `mentoring new` share: their options, their questions, and how a new file is written and shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit.cli.common import at_terminal, say, shown, today_option
from toolkit.cli.scene import Scene, scene_of
from toolkit.errors import ToolkitError
from toolkit.model.formats import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.model import Cohort
    from toolkit.scaffold import Target
    from toolkit.scaffold.papers import Desk
    from toolkit.scaffold.people import Office

F = TypeVar("F", bound="Callable[..., Any]")


def paper(command: Callable[..., None]) -> Callable[..., None]:
    """Add what every new file takes (`--lang`, `--edit`, `--stdout` and `--today`); the command gets it as a Room."""

    @click.pass_context
    @wraps(command)
    def run(
        ctx: click.Context, /, lang: str | None, edit: bool, stdout: bool, today: str | None, **said: object
    ) -> None:
        command(room_of(ctx, today, lang, edit=edit, stdout=stdout), **said)

    with_options: Callable[..., None] = run
    for option in (
        today_option,
        click.option("--stdout", is_flag=True, help="Print the file instead of writing it."),
        click.option("--edit", is_flag=True, help="Open the new file in your editor ($VISUAL or $EDITOR)."),
        lang_option,
    ):
        with_options = option(with_options)
    return with_options


def lang_option(command: F) -> F:
    """Add `--lang`."""
    return click.option(
        "--lang", type=click.Choice(LANGUAGES), help="Language of what is written; else the pair's or the program's."
    )(command)


@dataclass(frozen=True, slots=True)
class Room(Scene):
    """The program's folder with its records, on a day, and how a new file is wanted.

    In which language, opened in an editor or not, printed instead of written or not.
    """

    lang: str | None
    edit: bool = False
    stdout: bool = False

    def desk(self, name: str) -> Desk:
        """The desk at which the papers of a pair are made."""
        from toolkit.cli.asked import pair_of
        from toolkit.scaffold.known import known_of
        from toolkit.scaffold.papers import Desk

        pair = pair_of(self.records, name)
        return Desk(self.workspace, known_of(self.records, pair, self.today, self.lang))

    def office(self, program: str = "", speaks: str | None = None) -> Office:
        """The desk at which the papers of a program are made: in the language of a person, else the program's."""
        from toolkit.model.tongue import offered, program_language
        from toolkit.scaffold.people import Office

        programs = self.records.programs
        of = programs.get(program) or next(iter(programs.values()), None)
        language = self.lang or offered(speaks) or program_language(of)
        return Office(self.workspace, self.records, self.today, language)

    def cohort(self, name: str | None) -> Cohort:
        """The cohort that is named, else the only one, else the only one that is not over."""
        from toolkit.cli.subject import subject_of
        from toolkit.model.program import PAST

        cohorts = self.records.cohorts
        if name is not None:
            return cohorts[subject_of(name, self.records, ("cohort",)).key]
        running = [each for each in cohorts.values() if each.status not in PAST]
        for found in (list(cohorts.values()), running):
            if len(found) == 1:
                return found[0]
        listed = ", ".join(cohorts) or "none yet: mentoring new cohort"
        raise ToolkitError("it is not said which cohort is meant", f"use --cohort; there are: {listed}")


def room_of(
    ctx: click.Context, today: str | None, lang: str | None, *, edit: bool = False, stdout: bool = False
) -> Room:
    """Read the records and the clock."""
    scene = scene_of(ctx, today)
    return Room(scene.workspace, scene.loaded, scene.today, lang, edit, stdout)


def ask(value: str | None, flag: str, question: str, choices: Iterable[str] = (), default: str | None = None) -> str:
    """Give the answer: the option's, else what is typed at a terminal, else the default.

    Raises ToolkitError where nobody can be asked.
    """
    known = tuple(choices)
    if value is None and at_terminal():
        kind = click.Choice(known) if known else None
        value = click.prompt(question, default=default, type=kind, err=True)
    value = default if value is None else value
    if value is None:
        listed = f": one of {', '.join(known)}" if known else ""
        raise ToolkitError(f"one thing is still missing: {question[0].lower()}{question[1:]}", f"add {flag}{listed}")
    if not value.strip():
        raise ToolkitError(f"{flag} is empty", "write a few words")
    return value


def put(
    room: Room,
    target: Target,
    following: str = "mentoring check",
    before: bytes | None = None,
    otherwise: str = "choose another name",
) -> None:
    """Write a new file (or add to the one that was read as `before`), or print it; say where it is and what comes next.

    `otherwise` is what to do, besides opening it, where the file is there already.
    """
    from toolkit import store
    from toolkit.load import with_files

    path = room.workspace / target.path
    if before is None and path.exists():
        raise ToolkitError(f"{shown(path)} is there already", f"nothing was overwritten; open it, or {otherwise}")
    with_files(room.loaded, {target.path: target.content})  # a form of the program's own may make what is no record
    if room.stdout:
        click.echo(target.content, nl=False)
        return
    if before is None:
        store.create(path, target.content)
    else:
        store.change(path, before, target.content)
    click.echo(shown(path))
    if room.edit:
        click.edit(filename=str(path))
    say(f"next: {following}")


def ident(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Read an id that was chosen; raises ToolkitError where it cannot be one."""
    from toolkit.model import is_slug

    if value is None or is_slug(value) or (value[:1].isdigit() and is_slug(f"c-{value}")):
        return value
    hint = "write lower-case words joined by hyphens, such as ana-kovacs"
    raise ToolkitError(f"{param.opts[-1]} {value} is not an id", hint)


def id_option(command: F) -> F:
    """Add `--id`."""
    return click.option(
        "--id", "name", metavar="ID", callback=ident, help="Name of the file or folder; else made from what is said."
    )(command)
