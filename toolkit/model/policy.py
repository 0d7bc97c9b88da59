"""How a cohort is matched: what must hold, what counts how much, and what is aimed for first."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import GetJsonSchemaHandler, StringConstraints, field_validator, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from toolkit.model.application import ConflictKind
from toolkit.model.base import Part, Record
from toolkit.model.catalog import WEIGHED
from toolkit.model.fairness import GROUP_LIMITS, LOAD_LIMITS, Fairness
from toolkit.model.fields import Flag, Integer, Number, PersonId, Slug, Text, for_staff
from toolkit.model.program import Model

CriterionName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
CRITERIA: tuple[str, ...] = tuple(each.name for each in WEIGHED)
"""The criteria that ship with the toolkit; a package may add more under `CRITERIA_GROUP`."""
CRITERIA_GROUP = "mentoring_toolkit.criteria"
"""The entry-point group under which a package offers criteria of its own."""
Objective = Literal["max_matched", "raise_the_lowest", "max_total", "most_first_choices", "even_load"]

_SETTINGS: dict[str, frozenset[str]] = {each.name: frozenset(each.settings) for each in WEIGHED}


def _refused(sentence: str, hint: str, *places: tuple[str | int, ...]) -> PydanticCustomError:
    """Refuse a policy; the first of the places is pointed at, the others are named beside it."""
    return PydanticCustomError("wrong-type", sentence, {"hint": hint, "places": places})


class LevelWindow(Part):
    """How many steps the mentor stands above the mentee, both ends included."""

    min: Integer = for_staff("Fewest steps.", 0, ge=-99, le=99)
    max: Integer = for_staff("Most steps.", 99, ge=-99, le=99)

    @model_validator(mode="after")
    def _in_order(self) -> LevelWindow:
        if self.min > self.max:
            raise _refused("no step lies between these two", "`min` is at most as large as `max`")
        return self


class Require(Part):
    """One thing that must hold for a pair; exactly one field of it is filled."""

    common_language: Integer | None = for_staff(
        "Languages both speak, at B1 or better where a level is stated.", None, ge=1, le=5
    )
    overlap_minutes: Integer | None = for_staff("Common free time a week.", None, unit="minutes", ge=1, le=5000)
    level_gap: LevelWindow | None = for_staff("Steps between mentor and mentee.", None)
    not_related: tuple[ConflictKind, ...] | None = for_staff(
        "Ties that forbid a pair: line management, and these ties wherever an application states them.", None
    )
    trained: Slug | None = for_staff("Course that the mentor has taken.", None)
    screened: Flag | None = for_staff("Whether the mentor's checks must be in order.", None)
    same_modality: Flag | None = for_staff("Whether both must be able to meet the same way.", None)
    different_organization: Flag | None = for_staff("Whether they must come from different organizations.", None)

    @model_validator(mode="after")
    def _one(self) -> Require:
        if len(self.model_fields_set) != 1:
            raise _refused(
                "one requirement is needed here", "write each requirement as an item of its own, with a dash"
            )
        return self

    @property
    def name(self) -> str:
        """Which requirement this is."""
        return next(iter(self.model_fields_set))


class Criterion(Part):
    """How much one criterion counts, and its settings."""

    shorthand: ClassVar[str] = "weight"
    weight: Number = for_staff("How much it counts, relative to the others.", ge=0, le=1000)
    of: Literal["mentee", "mentor", "both"] | None = for_staff("Whose ranking counts.", None)
    share_mentee: Number | None = for_staff("Share of the mentee's side, 0 to 1.", None, ge=0, le=1)
    saturates_at: Integer | None = for_staff("More than this adds nothing.", None, unit="minutes", ge=1, le=10_000)
    min: Integer | None = for_staff("Fewest steps that still count in full.", None, ge=-99, le=99)
    max: Integer | None = for_staff("Most steps that still count in full.", None, ge=-99, le=99)


class Aim(Part):
    """One step of the objective."""

    shorthand: ClassVar[str] = "aim"
    aim: Objective = for_staff("What is aimed for.")
    depth: Integer = for_staff("For raise_the_lowest: how many times.", 1, ge=1, le=50)

    @model_validator(mode="after")
    def _depth_of_lowest(self) -> Aim:
        if self.aim != "raise_the_lowest" and "depth" in self.model_fields_set:
            raise _refused("only raise_the_lowest has a depth", "delete `depth` here")
        return self

    @model_validator(mode="before")
    @classmethod
    def _named_depth(cls, value: object) -> object:
        """Read `raise_the_lowest: 2` as an aim with a depth."""
        if isinstance(value, dict) and len(value) == 1 and "raise_the_lowest" in value:
            return {"aim": "raise_the_lowest", "depth": value["raise_the_lowest"]}
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Offer editors the third way of writing an aim, too."""
        schema = super().__get_pydantic_json_schema__(core_schema, handler)
        depth = {"type": "integer", "minimum": 1, "maximum": 50, "description": "How many times."}
        named = {"type": "object", "properties": {"raise_the_lowest": depth}, "additionalProperties": False}
        handler.resolve_ref_schema(schema)["anyOf"].append(named | {"required": ["raise_the_lowest"]})
        return schema


