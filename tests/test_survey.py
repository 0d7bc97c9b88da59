"""An instrument becomes a form in each language, and what may not be asked is refused with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from scenarios import write_base

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.model.formats import LANGUAGES
from toolkit.model.instrument import asked, mark_of
from toolkit.workspace import Workspace

ROOT = Path(__file__).parents[1]
SHIPPED = load(Workspace(ROOT)).records.instruments
OWN = sorted(name for name, each in SHIPPED.items() if not each.adapter_only)
ADAPTERS = sorted(set(SHIPPED) - set(OWN))


def survey(*args: str, root: Path = ROOT) -> Any:
    return CliRunner().invoke(cli, ["-C", str(root), "survey", *args], catch_exceptions=False)


def test_what_the_field_needs_is_shipped():
    wanted = [
        "baseline",
        "benefits",
        "closing",
        "exit-talk",
        "expectations",
        "health-check",
        "mentor-self-check",
        "outcome-items",
        "pulse",
    ]
    assert wanted == OWN
    sizes = {"pulse": 3, "health-check": 5, "expectations": 13}
    assert {name: len(SHIPPED[name].items) for name in sizes} == sizes
    assert len({item.subscale for item in SHIPPED["mentor-self-check"].items}) == 6


@pytest.mark.parametrize("name", OWN)
def test_our_own_items_are_given_away_and_promise_nothing(name: str):
    instrument = SHIPPED[name]
    assert instrument.license is not None
    assert instrument.license.id == "CC0-1.0"
    assert not instrument.validated
    assert instrument.fingerprint in (None, mark_of(instrument)), "the items were changed: write the new mark"
    assert all(set(words) == set(LANGUAGES) for words in instrument.texts())
    assert set(instrument.title) == set(instrument.about) == set(instrument.intro) == set(LANGUAGES)


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_has_terms_and_no_words_of_items(name: str):
    instrument = SHIPPED[name]
    assert not instrument.has_items()
    assert instrument.license is not None
    assert instrument.license.holder
    assert set(instrument.about) == set(LANGUAGES)
    with pytest.raises(ToolkitError, match="belong to their owner"):
        survey(name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OWN)
def test_a_form_holds_each_item_once_and_says_whom_to_ask(name: str, language: str):
    text = survey(name, "--lang", language).stdout
    for item, scale in asked(SHIPPED[name], SHIPPED):
        assert item.text[language] in text
        assert all(option.text[language] in text for option in item.options)
        if item.kind == "likert":
            assert scale is not None
            assert scale.low[language] in text
            assert scale.high[language] in text
    assert text.count("**1.**") == 1
    assert "Marisol Quintero" in text
    assert "{" not in text


def test_one_role_is_not_asked_what_the_other_is():
    text = survey("benefits", "--role", "mentee").stdout
    assert "Clearer plans" in text
    assert "passing something on" not in text
    assert "(for mentors)" in survey("benefits").stdout
    with pytest.raises(ToolkitError, match="asks nothing of a mentor"):
        survey("expectations", "--role", "mentor")


def test_the_closing_survey_begins_with_the_baseline_word_for_word():
    first = [(item.id, item.text) for item in SHIPPED["baseline"].items if item.kind in ("likert", "number")]
    again = [(item.id, item.text) for item, _ in asked(SHIPPED["closing"], SHIPPED)][: len(first)]
    assert again == first


def test_the_table_has_a_column_for_each_answer():
    assert survey("pulse", "--format", "csv").stdout == "key,wave,met,useful,change\n"
    columns = survey("benefits", "--role", "mentor", "--format", "csv").stdout.strip().split(",")
    assert columns[:3] == ["key", "wave", "mentor-gains.meaning"]
    assert len(columns) == len(set(columns))


def test_the_page_to_print_loads_nothing_and_names_its_language():
    page = survey("pulse", "--lang", "fr", "--format", "html").stdout
    assert '<html lang="fr">' in page
    assert "Nous nous voyons comme convenu." in page
    assert "<script" not in page
    assert "src=" not in page


@pytest.fixture
def own(tmp_path: Path) -> Path:
    write_base(tmp_path)
    folder = tmp_path / "content/instruments"
    folder.mkdir()
    (folder / "mine.yaml").write_text(
        "title: {en: Mine}\nitems:\n  - {id: wish, kind: text, text: {en: 'Say <b>what</b>?'}}\nlicense: CC0-1.0\n",
        encoding="utf-8",
    )
    return tmp_path


def test_an_instrument_of_the_program_is_asked_in_its_own_languages_only(own: Path):
    assert "Room 12" in survey("mine", root=own).stdout
    with pytest.raises(ToolkitError, match="not whole in the language `fr`: wish"):
        survey("mine", "--lang", "fr", root=own)


def test_html_in_an_item_reaches_no_page(own: Path):
    page = survey("mine", "--format", "html", root=own).stdout
    assert "<b>what" not in page


def test_a_misspelled_name_is_answered_with_the_nearest():
    with pytest.raises(ToolkitError) as caught:
        survey("puls")
    assert caught.value.hint == "did you mean pulse?"
