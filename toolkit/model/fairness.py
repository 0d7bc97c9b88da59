"""Fairness as a policy states it: by which groups of mentees figures are made, and the limits that a plan keeps."""

from __future__ import annotations

from typing import Literal

from pydantic import field_validator
from pydantic_core import PydanticCustomError

from toolkit.model.base import Part
from toolkit.model.fields import Integer, Number, Slug, for_staff

LimitName = Literal["match_rate_gap", "mean_score_gap", "lowest_score", "load_spread", "load_share"]
GROUP_LIMITS: tuple[LimitName, ...] = ("match_rate_gap", "mean_score_gap")
"""The limits that compare groups of mentees."""
LOAD_LIMITS: tuple[LimitName, ...] = ("load_spread", "load_share")
"""The limits that look at how much each mentor carries."""


class Limits(Part):
    """What a plan must keep so that it is fair; what each of them costs is printed beside it."""

    match_rate_gap: Number | None = for_staff(
        "Largest difference between two groups in the share that is matched, 0 to 1.", None, ge=0, le=1
    )
    mean_score_gap: Number | None = for_staff(
        "Largest difference between two groups in the mean score of who is matched, 0 to 1.", None, ge=0, le=1
    )
    lowest_score: Number | None = for_staff(
        "Every pair scores at least this: as `floor`, with what that costs.", None, ge=0, le=1
    )
    load_spread: Integer | None = for_staff(
        "How many mentees more one mentor may carry than another, with what they carry elsewhere.", None, ge=0, le=50
    )
    load_share: Number | None = for_staff(
        "Largest share of the mentees of this matching that one mentor may get, above 0 and up to 1.", None, ge=0, le=1
    )

    @field_validator("load_share")
    @classmethod
    def _some(cls, value: float | None) -> float | None:
        if value == 0:
            raise PydanticCustomError(
                "wrong-type", "with a share of 0 no mentor could have anybody", {"hint": "write a share such as 0.25"}
            )
        return value

    @property
    def stated(self) -> tuple[LimitName, ...]:
        """The limits that are set, in the order in which they are documented."""
        names: tuple[LimitName, ...] = (*GROUP_LIMITS, "lowest_score", *LOAD_LIMITS)
        return tuple(name for name in names if getattr(self, name) is not None)


class Fairness(Part):
    """By which groups figures are made, and which limits hold."""

    report_by: tuple[Slug, ...] = for_staff(
        "What groups mentees: `strand`, `site` or `organization` of the profile, or a name under `protected` in the "
        "private file; groups of fewer than ten are never shown.",
        (),
    )
    limit: Limits = for_staff("Limits that a plan keeps.", Limits)

    @field_validator("report_by")
    @classmethod
    def _each_once(cls, report_by: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(report_by)) != len(report_by):
            raise PydanticCustomError("wrong-type", "a name stands twice", {"hint": "delete the second"})
        return report_by
