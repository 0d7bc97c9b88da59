"""Every sheet is there in three languages with the same parts, and prints as a page that loads nothing."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from scenarios import write_base

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.model.application import Interview
from toolkit.model.formats import LANGUAGES, SECTIONS, titles
from toolkit.model.pair import ClosureReason
from toolkit.model.session import Function, Move
from toolkit.publish.strings import load_strings
from toolkit.scaffold.sheets import SHEETS, sheet, sheets
from toolkit.workspace import Workspace

ROOT = Path(__file__).parents[1]
HERE = Workspace(ROOT)
NAMES = [name for names in SHEETS.values() for name in names]
WANTED = {
    *("agreement", "goals", "development-plan", "observation", "feedback", "closure", "check-in", "interview"),
    *("application-mentor", "application-mentee", "first-meeting", "closing-meeting", "story-consent"),
    *("role-cards", "small-steps", "privacy-notice", "report", *(f"session-{each}" for each in SECTIONS)),
}
_SHAPES = {"heading": r"^#+ ", "item": r"^- ", "row": r"^\|", "box": r"☐", "line": r"…{8,}", "rule": r"^---$"}


def new(*args: str, root: Path = ROOT) -> Any:
    return CliRunner().invoke(cli, ["-C", str(root), "new", "sheet", *args], catch_exceptions=False)


def parts(text: str) -> Counter[str]:
    """How many headings, items, rows, boxes and lines a sheet has."""
    return Counter({kind: len(re.findall(pattern, text, re.MULTILINE)) for kind, pattern in _SHAPES.items()})


def test_what_a_coordinator_copies_or_prints_is_there():
    assert set(NAMES) == WANTED


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_has_the_same_parts_in_every_language(name: str):
    made = {language: sheet(HERE, name, language) for language in LANGUAGES}
    assert len({each.title for each in made.values()}) == len(LANGUAGES) or name == "session-free"
    levels = {language: re.findall(r"^#+", each.text, re.MULTILINE) for language, each in made.items()}
    assert levels["en"] == levels["es"] == levels["fr"]
    assert parts(made["en"].text) == parts(made["es"].text) == parts(made["fr"].text)
    words = {language: set(re.findall(r"\w{4,}", each.text.lower())) for language, each in made.items()}
    for other in ("es", "fr"):
        assert len(words["en"] & words[other]) < 0.4 * len(words[other]), "is it translated?"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", [each for each in SECTIONS if SECTIONS[each]])
def test_a_meeting_has_the_parts_of_its_format_and_names_who_made_it(format_: str, language: str):
    text = sheet(HERE, f"session-{format_}", language).text
    assert tuple(re.findall(r"^## (.+)$", text, re.MULTILINE)) == titles(format_, language)
    makers = {"grow": "Whitmore", "clear": "Hawkins", "oscar": "Gilbert", "fuel": "Zenger", "steer": "STEER"}
    assert makers[format_] in text.partition("##")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_forms_own_is_left_in_a_sheet(language: str):
    for each in sheets(HERE, language):
        assert not re.search(r"[{}]", each.text), each.name
        assert each.text.startswith(f"# {each.title}\n")
        assert "\n\n\n\n" not in each.text


def test_without_a_name_all_are_listed_with_their_titles():
    listed = new("--lang", "fr").stdout
    assert [line.split()[0] for line in listed.splitlines()] == NAMES
    assert "Accord de mentorat" in listed


def test_a_page_to_print_loads_nothing_and_keeps_its_tables():
    page = new("development-plan", "--lang", "es", "--format", "html").stdout
    assert '<html lang="es">' in page
    assert page.count("<table>") == 2
    assert "<script" not in page
    assert "http" not in page


def test_a_sheet_of_the_programs_own_comes_first(tmp_path: Path):
    write_base(tmp_path)
    folder = tmp_path / "templates/sheets"
    folder.mkdir(parents=True)
    (folder / "first-meeting.en.md.j2").write_text("# Ours\n\nBring tea.\n", encoding="utf-8")
    assert new("first-meeting", "--lang", "en", root=tmp_path).stdout == "# Ours\n\nBring tea.\n"
    assert "Bring tea" not in new("first-meeting", "--lang", "es", root=tmp_path).stdout


def test_a_misspelled_name_is_answered_with_the_nearest():
    with pytest.raises(ToolkitError) as caught:
        new("agrement")
    assert caught.value.hint == "did you mean agreement?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_interview_is_one_rubric_in_sheet_guide_and_file(language: str):
    doc = Interview.model_fields["rubric"].description or ""
    names = re.findall(r"`([a-z]+)`", doc)
    text = even(sheet(HERE, "interview", language).text)
    guide = "recruiting-and-screening.md" if language == "en" else f"recruiting-and-screening.{language}.md"
    asked = re.findall(r"^\| (\d\. [^|]+?) \|", text, re.MULTILINE)
    assert len(asked) == len(names) == 8
    assert "\n".join(asked) in even((ROOT / "content/handbook" / guide).read_text("utf-8"))
    assert ", ".join(names) in " ".join(text.split())
    assert re.search(r"^\| question|^\| pregunta", text, re.MULTILINE) and re.search(r"\b1 (to|a|à) 5 \|", text)
    told = {"by": "Edwin", "on": datetime.date(2026, 11, 2)}
    assert Interview.model_validate({**told, "rubric": dict.fromkeys(names, 5)}).rubric["care"] == 5
    for mark in (0, 6):
        with pytest.raises(ValueError, match="rubric"):
            Interview.model_validate({**told, "rubric": {"care": mark}})


def even(text: str) -> str:
    """Make the no-break spaces of French plain ones."""
    return re.sub("[\u00a0\u202f]", " ", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_offers_every_word_that_its_field_takes(language: str):
    closure, session = (
        (ROOT / f"templates/new/{kind}.{language}.md.j2").read_text("utf-8") for kind in ("closure", "session")
    )
    for text, words in ((closure, ClosureReason), (session, Function), (session, Move)):
        assert set(get_args(words)) <= set(re.findall(r"[a-z][a-z-]+", text))
    said = load_strings(language, (ROOT / "site_config",))["words"]
    ticks = sheet(HERE, "closure", language).text
    for reason in get_args(ClosureReason):
        assert f"{said[reason]} ☐" in ticks


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "guide"), [("first-meeting", "first-meeting"), ("closing-meeting", "ending-well")])
def test_an_agenda_has_the_minutes_of_its_guide(name: str, guide: str, language: str):
    path = f"{guide}.md" if language == "en" else f"{guide}.{language}.md"
    table = re.findall(r"^\| (\d+) \|", (ROOT / "content/handbook" / path).read_text("utf-8"), re.MULTILINE)
    parts = re.findall(r"^## .*\((\d+)", sheet(HERE, name, language).text, re.MULTILINE)
    assert parts == table and sum(map(int, parts)) == 50


FORMS = sorted((ROOT / "templates" / "new").glob("*.en.*"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_the_form_of_a_record_has_the_same_fields_in_every_language(path: Path):
    made = {language: path.with_name(path.name.replace(".en.", f".{language}.")) for language in LANGUAGES}
    texts = {language: each.read_text("utf-8") for language, each in made.items()}
    fields = {language: re.findall(r"^[# -]*([a-z_]+):(?= |$)", text, re.MULTILINE) for language, text in texts.items()}
    heads = {language: re.findall(r"^#+(?= [^a-z{])", text, re.MULTILINE) for language, text in texts.items()}
    marks = {language: re.findall(r"\{%.*?%\}|\{\{ *\w+", text) for language, text in texts.items()}
    marks = {language: [re.sub(r"\"[^\"]*\"|'[^']*'", "", mark) for mark in found] for language, found in marks.items()}
    assert fields["en"] == fields["es"] == fields["fr"]
    assert heads["en"] == heads["es"] == heads["fr"]
    assert marks["en"] == marks["es"] == marks["fr"]
