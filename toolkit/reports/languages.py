"""What is there in which language: guides with the state of each translation, and everything that has a file a language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

from toolkit.model import Guide, Instrument, Measure, Records
from toolkit.model.formats import LANGUAGES
from toolkit.model.guide import TranslationState as State
from toolkit.model.guide import translated
from toolkit.model.instrument import Words
from toolkit.model.readability import Reading, readings
from toolkit.source import Fault, read
from toolkit.workspace import Workspace, shipped

STATES: tuple[State, ...] = get_args(State)

_NAMED = re.compile(r"(?P<name>[^.]+)\.(?P<language>[a-z]{2})\.(?P<rest>[a-z0-9.]+)")


class Row(NamedTuple):
    """One thing that people read, with its state in each language."""

    name: str
    states: tuple[State, ...]


class Shelf(NamedTuple):
    """Things of one kind."""

    kind: str
    rows: tuple[Row, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing or behind."""
        return all(state == "current" for row in self.rows for state in row.states)


class Languages(NamedTuple):
    """The language in which guides are written, the others, what there is in them, and how hard guides are to read."""

    source: str
    others: tuple[str, ...]
    shelves: tuple[Shelf, ...]
    readings: Mapping[str, Mapping[str, Reading]]

    def counts(self, language: str) -> Mapping[State, int]:
        """How many guides are in which state in a language."""
        at = self.others.index(language)
        found = Counter(row.states[at] for shelf in self.shelves if shelf.kind == "guides" for row in shelf.rows)
        return {state: found[state] for state in STATES}

    def first(self, state: State) -> tuple[str, str] | None:
        """The first guide in this state, with the language; None where there is none."""
        for shelf in self.shelves:
            for row in shelf.rows if shelf.kind == "guides" else ():
                if state in row.states:
                    return row.name, self.others[row.states.index(state)]
        return None


def languages(workspace: Workspace, records: Records) -> Languages:
    """Look at everything that is translated: guides and records, then the files of the program and the shipped ones."""
    source, others = wanted(records)
    guides = read_guides(records)
    asked = [ident for ident, each in records.instruments.items() if each.has_items()]
    kinds: dict[str, tuple[Iterable[str], Callable[[str, str], State]]] = {
        "guides": (guides, lambda name, into: guide_state(records, guides[name], into)),
        "questions": (("prompts",), lambda _, into: _there(_either(workspace, f"content/prompts/{into}.yaml"))),
        "instruments": (asked, lambda name, into: _instrument(records.instruments[name], source, into)),
        "measures": (records.measures, lambda name, into: _measure(records.measures[name], source, into)),
        "pages": (("strings",), lambda _, into: _strings(workspace, source, into)),
        "forms": _files(workspace, "templates/new"),
        "messages": _files(workspace, "templates/messages"),
    }
    shelves = tuple(
        Shelf(kind, tuple(Row(name, tuple(state(name, into) for into in others)) for name in sorted(names)))
        for kind, (names, state) in kinds.items()
    )
    return Languages(source, others, shelves, _readings(records, guides, (source, *others)))


def _readings(
    records: Records, guides: Mapping[str, Guide], wanted: tuple[str, ...]
) -> Mapping[str, Mapping[str, Reading]]:
    translated = {key: each.body for key, each in records.guide_translations.items()}
    return readings({ident: guide.body for ident, guide in guides.items()}, translated, wanted)


def wanted(records: Records) -> tuple[str, tuple[str, ...]]:
    """The languages of the site; where none are set, those of the programs."""
    spoken = [each for program in records.programs.values() for each in program.languages if each in LANGUAGES]
    found = tuple(dict.fromkeys(records.settings.languages or spoken)) or LANGUAGES[:1]
    return found[0], found[1:]


def read_guides(records: Records) -> dict[str, Guide]:
    """The guides that readers see, by id."""
    return {guide.id: guide for guide in records.guides.values() if not guide.draft}


def guide_state(records: Records, guide: Guide, into: str) -> State:
    """How a guide stands in a language."""
    return translated(guide, records.guide_translations.get((guide.id, into)))


def _instrument(instrument: Instrument, source: str, into: str) -> State:
    """Whether each text that is there in the first language is there in the other."""
    return _said((instrument.title, instrument.about, instrument.intro, *instrument.texts()), source, into)


def _measure(measure: Measure, source: str, into: str) -> State:
    return _said((measure.title, measure.about, measure.unit, measure.source, measure.cautions), source, into)


def _said(texts: Iterable[Words], source: str, into: str) -> State:
    wanted = [text for text in texts if source in text]
    return _part(sum(into in text for text in wanted), len(wanted))


def _part(there: int, wanted: int) -> State:
    if there == wanted:
        return "current"
    return "partly" if there else "missing"


def _there(paths: list[Path]) -> State:
    return "current" if paths else "missing"


def _either(workspace: Workspace, name: str) -> list[Path]:
    """The program's own file of this name and the shipped one, as far as they are there."""
    return [path for path in (workspace / name, shipped(name)) if path.is_file()]


def _files(workspace: Workspace, folder: str) -> tuple[Iterable[str], Callable[[str, str], State]]:
    """The files of a folder that are there once a language, and how to look one of them up."""
    found: dict[str, set[str]] = {}
    for place in (workspace / folder, shipped(folder)):
        for path in place.glob("*"):
            named = _NAMED.fullmatch(path.name)
            if named:
                found.setdefault(f"{named['name']}.{named['rest']}", set()).add(named["language"])
    return found, lambda name, into: "current" if into in found[name] else "missing"


def _strings(workspace: Workspace, source: str, into: str) -> State:
    wanted, there = _keys(workspace, source), _keys(workspace, into)
    return _part(len(wanted & there), len(wanted))


def _keys(workspace: Workspace, language: str) -> frozenset[str]:
    """The names of all texts of the pages in a language."""
    found: set[str] = set()
    for path in _either(workspace, f"site_config/strings.{language}.yaml"):
        try:
            found.update(_below(read(str(path), path.name).data, ""))
        except Fault:
            continue
    return frozenset(found)


def _below(data: Mapping[str, Any], above: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _below(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"
