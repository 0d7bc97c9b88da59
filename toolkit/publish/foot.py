"""What every page leads to at its foot: whom to ask, who pays, what happens to personal data, program by program."""

from __future__ import annotations

from typing import Any

from toolkit.publish.prose import inline
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World


def feet(world: World, speech: Speech) -> list[dict[str, Any]]:
    """The foot of each program, and below which address it stands: a site of one program has it on every page.

    `ask` is its line on its own pages, `named` the same with its title, for the pages that belong to no program.
    Everything is escaped here, because the theme writes it as it is.
    """
    alone = len(world.programs) == 1
    return [
        {
            "under": "" if alone else f"programs/{program.id}/",
            "ask": str(_line(program, speech)),
            "named": str(_named(program, speech)),
            "print": _small_print(program, speech),
        }
        for program in world.programs
    ]


def _named(program: View, speech: Speech) -> str:
    line = _line(program, speech)
    return speech.fill(speech.table["colon"], name=program.title, value=line) if line else ""


def _line(program: View, speech: Speech) -> str:
    desk = program.support
    if not desk:
        return ""
    return speech.fill(speech.table["ask"]["line"], name=desk.name, channel=desk.channel.rstrip("."))


def _small_print(program: View, speech: Speech) -> list[dict[str, str]]:
    words, page = speech.table["program"], f"programs/{program.id}/index.html"
    listed = (
        (speech.table["ask"]["title"], "ask", program.support),
        (words["funding"], "funding", program.funding_disclosure),
        (words["conduct"], "conduct", program.code_of_conduct),
        (words["privacy"], "privacy", program.privacy),
    )
    return [{"to": f"{page}#{anchor}", "text": str(inline(text))} for text, anchor, there in listed if there]
