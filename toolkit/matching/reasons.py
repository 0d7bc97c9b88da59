"""The reasons of a plan as a text for the coordinator: every pair with its terms, everyone without, every step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.matching.arrays import SCALE
from toolkit.matching.explain import Pairing
from toolkit.matching.fairness import price_words
from toolkit.matching.proposal import Group, Proposal

_MARKS = re.compile(r"([\\`*_\[\]<>#|&!~])")


def why_text(proposal: Proposal, figures: tuple[str, ...] = ()) -> str:
    """Write the reasons as Markdown, with lines that say what the plan is worth; whatever people wrote is escaped."""
    worth = ("", "## What it is worth", "", *(f"- {_plain(each)}" for each in figures)) if figures else ()
    return "\n".join((*_lines(proposal), *worth, *_scores(proposal))) + "\n"


def _scores(proposal: Proposal) -> Iterator[str]:
    """All scores as a table, the chosen ones in bold; of a large cohort the part that asks for a look."""
    found = proposal.matrix
    if found is None:
        return
    chosen = {(each.mentee, each.mentor) for each in proposal.pairs}
    yield from ("", "## All scores, in hundredths", "")
    if len(found.rows) < found.mentees or len(found.columns) < found.mentors:
        yield (
            f"Shown are {len(found.rows)} of {found.mentees} mentees, those without a pair first and then the lowest "
            f"scores, and {len(found.columns)} of {found.mentors} mentors."
        )
        yield ""
    yield f"| mentee | {' | '.join(_plain(proposal.people.get(each, each)) for each in found.columns)} |"
    yield f"| --- |{' ---: |' * len(found.columns)}"
    for who, scores in found.rows:
        cells = (
            f"**{score}**" if (who, other) in chosen else str(score)
            for other, score in zip(found.columns, scores, strict=True)
        )
        yield f"| {_plain(proposal.people.get(who, who))} | {' | '.join(cells)} |"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield f"# Why these pairs: {proposal.cohort}"
    yield ""
    yield f"Made on {proposal.made_on.isoformat()} as `{proposal.run}`, with the seed {proposal.seed}."
    yield "A score compares pairs within this plan only; it does not predict how a pair will get on."
    yield from ("", "## What was aimed for, the first thing first", "")
    yield from (f"{place}. {_plain(each.aim)}: {_plain(each.says)}" for place, each in enumerate(proposal.steps, 1))
    if proposal.notes:
        yield ""
        yield from (f"- {_plain(note)}" for note in proposal.notes)
    if proposal.limits:
        yield from ("", "## What its limits cost", "")
        yield from (f"- {_plain(price_words(each))}" for each in proposal.limits)
    if proposal.is_grouped:
        yield from ("", f"## {TITLES.get(proposal.model, 'Groups')}")
        for group in proposal.groups:
            yield from _group(proposal, group)
    yield from ("", "## Pairs")
    for pairing in proposal.pairs:
        yield from _pair(proposal, pairing)
    if proposal.without:
        yield from ("", "## Without a pair")
    for each in proposal.without:
        yield from ("", f"### {_name(proposal, each.person)}, {each.role}", "")
        yield from (f"- {_plain(reason)}" for reason in each.reasons)


TITLES = {"team": "Teams", "community": "Communities", "peer": "Peers", "reciprocal": "Peers", "flash": "Meetings"}
"""What the groups of a model are called; other models have groups."""


def _group(proposal: Proposal, group: Group) -> Iterator[str]:
    place = f"Round {group.round}, " if group.round else ""
    yield from ("", f"### {place}{_plain(group.ident)}: {group.score / SCALE:.2f}", "")
    yield from (f"- {_name(proposal, person)}, {role_words(role)}" for person, role in group.members)
    if group.reasons:
        yield ""
        yield from (f"- {_plain(reason)}" for reason in group.reasons)


def role_words(role: str) -> str:
    """Name a role in a group; who has both gives and receives."""
    return "peer" if role == "both" else role


def _pair(proposal: Proposal, pairing: Pairing) -> Iterator[str]:
    mentee, mentor = _name(proposal, pairing.mentee), _name(proposal, pairing.mentor)
    yield from ("", f"### {mentee} with {mentor}: {pairing.score / SCALE:.2f}", "")
    if pairing.pinned:
        yield "- Fixed by a pin in the policy"
    yield from (f"- For it: {_plain(reason)}" for reason in pairing.reasons)
    if pairing.weakness:
        yield f"- Against it: {_plain(pairing.weakness)}"
    yield f"- Runner-up: {_plain(next_words(proposal, pairing))}"
    if pairing.passed_over:
        yield f"- Passed over: {_plain(pairing.passed_over)}"
    yield from ("", "| criterion | value | share | what was found |", "| --- | ---: | ---: | --- |")
    yield from (
        f"| {_plain(each.criterion)} | {each.value:.2f} | {each.share:.2f} | {_plain(each.says)} |"
        for each in pairing.terms
    )


def next_words(proposal: Proposal, pairing: Pairing) -> str:
    """Say who would have come next, and how far from the mentor who was chosen."""
    if pairing.next_best is None:
        return "no other mentor is possible"
    person, score = pairing.next_best
    gap = (score - pairing.score) / SCALE
    name = proposal.people[person]
    if gap > 0:
        return f"{name} scores {score / SCALE:.2f}, {gap:.2f} more, and was needed elsewhere"
    return f"{name} scores {score / SCALE:.2f}, {-gap:.2f} less" if gap else f"{name} scores the same"


def _name(proposal: Proposal, person: str) -> str:
    name = proposal.people.get(person)
    return f"{_plain(name)} (`{person}`)" if name else f"`{person}`"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