class Fixed(Part):
    """A pair that a coordinator wants or forbids, with the reason."""

    mentor: PersonId = for_staff("The mentor.")
    mentee: PersonId = for_staff("The mentee.")
    reason: Text | None = for_staff("Why; it is read in a year.", None)


class Two(Part):
    """Two people of one side whom a coordinator wants in one group, or apart, with the reason."""

    one: PersonId = for_staff("One of the two.")
    other: PersonId = for_staff("The other.")
    reason: Text | None = for_staff("Why; it is read in a year.", None)


class Size(Part):
    """The fewest and the most people, both included."""

    min: Integer = for_staff("Fewest.", ge=1, le=50)
    max: Integer = for_staff("Most.", ge=1, le=50)

    @model_validator(mode="after")
    def _in_order(self) -> Size:
        if self.min > self.max:
            raise _refused("no number lies between these two", "`min` is at most as large as `max`")
        return self


Mode = Literal["ranked", "admin", "hybrid"]
Solver = Literal["optimal", "stable", "serial"]
# setting: the models that read it
_OF_MODEL: dict[str, tuple[Model, ...]] = {
    "size": ("near-peer", "group", "team", "community"),
    "mentors": ("team",),
    "likeness": ("group", "team", "community"),
    "complementary": ("team",),
    "rounds": ("flash",),
    "together": ("near-peer", "group", "team", "community"),
    "apart": ("near-peer", "group", "team", "community"),
}
_IN_GROUPS: tuple[Model, ...] = ("group", "team", "community")
_WITH_ONE_MENTOR: tuple[Model, ...] = ("one-to-one", "reverse", "near-peer")
# limit: the models in which it means something; the others hold in all
_LIMITED: dict[str, tuple[Model, ...]] = {
    **dict.fromkeys(GROUP_LIMITS, (*_WITH_ONE_MENTOR, *_IN_GROUPS)),
    **dict.fromkeys(LOAD_LIMITS, _WITH_ONE_MENTOR),
}


