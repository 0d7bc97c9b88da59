"""A proposal as records: the plan, in as many files as it needs, and one file for each proposed pair."""

from __future__ import annotations

from typing import Any, TypeAlias

from toolkit.matching.arrays import SCALE
from toolkit.matching.explain import Pairing
from toolkit.matching.fairness import priced_data
from toolkit.matching.proposal import Group, Proposal, grouped
from toolkit.source import emit
from toolkit.source.text import MAX_BYTES
from toolkit.workspace import part_of_plan, place_of

Entries: TypeAlias = list[tuple[str, dict[str, Any]]]
_MOST_VALUES = 40_000  # a reader takes 50,000 from one file
_LISTS = ("pairs", "groups", "unmatched")


def plan_texts(proposal: Proposal, figures: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Write the plan as the record `matching-run`: one text, or several where one file could not hold it."""
    pairs = [_proposed(each, ident) for each, ident in zip(proposal.pairs, proposal.pair_ids, strict=True)]
    groups = [grouped(proposal, each) for each in proposal.groups] if proposal.is_grouped else []
    unmatched = [{"person": each.person, "role": each.role, "reasons": list(each.reasons)} for each in proposal.without]
    entries = [
        (name, entry) for name, several in zip(_LISTS, (pairs, groups, unmatched), strict=True) for entry in several
    ]
    first = {"figures": list(figures), **_matrix(proposal)}
    parts = _cut(entries, MAX_BYTES - len(emit({**_head(proposal), **first}).encode()) - 1024)
    return tuple(
        emit({**_head(proposal), **(first if place == 1 else {}), **_numbered(place, len(parts)), **_listed(part)})
        for place, part in enumerate(parts, 1)
    )


def _matrix(proposal: Proposal) -> dict[str, Any]:
    """The table of scores, each row as one text with a number for each mentor."""
    found = proposal.matrix
    if found is None:
        return {}
    rows = [{"mentee": who, "scores": " ".join(f"{each:02}" for each in scores)} for who, scores in found.rows]
    return {
        "matrix": {
            "mentors": list(found.columns),
            "rows": rows,
            "of_mentees": found.mentees,
            "of_mentors": found.mentors,
        }
    }


def plan_paths(proposal: Proposal, parts: int) -> tuple[str, ...]:
    """Where a plan of so many files is written, relative to the root."""
    program, _, cohort = proposal.cohort.partition("/")
    where = {"program": program, "cohort": cohort, "id": proposal.run}
    further = (part_of_plan(place, **where) for place in range(2, parts + 1))
    return (place_of("matching-run", **where), *further)


def pair_text(proposal: Proposal, group: Group) -> str:
    """Write one proposed pair, group or team as a record."""
    return emit(
        {
            "model": proposal.model,
            "members": [{"person": person, "role": role} for person, role in group.members],
            "status": "proposed",
            "formation": proposal.formation,
            "proposed_on": proposal.made_on,
            "run": proposal.run,
        }
    )


def _cut(entries: Entries, most: int) -> list[Entries]:
    """Cut the entries of a plan into stretches that one file can hold, in their order."""
    parts: list[Entries] = [[]]
    size = values = 0
    for name, entry in entries:
        text = emit({name: [entry]})
        length, count = len(text.encode()), 3 * text.count("\n")
        if parts[-1] and (size + length > most or values + count > _MOST_VALUES):
            parts.append([])
            size = values = 0
        parts[-1].append((name, entry))
        size, values = size + length, values + count
    return parts


def _numbered(place: int, parts: int) -> dict[str, Any]:
    return {"part": place, "parts": parts} if parts > 1 else {}


def _listed(part: Entries) -> dict[str, Any]:
    return {name: [entry for which, entry in part if which == name] for name in _LISTS}


def _head(proposal: Proposal) -> dict[str, Any]:
    """What each file of a plan says of what it was made from."""
    return {
        "made_on": proposal.made_on,
        "policy": f"sha256:{proposal.policy}",
        "inputs": f"sha256:{proposal.inputs}",
        "seed": proposal.seed,
        "solver": proposal.solver,
        "objective": [f"{each.aim}: {each.says}" for each in proposal.steps],
        "notes": list(proposal.notes),
        "limits": [priced_data(each) for each in proposal.limits],
        "weights": {name: round(weight, 4) for name, weight in proposal.weights.items()},
    }


def _proposed(pairing: Pairing, ident: str) -> dict[str, Any]:
    runner_up = pairing.next_best
    return {
        "mentor": pairing.mentor,
        "mentee": pairing.mentee,
        "pair": ident,
        "score": pairing.score / SCALE,
        "pinned": "yes" if pairing.pinned else None,
        "terms": {each.criterion: round(each.value, 4) for each in pairing.terms},
        "reasons": list(pairing.reasons),
        "weakness": pairing.weakness or None,
        "runner_up": {"person": runner_up[0], "score": runner_up[1] / SCALE} if runner_up else None,
        "passed_over": pairing.passed_over or None,
    }
