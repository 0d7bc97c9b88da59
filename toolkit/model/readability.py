"""How hard a guide is to read: Björnsson's LIX, from its words and sentences alone, and the sentences that make it hard.

LIX is the mean number of words in a sentence plus the percentage of words of more than six letters. It knows no
syllables and no list of words, so it is the same sum in every language; what it comes to is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from toolkit.source import fenced

NEWSPAPERS = {"en": 52, "es": 67, "fr": 55}
"""The LIX of ordinary newspapers in each language, as Björnsson found it (1983): what a number is compared with."""
AIMS = {language: 2 * lix // 3 for language, lix in NEWSPAPERS.items()}
"""Two thirds of the newspapers: a new mentor reads on a phone, tired, perhaps in her second language."""
LONGEST = {"en": 30, "es": 31, "fr": 34}
"""How many words a sentence may have. The same guides take 2 words more of a hundred in Spanish, and 14 in French."""
A_MINUTE = 200
"""How many words a careful reader reads in a minute."""
_LONG = 6

# What is no prose: headings, the titles of boxes, rows of tables, addresses of links, lines of HTML.
_APART = re.compile(r"#{1,6}\s|(?:!!!|\?\?\?\+?)\s|\||\[[^\]]+\]:\s|<[a-zA-Z/!]|(?:[-*_]\s*){3,}$")
_START = re.compile(r"(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_QUOTE = re.compile(r"(?:>\s?)+")
_SPEAKER = re.compile(r"\*\*[^*]+?\s?(?::\*\*|\*\*\s?:)\s*")
_LINKS_ALONE = re.compile(r"(?:\[[^\]]*\]\([^)]*\)[\s,;.]*)+")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?")
_CITED = re.compile(r"\s?\[@[^\]]+\]|\*+|<[^>]+>")
# A stop ends a sentence, unless what follows goes on in a small letter: “Why?” he asked; a. m.; for ex. this.
_END = re.compile(r"(?<=[.!?…])(?:[\"'”’)\]]|\s*»)*+\s++(?=[^a-zà-ÿ])")
# A number, one of the ledger and a piece of code are one short word each to whoever reads on.
_SHORT = r"`[^`]+`|\[=[^\]]+\]|\d+(?:[.,:]\d+)*"
_WORD = re.compile(rf"{_SHORT}|[^\W\d_]+(?:['’][^\W\d_]+)*")
_ELIDED = re.compile(rf"{_SHORT}|[^\W\d_]+")


class Sentence(NamedTuple):
    """A sentence as it is counted: its text, its words, and those of more than six letters."""

    text: str
    words: int
    long: int


class Reading(NamedTuple):
    """What was counted in a text."""

    words: int
    sentences: int
    long: int

    @property
    def lix(self) -> int:
        """Words in a sentence, plus long words in a hundred."""
        return round(self.words / self.sentences + 100 * self.long / self.words) if self.words else 0

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        return -(-self.words // A_MINUTE)


def readings(
    guides: Mapping[str, str], translations: Mapping[tuple[str, str], str], languages: tuple[str, ...]
) -> dict[str, dict[str, Reading]]:
    """Count every guide in every language in which there is prose of it. The texts of guides are in the first one."""
    found = {
        (ident, language): translations.get((ident, language), body if language == languages[0] else "")
        for ident, body in sorted(guides.items())
        for language in languages
    }
    counted = {key: reading(body, key[1]) for key, body in found.items()}
    return {
        ident: {language: counted[ident, language] for language in languages if counted[ident, language].words}
        for ident in sorted(guides)
    }


@lru_cache(maxsize=512)
def reading(body: str, language: str) -> Reading:
    """Count the prose of a guide: paragraphs, lists, quotes and boxes, without headings, tables and code."""
    found = sentences(body, language)
    return Reading(sum(each.words for each in found), len(found), sum(each.long for each in found))


def middle(counted: Mapping[str, Mapping[str, Reading]], language: str) -> int | None:
    """Give the LIX of the guide in the middle of all that are there in a language; None where none is."""
    found = sorted(each[language].lix for each in counted.values() if language in each)
    return found[len(found) // 2] if found else None


def sentences(body: str, language: str) -> tuple[Sentence, ...]:
    """Give the sentences of a guide in their order; an item of a list ends one, with or without a stop."""
    pattern = _ELIDED if language == "fr" else _WORD  # l’accord is two words, don’t is one
    counted = (_counted(text, pattern) for block in _blocks(body) for text in _END.split(block))
    return tuple(each for each in counted if each.words)


def hardest(body: str, language: str, many: int) -> tuple[Sentence, ...]:
    """Give the sentences that weigh most: those of most words, long words counted twice."""
    return tuple(sorted(sentences(body, language), key=lambda each: -each.words - each.long)[:many])


def _counted(text: str, pattern: re.Pattern[str]) -> Sentence:
    words = pattern.findall(text)
    return Sentence(text.strip(), len(words), sum(map(_is_long, words)))


def _is_long(word: str) -> bool:
    return len(word) > _LONG and word[0].isalpha() and sum(map(str.isalpha, word)) > _LONG


def _blocks(body: str) -> Iterator[str]:
    """The paragraphs and the items of lists as they are read, each on one line."""
    held: list[str] = []
    for line in _lines(unicodedata.normalize("NFC", body)):
        begins = _START.match(line)
        if (begins or not line) and held:
            yield _plain(held)
            held = []
        if line:
            held.append(line[begins.end() :] if begins else line)
    if held:
        yield _plain(held)


def _lines(body: str) -> Iterator[str]:
    """The lines of prose without what marks them as a quote or as somebody's words; an empty one between two blocks."""
    for line, is_code in fenced(body.split("\n")):
        text = _QUOTE.sub("", line.strip(), count=1).strip()
        spoken = _SPEAKER.match(text)
        if spoken:
            yield ""
        yield "" if is_code or _APART.match(text) else text[spoken.end() :] if spoken else text


def _plain(lines: Iterable[str]) -> str:
    text = " ".join(lines)
    if _LINKS_ALONE.fullmatch(text):
        return ""
    shown = _LINK.sub(r"\1", _IMAGE.sub("", text))
    return " ".join(_CITED.sub("", shown).split())
