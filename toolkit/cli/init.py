"""`mentoring init`: a program's folder that works from the first minute, empty or with the demonstration."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import at_terminal, date_of, say, today_of, today_option
from toolkit.errors import ToolkitError
from toolkit.model.formats import LANGUAGES

if TYPE_CHECKING:
    from toolkit.scaffold import Answers

_PUBLIC = """\
What is public: the site for the public shows the handbook and counts, and of a person what they agreed to show.
What is not: whoever can read this repository can read every file in it. Keep it private once people are in it;
contacts, vetoes and decisions lie in private/, which .gitignore leaves out."""


@click.command("init")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--demo", is_flag=True, help="The filled example, with its dates moved to the present.")
@click.option("--name", help="Name of the program; else asked for, or taken from the folder.")
@click.option("--language", help="Leading language, as en, es or fr.")
@click.option("--profile", metavar="NAME", help="A ready program of one kind, such as teacher-induction.")
@click.option("--list-profiles", is_flag=True, help="Show the profiles, each with a sentence, and make nothing.")
@click.option("--starts", metavar="DATE", help="First day of the first cohort, as 2027-01-11.")
@click.option("--yes", is_flag=True, help="Ask nothing: take what is proposed.")
@today_option
def init(
    folder: Path | None,
    demo: bool,
    name: str | None,
    language: str | None,
    profile: str | None,
    list_profiles: bool,
    starts: str | None,
    yes: bool,
    today: str | None,
) -> None:
    """Start a program's folder, empty or with the demonstration.

    FOLDER is new or empty; a file that is there is never overwritten: where one is in the way, nothing is written. A
    profile brings a whole program of its kind, in the leading language: dates, rhythm, matching, topics, surveys, a sample
    agreement, and a README that says what was decided and why.

    \b
    Example:
      mentoring init my-program
      mentoring init new-teachers --profile teacher-induction --language es
      mentoring init --demo lantern
    """
    from toolkit import scaffold, schema
    from toolkit.model import Settings

    if list_profiles:
        _show_profiles(language)
        return
    if folder is None:
        raise ToolkitError(
            "it is not said where the program shall lie",
            f"name a new folder: mentoring init {'--demo lantern' if demo else 'my-program'}",
        )
    day = today_of(today, Settings())
    if demo:
        if name or language or starts or profile:
            raise ToolkitError("--demo brings its own name, language and dates", "leave --demo away to choose them")
        targets = scaffold.demo(day)
    else:
        answers = _answers(folder, name, language, starts, day, ask=at_terminal() and not yes)
        targets = scaffold.profiled(profile, answers, day) if profile else scaffold.empty(answers, day)
    extra = {**schema.files(), schema.EDITOR: schema.editor_settings()}
    schemas = tuple(scaffold.Target(path, text.encode("utf-8")) for path, text in extra.items())
    scaffold.lay(folder.absolute(), (*targets, *schemas))
    spoken = LANGUAGES[0] if demo else answers.language
    _report(folder, [target.path for target in targets], len(schemas), spoken)


def _show_profiles(language: str | None) -> None:
    from toolkit import scaffold

    for name, about in scaffold.profiles(language if language in LANGUAGES else LANGUAGES[0]):
        click.echo(f"{name}\n    {about}")
    say("next: mentoring init FOLDER --profile NAME")


def _answers(
    folder: Path, name: str | None, language: str | None, starts: str | None, today: datetime.date, *, ask: bool
) -> Answers:
    """Ask what was not given, where there is somebody to ask; else take what would be proposed."""
    from toolkit.model.times import first_monday
    from toolkit.scaffold import Answers

    proposed = {
        "Name of the program": (name, folder.absolute().name.replace("-", " ").replace("_", " ").strip().capitalize()),
        "Leading language (en, es, fr)": (language, "en"),
        "First day of the first cohort": (starts, first_monday(today + datetime.timedelta(weeks=6)).isoformat()),
    }
    given = [
        value if value is not None else click.prompt(question, default=default, err=True) if ask else default
        for question, (value, default) in proposed.items()
    ]
    return Answers(_name(given[0]), _language(given[1]), date_of(given[2], "--starts"))


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > 200:
        raise ToolkitError("a program needs a name of at most 200 characters", "give one with --name")
    return name


def _language(text: str) -> str:
    from pydantic import TypeAdapter, ValidationError

    from toolkit.model.fields import Language

    try:
        return TypeAdapter(Language).validate_python(text)
    except ValidationError:
        raise ToolkitError(f"--language {text} is not a language code", "write en, es, fr or another code") from None


def _report(folder: Path, paths: list[str], schemas: int, language: str) -> None:
    """Say what lies where, what is public, and what to run next."""
    from toolkit.model.tongue import offered

    tops: dict[str, list[str]] = {}
    for path in paths:
        top, _, rest = path.partition("/")
        tops.setdefault(f"{top}/" if rest else top, []).append(path)
    click.echo(f"{len(paths) + schemas} files in {folder}:")
    for top, below in sorted(tops.items()):
        click.echo(f"  {below[0] if len(below) == 1 else f'{top} ({len(below)} files)'}")
    click.echo(f"  .mentoring/schema/, .vscode/ ({schemas} files, for your editor)")
    click.echo(f"\n{_PUBLIC}\n")
    if not offered(language):
        click.echo(
            f"The toolkit speaks English, Spanish and French: texts and pages are in English, not in {language}.\n"
        )
    click.echo(f"next: mentoring -C {folder} check")
