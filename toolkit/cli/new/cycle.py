"""`mentoring new` for the papers of a pair: agreement, goal, session, observation, feedback, closure."""

from __future__ import annotations

import datetime
from typing import get_args

import click

from toolkit.cli.asked import day
from toolkit.cli.common import say
from toolkit.cli.new.paper import Room, ask, id_option, paper, put
from toolkit.errors import ToolkitError
from toolkit.model.goal import GoalDomain
from toolkit.model.pair import ClosureKind, ClosureReason
from toolkit.model.practice import FeedbackKind, ObservationKind
from toolkit.model.session import Format


@click.command()
@click.argument("pair")
@paper
def agreement(room: Room, pair: str) -> None:
    """Write the agreement of PAIR.

    The rhythm, the last day and a day for a review are proposed; the three lists begin with sentences to end together.

    \b
    Example:
      mentoring new agreement ines-rui
    """
    from toolkit.scaffold import papers

    desk = room.desk(pair)
    signing = f"mentoring sign {pair} --person {desk.known.pair.people()[0]}"
    put(room, papers.agreement(desk), f"{signing}, once you have filled it in and read it aloud together")


@click.command()
@click.argument("pair")
@click.option("--title", help="What will be different, in one line.")
@click.option("--owner", metavar="ID", help="Whose goal it is; else the mentee's.")
@click.option(
    "--domain", type=click.Choice(get_args(GoalDomain)), default="skill", show_default=True, help="What it belongs to."
)
@click.option("--due", metavar="DATE", callback=day, help="Day by which it is to be reached; else the pair's last.")
@id_option
@paper
def goal(
    room: Room,
    pair: str,
    title: str | None,
    owner: str | None,
    domain: str,
    due: datetime.date | None,
    name: str | None,
) -> None:
    """Write a goal of PAIR.

    \b
    Example:
      mentoring new goal ines-tomas --title "Calm starts of lessons"
    """
    from toolkit.scaffold import papers

    desk = room.desk(pair)
    people = desk.known.pair.mentees or desk.known.pair.people()
    if owner is None and len(people) > 1:
        owner = ask(None, "--owner", "Whose goal it is", people)
    said = ask(title, "--title", "A title: what will be different, in one line")
    target = papers.goal(desk, said, _member(owner or people[0], desk.known.pair.people()), domain, name, due)
    put(room, target)


def _member(name: str, people: tuple[str, ...]) -> str:
    if name not in people:
        raise ToolkitError(f"{name} is not in this pair", f"its members are: {', '.join(people)}")
    return name


@click.command()
@click.argument("pair")
@click.option(
    "--date",
    "date",
    metavar="DATE",
    callback=day,
    help="Day of the meeting; else the one agreed on, or today where that is still to come.",
)
@click.option(
    "--format", "format_", type=click.Choice(get_args(Format)), help="Shape of the talk; else that of the last note."
)
@paper
def session(
    room: Room,
    pair: str,
    date: datetime.date | None,
    format_: str | None,
) -> None:
    """Write the note of a meeting of PAIR.

    The open actions stand under "Since last time", tick what is done; lines for new ones have their ids. Two questions
    that fit the week stand above. The day is never one to come, unless --date says so.

    \b
    Example:
      mentoring new session ines-tomas
      mentoring new session ines-tomas --format clear --edit
    """
    from toolkit.scaffold import papers
    from toolkit.scaffold.questions import list_of

    desk = room.desk(pair)
    target = papers.session(desk, list_of(room.records, desk.known.language), date, format_)
    put(room, target, otherwise="say the day of another meeting with --date")
    planned = desk.known.next
    if date is None and planned > room.today:
        say(f"it is dated today, for the next meeting is on {planned}: to write that one ahead, add --date {planned}")


@click.command()
@click.argument("pair")
@click.option("--date", "date", metavar="DATE", callback=day, help="Day of the visit; else today.")
@click.option(
    "--kind",
    type=click.Choice(get_args(ObservationKind)),
    default="mentor-observes",
    show_default=True,
    help="Who watched whom.",
)
@click.option("--focus", help="What you agreed to look at.")
@paper
def observation(
    room: Room,
    pair: str,
    date: datetime.date | None,
    kind: str,
    focus: str | None,
) -> None:
    """Write what a member of PAIR saw at another's work.

    \b
    Example:
      mentoring new observation ines-tomas --kind mentee-observes --focus "How the lesson ends"
    """
    from toolkit.scaffold import papers

    put(room, papers.observation(room.desk(pair), date or room.today, kind, focus))


@click.command()
@click.argument("pair")
@click.option("--from", "giver", metavar="ID", help="Who gives it.")
@click.option("--to", "receiver", metavar="ID", help="Who gets it; else the other one of two.")
@click.option(
    "--kind",
    type=click.Choice(get_args(FeedbackKind)),
    default="sbi",
    show_default=True,
    help="Its shape: situation, behavior and impact; feedforward; start, stop, continue; praise.",
)
@click.option("--event-on", metavar="DATE", callback=day, help="Day of what it is about; else today.")
@paper
def feedback(
    room: Room,
    pair: str,
    giver: str | None,
    receiver: str | None,
    kind: str,
    event_on: datetime.date | None,
) -> None:
    """Write what one member of PAIR tells another.

    \b
    Example:
      mentoring new feedback ines-tomas --from tomas-rojas --kind feedforward
    """
    from toolkit.scaffold import papers

    desk = room.desk(pair)
    people = desk.known.pair.people()
    giving = _member(ask(giver, "--from", "Who gives it", people), people)
    others = tuple(who for who in people if who != giving)
    default = others[0] if len(others) == 1 else None
    getting = default if default and receiver is None else ask(receiver, "--to", "Who gets it", others)
    target = papers.feedback(desk, giving, _member(getting or "", others), kind, event_on or room.today)
    put(room, target)


@click.command(short_help="Write how PAIR ended; `mentoring close` then closes it.")
@click.argument("pair")
@click.option("--kind", type=click.Choice(get_args(ClosureKind)), help="Kind of ending.")
@click.option("--reason", type=click.Choice(get_args(ClosureReason)), help="Main reason.")
@click.option(
    "--final-session",
    type=click.Choice(["yes", "offered", "not-possible"]),
    default="offered",
    show_default=True,
    help="Whether there was a last meeting.",
)
@paper
def closure(
    room: Room,
    pair: str,
    kind: str | None,
    reason: str | None,
    final_session: str,
) -> None:
    """Write how PAIR ended; its state is changed by `mentoring close` alone.

    \b
    Example:
      mentoring new closure ines-tomas --kind planned --reason goals-met
    """
    from toolkit.scaffold import papers

    desk = room.desk(pair)
    ending = ask(kind, "--kind", "Kind of ending", get_args(ClosureKind))
    why = ask(reason, "--reason", "Main reason", get_args(ClosureReason))
    program = room.records.program_of(desk.known.pair)
    months = (program.privacy.retention_months if program else None) or 12
    target = papers.closure(desk, ending, why, final_session, months)
    put(room, target, f"mentoring close {pair}")


COMMANDS = (agreement, goal, session, observation, feedback, closure)
