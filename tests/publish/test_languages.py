"""The site in three languages: the same pages in each, every text said, and what is not translated marked as such."""

import dataclasses
import datetime
import html
import json
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest

from toolkit import model
from toolkit.cli.pages import extras
from toolkit.load import load
from toolkit.model import RECORDS, parts_of
from toolkit.model.guide import GuideTranslation, fingerprint
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.engine import ENGINES
from toolkit.publish.leaves import leaves
from toolkit.publish.numbers import Count
from toolkit.publish.pages import pages
from toolkit.publish.project import project
from toolkit.publish.reference import catalog_words
from toolkit.publish.shop import Shop
from toolkit.publish.site import source
from toolkit.publish.strings import Speech, load_strings
from toolkit.rules import RULES, check
from toolkit.workspace import Workspace, shipped

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


COUNTS = "metrics.counts."
"""What a metric counts: in English it stands in the metric's own page, and only there."""
EVERY = {language: flat(speech.table) for language, speech in SPEECH.items()}
TEXTS = {
    language: {key: text for key, text in found.items() if not key.startswith(COUNTS)}
    for language, found in EVERY.items()
}


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
    signs = {key: re.sub(r"`[^`]*`|\b\d\d:\d\d\b|https?:", "", str(text)) for key, text in EVERY["fr"].items()}
    assert not [text for text in signs.values() if re.search(rf"[^{HIGH}][;:?!»](?:\s|$)|«[^{HIGH}]|\w'\w", text)]
    spanish = [str(text) for text in EVERY["es"].values()]
    assert not [text for text in spanish if text.count("?") != text.count("¿") or text.count("!") != text.count("¡")]


def test_hardly_a_text_is_the_same_in_two_languages():
    for language in LANGUAGES[1:]:
        same = [key for key, text in TEXTS[language].items() if text == TEXTS["en"][key] and len(str(text)) > 7]
        allowed = [key for key in same if re.fullmatch(r"[\W\d]*(?:\{\w+\}[\W\d]*)+", str(TEXTS["en"][key]))]
        rest = {key for key in same if key not in allowed and key.partition(".")[0] not in ("words", "labels")}
        assert {str(TEXTS["en"][key]).lower() for key in rest} <= ALIKE


