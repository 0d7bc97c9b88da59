"""Looks for many values in many texts at once: plain, cut off, reversed, hashed, split by signs."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from toolkit.publish.disguise import fold, plain, squeeze

MIN_VALUE = 6
"""Shorter values are not looked for: they stand in too many words."""
_LONG = 12  # from this length on a value is looked for without regard to blanks and signs
_CUT = 16  # from this length on its beginning and its end are looked for as well
_MOST = 32  # a beginning or an end is no longer than this
_SIGNS = re.compile(r"[\W_]+")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_WORD_START = re.compile(r"(?<![^\W_])(?=([^\W_].{5}))")
_DIGEST = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-f])")


@dataclass(frozen=True)
class Needles:
    """Values to look for, prepared: by the first letters of their pieces, and by their hashes.

    `long` and `short` go from the first letters to pieces, `owners` from a piece to the values it belongs to,
    `digests` from a hash to its value.
    """

    long: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]
    owners: Mapping[str, tuple[str, ...]]
    digests: Mapping[str, str]

    def found(self, folded: str) -> set[str]:
        """Find the pieces that stand in a folded text; a short one only as a word of its own."""
        hits = self.words(folded)
        if self.long:
            squeezed = squeeze(folded)
            grams = {squeezed[start : start + _LONG] for start in range(len(squeezed) - _LONG + 1)}
            hits.update(piece for piece in _begun(grams, self.long) if piece in squeezed)
        hits.update(digest for digest in _DIGEST.findall(folded) if digest in self.digests)
        return hits

    def words(self, folded: str) -> set[str]:
        """Find the short pieces that stand in a folded text as words of their own."""
        begun = _begun(set(_WORD_START.findall(folded)), self.short) if self.short else ()
        return {piece for piece in begun if _stands_alone(piece, folded)}

    def values(self, hits: Iterable[str]) -> set[str]:
        """Name the values that pieces or hashes belong to."""
        return {value for hit in hits for value in (*self.owners.get(hit, ()), *filter(None, [self.digests.get(hit)]))}

    def without(self, allowed: Iterable[str]) -> Needles:
        """Leave out the pieces that stand in a text which may be read anyway, or will once its table is drawn."""
        known: set[str] = set()
        for text in allowed:
            folded = fold(text)
            known |= self.found(folded) | self.words(_SIGNS.sub(" ", folded))
        return _index({piece: who for piece, who in self.owners.items() if piece not in known}, self.digests)


def needles(values: Iterable[str], ids: Collection[str] = ()) -> Needles:
    """Prepare values for the search; those of fewer than 6 letters are left out.

    Of `ids` only the whole is looked for, with its hyphens: a piece of `mentor-12-mentee-30` is also what a list says
    in which a mentee follows the person named Mentor 12.
    """
    owners: dict[str, list[str]] = defaultdict(list)
    digests: dict[str, str] = {}
    for value in sorted(set(values)):
        for piece in (fold(value),) if value in ids else _pieces(value):
            owners[piece].append(value)
            owners[piece[::-1]].append(value)
        if len(fold(value)) >= MIN_VALUE:
            digests.update(dict.fromkeys(_digests(value), value))
    return _index({piece: tuple(who) for piece, who in owners.items()}, digests)


def _index(owners: Mapping[str, tuple[str, ...]], digests: Mapping[str, str]) -> Needles:
    long: dict[str, list[str]] = defaultdict(list)
    short: dict[str, list[str]] = defaultdict(list)
    for piece in owners:
        if len(piece) >= _LONG and piece.isalnum():
            long[piece[:_LONG]].append(piece)
        else:
            short[piece[:MIN_VALUE]].append(piece)
    wanted = {value for who in owners.values() for value in who}
    kept = {digest: value for digest, value in digests.items() if value in wanted}
    return Needles(_tuples(long), _tuples(short), owners, kept)


def _pieces(value: str) -> tuple[str, ...]:
    folded = _EDGE.sub("", fold(plain(value)))
    squeezed = squeeze(folded)
    if len(squeezed) < _LONG:
        return (folded,) if len(folded) >= MIN_VALUE and len(squeezed) >= MIN_VALUE - 1 else ()
    if len(squeezed) < _CUT:
        return (squeezed,)
    size = min(len(squeezed) * 3 // 4, _MOST)
    return tuple(dict.fromkeys((squeezed[:size], squeezed[-size:])))


def _digests(value: str) -> tuple[str, ...]:
    """Give the hashes of a value as written and as mail addresses are hashed for pictures."""
    forms = {form.encode() for form in (value, value.strip().lower())}
    makers = (hashlib.md5, hashlib.sha1, hashlib.sha256)
    return tuple(make(form, usedforsecurity=False).hexdigest() for form in sorted(forms) for make in makers)


def _begun(grams: set[str], table: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Give the pieces whose first letters are among these."""
    return [piece for gram in grams & table.keys() for piece in table[gram]]


def _stands_alone(piece: str, text: str) -> bool:
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if not (text[start - 1 : start].isalnum() and start) and not text[end : end + 1].isalnum():
            return True
        start = text.find(piece, start + 1)
    return False


def _tuples(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(pieces) for key, pieces in table.items()}
