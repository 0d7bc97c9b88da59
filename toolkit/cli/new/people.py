"""`mentoring new` for people: person, application, pair, check-in, concern."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, get_args

import click

from toolkit.cli.asked import day, pair_of
from toolkit.cli.new.paper import Room, ask, id_option, paper, put
from toolkit.cli.subject import subject_of
from toolkit.errors import ToolkitError
from toolkit.model.care import CheckInStatus, ConcernKind
from toolkit.model.people import ConsentKind

if TYPE_CHECKING:
    from toolkit.cli.new.paper import Room
    from toolkit.model import Pair

ROLES = ("mentor", "mentee")
NEITHER = "neither"
_COHORT = "Cohort, as program/cohort; else the only one that is not over."


@click.command()
@click.option("--name", "called", help="Name that is shown; an alias is fine.")
@click.option(
    "--role",
    type=click.Choice((*ROLES, NEITHER)),
    help="In which role the person wants to take part; neither for a sponsor or one of the staff.",
)
@click.option("--locale", metavar="CODE", help="Language for messages, such as es; else the program's first.")
@click.option("--timezone", metavar="ZONE", help="Time zone, such as Europe/Lisbon.")
@click.option(
    "--consent",
    "consents",
    type=click.Choice(get_args(ConsentKind)),
    multiple=True,
    help="What the person agreed to today, such as data; may be given more than once.",
)
@id_option
@paper
def person(
    room: Room,
    called: str | None,
    role: str | None,
    locale: str | None,
    timezone: str | None,
    consents: tuple[str, ...],
    name: str | None,
) -> None:
    """Write the profile of a person.

    \b
    Example:
      mentoring new person --name "Ana Kovács" --role mentee --timezone Europe/Lisbon --consent data
    """
    from toolkit.scaffold import people

    who = ask(called, "--name", "Name that is shown")
    role = ask(role, "--role", "Role of the person", (*ROLES, NEITHER))
    office = room.office(speaks=locale)
    target = people.person(office, who, role, name, locale or office.language, timezone, consents)
    ident = target.path.rpartition("/")[2].removesuffix(".yaml")
    put(
        room,
        target,
        "mentoring check" if role == NEITHER else f"mentoring new application --person {ident} --role {role}",
    )


@click.command()
@click.option("--person", "who", metavar="ID", help="Who applies.")
@click.option("--role", type=click.Choice(ROLES), help="In which role.")
@click.option("--cohort", metavar="PROGRAM/COHORT", help=_COHORT)
@paper
def application(
    room: Room,
    who: str | None,
    role: str | None,
    cohort: str | None,
) -> None:
    """Write a person's request to join a cohort.

    \b
    Example:
      mentoring new application --person tomas-rojas --role mentor --cohort 2027
    """
    from toolkit.scaffold import people

    applicant = _person(room, ask(who, "--person", "Who applies"))
    role = _role(room, applicant, role)
    office = room.office(speaks=room.records.people[applicant].locale)
    put(room, people.application(office, applicant, role, room.cohort(cohort)))


def _person(room: Room, name: str) -> str:
    return subject_of(name, room.records, ("person",)).key


def _role(room: Room, who: str, role: str | None) -> str:
    """The role that was said, else the only one that the profile fills in."""
    profile = room.records.people[who]
    filled = [each for each in ROLES if getattr(profile, each) is not None]
    if role is None and len(filled) == 1:
        return filled[0]
    return ask(role, "--role", "Role of the applicant", ROLES)


@click.command()
@click.option("--mentor", "mentors", metavar="ID", multiple=True, help="Who gives; may be given more than once.")
@click.option("--mentee", "mentees", metavar="ID", multiple=True, help="Who receives; may be given more than once.")
@click.option("--cohort", metavar="PROGRAM/COHORT", help=_COHORT)
@id_option
@paper
def pair(
    room: Room,
    mentors: tuple[str, ...],
    mentees: tuple[str, ...],
    cohort: str | None,
    name: str | None,
) -> None:
    """Write a proposed pair, for two who found each other.

    `mentoring match` proposes pairs for a whole cohort.

    \b
    Example:
      mentoring new pair --mentor wanjiru-kamau --mentee kevin-ouma --cohort 2027
    """
    from toolkit.scaffold import people

    giving = mentors or (ask(None, "--mentor", "Id of the mentor"),)
    taking = mentees or (ask(None, "--mentee", "Id of the mentee"),)
    for each in (*giving, *taking):
        _person(room, each)
    of = room.cohort(cohort)
    target = people.pair(room.office(of.origin.program), giving, taking, of, name)
    put(room, target, f"mentoring accept {target.path.split('/')[-2]} --person {giving[0]}")


@click.command("check-in", short_help="Write down a contact with one member of a pair.")
@click.option("--person", "who", metavar="ID", help="With whom you spoke.")
@click.option("--pair", metavar="PAIR", help="About which pair; else the only one the person is in.")
@click.option("--status", type=click.Choice(get_args(CheckInStatus)), help="How it stands.")
@click.option("--on", "when", metavar="DATE", callback=day, help="Day of the contact; else today.")
@paper
def check_in(
    room: Room,
    who: str | None,
    pair: str | None,
    status: str | None,
    when: datetime.date | None,
) -> None:
    """Write down a contact with one member of a pair, in the file of its month.

    Where the month has a file already, the contact is added to it and nothing else changes.

    \b
    Example:
      mentoring new check-in --person tomas-rojas --status green
    """
    from toolkit.scaffold import people

    asked = _person(room, ask(who, "--person", "With whom you spoke"))
    found = pair_of(room.records, pair) if pair else _only_pair(room, asked)
    if asked not in found.people():
        raise ToolkitError(f"{asked} is not in this pair", f"its members are: {', '.join(found.people())}")
    stands = ask(status, "--status", "How it stands", get_args(CheckInStatus))
    values = {"person": asked, "pair": found.id, "on": when or room.today, "status": stands}
    of = room.cohort(found.cohort_key)
    target, before = people.check_in(room.office(of.origin.program), of, values)
    put(room, target, before=before)


def _only_pair(room: Room, who: str) -> Pair:
    """The one pair of a person that is not over."""
    found = [each for each in room.records.pairs.values() if who in each.people() and each.status != "closed"]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(each.pair_key for each in found) or "this person is in none"
    raise ToolkitError("it is not said about which pair", f"use --pair; there are: {listed}")


@click.command(short_help="Write down something that weighs on somebody.")
@click.option("--kind", type=click.Choice(get_args(ConcernKind)), help="Kind of concern.")
@click.option("--person", "who", metavar="ID", help="Who raised it; not for safety.")
@click.option("--pair", metavar="PAIR", help="The pair it is about; not for safety.")
@click.option("--what", help="What it is about, in one sentence; not for safety.")
@click.option("--owner", help="Who sees to it.")
@paper
def concern(
    room: Room,
    kind: str | None,
    who: str | None,
    pair: str | None,
    what: str | None,
    owner: str | None,
) -> None:
    """Write down something that weighs on somebody and waits for an answer.

    It lies in private/, and its name tells the day alone. Of a concern for safety it keeps only where it is dealt with.

    \b
    Example:
      mentoring new concern --kind load --person lea-tremblay --what "Two mentees more than agreed"
    """
    from toolkit.scaffold import people

    sort = ask(kind, "--kind", "Kind of concern", get_args(ConcernKind))
    if sort == "safety" and (who or pair or what):
        hint = "leave --person, --pair and --what away: only a pointer to where it is dealt with is kept"
        raise ToolkitError("of a concern for safety no name and no story is written down here", hint)
    values = {
        "kind": sort,
        "person": _person(room, who) if who else None,
        "pair": pair_of(room.records, pair).pair_key if pair else None,
        "what": what,
        "owner": owner,
    }
    put(room, people.concern(room.office(), values))


COMMANDS = (person, application, pair, check_in, concern)
