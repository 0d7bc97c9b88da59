"""From people to arrays: topics, values, styles, levels, languages, weekly times and rankings, one row a person."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from toolkit.matching.arrays import Booleans, Features, Floats, Integers, Side
from toolkit.matching.marks import Places, places
from toolkit.matching.pool import Pool, Taker
from toolkit.matching.shapes import Shape
from toolkit.model import Person
from toolkit.model.people import MenteeProfile, MentorProfile
from toolkit.model.times import Minutes, weekly_minutes

STYLES = ("directive", "collaborative", "motivating", "sponsoring")
SCALES = ("pace", "structure", "directness", "focus")
MODALITIES = ("in-person", "virtual")
_TOO_LITTLE = ("A1", "A2")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of the arrays stand for, each sorted; `stretches` are minutes of the week of `monday` in UTC."""

    topics: tuple[str, ...]
    values: tuple[str, ...]
    languages: tuple[str, ...]
    stretches: Minutes
    monday: datetime.date


def features_of(
    pool: Pool, monday: datetime.date, shape: Shape, today: datetime.date | None = None
) -> tuple[Features, Columns]:
    """Write down what is known of both sides as arrays; weekly times are compared in the week of that Monday.

    Backgrounds, and how long people have waited, are looked at where `today` is given.

    Among peers both sides are the same people: who offers nothing stands for what they seek, and times, styles and
    ways of meeting are those of either role. Where the shape is turned, levels are counted downward.
    """
    mutual = shape.mutual
    people = (*pool.mentees, *pool.mentors)
    zoned = any(each.person.timezone for each in people)
    mentee_times = [_times(each.person, _slots(each.person, "mentee", mutual), zoned, monday) for each in pool.mentees]
    mentor_times = [_times(each.person, _slots(each.person, "mentor", mutual), zoned, monday) for each in pool.mentors]
    columns = _columns(people, [*mentee_times, *mentor_times], monday)
    cut, organization = len(pool.mentees), _organizations(pool)
    asked, agreed = _backgrounds(pool, today)
    mentee = _side(
        pool.mentees,
        columns,
        asked,
        mentee_times,
        organization[:cut],
        _seeks,
        _preferred,
        _ways("mentee", mutual),
    )
    mentor = _side(
        pool.mentors,
        columns,
        agreed,
        mentor_times,
        organization[cut:],
        _gives if mutual else _offers,
        _styles,
        _ways("mentor", mutual),
    )
    if shape.turned:
        mentee, mentor = replace(mentee, level=-mentee.level), replace(mentor, level=-mentor.level)
    minutes = np.array([end - start for start, end in columns.stretches], dtype=np.float64)
    return Features(mentee, mentor, minutes, *_rankings(pool), _waited(pool, today)), columns


def _waited(pool: Pool, today: datetime.date | None) -> Floats:
    """How many days each mentee has waited since applying; none where no day is given."""
    days = [max((today - each.application.submitted).days, 0) if today else 0 for each in pool.mentees]
    return np.array(days, dtype=np.float64)


def _columns(people: tuple[Taker, ...], times: list[Minutes | None], monday: datetime.date) -> Columns:
    return Columns(
        _sorted(topic for each in people for topic in (*_seeks(each.person), *_offers(each.person))),
        _sorted(value for each in people for value in each.person.values),
        _sorted(code for each in people for code in _languages(each.person)),
        _stretches(times),
        monday,
    )


def _backgrounds(pool: Pool, today: datetime.date | None) -> tuple[Booleans, Booleans]:
    """What mentees ask for, and what mentors agree to have looked at."""
    asked, agreed = [_asked(each) for each in pool.mentees], [_agreed(each, today) for each in pool.mentors]
    names = _sorted(each for one in (*asked, *agreed) for each in one)
    return _marks(asked, names), _marks(agreed, names)


def _rankings(pool: Pool) -> tuple[Places, Places]:
    """The places that mentees gave to mentors, and mentors to mentees, both n by m."""
    size = len(pool.mentees), len(pool.mentors)
    by_mentee = _ranks(pool.mentees, [each.id for each in pool.mentors])
    by_mentor = _ranks(pool.mentors, [each.id for each in pool.mentees])
    return places(size, by_mentee), places(size, ((row, column, place) for column, row, place in by_mentor))


