"""Names of proposed pairs: the first words of the two ids, and more of them where that would not be unique."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from toolkit.model import Pair, is_slug


def pair_ids(groups: tuple[tuple[str, ...], ...], existing: Iterable[Pair], model: str = "") -> tuple[str, ...]:
    """Name each pair, mentors first: `ines-tomas`, else the whole ids, else with a hash; a larger group `ines-team`.

    A name that a pair of other people has already is not used; the pair of the same people keeps its name, so that a
    plan that was written comes out the same again.
    """
    taken = {each.id: {frozenset(each.people())} for each in existing}
    choices = [list(_names(*group) if len(group) == 2 else _group_names(group, model)) for group in groups]
    wanted = Counter(name for names in choices for name in names)
    return tuple(
        next(
            name
            for name in names
            if name == names[-1] or (wanted[name] == 1 and taken.get(name, {frozenset(group)}) == {frozenset(group)})
        )
        for group, names in zip(groups, choices, strict=True)
    )


def _group_names(group: tuple[str, ...], model: str) -> Iterator[str]:
    first = group[0].partition("-")[0]
    digest = hashlib.sha256("\0".join(group).encode()).hexdigest()[:8]
    for name in (f"{first}-{model}", f"{group[0]}-{model}"):
        if is_slug(name):
            yield name
    yield f"{first[:30].rstrip('-')}-{model}-{digest}"


def _names(mentor: str, mentee: str) -> Iterator[str]:
    short = f"{mentor.partition('-')[0]}-{mentee.partition('-')[0]}"
    digest = hashlib.sha256(f"{mentor}\0{mentee}".encode()).hexdigest()[:8]
    for name in (short, f"{mentor}-{mentee}"):
        if is_slug(name):
            yield name
    yield f"{short[:50].rstrip('-')}-{digest}"