class Policy(Record):
    """How a cohort is matched; lies beside the cohort as `matching.yaml`."""

    record: ClassVar[str] = "matching-policy"
    model: Model = for_staff("Model of mentoring.", "one-to-one")
    mode: Mode = for_staff(
        "Who decides: `ranked` counts people's rankings alone, `admin` leaves them out, `hybrid` counts both.", "hybrid"
    )
    solver: Solver = for_staff(
        "How the choice is computed: `optimal` by the objective, `stable` so that no two people would rather have each "
        "other, `serial` by lot, one after the other.",
        "optimal",
    )
    size: Size | None = for_staff("Mentees of one mentor, group, team or community; else as usual for the model.", None)
    mentors: Size | None = for_staff("Mentors of one team; two to four where this is left out.", None)
    likeness: Literal["similar", "diverse", "any"] | None = for_staff(
        "Whether the mentees of one group shall be alike or different; a community is similar where this is left out.",
        None,
    )
    complementary: Flag = for_staff("Whether the mentors of one team must come from different strands.", True)
    rounds: Integer = for_staff("How many rounds of short meetings are proposed at once.", 1, ge=1, le=50)
    seed: Integer = for_staff("Decides between equals, the same at every run.", 1, ge=0)
    require: tuple[Require, ...] = for_staff("What must hold.", ())
    score: dict[CriterionName, Criterion] = for_staff("What counts how much; at least one criterion.")
    missing: Literal["neutral", "zero", "refuse"] = for_staff("What an unanswered criterion counts.", "neutral")
    objective: tuple[Aim, ...] = for_staff(
        "What is aimed for, the first thing first.",
        (Aim(aim="max_matched"), Aim(aim="max_total"), Aim(aim="even_load")),
    )
    floor: Number = for_staff("A pair below this score is not made.", 0.0, ge=0, le=1)
    fairness: Fairness = for_staff("Groups that figures are made by, and limits that a plan keeps.", Fairness)
    pins: tuple[Fixed, ...] = for_staff("Pairs that are fixed.", ())
    forbids: tuple[Fixed, ...] = for_staff("Pairs that are ruled out.", ())
    together: tuple[Two, ...] = for_staff("Two mentees, or two mentors, who are in one group.", ())
    apart: tuple[Two, ...] = for_staff("Two mentees, or two mentors, who are never in one group.", ())

    @field_validator("score")
    @classmethod
    def _known_settings(cls, score: dict[str, Criterion]) -> dict[str, Criterion]:
        """A setting that its criterion never reads would be lost without a word."""
        if not score:
            raise _refused("no criterion is named", "the shortest one is `score: {offers_meet_seeks: 1}`")
        for name, criterion in score.items():
            lost = sorted(criterion.model_fields_set - {"weight"} - _SETTINGS.get(name, criterion.model_fields_set))
            if lost:
                takes = ", ".join(("weight", *sorted(_SETTINGS[name])))
                raise _refused(f"{name} has no setting {lost[0]}", f"it takes: {takes}", (name, lost[0]))
            if criterion.share_mentee is not None and criterion.of in ("mentee", "mentor"):
                hint = "share_mentee belongs to `of: both`"
                raise _refused(f"{name} weighs one side only", hint, (name, "share_mentee"), (name, "of"))
            if criterion.min is not None and criterion.max is not None and criterion.min > criterion.max:
                hint = "`min` is at most as large as `max`"
                raise _refused(f"{name}: no step lies between min and max", hint, (name, "min"), (name, "max"))
        return score

    @model_validator(mode="after")
    def _read_by_the_model(self) -> Policy:
        """A setting that the model or the solver never reads would be lost without a word."""
        for name, models in _OF_MODEL.items():
            if name in self.model_fields_set and self.model not in models:
                hint = f"it belongs to {', '.join(models)}"
                raise _refused(f"it means nothing for the model {self.model}", hint, (name,), ("model",))
        if self.solver != "optimal" and self.model in _IN_GROUPS:
            message, hint = f"a {self.model} cannot be formed by `{self.solver}`", "leave `solver` out: it is optimal"
            raise _refused(message, hint, ("solver",), ("model",))
        firsts = [at for at, each in enumerate(self.objective) if each.aim == "most_first_choices"]
        if self.mode == "admin" and firsts:
            message = "rankings are left out, and the objective asks for first choices"
            raise _refused(message, "take one of the two out", ("objective", firsts[0]), ("mode",))
        return self

    @model_validator(mode="after")
    def _limits_can_hold(self) -> Policy:
        """A limit that nothing reads, or that says a thing twice, would be lost without a word."""
        limit = self.fairness.limit
        for name in limit.stated:
            place, models = ("fairness", "limit", name), _LIMITED.get(name, ())
            if models and self.model not in models:
                hint = f"it belongs to {', '.join(models)}"
                raise _refused(f"it means nothing for the model {self.model}", hint, place, ("model",))
            if name in (*GROUP_LIMITS, "load_spread") and self.solver != "optimal":
                message = f"`{self.solver}` looks at one person at a time and cannot keep this"
                raise _refused(message, "use `solver: optimal`, or take the limit out", place, ("solver",))
            if name in GROUP_LIMITS and not self.fairness.report_by:
                hint = "name what groups mentees in `report_by`, such as [site]"
                raise _refused("this compares groups, and no group is named", hint, place)
        if limit.lowest_score is not None and self.floor:
            message = "the lowest score is limited twice, by `floor` and by `lowest_score`"
            raise _refused(message, "keep one of the two", ("fairness", "limit", "lowest_score"), ("floor",))
        return self

    @model_validator(mode="after")
    def _score_fits_requirements(self) -> Policy:
        """A criterion that gives every pair the same, since a requirement says more, counts for nothing."""
        asked = {each.name: (at, each) for at, each in enumerate(self.require)}
        if "level_gap" in asked and "level_gap" in self.score:
            (at, require), criterion = asked["level_gap"], self.score["level_gap"]
            low, high = (require.level_gap.min, require.level_gap.max) if require.level_gap else (-99, 99)
            if (criterion.min is not None and criterion.min > high) or (
                criterion.max is not None and criterion.max < low
            ):
                hint = "let the two windows have a step in common"
                raise _refused(
                    "no step that is required counts in full",
                    hint,
                    ("score", "level_gap"),
                    ("require", at, "level_gap"),
                )
        if "overlap_minutes" in asked and "overlap_minutes" in self.score:
            (at, require), most = asked["overlap_minutes"], self.score["overlap_minutes"].saturates_at
            if most is not None and require.overlap_minutes is not None and most <= require.overlap_minutes:
                message = f"{require.overlap_minutes} minutes are required, so that everybody reaches {most}"
                place = ("score", "overlap_minutes", "saturates_at")
                hint = "let `saturates_at` be larger than what is required"
                raise _refused(message, hint, place, ("require", at, "overlap_minutes"))
        return self

    @field_validator("require")
    @classmethod
    def _required_once(cls, require: tuple[Require, ...]) -> tuple[Require, ...]:
        """Of two numbers the larger one would hold, and nobody would see it; courses and ties may be several."""
        names = [each.name for each in require]
        for place, name in enumerate(names):
            if name in names[:place] and name not in ("trained", "not_related"):
                hint = "keep one of the two"
                raise _refused("this requirement stands twice", hint, (place, name), (names.index(name), name))
        return require

    @field_validator("forbids")
    @classmethod
    def _forbidden_once(cls, forbids: tuple[Fixed, ...]) -> tuple[Fixed, ...]:
        pairs = [(each.mentor, each.mentee) for each in forbids]
        for place, pair in enumerate(pairs):
            if pair in pairs[:place]:
                raise _refused("the same pair stands twice", "delete the second", (place,), (pairs.index(pair),))
        return forbids

    @field_validator("objective")
    @classmethod
    def _each_once(cls, objective: tuple[Aim, ...]) -> tuple[Aim, ...]:
        if not objective:
            raise _refused("no aim is named", "the usual ones are [max_matched, max_total, even_load]")
        names = [aim.aim for aim in objective]
        for place, name in enumerate(names):
            if name in names[:place]:
                hint = "each aim is reached once; delete the second"
                raise _refused(f"the aim {name} stands twice", hint, (place,), (names.index(name),))
        return objective
