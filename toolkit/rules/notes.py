"""The text of session notes: the sections of their format, and what had better not stand in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain

from toolkit.model import Feedback, Observation, Pair, Records, Session, sections
from toolkit.model.formats import LANGUAGES, PROMISES, SECTIONS, plain, title
from toolkit.model.rhythm import LIVE, held
from toolkit.model.tongue import program_language
from toolkit.rules.base import NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.words import SENSITIVE, tokens

# Where a sentence is no promise yet; a talk in STEER may end with encouragement alone.
_PROMISES = {name: section for name, section in PROMISES.items() if name != "steer"}
# The section of a format in which ways are gathered.
_WAYS = {"grow": "options", "oscar": "choices"}
_SHAPES = tuple(name for name, found in SECTIONS.items() if found)
_REVIEWED = tuple(name for name, found in SECTIONS.items() if "review" in found)
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s+\S")
_SENSITIVE_WORDS = frozenset(SENSITIVE)
_Written = Session | Observation | Feedback


@cache
def _named(format_: str, key: str) -> frozenset[str]:
    """What a section is called in any language, as `plain` writes it; nothing where the format has none of this key."""
    return frozenset(plain(title(key, language)) for language in LANGUAGES if key in SECTIONS[format_])


def _shaped(records: Records, *formats: str) -> Iterator[tuple[Session, str, bool]]:
    """The notes in these formats of running pairs, with the program's language and whether it is the pair's first."""
    for key, notes in records.sessions.items():
        pair = records.pairs.get(key)
        if pair is not None and pair.status in LIVE:
            language = program_language(records.program_of(pair))
            for note in notes:
                if note.format in formats and held(note):
                    yield note, language, note is notes[0]


@rule("session-sections", WARNING)
def session_sections(records: Records, context: Context) -> Iterator[Finding]:
    """A note does not have the sections of its format, or not in their order, or one of them is empty.

    The sections are the questions of the format: an empty one was not asked. "Since last time" comes first (a first note
    may go without), "Next" last (a date under `next` is enough of a word). Titles may be in English, Spanish or French;
    sections of one's own may stand between. `review-missing` speaks for the review.

    Fix: add the sections that are missing, write a line in each, or set `format: free`.
    """
    for note, preferred, first in _shaped(records, *_SHAPES):
        heads = sections.heads(note)
        if sections.is_whole(note, heads):
            continue
        language = sections.language(note, heads, preferred)
        faults = _faults(note, sections.parts(note, heads, language), language, first)
        if faults:
            yield Finding(note.at("format"), f"the sections of this format: {'; '.join(faults)}")


def _faults(note: Session, parts: list[sections.Part], language: str, first: bool) -> list[str]:
    there = [part.key for part in parts if part.key]
    written = sections.filled(note, parts)
    expected = [key for key in sections.asked(note, first) if key != "review"]
    missing = [title(key, language) for key in expected if key not in there]
    empty = [title(key, language) for key in expected if key in there and key not in written]
    faults = [f"{word} {', '.join(said)}" for word, said in (("missing", missing), ("empty", empty)) if said]
    order = [SECTIONS[note.format].index(key) for key in dict.fromkeys(there)]
    return [*faults, "not in their order"] if order != sorted(order) else faults


def _unwritten(text: str) -> bool:
    """Whether an item says nothing beside its marks: `… @ana-kovacs due:2026-12-01 id:a3`."""
    said = [word for word in text.split() if not word.startswith(("@", "due:", "id:"))]
    return said == ["…"]


@rule("will-without-action", WARNING)
def will_without_action(records: Records, context: Context) -> Iterator[Finding]:
    """The section in which promises are made holds no action item.

    "Will" in GROW, "Action" in CLEAR, "Actions" in OSCAR, "Lay out" in FUEL: a sentence there is a good intention, an item
    with a name and a date is a promise. An open item anywhere else in the note is enough. A line that the note came with
    and nobody filled in is no item.

    Fix: write who does what by when, as `- [ ] Draft the plan @ana-kovacs due:2026-12-01 id:a3`.
    """
    for note, preferred, _ in _shaped(records, *_PROMISES):
        tasks = [
            task for task in note.origin.outline.tasks if not (task.text.startswith("…") and _unwritten(task.text))
        ]
        if any(not task.done for task in tasks):
            continue
        heads = sections.heads(note)
        for part in sections.parts(note, heads, sections.language(note, heads, preferred)):
            promised = any(part.line < task.line < part.end for task in tasks)
            if part.key == _PROMISES[note.format] and not part.empty and not promised:
                yield Finding(note.at_line(part.line), "this section holds no action item")


@rule("options-single", NOTE)
def options_single(records: Records, context: Context) -> Iterator[Finding]:
    """Where ways were to be gathered, only one is listed.

    One option is a decision, two are a dilemma; from three on people choose. The rule counts the list items under "Options"
    in GROW and "Choices and consequences" in OSCAR, and leaves prose alone.

    Fix: ask "what else?" until it is quiet, then once more.
    """
    for note, _, _ in _shaped(records, *_WAYS):
        source = note.origin.source
        if source is None:
            continue
        wanted, heads = _named(note.format, _WAYS[note.format]), sections.heads(note)
        for index, head in enumerate(heads):
            if plain(head.text) in wanted:
                lines, first = source.body.split("\n"), source.body_line
                end = heads[index + 1].line - first if index + 1 < len(heads) else len(lines)
                if _items(lines, head.line + 1 - first, end) == 1:
                    yield Finding(note.at_line(head.line), "only one way is listed here")
                break


def _items(lines: list[str], start: int, end: int) -> int:
    """Count the list items between two lines, as far as two."""
    count = 0
    for index in range(start, end):
        if lines[index][:2] == "- " or (lines[index] and _ITEM.match(lines[index])):
            count += 1
            if count == 2:
                break
    return count


@rule("review-missing", NOTE)
def review_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A note in a format that ends with a review has none.

    CLEAR, OSCAR and STEER look back at the talk itself before people part: what helped, what to do otherwise. Without it
    the next one is no better.

    Fix: keep two minutes at the end, and write one line under "Review".
    """
    for note, preferred, _ in _shaped(records, *_REVIEWED):
        heads = sections.heads(note)
        parts = sections.parts(note, heads, sections.language(note, heads, preferred))
        if not any(part.key == "review" and not part.empty for part in parts):
            yield Finding(note.at("format"), "this note has no review of the talk")


