"""The site in three languages: the same pages in each, every text said, and what is not translated marked as such."""

import datetime
import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from toolkit import model
from toolkit.cli.pages import extras
from toolkit.load import load
from toolkit.model import RECORDS, parts_of
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.leaves import leaves
from toolkit.publish.numbers import Count
from toolkit.publish.pages import pages
from toolkit.publish.project import project
from toolkit.publish.reference import catalog_words
from toolkit.publish.strings import Speech, load_strings
from toolkit.rules import RULES, check
from toolkit.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "es", "fr")
SPEECH = {language: Speech(load_strings(language, (ROOT / "site_config",))) for language in LANGUAGES}
HIGH = "\u00a0\u202f"
"""The blanks that no line ends at."""


def flat(table, before=""):
    """Every text of a table under its way, lists as one."""
    found = {}
    for key, value in table.items():
        found |= flat(value, f"{before}{key}.") if isinstance(value, dict) else {before + key: value}
    return found


TEXTS = {language: flat(speech.table) for language, speech in SPEECH.items()}


# ---- the texts ----


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_each_language_has_the_same_texts_with_the_same_gaps(language):
    own, english = TEXTS[language], TEXTS["en"]
    assert set(own) == set(english)
    gaps = {key: sorted(re.findall(r"\{\w*\}", str(text))) for key, text in english.items()}
    assert {key: sorted(re.findall(r"\{\w*\}", str(text))) for key, text in own.items()} == gaps
    lengths = {key: len(value) for key, value in english.items() if isinstance(value, list)}
    assert {key: len(value) for key, value in own.items() if isinstance(value, list)} == lengths
    assert not [key for key, text in own.items() if text == "" or str(text) != str(text).strip(" \n")]


def test_french_keeps_its_blanks_and_spanish_opens_what_it_closes():
    signs = {key: re.sub(r"`[^`]*`|\b\d\d:\d\d\b|https?:", "", str(text)) for key, text in TEXTS["fr"].items()}
    assert not [text for text in signs.values() if re.search(rf"[^{HIGH}][;:?!»](?:\s|$)|«[^{HIGH}]|\w'\w", text)]
    spanish = [str(text) for text in TEXTS["es"].values()]
    assert not [text for text in spanish if text.count("?") != text.count("¿") or text.count("!") != text.count("¡")]


def test_hardly_a_text_is_the_same_in_two_languages():
    for language in LANGUAGES[1:]:
        same = [key for key, text in TEXTS[language].items() if text == TEXTS["en"][key] and len(str(text)) > 7]
        allowed = [key for key in same if re.fullmatch(r"[\W\d]*(?:\{\w+\}[\W\d]*)+", str(TEXTS["en"][key]))]
        rest = {key for key in same if key not in allowed and key.partition(".")[0] not in ("words", "labels")}
        assert {str(TEXTS["en"][key]).lower() for key in rest} <= ALIKE


ALIKE = {
    "……………………",
    "{n} minutes",
    "{every}, {minutes} minutes",
    "questions",
    "page {n}",
    "plan {id}",
    "instrument",
    "observation",
}
"""What is written alike in two of the languages."""


def test_every_field_and_every_choice_that_a_page_can_show_has_words():
    labels, choices = set(), set()
    for kind in SHEETS:
        _gather(kind, labels)
    for kind in RECORDS:
        if kind.record not in ELSEWHERE:
            _choices(kind.model_json_schema(), choices)
    for language in LANGUAGES:
        table = SPEECH[language].table
        assert labels <= set(table["labels"]), language
        assert choices <= {*table["words"], *table["roles"], *table["phases"]}, language
        assert {kind.record for kind in RECORDS} <= set(table["kinds"]), language


