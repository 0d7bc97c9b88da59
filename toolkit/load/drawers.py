"""Records sorted into the drawers of `Records`: by id, by cohort, by pair, and in the order of their days."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from toolkit.model import GuideTranslation, Origin, Record, Records, Settings
from toolkit.model.plan import joined
from toolkit.workspace import SETTINGS

_OF_PROGRAM = (
    "program",
    "person",
    "private-person",
    "guide",
    "topic-list",
    "reference-list",
    "figure-list",
    "benchmark-list",
    "standard-list",
    "prompt-list",
    "instrument",
    "measure",
    "concern",
)
"""Kinds that are found by their id alone."""

_OF_COHORT = ("application", "private-application", "matching-run", "check-ins", "improvement", "story")
"""Kinds of which a cohort has many."""


def unset() -> Settings:
    """The settings of a program that has set nothing."""
    return Settings().placed(Origin("settings", "toolkit", SETTINGS))


def gather(records: list[Record], unreadable: tuple[tuple[str, str], ...], has_private: bool) -> Records:
    """Sort the records into the drawers of `Records`."""
    settings = next((record for record in records if isinstance(record, Settings)), None) or unset()
    single, tuples = _drawers(records)
    translations = {(each.id, each.language): each for each in records if isinstance(each, GuideTranslation)}
    return Records(
        settings=settings,
        programs=single["program"],
        cohorts=single["cohort"],
        people=single["person"],
        private_people=single["private-person"],
        applications=tuples.get("application", {}),
        private_applications=tuples.get("private-application", {}),
        policies=single["matching-policy"],
        plans={key: joined(group) for key, group in tuples.get("matching-run", {}).items()},
        pairs=single["pair"],
        agreements=single["agreement"],
        closures=single["closure"],
        goals=tuples.get("goal", {}),
        sessions=_by_day(tuples.get("session-note", {}), "date"),
        observations=_by_day(tuples.get("observation", {}), "date"),
        feedback=_by_day(tuples.get("feedback", {}), "on"),
        check_ins=tuples.get("check-ins", {}),
        concerns=single["concern"],
        improvements=tuples.get("improvement", {}),
        stories=tuples.get("story", {}),
        guides=single["guide"],
        guide_translations=translations,
        topic_lists=single["topic-list"],
        reference_lists=single["reference-list"],
        figure_lists=single["figure-list"],
        benchmark_lists=single["benchmark-list"],
        standard_lists=single["standard-list"],
        prompts=single["prompt-list"],
        instruments=single["instrument"],
        measures=single["measure"],
        unreadable=unreadable,
        has_private=has_private,
    )


def _by_day(groups: dict[str, tuple[Any, ...]], day: str) -> dict[str, tuple[Any, ...]]:
    """Put the records of each pair in the order of their days."""
    return {key: tuple(sorted(group, key=lambda each: (getattr(each, day), each.id))) for key, group in groups.items()}


def _drawers(records: list[Record]) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, tuple[Any, ...]]]]:
    """Part the records by kind: those of which a key has one, and those of which it has many."""
    single: dict[str, dict[str, Any]] = defaultdict(dict)
    many: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        kind = record.origin.kind
        if kind in _OF_PROGRAM:
            single[kind][record.id] = record
        elif kind in ("cohort", "matching-policy"):
            single[kind][record.cohort_key] = record
        elif kind in ("pair", "agreement", "closure"):
            single[kind][record.pair_key] = record
        elif kind in _OF_COHORT:
            many[kind][record.cohort_key].append(record)
        elif kind not in ("settings", "guide-translation"):
            many[kind][record.pair_key].append(record)
    return single, {kind: {key: tuple(group) for key, group in groups.items()} for kind, groups in many.items()}
