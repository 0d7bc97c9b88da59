"""A proposal of pairs as it was computed: inputs, policy and seed named by hash, each choice with its reasons."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import Date, Integer, Number, PersonId, Slug, Text, for_staff
from toolkit.model.policy import CriterionName


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


class Unmatched(Part):
    """One person without a pair, and why."""

    person: PersonId = for_staff("Who.")
    role: Literal["mentor", "mentee"] = for_staff("In which role.")
    reasons: tuple[Text, ...] = for_staff("Why.", min_length=1)
    next: Text | None = for_staff("What the person was told.", None)


class Plan(Record):
    """One computed proposal for a cohort."""

    record: ClassVar[str] = "matching-run"
    made_on: Date = for_staff("Day on which it was made.")
    policy: Text = for_staff("Hash of the policy file.")
    inputs: Text = for_staff("Hash of all records it was made from.")
    seed: Integer = for_staff("Seed.", ge=0)
    solver: Text = for_staff("Solver.")
    objective: tuple[Text, ...] = for_staff("What was reached at each step of the objective.", ())
    weights: dict[CriterionName, Number] = for_staff(
        "Share of each criterion in a score; what nobody answered gives its share to the others.", {}
    )
    pairs: tuple[Proposed, ...] = for_staff("The pairs.", ())
    unmatched: tuple[Unmatched, ...] = for_staff("Who is without a pair.", ())
