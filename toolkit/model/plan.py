"""A proposal of pairs as it was computed: inputs, policy and seed named by hash, each choice with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fairness import LimitName
from toolkit.model.fields import Date, Integer, Number, PersonId, Slug, Text, for_staff
from toolkit.model.pair import Role
from toolkit.model.policy import CriterionName
from toolkit.model.program import Model


class RunnerUp(Part):
    """The mentor who would have come next."""

    person: PersonId = for_staff("Who.")
    score: Number = for_staff("Score of that pair.", ge=0, le=1)


class Proposed(Part):
    """One proposed pair."""

    mentor: PersonId = for_staff("The mentor.")
    mentee: PersonId = for_staff("The mentee.")
    pair: Slug = for_staff("Id of the pair.")
    score: Number = for_staff("Score, 0 to 1, to compare within this plan only.", ge=0, le=1)
    pinned: Literal["yes"] | None = for_staff("Set where a coordinator fixed it.", None)
    terms: dict[CriterionName, Number] = for_staff(
        "What each criterion gave, 0 to 1; one that nobody answered is left out.", {}
    )
    reasons: tuple[Text, ...] = for_staff("The three strongest reasons, in words.", ())
    weakness: Text | None = for_staff("What speaks least for it.", None)
    runner_up: RunnerUp | None = for_staff("Who would have come next.", None)
    passed_over: Text | None = for_staff("Which constraints ruled out mentors with a higher score.", None)


class Seat(Part):
    """One person's place in a proposed pair, group or team."""

    person: PersonId = for_staff("Who.")
    role: Role = for_staff("In which role.")


class ProposedGroup(Part):
    """Who is brought together: two people, a group or a team."""

    pair: Slug = for_staff("Id of the pair.")
    model: Model = for_staff("Model of mentoring.")
    members: tuple[Seat, ...] = for_staff("Who is in it.", min_length=2)
    score: Number = for_staff("Score, 0 to 1, to compare within this plan only.", ge=0, le=1)
    round: Integer | None = for_staff("In which round of short meetings.", None, ge=1)
    reasons: tuple[Text, ...] = for_staff("What brought these people together.", ())


class Unmatched(Part):
    """One person without a pair, and why."""

    person: PersonId = for_staff("Who.")
    role: Literal["mentor", "mentee"] = for_staff("In which role.")
    reasons: tuple[Text, ...] = for_staff("Why.", min_length=1)
    next: Text | None = for_staff("What the person was told.", None)


class PricedLimit(Part):
    """What one limit of fairness costs, beside the best plan without any limit."""

    limit: LimitName | Literal["together"] = for_staff("Which limit; all of them together where there are several.")
    at: Number | None = for_staff("What the policy says.", None)
    price: Number = for_staff("Share of the total score that it takes.")
    fewer: Integer = for_staff("How many mentees less are matched.", unit="people")
    moved: Integer = for_staff("How many mentees have another mentor, or none.", unit="people")
    says: Text = for_staff("The same in words; of groups it says nothing.")


class MatrixRow(Part):
    """The scores of one mentee with the mentors of the table."""

    mentee: PersonId = for_staff("The mentee.")
    scores: Text = for_staff("Score with each mentor in their order, in hundredths.")


class Matrix(Part):
    """The scores of a plan as a table to look at; of a large cohort the part that asks for a look."""

    mentors: tuple[PersonId, ...] = for_staff("The mentors, a column each.", min_length=1)
    rows: tuple[MatrixRow, ...] = for_staff("The mentees, a row each.", ())
    of_mentees: Integer = for_staff("How many mentees there are in all.", unit="people", ge=0)
    of_mentors: Integer = for_staff("How many mentors there are in all.", unit="people", ge=0)


class Plan(Record):
    """One computed proposal for a cohort."""

    record: ClassVar[str] = "matching-run"
    made_on: Date = for_staff("Day on which it was made.")
    policy: Text = for_staff("Hash of the policy file.")
    inputs: Text = for_staff("Hash of all records it was made from.")
    seed: Integer = for_staff("Seed.", ge=0)
    solver: Text = for_staff("Solver.")
    objective: tuple[Text, ...] = for_staff("What was reached at each step of the objective.", ())
    notes: tuple[Text, ...] = for_staff("What else is to be known of it: blocking pairs, a three, rounds left.", ())
    limits: tuple[PricedLimit, ...] = for_staff("What the limits of fairness cost.", ())
    weights: dict[CriterionName, Number] = for_staff(
        "Share of each criterion in a score; what nobody answered gives its share to the others.", {}
    )
    pairs: tuple[Proposed, ...] = for_staff("Each mentor with each mentee; peers in both directions.", ())
    groups: tuple[ProposedGroup, ...] = for_staff(
        "Who is brought together, where that is more than a mentor and a mentee each.", ()
    )
    figures: tuple[Text, ...] = for_staff(
        "What it is worth: against chance, under other weights, and for the load of mentors; nothing of groups.", ()
    )
    matrix: Matrix | None = for_staff("The scores as a table; in its first file.", None)
    part: Integer = for_staff("Which file of this plan it is.", 1, ge=1, le=999)
    parts: Integer = for_staff(
        "In how many files the plan is kept: one file holds a few hundred pairs.", 1, ge=1, le=999
    )
    unmatched: tuple[Unmatched, ...] = for_staff("Who is without a pair.", ())
    accepted_changed: Text | None = for_staff("Why it was taken up although what it was made from had changed.", None)


def joined(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """Put the files of each plan together again; one of which a file is missing stays as its first file has it.

    A plan that is whole has `parts` 1.
    """
    runs: dict[str, list[Plan]] = {}
    for plan in plans:
        runs.setdefault(plan.id, []).append(plan)
    return tuple(_whole(sorted(files, key=lambda each: each.part)) for files in runs.values())


def _whole(files: list[Plan]) -> Plan:
    first = files[0]
    if len(files) == 1 or [each.part for each in files] != list(range(1, first.parts + 1)):
        return first
    whole = first.model_copy(
        update={
            "parts": 1,
            "pairs": tuple(entry for each in files for entry in each.pairs),
            "groups": tuple(entry for each in files for entry in each.groups),
            "unmatched": tuple(entry for each in files for entry in each.unmatched),
        }
    )
    return whole.placed(first.origin)
