"""A survey as people answer it: a form to print in one language, and the first line of the table for the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from toolkit.diagnostics import did_you_mean
from toolkit.errors import ToolkitError
from toolkit.model import Instrument, Program, Records
from toolkit.model.instrument import Item, Scale, Words, asked, question, said_in
from toolkit.scaffold.forms import filled
from toolkit.workspace import Workspace

_Items = tuple[tuple[Item, Scale | None], ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """An instrument for one role, in one language, with whom to ask for help."""

    instrument: Instrument
    items: _Items
    language: str
    role: str | None
    support: Program | None

    @property
    def title(self) -> str:
        """Its name."""
        return said_in(self.instrument.title, self.language)


def survey(records: Records, ident: str, role: str | None, language: str, program: str | None = None) -> Survey:
    """Find an instrument and what of it one role is asked, for a program only what its outcomes are computed from.

    Raises ToolkitError where it cannot be asked like that.
    """
    instrument = _found(records, ident)
    items = tuple(each for each in asked(instrument, records.instruments) if role is None or role in each[0].roles)
    if not any(item.text for item, _ in items):
        _refuse(instrument, role)
    if program is not None:
        items = _of_outcomes(records, ident, items, program)
    lacking = [item.id for item, scale in items if any(language not in words for words in _texts(item, scale))]
    if lacking:
        hint = f"write the missing texts in {instrument.path}, or choose another language with --lang"
        raise ToolkitError(f"{ident} is not whole in the language `{language}`: {', '.join(lacking)}", hint)
    support = records.programs[program] if program is not None else _program(records, ident)
    return Survey(instrument, items, language, role, support)


def _of_outcomes(records: Records, ident: str, items: _Items, program: str) -> _Items:
    """The items that a program's outcomes are computed from; all, where one is computed from the whole instrument."""
    if program not in records.programs:
        hint = did_you_mean(program, records.programs, f"there are: {', '.join(sorted(records.programs))}")
        raise ToolkitError(f"there is no program {program}", hint)
    named = [records.measures[each] for each in records.programs[program].outcomes if each in records.measures]
    wanted = {each.item for each in named if each.instrument == ident}
    found = tuple(each for each in items if None in wanted or each[0].id in wanted)
    if not found:
        hint = f"name such a measure under `outcomes` in {records.programs[program].path}"
        raise ToolkitError(f"no outcome of {program} is computed from what {ident} asks here", hint)
    return found


def askable(records: Records) -> tuple[Instrument, ...]:
    """The instruments whose items are here, by id; of others only the scoring is."""
    found = (each for _, each in sorted(records.instruments.items()))
    return tuple(each for each in found if any(item.text for item, _ in asked(each, records.instruments)))


def _found(records: Records, ident: str) -> Instrument:
    instrument = records.instruments.get(ident)
    if instrument is None:
        listed = ", ".join(sorted(records.instruments)) or "none below content/instruments"
        hint = did_you_mean(ident, records.instruments, f"there are: {listed}")
        raise ToolkitError(f"there is no instrument {ident}", hint)
    return instrument


def _refuse(instrument: Instrument, role: str | None) -> None:
    if instrument.adapter_only:
        where = instrument.license.url if instrument.license else None
        hint = f"read the terms at {where}, ask, and write the items into {instrument.path}" if where else ""
        raise ToolkitError(f"the items of {instrument.id} belong to their owner and are not here", hint)
    raise ToolkitError(f"{instrument.id} asks nothing of a {role}" if role else f"{instrument.id} has no items", "")


def _texts(item: Item, scale: Scale | None) -> Iterator[Words]:
    yield item.text
    yield from (option.text for option in item.options)
    if item.kind == "likert" and scale is not None:
        yield from (words for words in (scale.low, scale.high) if words)


def _program(records: Records, ident: str) -> Program | None:
    """The program whose people answer it; None where that is not one."""
    sending = {
        cohort.origin.program
        for cohort in records.cohorts.values()
        if any(wave.instrument == ident for wave in cohort.waves)
    }
    found = sorted(sending or records.programs)
    return records.programs.get(found[0]) if len(found) == 1 else None


def form(workspace: Workspace, wanted: Survey) -> str:
    """The form as Markdown, to print or to copy into a form of one's own."""
    instrument, language = wanted.instrument, wanted.language
    values = {
        "title": wanted.title,
        "intro": said_in(instrument.intro, language),
        "validated": instrument.validated,
        "license": instrument.license,
        "support": wanted.support.support if wanted.support else None,
        "items": [_shown(item, scale, wanted) for item, scale in wanted.items],
    }
    return filled(workspace, "survey.{}.md", language, values)


def _shown(item: Item, scale: Scale | None, wanted: Survey) -> dict[str, Any]:
    shown = asdict(question(item, scale, wanted.language))
    return shown if wanted.role is None else {**shown, "only": ""}


def header(wanted: Survey) -> str:
    """The first line of the table for the answers: a code, the wave, and a column for each item.

    An item with several answers has a column for each of them, to be filled with 1 or 0.
    """
    return ",".join(("key", "wave", *(column for item, _ in wanted.items for column in _columns(item)))) + "\n"


def _columns(item: Item) -> tuple[str, ...]:
    return tuple(f"{item.id}.{option.id}" for option in item.options) if item.kind == "multi" else (item.id,)
