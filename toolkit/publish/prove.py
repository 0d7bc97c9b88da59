"""The proof of a build: no file of it holds what its audience may not read, in whatever disguise."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from toolkit.diagnostics import START, Diagnostic, Place, Severity, ordered
from toolkit.model import RECORDS, Record, Records
from toolkit.publish.audience import Audience, Kind, reads
from toolkit.publish.disguise import coded, decode, fold, fresh, plain, squeeze, unpack, without_tags
from toolkit.publish.leaves import Leaf, leaves
from toolkit.publish.needles import Needles, needles
from toolkit.publish.project import ID_TRAITS, Lens
from toolkit.publish.readers import visibility_table

_SENTENCE = re.compile(r"[.!?;:]+\s+|\s*\n\s*")
_SENTENCE_MIN = 24  # shorter sentences are said by many: "see you next week"
_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?\Z")
_NAMED = ("person", "goal", "pair")
_NAME = re.compile(r"-|\d|.{12}")  # an id of one short word, such as `reading`, stands on many pages by right
_THEMES = ("material", "zensical")
_READERS = {
    Kind.PUBLIC: "the public",
    Kind.MEMBERS: "the members",
    Kind.STAFF: "the staff",
    Kind.PAIR: "this pair",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A value that was found: in which file of the build."""

    file: str
    value: str


def prove(
    folder: Path, records: Records, audience: Audience, today: datetime.date, said: Iterable[str] = ()
) -> tuple[Diagnostic, ...]:
    """Look through every byte of a build for the values of these records that its audience may not read.

    `said` are texts that the site says of itself, such as its templates: a value that stands in them tells nothing.
    Values of fewer than 6 letters, dates, numbers and words from fixed lists are not looked for: many pages hold them
    by right. Each finding is the error `private-on-public-page`; it names the file and the field, never the value.
    """
    hidden, allowed = sort_values(records, audience, today)
    ids = {value for value, (_, field) in hidden.items() if field == "id"}
    wanted = needles(hidden, ids).without((*allowed, *said, *_documentation(), *_theme_words()))
    found = scan(folder, wanted)
    return ordered((*_links(folder), *(_leak(hit, hidden[hit.value], audience) for hit in found)))


def sort_values(
    records: Records, audience: Audience, today: datetime.date
) -> tuple[Mapping[str, tuple[Record, str]], tuple[str, ...]]:
    """Part the values of all records: hidden ones, each with its record and field, and those that may be read."""
    lens = Lens.of(records, audience, today)
    hidden: dict[str, tuple[Record, str]] = {}
    allowed: list[str] = []
    for record in records.everything():
        scope, listed = lens.scope(record), lens.lists(record)
        for leaf in _with_id(record):
            known = not leaf.names or lens.knows(scope, leaf.names, str(leaf.value))
            if listed and known and all(reads(audience, trait, scope) for trait in leaf.way):
                if isinstance(leaf.value, str):
                    allowed.append(leaf.value)
            elif listed or leaf.way[-1].visibility != "public" or leaf.field == "body":
                for value in _telling(leaf):
                    hidden.setdefault(value, (record, leaf.field))
    return hidden, tuple(allowed)


def scan(folder: Path, wanted: Needles) -> tuple[Hit, ...]:
    """Find which of the wanted values stand in which file; a line that many files hold is reported in the first.

    Files that the theme ships are passed over where they are still as it ships them.
    """
    hits: list[Hit] = []
    seen: set[int] = set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file():
            continue
        data = path.read_bytes()
        found = wanted.found(fold(plain(name)))
        if not _is_themes(name, data):
            found = found | _search(data, wanted, seen)
        hits.extend(Hit(name, value) for value in sorted(wanted.values(found)))
    return tuple(hits)


def _search(data: bytes, wanted: Needles, seen: set[int]) -> set[str]:
    found: set[str] = set()
    for packed in unpack(data):
        text = fresh(map(plain, decode(packed)), seen)
        bare = without_tags(text, "")
        found |= wanted.found(fold(text))
        if bare != text:
            found |= wanted.found(fold(bare)) | wanted.words(fold(without_tags(text, " ")))
        decoded = fresh((plain(each) for each in coded(text)), seen)
        if decoded:
            found |= wanted.found(fold(decoded))
    return found


def _with_id(record: Record) -> Iterator[Leaf]:
    """Give the values of a record, and its id where that says who or what it is about."""
    yield from leaves(record)
    trait = ID_TRAITS.get(record.record)
    if trait is not None:
        yield Leaf(("id",), (trait,), record.id, record.record)


def _telling(leaf: Leaf) -> Iterator[str]:
    """Give what of a value is looked for: the value, or the longer sentences of a text that has several."""
    value = leaf.value
    if not isinstance(value, str) or _DAY.match(value):  # a month is a text of its own form; pages are full of days
        return
    if not leaf.free:
        if leaf.names in _NAMED and _NAME.search(value):
            yield value
        return
    sentences = [each for each in _SENTENCE.split(value) if each]
    long = [each for each in sentences if len(squeeze(fold(each))) >= _SENTENCE_MIN]
    yield from long if len(sentences) > 1 and long else (value,)


def _documentation() -> Iterator[str]:
    """Give the texts of the schema, which the page `Who may read what` shows to everybody."""
    for row in visibility_table(RECORDS):
        yield row.doc


def _is_themes(name: str, data: bytes) -> bool:
    """Say whether a file is, byte for byte, one that the theme brings along."""
    _, found, inner = f"/{name}".rpartition("/assets/")
    return bool(found) and any(
        (root / inner).is_file() and (root / inner).read_bytes() == data for root in _theme_folders()
    )


@cache
def _theme_folders() -> tuple[Path, ...]:
    specs = [find_spec(package) for package in _THEMES]
    return tuple(Path(spec.origin).parent / "templates" / "assets" for spec in specs if spec and spec.origin)


def _theme_words() -> Iterator[str]:
    """Give the templates of the themes: the names of their styles and scripts stand on every page."""
    for assets in _theme_folders():
        for path in sorted(assets.parent.rglob("*.html")):
            yield path.read_text(encoding="utf-8", errors="ignore")


def _links(folder: Path) -> Iterator[Diagnostic]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            place = Place(path.relative_to(folder).as_posix(), START)
            hint = "put the file itself there"
            yield _leaking("a link in the build can lead to what is private", hint, place)


def _leak(hit: Hit, source: tuple[Record, str], audience: Audience) -> Diagnostic:
    record, field = source
    message = f"this file holds `{record.record}.{field}`, which is not for {_READERS[audience.kind]}"
    hint = "nothing was published; take it out of the text that says it, or open the field by consent"
    related = (Place(record.path, START, field.rpartition(".")[2]),)
    return _leaking(message, hint, Place(hit.file, START), *related)


def _leaking(message: str, hint: str, place: Place, *related: Place) -> Diagnostic:
    return Diagnostic("private-on-public-page", Severity.ERROR, message, place, hint, related)
