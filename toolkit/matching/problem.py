"""From records to a matching problem: people on one side, arrays on the other; ids are sorted before an array is made."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from toolkit.matching.against import unknown_people
from toolkit.matching.arrays import SCALE, Features, Floats, Integers
from toolkit.matching.bars import bars_of
from toolkit.matching.companions import Company, company_of
from toolkit.matching.constraints import Bar, below
from toolkit.matching.criteria import UNASKED, Weighted, blocks, scores, terms
from toolkit.matching.features import Columns, features_of
from toolkit.matching.limits import Bounds
from toolkit.matching.marks import nowhere
from toolkit.matching.objective import Instance, Stage, lots, tie_breaker
from toolkit.matching.pins import pins_of
from toolkit.matching.policy import Refused, finding, weighted
from toolkit.matching.pool import Pool, Taker, gather
from toolkit.matching.shapes import Shape, is_rolling, shape_of, sizes
from toolkit.matching.subgroups import bounds_of
from toolkit.matching.tables import Scores
from toolkit.matching.telling import Tell, unheard
from toolkit.matching.words import FLOOR, counted, floor_words
from toolkit.model import Cohort, Policy, Record, Records
from toolkit.model.times import first_monday

_NO_LIMIT = 10_000
_FIRST, _NONE = 1, 0  # the place of a first choice, and one that nobody gives


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A cohort to be matched: who, by which policy, and the arrays made from that (n mentees x m mentors)."""

    cohort: Cohort
    policy: Policy
    shape: Shape
    pool: Pool
    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    topics: dict[str, str]
    features: Features
    columns: Columns
    criteria: tuple[Weighted, ...]
    bars: tuple[Bar, ...]
    instance: Instance
    stages: tuple[Stage, ...]
    company: Company | None
    limits: Bounds
    inputs: str

    @property
    def lots(self) -> Integers:
        """A number for each mentee that the seed and the id alone give: the order of a lottery."""
        return lots(self.policy.seed, "mentee", self.mentees)

    @property
    def lots_of_mentors(self) -> Integers:
        """A number for each mentor, of 20 bits, that decides between equal groups."""
        return lots(self.policy.seed, "mentor", self.mentors) >> 20

    def terms(self, rows: slice) -> Floats:
        """What each criterion gives to a stretch of mentees, NaN where nobody answered: as when it was scored."""
        return terms(self.features, self.criteria, rows)

    def counted(self, stack: Floats) -> Floats:
        """The terms as they count: what nobody answered is left out, or 0 where the policy says so."""
        return as_counted(stack, self.policy, self.criteria)


def build(records: Records, cohort_key: str, today: datetime.date, tell: Tell = unheard) -> Problem:
    """Build the problem of a cohort; raises Refused with findings where the policy cannot be followed."""
    cohort, policy = records.cohorts[cohort_key], records.policies[cohort_key]
    unknown_people(records, policy)
    shape, criteria = shape_of(policy), weighted(policy)
    pool = gather(records, cohort_key, shape, is_rolling(cohort, policy))
    mentees, mentors = tuple(each.id for each in pool.mentees), tuple(each.id for each in pool.mentors)
    features, columns = features_of(pool, first_monday(cohort.starts), shape, today)
    bars = bars_of(records, policy, pool, features, today)
    score = _scores(features, criteria, policy, pool, tell)
    room = np.minimum(_room(pool, policy), _share(pool, policy))
    pinned = pins_of(records, policy, pool, bars, room)
    floor = policy.fairness.limit.lowest_score or policy.floor
    bars = (*bars, Bar(FLOOR, below(score, round(floor * SCALE)), floor_words(floor)))
    instance = Instance(
        score=score,
        eligible=nowhere([bar.blocked for bar in bars]),
        room=room,
        carried=np.array([_carried(each, pool) for each in pool.mentors], dtype=np.int64),
        first=features.ranked_by_mentee.where(_FIRST if policy.mode != "admin" else _NONE),
        pinned=pinned,
        tie=tie_breaker(policy.seed, mentees, mentors),
    )
    return Problem(
        cohort=cohort,
        policy=policy,
        shape=shape,
        pool=pool,
        mentees=mentees,
        mentors=mentors,
        topics=records.topics(),
        features=features,
        columns=columns,
        criteria=criteria,
        bars=bars,
        instance=instance,
        stages=tuple(Stage(each.aim, each.depth) for each in policy.objective),
        company=company_of(records, cohort, policy, pool) if shape.kind in ("seats", "circle") else None,
        limits=bounds_of(records, policy, pool),
        inputs=_digest(_inputs(records, cohort, policy, pool)),
    )


