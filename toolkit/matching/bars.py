"""What rules pairs out in a cohort: the policy's requirements, and what always holds whether it names it or not."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator

from toolkit.matching.arrays import Features
from toolkit.matching.constraints import CONSTRAINTS, Bar, Bounds, ruled_out_by
from toolkit.matching.marks import Marks, between, of_people
from toolkit.matching.policy import Refused, finding
from toolkit.matching.pool import HOLDS_PLACE, Pool, Taker
from toolkit.matching.shapes import requirements, shape_of
from toolkit.matching.words import requirement_words
from toolkit.model import Policy, Records, Require
from toolkit.model.catalog import CONSENT, HIDDEN, SELF
from toolkit.model.rhythm import OVER


def bars_of(records: Records, policy: Policy, pool: Pool, features: Features, today: datetime.date) -> tuple[Bar, ...]:
    """Gather every constraint of a cohort except the floor; those from private records are hidden."""
    return (*_always(records, policy, pool, features, today), *_required(records, policy, pool, features, today))


def _always(records: Records, policy: Policy, pool: Pool, features: Features, today: datetime.date) -> Iterator[Bar]:
    rows, columns = _places(pool)

    def refuses(taker: Taker) -> bool:
        return not records.consents(taker.id, "data", today)

    both = sorted(rows.keys() & columns.keys())
    forbidden = [(each.mentee, each.mentor) for each in policy.forbids]
    yield Bar("consent", of_people(map(refuses, pool.mentees), map(refuses, pool.mentors)), CONSENT)
    yield Bar("self", between(features.shape, ((rows[each], columns[each]) for each in both)), SELF)
    yield Bar("veto", _tied(pool, _vetoes(pool)), HIDDEN, hidden=True)
    yield Bar("conflict", _tied(pool, _conflicts(pool)), HIDDEN, hidden=True)
    yield Bar("objection", _tied(pool, _objections(pool)), HIDDEN, hidden=True)
    yield Bar("earlier", _tied(pool, _earlier(records)), HIDDEN, hidden=True)
    known = ((rows[one], columns[other]) for one, other in forbidden if one in rows and other in columns)
    yield Bar("forbid", between(features.shape, known), HIDDEN, hidden=True)


def stated_ties(records: Records, policy: Policy, pool: Pool) -> tuple[tuple[str, str], ...]:
    """Vetoes, conflicts, objections and the policy's ties between any two people of a cohort, whatever their roles."""
    related = (tie for each in policy.require if each.not_related for tie in _related(records, each))
    return (*_vetoes(pool), *_conflicts(pool), *_objections(pool), *related)


def _places(pool: Pool) -> tuple[dict[str, int], dict[str, int]]:
    rows = {each.id: index for index, each in enumerate(pool.mentees)}
    return rows, {each.id: index for index, each in enumerate(pool.mentors)}


def _tied(pool: Pool, ties: Iterable[tuple[str, str]]) -> Marks:
    """Rule out the pairs of two tied people, whoever of them is the mentor."""
    rows, columns = _places(pool)
    both = {tie for one, other in ties for tie in ((one, other), (other, one))}
    known = ((rows[one], columns[other]) for one, other in both if one in rows and other in columns)
    return between((len(rows), len(columns)), known)


def _vetoes(pool: Pool) -> Iterator[tuple[str, str]]:
    for each in (*pool.mentees, *pool.mentors):
        if each.private_application:
            yield from ((each.id, other) for other in each.private_application.veto)


def _conflicts(pool: Pool) -> Iterator[tuple[str, str]]:
    """Ties that people of this cohort state; they forbid a pair, as a check of the records says too."""
    for each in (*pool.mentees, *pool.mentors):
        if each.private_application:
            yield from ((each.id, tie.person) for tie in each.private_application.conflicts)


def _objections(pool: Pool) -> Iterator[tuple[str, str]]:
    """Whom people of this cohort would rather not be with, as they said to an earlier proposal."""
    for each in (*pool.mentees, *pool.mentors):
        if each.private_application:
            yield from ((each.id, said.about) for said in each.private_application.objections)


def _earlier(records: Records) -> Iterator[tuple[str, str]]:
    """People who were a pair that ended or was objected to, or who are one now."""
    for pair in records.pairs.values():
        if pair.status in OVER or pair.status in HOLDS_PLACE:
            yield from itertools.combinations(dict.fromkeys(pair.people()), 2)


def _required(records: Records, policy: Policy, pool: Pool, features: Features, today: datetime.date) -> Iterator[Bar]:
    turned = shape_of(policy).turned
    for place, require in enumerate(requirements(policy)):
        name, words = require.name, requirement_words(require, turned)
        if name in CONSTRAINTS:
            if _asked(require):
                yield Bar(name, ruled_out_by(CONSTRAINTS[name], features, _bounds(require)), words)
            continue
        if not records.has_private:
            message = f"`{name}` is required, and private/, where that is kept, is not here"
            hint = "fetch the private records beside content/, or leave the requirement out"
            raise Refused((finding("policy-infeasible", policy, message, ("require", place, name), hint),))
        if name == "not_related":
            yield Bar(name, _tied(pool, _related(records, require)), words, hidden=True)
        elif name == "trained":
            lacks = [not _took(each, require.trained or "", today) for each in pool.mentors]
            yield Bar(name, of_people([False] * len(pool.mentees), lacks), words)
        elif require.screened:
            open_checks = [not _cleared(each, today) for each in pool.mentors]
            yield Bar(name, of_people([False] * len(pool.mentees), open_checks), words, hidden=True)


def _asked(require: Require) -> bool:
    """A requirement that is set to false asks for nothing."""
    return require.same_modality is not False and require.different_organization is not False


def _bounds(require: Require) -> Bounds:
    if require.level_gap:
        return Bounds(require.level_gap.min, require.level_gap.max)
    return Bounds(require.common_language or require.overlap_minutes or 1)


def _related(records: Records, require: Require) -> Iterator[tuple[str, str]]:
    """Line management, and the named ties wherever an application of any cohort states them."""
    kinds = require.not_related or ()
    for group in records.private_applications.values():
        for application in group:
            yield from ((application.person, tie.person) for tie in application.conflicts if tie.kind in kinds)
    if "line-manager" in kinds:
        yield from ((each.id, each.line_manager) for each in records.private_people.values() if each.line_manager)


def _took(taker: Taker, course: str, today: datetime.date) -> bool:
    return any(each.course == course and each.on <= today for each in (taker.private.training if taker.private else ()))


def _cleared(taker: Taker, today: datetime.date) -> bool:
    """Every check of the mentor is cleared and holds today, and there is at least one."""
    checks = taker.private.screening if taker.private else ()
    return bool(checks) and all(
        each.result == "cleared" and (each.expires is None or today <= each.expires) for each in checks
    )