ALIKE = {
    "……………………",
    "{n} minute",
    "{n} minutes",
    "satisfaction",
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
    *("instrument", "measure", "guide-translation"),
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
    assert [speech.percent(0.4) for speech in SPEECH.values()] == ["40%", "40 %", "40\u00a0%"]
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

    def made(audience, language, records):
        world = project(records, audience, day, diagnostics)
        return pages(world, SPEECH[language], said, (ROOT / "templates" / "pages",))

    def site(audience, language, records=None):
        if records is not None:
            return made(audience, language, records)
        if (audience, language) not in found:
            found[audience, language] = made(audience, language, loaded.records)
        return found[audience, language]

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
    """Whether the texts of a page are the toolkit's own; those of a guide are its author's, and a file to copy is no page."""
    return path.endswith(".md") and (
        path == "handbook/index.md" or not path.startswith(("handbook/", "print/handbook"))
    )


def anchors(text):
    """The names that a page gives to its places; the questions are those that the guides of a language answer."""
    return set(re.findall(r'\bid="([^"]+)"|\{ #([\w-]+)', text)) - {("", "questions")}


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


# ---- guides ----


def handbook(site_in, loaded, language="es", **said):
    """A site's pages where the guide on goals is translated in this way."""
    guide = loaded.records.guides["goals"]
    told = {"title": "Metas que sirven", "body": "## Una meta {#a-goal-and-a-path}\n\nTexto propio.", **said}
    origin = dataclasses.replace(guide.origin, path="content/handbook/goals.es.md", language="es")
    made = GuideTranslation.model_validate(told).placed(origin)
    records = dataclasses.replace(loaded.records, guide_translations={("goals", "es"): made})
    return site_in(PUBLIC, language, records).files


def notices(page):
    return re.findall(r'<p class="note"(?: lang="(\w+)")?>(.*?)</p>', page)


def test_a_guide_reads_in_the_language_of_the_site_wherever_it_is_named(site_in, loaded):
    files = handbook(site_in, loaded, translates=fingerprint(loaded.records.guides["goals"]), summary="En una frase.")
    page = files["handbook/goals.md"]
    assert 'title: "Metas que sirven"' in page and "Texto propio." in page and "lang=" not in page
    assert notices(page) == []
    for path in ("handbook/index.md", "mentee.md"):
        assert ">Metas que sirven</a><p>En una frase.</p>" in files[path]
    english = handbook(site_in, loaded, "en", translates=None)["handbook/goals.md"]
    assert "Texto propio." not in english and notices(english) == []


@pytest.mark.parametrize(
    ("said", "notice"),
    [({"translates": "0" * 12}, "stale"), ({"translates": None}, "stale"), ({"partly": True}, "partly")],
    ids=["changed", "unmarked", "partly"],
)
def test_a_translation_that_is_not_whole_says_so(site_in, loaded, said, notice):
    page = handbook(site_in, loaded, **said)["handbook/goals.md"]
    assert notices(page) == [("", SPEECH["es"].table["guide"][notice])]
    assert "Texto propio." in page and "\nlanguage:" not in page


def test_a_guide_without_a_translation_is_shown_in_its_own_language_and_says_so(site_in, loaded):
    files = handbook(site_in, loaded, "fr")
    page = files["handbook/goals.md"]
    assert '\nlanguage: "en"\n' in page and loaded.records.guides["goals"].body.split("\n")[0] in page
    assert notices(page) == [("fr", "Ce guide n’est pas encore traduit. Vous le lisez en anglais.")]
    assert re.search(r'href="goals.html" lang="en">Goals that work<', files["handbook/index.md"])


# ---- what people wrote ----


def test_what_a_pair_wrote_is_marked_with_its_language(site_in, loaded):
    pair = next(key for key in sorted(loaded.records.pairs) if key.endswith("julian-lucia"))
    who, path = Audience(Kind.PAIR, pair), f"programs/{pair.rpartition('/')[0]}/pairs/julian-lucia.md"
    english, spanish = (site_in(who, language).files[path] for language in ("en", "es"))
    assert english.count('<div lang="es" class="prose">') >= 3 and '<h3 lang="es">' in english
    assert '<div class="prose">' in spanish and 'lang="es"' not in spanish


# ---- the built sites ----


class Links(HTMLParser):
    """The names, the links and the languages of a built page."""

    def __init__(self, text):
        super().__init__()
        self.names, self.links, self.others, self.language = set(), [], {}, ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.names |= {known[name] for name in ("id", "name") if known.get(name)}
        if tag == "html":
            self.language = known["lang"]
        elif tag == "link" and known.get("hreflang"):
            assert known["rel"].split() == ["alternate"] and known["hreflang"] not in self.others
            self.others[known["hreflang"]] = known["href"]
        elif tag == "a" and known.get("href"):
            self.links.append(known["href"])


@pytest.fixture(scope="module", params=ENGINES)
def built(request, shipped_site):
    """The public's site in three languages: each page by its path."""
    site = shipped_site(PUBLIC, request.param) / "site"
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    sheets = {name: Links("") for name in found if name.endswith(".txt")}
    return sheets | {name: Links(path.read_text("utf-8")) for name, path in found.items() if path.suffix == ".html"}


@pytest.mark.engine
def test_each_language_is_built_whole_and_says_which_it_is(built):
    rooms = {room: {path.removeprefix(room) for path in built if path.startswith(room)} for room in ("es/", "fr/")}
    assert rooms["es/"] == rooms["fr/"] == {path for path in built if not path.startswith(("es/", "fr/"))}
    pages = {path: page for path, page in built.items() if path.endswith(".html")}
    assert {path.partition("/")[0] if path[:3] in rooms else "en": page.language for path, page in pages.items()} == {
        "en": "en",
        "es": "es",
        "fr": "fr",
    }


@pytest.mark.engine
def test_every_link_of_every_language_leads_somewhere(built):
    dead = []
    for path, page in built.items():
        if PurePosixPath(path).name == "404.html":
            continue  # it is shown at any address, so its links begin at the top
        for link in (*page.links, *page.others.values()):
            address, _, name = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
            if target not in built or (name and name != "__skip" and unquote(name) not in built[target].names):
                dead.append((path, link))
    assert dead == []


@pytest.mark.engine
def test_the_languages_of_a_page_name_one_another(built):
    for path, page in built.items():
        if not path.endswith(".html") or PurePosixPath(path).name == "404.html":
            continue
        there = {
            code: posixpath.normpath(posixpath.join(posixpath.dirname(path), to)) for code, to in page.others.items()
        }
        same = path.removeprefix("es/").removeprefix("fr/")
        assert there == {"en": same, "x-default": same, "es": f"es/{same}", "fr": f"fr/{same}"}


@pytest.mark.engine
def test_the_search_of_each_language_finds_its_own_words(shipped_site):
    site = shipped_site(PUBLIC) / "site"
    for room, word in (("", "handbook"), ("es", "manual"), ("fr", "manuel")):
        index = json.loads((site / room / "search" / "search_index.json").read_text("utf-8"))
        assert index["config"]["lang"] == [room or "en"]
        assert any(word in each["text"].casefold() for each in index["docs"])


def test_a_site_below_an_address_names_its_languages_by_it(loaded, tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_url: https://example.org/mentoring\n", encoding="utf-8")
    shop = dataclasses.replace(Shop.of(ROOT, shipped), config=tmp_path / "mkdocs.yml")
    made = source(project(loaded.records, PUBLIC, loaded.records.settings.today), extras(), shop)
    config = {
        room: json.loads(re.sub(r'!!python/name:\S+ ""', '""', made.files[f"{room}mkdocs.yml"])) for room in made.rooms
    }
    assert {room: each["site_url"] for room, each in config.items()} == {
        "": "https://example.org/mentoring",
        "es/": "https://example.org/mentoring/es/",
        "fr/": "https://example.org/mentoring/fr/",
    }
    assert {each["theme"]["language"] for each in config.values()} == set(LANGUAGES)
    assert [each["at"] for each in config["fr/"]["extra"]["languages"]] == [
        f"https://example.org/mentoring/{room}" for room in ("", "es/", "fr/")
    ]
    assert [each["to"] for each in config["fr/"]["extra"]["languages"]] == ["../", "../es/", ""]


def test_a_site_in_one_language_has_no_switch(loaded):
    settings = loaded.records.settings.model_copy(update={"languages": ("fr",)})
    records = dataclasses.replace(loaded.records, settings=settings)
    made = source(project(records, PUBLIC, settings.today), extras(), Shop.of(ROOT, shipped))
    extra = json.loads(re.sub(r'!!python/name:\S+ ""', '""', made.files["mkdocs.yml"]))["extra"]
    assert made.rooms == ("",) and "alternate" not in extra and "languages" not in extra
    assert "# Manuel\n" in made.files["docs/handbook/index.md"]
