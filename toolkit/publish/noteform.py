"""The form in which a pair writes its note: its fields from the schema of a note, its sections from the formats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.model import Session
from toolkit.model.actions import next_number
from toolkit.model.formats import PROMISES, SECTIONS, title
from toolkit.model.rhythm import LIVE
from toolkit.publish.audience import Kind
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World

FIELDS = ("date", "start", "minutes", "attended", "format", "modality", "next")
"""The fields that a form asks for; all others can be added to the note later."""
LONGEST_ADDRESS = 6000
"""Signs of an address that browsers, forges and mail programs still take."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Control:
    """One field of the form: its kind (date, time, number, people, choice), its limits or choices."""

    name: str
    kind: str
    required: bool
    hint: str
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()


def note_path(key: str) -> str:
    """The path of the form of a pair."""
    program, cohort, pair = key.split("/")
    return f"programs/{program}/{cohort}/pairs/{pair}/note.md"


def writes(world: World, pair: View) -> bool:
    """Say whether this audience has the form: the members' site for each pair that meets, a pair's own site for itself.

    An empty form is no secret: its fields are the schema's, and names, rhythm and language are what members read of
    any pair. What a pair keeps is filled in only for readers who may see it, because the form is written from their
    projection as every page is: without its notes there is no open promise on it, no format that was used last, and no
    ids of new promises (they are given when the note is taken in, lest they be another action's).
    """
    if pair.status not in LIVE:
        return False
    if world.audience.kind is Kind.PAIR:
        return world.audience.pair == str(pair.key)
    return world.audience.kind is Kind.MEMBERS


def note_values(world: World, pair: View, speech: Speech) -> dict[str, Any]:
    """Gather what the template of the form needs."""
    sessions = world.of(pair.key).sessions
    language = pair.language
    own = speech.to(language)
    last = next((each.format for each in reversed(sessions) if each.format), "grow")
    people = [(each.person, world.person(each.person)) for each in pair.members if each.person]
    return {
        "pair": pair,
        "display": own.names(pair.names),
        "controls": tuple(controls()),
        "people": [(ident, view.name if view is not None and view.name else ident) for ident, view in people],
        "sections": [
            (key, title(key, language)) for key in dict.fromkeys(key for each in SECTIONS.values() for key in each)
        ],
        "say": own.table["note"],
        "word": own.word,
        "spoken": own.language,
        "language": language,
        "chosen": last,
        "minutes": _minutes(world, pair),
        "open": [each for group in pair.open_actions.values() for each in group] or list(_open(sessions)),
        "config": json.dumps(_config(world, pair, own, language), ensure_ascii=False, sort_keys=True),
        "forge": world.settings.forge,
    }


def controls() -> Iterator[Control]:
    """Read the form's fields from the schema of a note."""
    schema = Session.model_json_schema()
    for name in FIELDS:
        says = schema["properties"][name]
        kinds = [each for each in says.get("anyOf", [says]) if each.get("type") != "null"]
        known = kinds[0]
        yield Control(
            name,
            _kind(known),
            name in schema.get("required", ()) or name == "attended",
            says.get("description", ""),
            known.get("minimum"),
            known.get("maximum"),
            tuple(known.get("enum", ())),
        )


def _kind(known: dict[str, Any]) -> str:
    if known.get("format") == "date":
        return "date"
    if "enum" in known:
        return "choice"
    if known.get("type") == "array":
        return "people"
    return "number" if known.get("type") == "integer" else "time"


def _config(world: World, pair: View, speech: Speech, language: str) -> dict[str, Any]:
    """What the script needs to write the note and to save it; nothing that is not on the page anyway."""
    folder = f"content/programs/{pair.program}/{pair.cohort}/pairs/{pair.pair}/sessions"
    forge = world.settings.forge
    base = forge.url.rstrip("/").removesuffix(".git") if forge is not None else ""
    middle = "-/new" if forge is not None and forge.kind == "gitlab" else "new"
    return {
        "pair": pair.key,
        "file": pair.pair,
        "forge": forge.kind if forge is not None else "",
        "new": f"{base}/{middle}/{forge.branch}/{folder}" if forge is not None else "",
        "mail": _desk(world, pair),
        "longest": LONGEST_ADDRESS,
        "formats": {key: list(order) for key, order in SECTIONS.items()},
        "titles": {key: title(key, language) for order in SECTIONS.values() for key in order},
        "promises": PROMISES,
        "next_id": _next_id(world, pair),
        "people": {each.person: _called(world, each.person) for each in pair.members if each.person},
        "say": {key: str(text) for key, text in speech.table["note"]["say"].items()},
    }


def _called(world: World, person: str) -> str:
    view = world.person(person)
    return str(view.name) if view is not None and view.name else person


def _desk(world: World, pair: View) -> str:
    """The address at which the program's support is reached, where it is an e-mail address."""
    program = world.program(pair.program)
    found = _MAIL.search(program.support.channel) if program is not None and program.support is not None else None
    return found.group() if found else ""


def _minutes(world: World, pair: View) -> int:
    agreement, cohort = world.of(pair.key).agreement, world.cohort(f"{pair.program}/{pair.cohort}")
    cadence = agreement.cadence if agreement is not None and agreement.cadence is not None else None
    cadence = cadence or (cohort.cadence if cohort is not None else None)
    return cadence.minutes if cadence is not None else 60


def _open(sessions: tuple[View, ...]) -> Iterator[View]:
    """The promises that are open after the last opened note that speaks of them, for members who read no list of them."""
    standing: dict[str, View] = {}
    for note in sessions:
        for action in note.actions:
            standing[action.id or action.text.casefold()] = action
    yield from (action for action in standing.values() if not action.done)


def _next_id(world: World, pair: View) -> int:
    """The number of the next free id; 0 for members, from whom a pair may keep the note that has taken it."""
    if world.audience.kind is not Kind.PAIR:
        return 0
    return next_number(action.id for note in world.of(pair.key).sessions for action in note.actions)
