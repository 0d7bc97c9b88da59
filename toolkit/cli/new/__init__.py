"""`mentoring new`: a new record, filled with what is known, ready for the rest."""

import click

from toolkit.cli.new.cycle import COMMANDS as CYCLE
from toolkit.cli.new.people import COMMANDS as PEOPLE
from toolkit.cli.new.scheme import COMMANDS as SCHEME
from toolkit.cli.new.sheet import COMMANDS as SHEET


@click.group()
def new() -> None:
    """Write a new record, filled with what is known.

    Nothing is ever overwritten. On a terminal it asks what it cannot know; every question has an option. The forms lie in
    templates/new/, in English, Spanish and French; a program's own come first.

    \b
    Example:
      mentoring new session ines-tomas
      mentoring new goal ines-tomas --title "Calm starts of lessons" --edit
    """


for _command in (*PEOPLE, *CYCLE, *SCHEME, *SHEET):
    new.add_command(_command)