SHEETS = (
    *(model.Person, model.PrivatePerson, model.Application, model.PrivateApplication, model.Policy, model.Pair),
    *(model.Goal, model.Session, model.Closure, model.Concern, model.Improvement, model.Story),
    *(model.Program, model.Cohort),
)
"""The records that a page shows whole, field by field."""
ELSEWHERE = {
    *("settings", "figure-list", "benchmark-list", "reference-list", "prompt-list", "topic-list"),
    *("instrument", "guide-translation"),
}
"""The records of which no page says a choice by its word."""


def _gather(kind, labels):
    for name, info in kind.model_fields.items():
        labels.add(name)
        for part in parts_of(info.annotation):
            _gather(part, labels)


def _choices(schema, found):
    if isinstance(schema, dict):
        found.update(str(each) for each in schema.get("enum", ()))
        for value in schema.values():
            _choices(value, found)
    elif isinstance(schema, list):
        for each in schema:
            _choices(each, found)


def test_days_numbers_and_counts_take_the_form_of_the_language():
    day, first = datetime.date(2026, 11, 21), datetime.date(2027, 1, 1)
    said = {
        language: (speech.day(day), speech.day(first), speech.month("2026-10")) for language, speech in SPEECH.items()
    }
    assert said == {
        "en": ("21 November 2026", "1 January 2027", "October 2026"),
        "es": ("21 de noviembre de 2026", "1 de enero de 2027", "octubre de 2026"),
        "fr": ("21 novembre 2026", "1er janvier 2027", "octobre 2026"),
    }
    assert [speech.number(2.5) for speech in SPEECH.values()] == ["2.5", "2,5", "2,5"]
    assert [speech.number(0.5, 2) for speech in SPEECH.values()] == ["0.50", "0,50", "0,50"]
    assert [speech.percent(0.4) for speech in SPEECH.values()] == ["40 %", "40 %", "40\u00a0%"]
    assert [speech.count(Count(below=5)) for speech in SPEECH.values()] == ["fewer than 5", "menos de 5", "moins de 5"]
    assert [speech.count(Count(7)) for speech in SPEECH.values()] == ["7", "7", "7"]


def test_names_are_joined_as_the_language_joins_them():
    joined = {language: [speech.names(each) for each in LISTS] for language, speech in SPEECH.items()}
    assert joined == {
        "en": ["Ana", "Ana and Inés", "Ana, Bo and a member", "Ana and Hiedra"],
        "es": ["Ana", "Ana e Inés", "Ana, Bo y otra persona", "Ana y Hiedra"],
        "fr": ["Ana", "Ana et Inés", "Ana, Bo et une autre personne", "Ana et Hiedra"],
    }
    assert str(SPEECH["es"].listing(["Ana", "Irma"])) == "Ana e Irma"


LISTS = (("Ana",), ("Ana", "Inés"), ("Ana", "Bo", ""), ("Ana", "Hiedra"))


# ---- the templates ----


