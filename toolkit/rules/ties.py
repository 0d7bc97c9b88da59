"""Rules of ties between people that stand against a pair: conflicts of interest, line management, vetoes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from toolkit.model import Pair, Records
from toolkit.rules.base import ERROR, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import is_youth, open_pairs


@dataclass(frozen=True, slots=True)
class Ties:
    """What the private files of one cohort say against pairs: id to the ids that the person may not be with."""

    vetoes: dict[str, frozenset[str]]
    conflicts: dict[str, frozenset[str]]
    objections: frozenset[tuple[str, str, str]]

    def vetoed(self, one: str, other: str) -> bool:
        """Whether either of two people rules out the other."""
        return other in self.vetoes.get(one, ()) or one in self.vetoes.get(other, ())

    def objected(self, pair: Pair, one: str, other: str) -> bool:
        """Whether either of two people objected to the other; a proposal that still waits for its answer is none."""
        waiting = pair.id if pair.status == "proposed" else ""
        return any({who, about} == {one, other} and of != waiting for of, who, about in self.objections)

    def conflicted(self, one: str, other: str) -> bool:
        """Whether either of two people names a tie to the other."""
        return other in self.conflicts.get(one, ()) or one in self.conflicts.get(other, ())


def ties_of(records: Records, cohort_key: str) -> Ties:
    """Gather the vetoes and conflicts that the applicants of a cohort named, in either role."""
    vetoes: dict[str, set[str]] = defaultdict(set)
    conflicts: dict[str, set[str]] = defaultdict(set)
    for each in records.private_applications.get(cohort_key, ()):
        vetoes[each.person].update(each.veto)
        conflicts[each.person].update(conflict.person for conflict in each.conflicts)
    return Ties(
        {name: frozenset(others) for name, others in vetoes.items()},
        {name: frozenset(others) for name, others in conflicts.items()},
        frozenset(
            (said.pair, each.person, said.about)
            for each in records.private_applications.get(cohort_key, ())
            for said in each.objections
        ),
    )


@rule("conflict-of-interest", ERROR, private=True)
def conflict_of_interest(records: Records, context: Context) -> Iterator[Finding]:
    """Two members of a pair have a tie that forbids it: management, family, an assessment, competition, a complaint.

    Who decides about someone's job, marks or family cannot at the same time be the one to whom they speak freely.

    Fix: make another pair, and forbid this one in the policy.
    """
    for pair, ties in _with_ties(records):
        if any(ties.conflicted(one, other) for one, other in combinations(dict.fromkeys(pair.people()), 2)):
            yield Finding(pair.at("members"), "a tie between two members, named in a private file, forbids this pair")


@rule("line-manager-pair", WARNING)
def line_manager_pair(records: Records, context: Context) -> Iterator[Finding]:
    """A mentor manages or assesses their own mentee.

    Power and candor do not mix: nobody tells the person who writes their appraisal what they cannot do yet.

    Fix: make another pair; where that is impossible, allow this and say how the mentee is protected.
    """
    for pair, ties in _with_ties(records):
        severity = ERROR if is_youth(records.program_of(pair)) else None
        message = "a mentor manages or assesses their own mentee"
        if pair.relation in ("line-manager", "supervisor"):
            yield Finding(pair.at("relation"), message, severity=severity)
        elif _managed(records, pair, ties):
            yield Finding(pair.at("members"), message, severity=severity)


def _managed(records: Records, pair: Pair, ties: Ties) -> bool:
    """Whether a mentee's private file names a mentor as line manager, and no conflict says so already."""
    for mentee in pair.mentees:
        private = records.private_people.get(mentee)
        manager = private.line_manager if private else None
        if manager and manager != mentee and manager in pair.mentors and not ties.conflicted(mentee, manager):
            return True
    return False


@rule("vetoed-pair", ERROR, private=True, privacy=True)
def vetoed_pair(records: Records, context: Context) -> Iterator[Finding]:
    """A pair is ruled out by the private file of one of its members.

    Whoever rules a person out, or objects to a proposal, has a reason and need not give it; what was ruled out is never
    explained to the other side.

    Fix: make another pair, and give neither of the two a reason that points to the other.
    """
    for pair, ties in _with_ties(records):
        twos = tuple(combinations(dict.fromkeys(present(pair)), 2))
        if any(ties.vetoed(*two) or ties.objected(pair, *two) for two in twos):
            yield Finding(pair.at("members"), "this pair is ruled out by the private file of one member")


def _with_ties(records: Records) -> Iterator[tuple[Pair, Ties]]:
    """The pairs that are not over, with the ties of their cohort."""
    known: dict[str, Ties] = {}
    for pair in open_pairs(records):
        key = pair.cohort_key
        if key not in known:
            known[key] = ties_of(records, key)
        yield pair, known[key]


def present(pair: Pair) -> tuple[str, ...]:
    """Who is in a pair and has not left it."""
    return tuple(member.person for member in pair.members if member.left is None)


RULES: tuple[Rule, ...] = (conflict_of_interest, line_manager_pair, vetoed_pair)