def _side(
    takers: tuple[Taker, ...],
    columns: Columns,
    backgrounds: Booleans,
    times: list[Minutes | None],
    organization: Integers,
    topics: Callable[[Person], dict[str, int]],
    styles: Callable[[Person], Sequence[str]],
    modalities: Callable[[Person], Sequence[str]],
) -> Side:
    people = [each.person for each in takers]
    return Side(
        topics=_weights([topics(each) for each in people], columns.topics),
        values=_marks([each.values for each in people], columns.values),
        styles=_marks([styles(each) for each in people], STYLES),
        backgrounds=backgrounds,
        working=np.array([_working(each) for each in people], dtype=np.float64).reshape(len(people), len(SCALES)),
        level=np.array([np.nan if each.level is None else each.level for each in people], dtype=np.float64),
        languages=_marks([_languages(each) for each in people], columns.languages),
        modalities=_marks([modalities(each) for each in people], MODALITIES),
        organization=organization,
        free=_free(times, columns.stretches),
        timed=np.array([bool(each) for each in times], dtype=np.bool_),
    )


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _weights(rows: list[dict[str, int]], names: tuple[str, ...]) -> Floats:
    place = {name: index for index, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for row, weights in enumerate(rows):
        for name, weight in weights.items():
            table[row, place[name]] = weight
    return table


def _marks(rows: list[Sequence[str]], names: tuple[str, ...]) -> Booleans:
    return _weights([dict.fromkeys(row, 1) for row in rows], names) > 0


def _seeks(person: Person) -> dict[str, int]:
    return {each.topic: each.priority for each in person.mentee.seeks} if person.mentee else {}


def _offers(person: Person) -> dict[str, int]:
    return {each.topic: each.strength for each in person.mentor.offers} if person.mentor else {}


def _preferred(person: Person) -> Sequence[str]:
    return person.mentee.preferred_styles if person.mentee else ()


def _styles(person: Person) -> Sequence[str]:
    return person.mentor.styles if person.mentor else ()


def _gives(person: Person) -> dict[str, int]:
    """What a peer brings: the offers, else the topics sought, which two can work on together."""
    return _offers(person) or _seeks(person)


def _asked(taker: Taker) -> Sequence[str]:
    """What a mentee asks to share, with their own word for it; where they said none, nobody can share it."""
    own = taker.private.protected if taker.private else {}
    return [f"{name}={own.get(name, '').casefold().strip()}" for name in taker.application.wants_shared_background]


def _agreed(taker: Taker, today: datetime.date | None) -> Sequence[str]:
    """What a mentor said of themselves, where they agree today to be matched by it."""
    consents = taker.person.consents if today else ()
    if not any(each.what == "shared-background" and each.holds(today) for each in consents if today):
        return ()
    own = taker.private.protected if taker.private else {}
    return [f"{name}={value.casefold().strip()}" for name, value in own.items() if value.strip()]


def _ways(role: str, mutual: bool) -> Callable[[Person], Sequence[str]]:
    return lambda person: _both_ways([each for part in _parts(person, role, mutual) for each in part.modalities])


def _slots(person: Person, role: str, mutual: bool) -> Sequence[str]:
    return [each for part in _parts(person, role, mutual) for each in part.availability]


def _parts(person: Person, role: str, mutual: bool) -> Iterator[MentorProfile | MenteeProfile]:
    """The part of a profile that belongs to a role; a peer speaks with both."""
    if person.mentee and (mutual or role == "mentee"):
        yield person.mentee
    if person.mentor and (mutual or role == "mentor"):
        yield person.mentor


def _both_ways(modalities: Sequence[str]) -> Sequence[str]:
    """Who mixes both ways of meeting can meet either way."""
    return MODALITIES if "hybrid" in modalities else modalities


def _languages(person: Person) -> Sequence[str]:
    """The languages a person can talk in, without the country: B1 or better, or no level stated."""
    return [each.code.partition("-")[0] for each in person.languages if each.level not in _TOO_LITTLE]


def _working(person: Person) -> list[float]:
    style = person.working_style
    answers = [getattr(style, scale) if style else None for scale in SCALES]
    return [np.nan if each is None else each for each in answers]


def _times(person: Person, slots: Sequence[str], zoned: bool, monday: datetime.date) -> Minutes | None:
    """A person's weekly times; where nobody states a time zone, all are taken to be at one place."""
    zone = person.timezone or ("" if zoned else "UTC")
    return weekly_minutes(slots, zone, monday) if zone and slots else None


def _stretches(times: list[Minutes | None]) -> Minutes:
    """Cut the week at every minute at which somebody's free time begins or ends."""
    cuts = sorted({cut for each in times if each for stretch in each for cut in stretch})
    return tuple(itertools.pairwise(cuts))


def _free(times: list[Minutes | None], stretches: Minutes) -> Booleans:
    place = {start: index for index, (start, _) in enumerate(stretches)}
    place |= {end: index + 1 for index, (_, end) in enumerate(stretches) if end not in place}
    free = np.zeros((len(times), len(stretches)), dtype=np.bool_)
    for row, each in enumerate(times):
        for start, end in each or ():
            free[row, place[start] : place[end]] = True
    return free


def _ranks(takers: tuple[Taker, ...], others: list[str]) -> Iterator[tuple[int, int, int]]:
    """The place that each taker gave to others, as (taker, other, place); whoever does not take part is passed over."""
    column = {ident: index for index, ident in enumerate(others)}
    for row, taker in enumerate(takers):
        listed = [each for each in dict.fromkeys(taker.application.ranked) if each in column and each != taker.id]
        yield from ((row, column[other], place) for place, other in enumerate(listed, 1))


def _organizations(pool: Pool) -> Integers:
    names = [(each.person.organization or "").casefold().strip() for each in (*pool.mentees, *pool.mentors)]
    known = {name: index for index, name in enumerate(sorted(set(names) - {""}))}
    return np.array([known.get(name, -1) for name in names], dtype=np.int64)