def test_no_template_holds_a_text_of_its_own():
    """What is left of a template without its code and its tags is no word; nor is any name that a reader hears."""
    for path in sorted((ROOT / "templates" / "pages").glob("*.j2")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"\{\{.*?\}\}", "", text, flags=re.DOTALL)
        text = re.sub(r"<(code|pre)\b.*?</\1>|^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
        heard = re.findall(r'\b(?:aria-label|title|alt|placeholder|data-name)="([^"]*)"', text)
        bare = re.sub(r"<[^>]*>|\{[^{}]*\}|@@\w+ ?@@|&#?\w+;", " ", text)
        assert not re.findall(r"[A-Za-zÀ-ÿ]{3,}", " ".join((bare, *heard))), path.name


# ---- the pages ----


@pytest.fixture(scope="module")
def loaded():
    return load(Workspace(ROOT))


@pytest.fixture(scope="module")
def site_in(loaded):
    """The pages of an audience in a language, each made once."""
    found, said = {}, extras()
    day = loaded.records.settings.today
    diagnostics = check(loaded, RULES, day)

    def site(audience, language, records=None):
        key = (audience, language, id(records))
        if key not in found:
            world = project(records or loaded.records, audience, day, diagnostics)
            found[key] = pages(world, SPEECH[language], said, (ROOT / "templates" / "pages",))
        return found[key]

    return site


def audiences(loaded):
    return (PUBLIC, MEMBERS, STAFF, Audience(Kind.PAIR, loaded.records.settings.sample_pair))


def test_each_language_has_the_same_pages_in_the_same_order(site_in, loaded):
    for audience in audiences(loaded):
        one, *others = (site_in(audience, language) for language in LANGUAGES)
        for other in others:
            assert list(one.files) == list(other.files)
            assert shape(one.nav) == shape(other.nav)
            for path in filter(own_texts, one.files):
                assert anchors(one.files[path]) == anchors(other.files[path]), path


def shape(nav):
    """A navigation without its names."""
    if isinstance(nav, dict):
        return [shape(each) for each in nav.values()]
    return [shape(each) for each in nav] if isinstance(nav, list) else nav


def own_texts(path):
    """Whether the texts of a page are the toolkit's own; those of a guide are its author's."""
    return path == "handbook/index.md" or not path.startswith(("handbook/", "print/handbook"))


def anchors(text):
    """The names that a page gives to its places, by which other pages link to them."""
    return set(re.findall(r'\bid="([^"]+)"|\{ #([\w-]+)', text))


class Texts(HTMLParser):
    """The texts of a page, and what a reader who does not see it is told, each with the language it is marked with."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        marked = known.get("lang") or (self.open[-1][1] if self.open else "")
        if tag not in ("br", "hr", "img", "input", "meta", "link", "circle", "line", "rect", "path"):
            self.open.append((tag, marked))
        for name in ("aria-label", "title", "alt", "placeholder", "data-name"):
            if known.get(name):
                self.found.append((known[name], marked))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.open or self.open[-1][0] != "code":
            self.found.append((data, self.open[-1][1] if self.open else ""))


def test_no_page_says_anything_in_english_that_no_record_says(site_in, loaded):
    """What reads alike in all languages comes from a record, or says that it is English."""
    records = loaded.records
    told = "\n".join(str(leaf.value) for record in (*records.everything(), records.settings) for leaf in leaves(record))
    own = [str(text) for language in LANGUAGES[1:] for text in TEXTS[language].values()]
    codes = [
        *(each.code for each in extras().rules),
        *(each.name for each in extras().commands),
        *parts(),
        *catalog_words(),
    ]
    codes += [f"Plan {plan.id}" for plans in records.plans.values() for plan in plans]
    told = squeezed("\n".join((told, *own, *codes)))
    left = {}
    for audience in audiences(loaded):
        english = site_in(audience, "en")
        for language in LANGUAGES[1:]:
            files = site_in(audience, language).files
            for path, text in ((path, files[path]) for path in filter(own_texts, files)):
                alike = {squeezed(each) for each, _ in Texts(body(english.files[path])).found}
                for said, marked in Texts(body(text)).found:
                    for piece in re.split(r"[,;:()|·]\s|\n|\bdoi:", said):
                        words = squeezed(piece)
                        if (
                            re.search(r"[a-z]{4}", words)
                            and marked != "en"
                            and squeezed(said) in alike
                            and words not in told
                        ):
                            left.setdefault((path, words), language)
    assert left == {}


def squeezed(text):
    """The words of a text, without signs and numbers."""
    return " ".join(re.findall(r"[^\W\d_]+", html.unescape(text).casefold()))


def parts():
    """The names of the parts of records, which the reference heads its tables with."""
    todo, found = [*RECORDS, model.Settings], []
    while todo:
        for info in todo.pop().model_fields.values():
            todo += parts_of(info.annotation)
            found += [part.__name__ for part in parts_of(info.annotation)]
    return found


def body(page):
    """The HTML of a page's source, without what the engine's own Markdown makes of it."""
    return re.sub(r"\{ #[^}]*\}|^#+ |^```.*?^```$", "", page.split("---\n", 2)[2], flags=re.MULTILINE | re.DOTALL)
