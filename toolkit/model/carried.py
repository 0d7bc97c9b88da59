"""How many mentees each mentor carries, and in which pairs."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from toolkit.model.pair import GIVING, RECEIVING, Pair
from toolkit.model.rhythm import present


def mentees_carried(pairs: Iterable[Pair], today: datetime.date) -> dict[str, tuple[int, tuple[Pair, ...]]]:
    """How many mentees each mentor carries on a day, and in which of these pairs: id to number and pairs.

    In a group or a team each mentor has all of its mentees; who left it is nobody's.
    """
    found: dict[str, list[tuple[int, Pair]]] = defaultdict(list)
    for pair in pairs:
        members = present(pair, today)
        for mentor in sorted({each.person for each in members if each.role in GIVING}):
            mentees = {each.person for each in members if each.role in RECEIVING} - {mentor}
            found[mentor].append((len(mentees), pair))
    return {
        mentor: (sum(number for number, _ in carried), tuple(pair for _, pair in carried))
        for mentor, carried in sorted(found.items())
    }
