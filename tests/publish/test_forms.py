"""What people print and answer is on the site, in the page's language: every template, every survey, nobody's items."""

from __future__ import annotations

import datetime
import html
import re
from pathlib import Path
from typing import Any

import pytest

from toolkit import scaffold
from toolkit.cli.pages import extras
from toolkit.load import load
from toolkit.model.formats import LANGUAGES
from toolkit.model.instrument import asked
from toolkit.publish.audience import PUBLIC
from toolkit.publish.pages import Site, pages
from toolkit.publish.project import project
from toolkit.publish.strings import Speech, load_strings
from toolkit.workspace import Workspace, shipped

ROOT = Path(__file__).parents[2]
RECORDS = load(Workspace(ROOT)).records
DAY = datetime.date(2026, 11, 2)
EXTRAS = extras()
TEMPLATES = (shipped("templates") / "pages",)


def speech(language: str) -> Speech:
    return Speech(load_strings(language, (shipped("site_config"),)))


def site(records: Any, language: str) -> Site:
    return pages(project(records, PUBLIC, DAY), speech(language), EXTRAS, TEMPLATES)


SITES = {language: site(RECORDS, language) for language in LANGUAGES}


def shown(page: str) -> str:
    """What a reader sees of a page: without tags, characters as they are."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_shown_printed_and_copied_in_the_language_of_the_page(language: str):
    files = SITES[language].files
    listed = shown(files["templates.md"])
    assert len(EXTRAS.sheets[language]) == 23
    assert not re.search(r"\{\w+\}", listed)
    for sheet in EXTRAS.sheets[language]:
        assert " ".join(f"{sheet.title} {sheet.lead}".split()) in listed
        assert files[f"print/{sheet.name}.txt"] == sheet.text
        page = shown(files[f"print/{sheet.name}.md"])
        for heading in re.findall(r"^## (.+)$", sheet.text, re.MULTILINE):
            assert " ".join(heading.split()) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_of_our_own_is_shown_and_printed_in_the_language_of_the_page(language: str):
    files = SITES[language].files
    listed = shown(files["instruments.md"])
    for name, instrument in RECORDS.instruments.items():
        assert instrument.title.get(language, instrument.title["en"]) in listed
        for item, _ in asked(instrument, RECORDS.instruments):
            said = " ".join(item.text[language].split())
            assert said in listed
            assert said in shown(files[f"print/survey-{name}.md"])
    assert not [
        name for name, each in RECORDS.instruments.items() if each.adapter_only and f"print/survey-{name}.md" in files
    ]


def test_our_own_items_promise_nothing_and_others_name_their_owner():
    listed = shown(SITES["en"].files["instruments.md"])
    assert listed.count("Not validated; use for improvement.") >= 8
    assert "Wolters Kluwer" in listed
    assert "Sent to Cohort of 2026" in listed


def test_the_form_says_where_help_is_when_it_cannot_wait():
    page = shown(SITES["en"].files["print/survey-pulse.md"])
    assert "When it cannot wait: The safeguarding desk of your school" in page


def test_both_are_in_the_handbook_and_their_prints_are_not():
    text = str(SITES["en"].nav)
    assert "templates.md" in text
    assert "instruments.md" in text
    assert "print/" not in text
    index = SITES["en"].files["handbook/index.md"]
    assert "../templates.html" in index
    assert "../instruments.html" in index


@pytest.mark.parametrize("name", [name for name, _ in scaffold.profiles()])
def test_a_new_program_of_each_kind_has_its_pages(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    answers = scaffold.Answers("A program", "es", datetime.date(2027, 1, 11))
    scaffold.lay(tmp_path, scaffold.profiled(name, answers, DAY))
    records = load(Workspace(tmp_path)).records
    files = site(records, "es").files
    assert records.programs["a-program"].purpose in shown(files["programs/a-program/index.md"])
    assert "programs/a-program/2027/index.md" in files
