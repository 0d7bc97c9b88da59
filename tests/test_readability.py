"""How hard a guide is to read: what is counted, what is left out, and that no shipped guide is hard."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.load import load
from toolkit.model.readability import AIMS, LONGEST, Reading, Sentence, hardest, middle, reading, readings, sentences
from toolkit.workspace import Workspace


def texts(body: str, language: str = "en") -> list[str]:
    return [each.text for each in sentences(body, language)]


def test_lix_is_the_words_in_a_sentence_and_the_long_words_in_a_hundred():
    body = "The mentor listens. Expectations differ, and somebody must write that down."
    assert sentences(body, "en") == (
        Sentence("The mentor listens.", 3, 1),
        Sentence("Expectations differ, and somebody must write that down.", 8, 2),
    ), "seven letters are many, six are few"
    assert reading(body, "en") == Reading(11, 2, 3)
    assert reading(body, "en").lix == round(11 / 2 + 100 * 3 / 11) == 33
    assert reading("Word. " * 201, "en").minutes == 2
    assert reading("", "en") == Reading(0, 0, 0) and reading("", "en").lix == 0


def test_what_is_no_prose_is_left_out():
    body = """## A heading that nobody counts

| Who | What |
|---|---|
| Mentor | Asks |

!!! example "The title of a box"
    What stands in the box.

    ```yaml
    purpose: Nobody reads this as prose
    ```

    **Edwin:** May I see it?

> A quoted line.

- [ ] A box to tick
- An item
  that goes on
1. [goal](../reference/records.md#goal)
- [goal](../reference/records.md#goal), [pair](../reference/records.md#pair)

![A picture](../images/a.png)
<div class="x">
---
A paragraph on
two lines, with [a link](goals.md#the-first) and *stress* [@kram85].
"""
    assert texts(body) == [
        *("What stands in the box.", "May I see it?", "A quoted line.", "A box to tick", "An item that goes on"),
        "A paragraph on two lines, with a link and stress.",
    ]


def test_code_and_numbers_of_the_ledger_are_one_short_word_each():
    (found,) = sentences("Type `mentoring check --format concise` for [=response-floor] of 15,000 people.", "en")
    assert (found.words, found.long) == (7, 0)
    assert "`mentoring check --format concise`" in found.text, "whoever mends the sentence must find it"


@pytest.mark.parametrize(
    ("body", "language", "many"),
    [
        ("“Why?” he asked. She said: “Because.” Then they left.", "en", 3),
        ("It takes 2.5 hours, e.g. on Mondays... or not at all.", "en", 1),
        ("A las 9 a. m. empieza. ¿Vienes? ¡Claro! «Sí». Y ya.", "es", 5),
        ("« Qui lit cela ? » demande Léa. Personne ! « Bien. » Et après ?", "fr", 4),
    ],
)
def test_a_stop_ends_a_sentence_unless_a_small_letter_follows(body, language, many):
    assert len(sentences(body, language)) == many, texts(body, language)


def test_an_apostrophe_joins_in_english_and_parts_in_french():
    assert sentences("Don't. It’s fine.", "en")[0].words == 1
    assert [each[1:] for each in sentences("L’accord d'Inês.", "fr")] == [(4, 0)]
    assert sentences("One-to-one.", "en")[0].words == 3
    decomposed = "Évaluées."
    assert sentences(decomposed, "fr")[0].long == sentences("Évaluées.", "fr")[0].long == 1


def test_the_hardest_sentences_come_first():
    body = "Short. A long one of many small words that goes on. Responsibilities notwithstanding."
    assert [each.words for each in hardest(body, "en", 2)] == [10, 2]


def test_each_language_is_counted_by_itself():
    found = readings({"b": "Two words.", "a": "One."}, {("b", "es"): "Dos palabras.", ("c", "es"): "No."}, ("en", "es"))
    assert {name: list(own) for name, own in found.items()} == {"a": ["en"], "b": ["en", "es"]}
    assert list(found) == ["a", "b"]
    assert middle(found, "es") == found["b"]["es"].lix and middle(found, "fr") is None
    own = readings({"a": "One."}, {("a", "es"): "Una frase de seis palabras ya."}, ("es",))
    assert own["a"]["es"].words == 6, "a translation into the site's own language takes the guide's place"


# ---- what ships is not hard to read ----


def hard(body: str, language: str) -> list[str]:
    """What makes a guide too hard for those it is for: sentences that are too long, and the hardest of a hard guide."""
    long = [each for each in sentences(body, language) if each.words > LONGEST[language]]
    lix = reading(body, language).lix
    worst = hardest(body, language, 5) if lix > AIMS[language] else ()
    found = [f"{each.words} words in one sentence: {each.text}" for each in long]
    return [*found, *(f"LIX {lix}, at most {AIMS[language]}; hard is: {each.text}" for each in worst)]


def test_no_shipped_guide_is_hard_to_read():
    records = load(Workspace(Path(__file__).parents[1])).records
    bodies = {(guide.id, "en"): guide.body for guide in records.guides.values()}
    bodies |= {key: each.body for key, each in records.guide_translations.items()}
    assert len(bodies) == 3 * len(records.guides) > 100
    found = {key: hard(body, key[1]) for key, body in sorted(bodies.items())}
    assert {key: listed for key, listed in found.items() if listed} == {}


def test_a_hard_guide_is_named_with_its_hardest_sentences():
    easy, heavy = (
        "Say what you saw. Ask one thing.",
        "Institutional accountability necessitates comprehensive documentation.",
    )
    assert hard(easy, "en") == []
    assert hard(f"{easy} {heavy} {heavy}", "en")[0] == f"LIX 63, at most 34; hard is: {heavy}"
    assert hard("so " * 31 + "long.", "en")[0].startswith("32 words in one sentence: so so")
