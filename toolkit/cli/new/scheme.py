"""`mentoring new` for what lasts: guide, measure, program, cohort."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, get_args

import click

from toolkit.cli.asked import day
from toolkit.cli.common import date_of
from toolkit.cli.new.paper import Room, ask, id_option, paper, put
from toolkit.errors import ToolkitError
from toolkit.model.guide import Audience, Phase
from toolkit.model.measure import Direction, Domain, Level
from toolkit.model.program import Model

if TYPE_CHECKING:
    from toolkit.scaffold import Target

_CONTEXTS = ("professional", "academic", "entrepreneurial", "youth", "community")


@click.command()
@click.option("--title", help="Title of the page.")
@click.option(
    "--audience", type=click.Choice(get_args(Audience)), multiple=True, help="For whom; may be given more than once."
)
@click.option("--phase", type=click.Choice(get_args(Phase)), help="When it is needed.")
@click.option("--translate", metavar="GUIDE", help="Begin a translation of this guide into the language of --lang.")
@id_option
@paper
def guide(
    room: Room,
    title: str | None,
    audience: tuple[str, ...],
    phase: str | None,
    translate: str | None,
    name: str | None,
) -> None:
    """Write a page of the handbook, as a draft.

    With --translate and --lang it begins a translation: the guide's own text, to be overwritten, with headings that keep
    the names by which other guides link to them.

    \b
    Example:
      mentoring new guide --title "The second meeting" --audience mentor --audience mentee --phase start
      mentoring new guide --translate goals --lang es
    """
    from toolkit.scaffold import people

    if translate is not None:
        put(room, _translation(room, translate), "mentoring i18n status")
        return

    said = ask(title, "--title", "Title of the page")
    readers = audience or (ask(None, "--audience", "For whom it is", get_args(Audience)),)
    when = ask(phase, "--phase", "When it is needed", get_args(Phase))
    put(room, people.guide(room.office(), said, readers, when, name))


def _translation(room: Room, name: str) -> Target:
    from toolkit.scaffold.translations import guide_named, translation

    if room.lang is None:
        raise ToolkitError("--translate needs --lang", "say into which language, as in: --lang es")
    return translation(room.office(), guide_named(room.records, name))


@click.command()
@click.argument("name", metavar="ID")
@click.option("--title", help="Name shown to people; else the id.")
@click.option("--domain", type=click.Choice(get_args(Domain)), help="The part of life that it says most about.")
@click.option("--direction", type=click.Choice(get_args(Direction)), help="Which way is better.")
@click.option("--level", type=click.Choice(get_args(Level)), help="Whose outcome it is.")
@paper
def measure(
    room: Room, name: str, title: str | None, domain: str | None, direction: str | None, level: str | None
) -> None:
    """Write an outcome measure under a new ID.

    \b
    Example:
      mentoring new measure calmer-starts --domain practice --direction higher --level mentee
    """
    from toolkit.scaffold import people

    part = ask(domain, "--domain", "What it says most about", get_args(Domain))
    better = ask(direction, "--direction", "Which way is better", get_args(Direction))
    whose = ask(level, "--level", "Whose outcome it is", get_args(Level))
    put(room, people.measure(room.office(), name, title, part, better, whose))


@click.command(short_help="Write a program beside those that are there.")
@click.option("--title", help="Name of the program.")
@click.option("--context", type=click.Choice(_CONTEXTS), default="professional", show_default=True, help="Its kind.")
@click.option("--purpose", help="What it is for, in one or two sentences.")
@click.option(
    "--model", type=click.Choice(get_args(Model)), default="one-to-one", show_default=True, help="Model of mentoring."
)
@id_option
@paper
def program(
    room: Room,
    title: str | None,
    context: str,
    purpose: str | None,
    model: str,
    name: str | None,
) -> None:
    """Write a program beside those that are there; `mentoring init` starts a folder.

    \b
    Example:
      mentoring new program --title "Leaders of tomorrow" --model group
    """
    from toolkit.scaffold import people

    said = ask(title, "--title", "Name of the program")
    target = people.program(room.office(), said, context, purpose, model, name)
    put(room, target, f"mentoring new cohort --program {target.path.split('/')[-2]}")


@click.command()
@click.option("--program", "of", metavar="ID", help="Of which program; else the only one.")
@click.option("--starts", metavar="DATE", callback=day, help="First day.")
@click.option("--ends", metavar="DATE", callback=day, help="Last day; else forty weeks later.")
@id_option
@paper
def cohort(
    room: Room,
    of: str | None,
    starts: datetime.date | None,
    ends: datetime.date | None,
    name: str | None,
) -> None:
    """Write a dated run of a program.

    \b
    Example:
      mentoring new cohort --program lantern --starts 2028-06-05
    """
    from toolkit.scaffold import people

    programs = room.records.programs
    only = next(iter(programs)) if len(programs) == 1 else None
    wanted = ask(of or only, "--program", "Of which program", sorted(programs))
    if wanted not in programs:
        raise ToolkitError(f"there is no program {wanted}", f"there are: {', '.join(programs) or 'none yet'}")
    first = starts or date_of(ask(None, "--starts", "First day, as 2027-01-11"), "--starts")
    if ends is not None and ends < first:
        raise ToolkitError("the last day comes before the first", "check --starts and --ends")
    target = people.cohort(room.office(wanted), programs[wanted], first, ends, name)
    put(room, target)


COMMANDS = (guide, measure, program, cohort)
