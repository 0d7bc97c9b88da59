"""Rules of surveys: whose items they are, whether everybody can read them, and whether two waves can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model import Cohort, Instrument, Records
from toolkit.model.instrument import COMPARED, OPEN_LICENSES, Item, Scale, asked, mark_of
from toolkit.model.program import PAST
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule

_BEFORE = ("planning", "recruiting", "matching")
_TWO_THINGS = {
    "en": re.compile(r"\b(?:and|or)\b", re.IGNORECASE),
    "es": re.compile(r"\b[yeou]\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:et|ou)\b", re.IGNORECASE),
}


@rule("instrument-unlicensed", ERROR)
def instrument_unlicensed(records: Records, context: Context) -> Iterator[Finding]:
    """The items of an instrument stand here, and nothing says that this program may ask them.

    A scale that can be read for free still belongs to somebody. Asking it without leave wrongs the people who spent years
    on it, and a report built on it can be stopped. An open license allows it by itself; for any other, somebody has to be
    asked.

    Fix: name the `license`, and under `permission` where the answer of its owner is kept; until then keep an adapter
    without the words of the items, with `adapter_only: true`.
    """
    for instrument in records.instruments.values():
        if not instrument.has_items():
            continue
        license_ = instrument.license
        if instrument.adapter_only:
            index = next(at for at, item in enumerate(instrument.items) if item.text)
            yield Finding(instrument.at("items", index, "text"), "an adapter holds no items, and here are some")
        elif license_ is None:
            yield Finding(instrument.at("items"), "these items have no license")
        elif license_.id not in OPEN_LICENSES and license_.permission is None:
            yield Finding(instrument.at("license"), "this license is not open, and no permission is named")


@rule("instrument-modified", WARNING)
def instrument_modified(records: Records, context: Context) -> Iterator[Finding]:
    """The items of an instrument, their order or their scale are not what they were when it was marked.

    A scale with a changed word is another scale under the same name: its answers cannot be compared with earlier ones, with
    other programs, or with what was published about it. A `fingerprint` in the file says how it must stay.

    Fix: put the words back; or, where the license allows changes, give the changed items a file and a name of their own and
    take out the `fingerprint`.
    """
    for instrument in records.instruments.values():
        if instrument.fingerprint is not None and instrument.fingerprint != mark_of(instrument):
            message = f"these are not the items that were marked; the mark of what stands here is {mark_of(instrument)}"
            yield Finding(instrument.at("fingerprint"), message)


@rule("items-untranslated", WARNING)
def items_untranslated(records: Records, context: Context) -> Iterator[Finding]:
    """A survey is sent in a program whose language it does not have.

    People answer a question in a foreign language more carefully, more briefly, or not at all, and mixed languages spoil
    what is added up.

    Fix: write the text in that language, and let two people who speak it read it; or send another instrument.
    """
    for instrument, language in _sent(records):
        lacking = [index for index, item in enumerate(instrument.items) if language not in item.text]
        if lacking:
            place = instrument.at("items", lacking[0], "text")
            message = f"{len(lacking)} of {len(instrument.items)} items have no text in `{language}`"
            yield Finding(place, message)
        elif any(language not in words for words in instrument.texts()):
            yield Finding(instrument.at(), f"an answer, or an end of the scale, has no text in `{language}`")


def _sent(records: Records) -> list[tuple[Instrument, str]]:
    """The instruments that are to be answered, each with the languages of those who answer."""
    found: dict[tuple[str, str], tuple[Instrument, str]] = {}
    for cohort in _open_cohorts(records):
        program = records.program_of(cohort)
        for wave in cohort.waves:
            for instrument in _chain(records, wave.instrument):
                for language in program.languages if program and not instrument.adapter_only else ():
                    base = language.partition("-")[0]
                    found[instrument.id, base] = (instrument, base)
    return [found[key] for key in sorted(found)]


def _chain(records: Records, ident: str | None) -> Iterator[Instrument]:
    """An instrument, and the one that it asks again."""
    instrument = records.instruments.get(ident or "")
    if instrument is not None:
        yield instrument
        before = records.instruments.get(instrument.repeats or "")
        if before is not None and before is not instrument:
            yield before


def _open_cohorts(records: Records) -> Iterator[Cohort]:
    return (cohort for cohort in records.cohorts.values() if cohort.status not in PAST)


@rule("scale-anchors-missing", WARNING)
def scale_anchors_missing(records: Records, context: Context) -> Iterator[Finding]:
    """Items are answered with a number, and the ends of the scale have no name.

    To some people 1 is the best mark there is. Without words at both ends half of the answers may stand on their head.

    Fix: write under `scale` what the lowest number means (`low`) and the highest (`high`).
    """
    for instrument in records.instruments.values():
        pairs = asked(instrument, records.instruments)
        named = all(scale and scale.low and scale.high for item, scale in pairs if item.kind == "likert" and item.text)
        if not named:
            yield Finding(instrument.at("scale"), "the ends of this scale have no name")


@rule("double-barrelled", NOTE)
def double_barrelled(records: Records, context: Context) -> Iterator[Finding]:
    """A sentence that is answered with a number asks two things at once.

    "Helpful and on time": who was helped late does not know what to answer, and nobody knows what the answer was about. The
    rule looks for `and` and `or` in English, Spanish and French; where they join one thing, allow it in place.

    Fix: ask one thing, or make two sentences of it.
    """
    for instrument in records.instruments.values():
        for index, item in enumerate(instrument.items if not instrument.adapter_only else ()):
            for language, text in item.text.items() if item.kind == "likert" else ():
                found = _TWO_THINGS.get(language.partition("-")[0])
                if found and found.search(text):
                    yield Finding(instrument.at("items", index, "text", language), "this sentence may ask two things")


@rule("post-items-differ", ERROR)
def post_items_differ(records: Records, context: Context) -> Iterator[Finding]:
    """The closing survey does not ask again what the baseline asked, or asks it in other words.

    Change is the difference between two answers to the same question. An item that was left out, worded anew or put on
    another scale cannot be compared, and by then nobody can ask again how it was at the start.

    Fix: send an instrument at the end that `repeats` the one of the baseline, or the same one.
    """
    for cohort in _open_cohorts(records):
        after = {item.id: (item, scale) for item, scale in _compared(records, cohort, "closing")}
        closing = [index for index, wave in enumerate(cohort.waves) if wave.kind == "closing" and wave.instrument]
        if not closing or any(cohort.waves[index].instrument not in records.instruments for index in closing):
            continue
        differing = [
            item.id
            for item, scale in _compared(records, cohort, "baseline")
            if not _same(item, scale, after.get(item.id))
        ]
        if differing:
            listed = ", ".join(f"`{each}`" for each in differing[:5]) + (", …" if len(differing) > 5 else "")
            yield Finding(
                cohort.at("waves", closing[-1], "instrument"), f"it does not ask again as the baseline did: {listed}"
            )


def _compared(records: Records, cohort: Cohort, kind: str) -> Iterator[tuple[Item, Scale | None]]:
    """The items of all waves of a kind whose answers could be compared."""
    for wave in cohort.waves:
        instrument = records.instruments.get(wave.instrument or "") if wave.kind == kind else None
        for item, scale in asked(instrument, records.instruments) if instrument else ():
            if item.kind in COMPARED:
                yield item, scale


def _same(item: Item, scale: Scale | None, other: tuple[Item, Scale | None] | None) -> bool:
    """Whether an item is asked again in the same words and, where it has one, on the same scale."""
    if other is None:
        return False
    said = (other[0].kind, other[0].text, other[0].reverse) == (item.kind, item.text, item.reverse)
    return said and (item.kind != "likert" or other[1] == scale)


@rule("outcome-unasked", WARNING)
def outcome_unasked(records: Records, context: Context) -> Iterator[Finding]:
    """A cohort is about to begin, and no survey of it asks what an outcome of the program is computed from.

    What was not asked before the first meeting cannot be asked later: then there is an end without a beginning.

    Fix: add to the `waves` one with that instrument, of kind `baseline` where the measure has a `baseline_window`, and one
    at the end; or take the outcome out.
    """
    for cohort in records.cohorts.values():
        program = records.program_of(cohort)
        outcomes = program.outcomes if program is not None and cohort.status in _BEFORE else ()
        lacking = [each for each in outcomes if each in records.measures and not _is_asked(records, cohort, each)]
        if lacking:
            listed = ", ".join(f"`{each}`" for each in lacking)
            yield Finding(cohort.at("waves"), f"no survey asks what these outcomes are computed from: {listed}")


def _is_asked(records: Records, cohort: Cohort, ident: str) -> bool:
    """Whether an outcome is asked in time, or need not be; a wave that names no instrument may ask anything."""
    measure = records.measures[ident]
    waves = [wave for wave in cohort.waves if measure.baseline_window is None or wave.kind == "baseline"]
    if measure.instrument is None or not waves:
        return True
    sent = [_chain(records, wave.instrument) for wave in waves if wave.instrument]
    return len(sent) < len(waves) or any(each.id == measure.instrument for chain in sent for each in chain)


RULES: tuple[Rule, ...] = (
    instrument_unlicensed,
    instrument_modified,
    items_untranslated,
    scale_anchors_missing,
    double_barrelled,
    post_items_differ,
    outcome_unasked,
)
