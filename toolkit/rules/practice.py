"""Observations: agreed beforehand, written down as facts, talked over, and ending in one step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model import Observation, Records
from toolkit.rules.base import NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.life import live
from toolkit.rules.words import bare

_COUNTS = (
    "two three four five six seven eight nine ten eleven twelve twenty thirty half none nobody twice "
    "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta mitad ninguno nadie "
    "deux trois quatre cinq six sept huit neuf dix onze douze vingt trente moitie aucun personne"
)
_FACT = re.compile(rf"[0-9\"“”«»„]|\b(?:{'|'.join(_COUNTS.split())})\b", re.IGNORECASE)


def _running(records: Records) -> Iterator[Observation]:
    """The observations of pairs that are not over."""
    for pair in live(records) if records.observations else ():
        yield from records.observations.get(pair.pair_key, ())


@rule("observation-unagreed", WARNING)
def observation_unagreed(records: Records, context: Context) -> Iterator[Finding]:
    """Somebody was watched at work, and nothing says what the two had agreed to look at.

    Who does not know what is looked at feels judged in everything. One agreed question makes a visit a help.

    Fix: agree on one thing to look at before the visit, and write it under `agreed_focus`.
    """
    for each in _running(records):
        if each.agreed_focus is None:
            yield Finding(each.at("date"), "nothing says what they had agreed to look at")


@rule("observation-no-debrief", WARNING)
def observation_no_debrief(records: Records, context: Context) -> Iterator[Finding]:
    """Somebody was watched at work, and days later the two have not talked about it.

    Watching without talking is inspection: one side knows what was seen, the other guesses. The line is the threshold
    `debrief_days`.

    Fix: talk it over, and fill in `debrief` with the day and the next step.
    """
    days = context.limits.debrief_days
    for each in _running(records):
        if each.debrief is None and (context.today - each.date).days > days:
            yield Finding(each.at("date"), f"watched more than {days} days ago, and not talked over")


@rule("observation-judging", NOTE)
def observation_judging(records: Records, context: Context) -> Iterator[Finding]:
    """The evidence of an observation holds no fact: no time, no count, no words that were said.

    A judgment can only be believed or not; a fact can be talked about. The rule looks for digits, number words and
    quotation marks in English, Spanish and French, and asks for one in the whole list.

    Fix: write what you saw and heard: how many, how long, which words.
    """
    for each in _running(records):
        if not any(_FACT.search(bare(line)) or _FACT.search(line) for line in each.evidence):
            yield Finding(each.at("evidence"), "no time, count or quoted word stands in this evidence")


@rule("observation-improve-missing", NOTE)
def observation_improve_missing(records: Records, context: Context) -> Iterator[Finding]:
    """An observation was talked over, and no next step came of it.

    A visit costs both an hour. One small step, chosen by the one who was watched, is what remains of it.

    Fix: write one step under `next` in the debrief.
    """
    for each in _running(records):
        if each.debrief is not None and not each.debrief.next:
            yield Finding(each.at("debrief"), "no next step stands in this debrief")


RULES: tuple[Rule, ...] = (
    observation_unagreed,
    observation_no_debrief,
    observation_judging,
    observation_improve_missing,
)