def _scores(features: Features, criteria: tuple[Weighted, ...], policy: Policy, pool: Pool, tell: Tell) -> Scores:
    """Score all pairs block by block; only the whole numbers are kept."""
    score = np.empty(features.shape, dtype=np.uint16)
    silent: dict[tuple[str, str, str], None] = {}
    for rows in blocks(len(score)):
        tell("scoring", rows.start, len(score))
        stack = terms(features, criteria, rows)
        if policy.missing == "refuse":
            silent |= dict.fromkeys(_silent(stack, criteria, pool, rows))
        score[rows] = scores(as_counted(stack, policy, criteria), criteria)
    if silent:
        hint = "ask them, or let `missing` be neutral"
        raise Refused((finding("policy-infeasible", policy, _silent_words(list(silent)), ("missing",), hint),))
    return Scores(score)


def as_counted(stack: Floats, policy: Policy, criteria: tuple[Weighted, ...]) -> Floats:
    """Follow the policy on what nobody answered."""
    if policy.missing != "zero":
        return stack
    asked = np.array([each.name not in UNASKED for each in criteria])[:, None, None]
    return np.where(asked & np.isnan(stack), 0.0, stack)


def _silent(stack: Floats, criteria: tuple[Weighted, ...], pool: Pool, rows: slice) -> Iterator[tuple[str, str, str]]:
    """Find who left a criterion unanswered: mentees without any value, mentors without one for the others."""
    mentees = pool.mentees[rows]
    for layer, each in zip(np.isnan(stack), criteria, strict=True):
        if each.name in UNASKED:
            continue
        quiet = layer.all(axis=1) if layer.shape[1] else np.zeros(len(layer), dtype=np.bool_)
        rest = layer[~quiet]
        columns = rest.all(axis=0) if len(rest) else np.zeros(layer.shape[1], dtype=np.bool_)
        partly = ~quiet & layer[:, ~columns].any(axis=1)
        for row in np.flatnonzero(quiet | partly):
            yield each.name, mentees[row].id, "mentee"
        for column in np.flatnonzero(columns):
            yield each.name, pool.mentors[column].id, "mentor"


def _silent_words(silent: list[tuple[str, str, str]]) -> str:
    shown = [f"{person} as {role} ({name})" for name, person, role in silent[:12]]
    more = f" and {len(silent) - 12} more" if len(silent) > 12 else ""
    return f"the policy refuses unanswered criteria, and these are unanswered: {', '.join(shown)}{more}"


def _room(pool: Pool, policy: Policy) -> Integers:
    """How many mentees each mentor can still take: the capacity less the mentees they have, in any cohort.

    Where a mentor has all mentees in one circle, not more than that holds; a peer and a short meeting take one.
    """
    shape = shape_of(policy)
    if shape.kind in ("peers", "rounds"):
        return np.ones(len(pool.mentors), dtype=np.int64)
    most = sizes(policy)[1] if shape.kind == "circle" else _NO_LIMIT
    room = [
        (each.person.mentor.capacity if each.person.mentor else 0) - pool.carried.get(each.id, 0)
        for each in pool.mentors
    ]
    return np.clip(np.array(room, dtype=np.int64), 0, most)


def _share(pool: Pool, policy: Policy) -> int:
    """The most mentees that one mentor may get, where the policy limits that; raises Refused where it is nobody."""
    share, mentees = policy.fairness.limit.load_share, len(pool.mentees)
    if share is None:
        return _NO_LIMIT
    most = int(round(share * mentees, 6))
    if mentees and not most:
        message = f"`load_share` leaves no mentor anybody: {share:g} of {counted(mentees, 'mentee')} is less than one"
        hint = f"raise it to {1 / mentees:.3f} or more, or take it out"
        raise Refused((finding("policy-infeasible", policy, message, ("fairness", "limit", "load_share"), hint),))
    return most


def _carried(taker: Taker, pool: Pool) -> int:
    """What a mentor carries already: pairs in being, and the similar duties that the profile names."""
    return pool.carried.get(taker.id, 0) + (taker.person.mentor.other_load if taker.person.mentor else 0)


def _inputs(records: Records, cohort: Cohort, policy: Policy, pool: Pool) -> Iterator[Record]:
    """The records that the result depends on; proposals are left out, so that writing them changes nothing."""
    yield cohort
    yield policy
    yield from records.topic_lists.values()
    yield from records.applications.get(cohort.cohort_key, ())
    for group in records.private_applications.values():
        yield from group
    involved = {each.id for each in (*pool.mentees, *pool.mentors)}
    for ident in sorted(involved):
        yield records.people[ident]
        if ident in records.private_people:
            yield records.private_people[ident]
    for pair in records.pairs.values():
        if (pair.status != "proposed" or is_rolling(cohort, policy)) and involved & set(pair.people()):
            yield pair


def _digest(used: Iterator[Record]) -> str:
    """Hash the files that were used, by path and content."""
    lines = {f"{each.path}\0{each.origin.source.digest}" for each in used if each.origin.source}
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