@rule("sensitive-words", WARNING)
def sensitive_words(records: Records, context: Context) -> Iterator[Finding]:
    """A note, an observation or feedback uses words that tell of health, family, legal matters or discipline.

    What is written here stays in the history of the files after it is deleted. Would both want this to be there for ever?
    The finding names the list and the line, never the word; the lists are short, so silence of this rule proves nothing.

    Fix: say it in talk, and write only what follows from it for the work.
    """
    for note, _ in context.once(_telling, records):
        told: set[str] = set()
        for line, said in _lines(note):
            for name in sorted({SENSITIVE[word] for word in _SENSITIVE_WORDS.intersection(said)} - told):
                told.add(name)
                yield Finding(note.at_line(line), f"a word of the list `{name}` stands here")


def _telling(records: Records) -> list[tuple[_Written, Pair | None]]:
    """The texts in which a word of the lists or the last word of a name stands; few of them, found quickly."""
    words = _SENSITIVE_WORDS.union(_names_by_last_word(records))
    found: list[tuple[_Written, Pair | None]] = [
        (note, records.pairs.get(key))
        for key, notes in records.sessions.items()
        for note in notes
        if not words.isdisjoint(tokens(note.body))
    ]
    groups: chain[tuple[str, tuple[Observation | Feedback, ...]]]
    groups = chain(records.observations.items(), records.feedback.items())
    for key, several in groups:
        for each in several:
            source = each.origin.source
            if source is not None and not words.isdisjoint(tokens(source.text)):
                found.append((each, records.pairs.get(key)))
    return found


def _lines(note: _Written) -> Iterator[tuple[int, list[bytes]]]:
    """The lines of a note's body with their words; of observations and feedback, whose fields are prose, all lines."""
    source = note.origin.source
    if source is None:
        return
    whole = not isinstance(note, Session)
    for number, line in enumerate(
        (source.text if whole else source.body).split("\n"), 1 if whole else source.body_line
    ):
        yield number, tokens(line)


@rule("third-party-named", WARNING)
def third_party_named(records: Records, context: Context) -> Iterator[Finding]:
    """A note, an observation or feedback names a person of the program who is not in the pair.

    People who are talked about have not agreed to it and cannot answer. The rule looks for the full display names of the
    people of the program, so it cannot see others: the care is yours.

    Fix: write a role instead: a colleague, the head of the other school.
    """
    names = _names_by_last_word(records)
    lasts = frozenset(names)
    for note, pair in context.once(_telling, records):
        if pair is None:
            continue
        own = [_phrase(records.people[person].name) for person in pair.people() if person in records.people]
        for line, said in _lines(note):
            text = b" %b " % b" ".join(said)
            near = (name for word in sorted(lasts.intersection(said)) for name in names[word])
            if any(name in text and not any(name in each for each in own) for name in near):
                yield Finding(note.at_line(line), "the full name of a person outside the pair stands here")


def _phrase(name: str) -> bytes:
    return b" %b " % b" ".join(tokens(name))


def _names_by_last_word(records: Records) -> dict[bytes, list[bytes]]:
    """The display names of two words and more, each as its words between spaces, under its last word."""
    found: dict[bytes, list[bytes]] = defaultdict(list)
    for person in records.people.values():
        words = tokens(person.name)
        if len(words) > 1:
            found[words[-1]].append(_phrase(person.name))
    return dict(found)


RULES: tuple[Rule, ...] = (
    session_sections,
    will_without_action,
    options_single,
    review_missing,
    sensitive_words,
    third_party_named,
)
