"""Measures: what ships is whole in each language and can be asked, programs name them, and their pages say what they say."""

from __future__ import annotations

import datetime
import html
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner

from toolkit import scaffold
from toolkit.cli.app import cli
from toolkit.cli.pages import extras
from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.model.formats import LANGUAGES
from toolkit.model.instrument import asked
from toolkit.model.measure import Against, Direction, Domain, Level
from toolkit.publish.audience import PUBLIC
from toolkit.publish.pages import pages
from toolkit.publish.project import project
from toolkit.publish.strings import Speech, load_strings
from toolkit.workspace import Workspace, shipped

ROOT = Path(__file__).parents[1]
RECORDS = load(Workspace(ROOT)).records
SHIPPED = RECORDS.measures
DAY = datetime.date(2026, 11, 2)
WANTED = """
academic-performance course-failures attendance wellbeing identity self-worth belonging transition college-completion
confidence academic-confidence resilience aspiration peer-support contacts community practice-adoption
time-to-proficiency job-satisfaction intent-to-stay retention publications promotion rewarding-college mentor-commitment
speaking-up safe-to-err room-to-try learning-culture
"""


def run(*args: str) -> Any:
    return CliRunner().invoke(cli, args, catch_exceptions=False, standalone_mode=False)


def site(records: Any, language: str) -> dict[str, str]:
    speech = Speech(load_strings(language, (shipped("site_config"),)))
    made = pages(project(records, PUBLIC, DAY), speech, extras(), (shipped("templates") / "pages",))
    return {path: text for path, text in made.files.items() if isinstance(text, str)}


def shown(page: str) -> str:
    """What a reader sees of a page: without tags, characters as they are."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_the_outcomes_that_the_field_speaks_of_are_shipped():
    assert sorted(SHIPPED) == sorted(WANTED.split())
    assert {each.domain for each in SHIPPED.values()} == set(get_args(Domain)), "a domain without a ready measure"
    assert {each.level for each in SHIPPED.values()} == set(get_args(Level))


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_each_is_whole_in_three_languages_and_says_what_it_does_not_say(name: str):
    measure = SHIPPED[name]
    for words in (measure.title, measure.about, measure.unit, measure.source, measure.cautions):
        assert set(words) == set(LANGUAGES)
        assert len(set(words.values())) == 3 or words is measure.title
    assert all(len(text.split()) >= 20 for text in measure.cautions.values()), "a caution is more than a word"


@pytest.mark.parametrize("name", sorted(name for name, each in SHIPPED.items() if each.instrument))
def test_a_measure_of_answers_names_a_sentence_that_those_it_is_about_are_asked(name: str):
    measure = SHIPPED[name]
    items = {item.id: item for item, _ in asked(RECORDS.instruments[measure.instrument], RECORDS.instruments)}
    assert measure.item in items
    whose = "mentor" if measure.level == "mentor" else "mentee"
    assert whose in items[measure.item].roles
    if items[measure.item].kind == "likert":
        assert "not validated" in measure.cautions["en"]
        assert "1 to 5" in measure.unit["en"]


def test_each_sentence_for_an_outcome_belongs_to_one_measure():
    owned = [each.item for each in SHIPPED.values() if each.instrument == "outcome-items"]
    assert sorted(owned) == sorted(item.id for item in RECORDS.instruments["outcome-items"].items)


def test_a_school_is_asked_for_nothing_without_consent():
    counted = [each for each in SHIPPED.values() if each.level == "student" and not each.instrument]
    private = [each for each in counted if "record" in each.source["en"] or "register" in each.source["en"]]
    assert len(private) >= 4
    assert all("consent" in each.source["en"] for each in private)


@pytest.mark.parametrize("name", [name for name, _ in scaffold.profiles()])
def test_each_profile_names_two_to_four_outcomes_that_are_there(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    scaffold.lay(tmp_path, scaffold.profiled(name, scaffold.Answers("A program", "fr", DAY), DAY))
    records = load(Workspace(tmp_path)).records
    outcomes = records.programs["a-program"].outcomes
    assert 2 <= len(set(outcomes)) == len(outcomes) <= 4
    assert set(outcomes) <= set(records.measures) == set(SHIPPED)
    readme = (tmp_path / "README.md").read_text("utf-8")
    assert f"| résultats | {', '.join(outcomes)} |" in readme


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_measures_says_what_each_says_in_the_language_of_the_page(language: str):
    files = site(RECORDS, language)
    raw, page = files["measures.md"], shown(files["measures.md"])
    table = load_strings(language, (shipped("site_config"),))["measures"]
    for family, known in (("domains", Domain), ("directions", Direction), ("levels", Level), ("comparisons", Against)):
        assert set(table[family]) == set(get_args(known))
    assert not re.search(r"\{\w+\}", page)
    for name, measure in SHIPPED.items():
        assert f"{{ #{name} }}" in raw
        for words in (measure.about, measure.unit, measure.source, measure.cautions):
            assert " ".join(words[language].split()) in page
        if measure.item:
            items = {item.id: item for item, _ in asked(RECORDS.instruments[measure.instrument], RECORDS.instruments)}
            assert " ".join(items[measure.item].text[language].split()) in page
    assert "../measures.html" in files["handbook/index.md"]
    assert "measures.html" in files["instruments.md"]


def test_the_page_of_a_program_names_the_primary_outcome_first():
    files = site(RECORDS, "en")
    program = RECORDS.programs["lantern"]
    section = files["programs/lantern/index.md"].partition("## What we look at")[2].partition("\n## ")[0]
    order = [section.index(f"measures.html#{each}") for each in program.outcomes]
    assert order == sorted(order)
    assert section.count("primary outcome") == 1
    assert order[0] < section.index("primary outcome") < order[1]
    assert "Lantern Teacher Mentoring (primary outcome)" in shown(files["measures.md"])


def test_a_target_that_is_a_measure_is_shown_by_its_title():
    page = shown(site(RECORDS, "es")["programs/lantern/index.md"])
    assert "Permanencia: 0,9" in page


def test_a_program_without_measures_has_no_page_of_them(tmp_path: Path):
    files = site(load(Workspace(ROOT / "tests/rules/_base")).records, "en")
    assert "Staying" in files["measures.md"]
    bare = tmp_path / "content/programs/harbor"
    bare.mkdir(parents=True)
    text = (ROOT / "tests/rules/_base/content/programs/harbor/program.yaml").read_text("utf-8")
    (bare / "program.yaml").write_text(text.replace("outcomes: [staying]\n", ""), encoding="utf-8")
    files = site(load(Workspace(tmp_path)).records, "en")
    assert "measures.md" not in files
    assert "What we look at" not in files["programs/harbor/index.md"]


def test_a_survey_asks_only_what_the_outcomes_of_a_program_are_computed_from():
    assert run("-C", str(ROOT), "survey", "baseline", "--program", "lantern", "--format", "csv").stdout == (
        "key,wave,confidence,stay\n"
    )
    text = run("-C", str(ROOT), "survey", "outcome-items", "--program", "lantern", "--lang", "fr").stdout
    assert "J’utilise la méthode que je voulais apprendre." in text
    assert "**2.**" not in text
    assert "Marisol Quintero" in text


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("pulse", "--program", "lantern"), "no outcome of lantern is computed from what pulse asks here"),
        (("outcome-items", "--program", "lantrn"), "there is no program lantrn"),
    ],
)
def test_a_survey_of_no_outcome_is_refused(args: tuple[str, ...], says: str):
    with pytest.raises(ToolkitError) as caught:
        run("-C", str(ROOT), "survey", *args)
    assert caught.value.message == says
    assert caught.value.hint


def test_a_measure_under_no_id_is_refused():
    with pytest.raises(ToolkitError, match="Calm Starts is no id"):
        run(
            "-C",
            str(ROOT),
            "new",
            "measure",
            "Calm Starts",
            "--domain",
            "practice",
            "--direction",
            "none",
            "--level",
            "mentee",
        )


def test_the_state_of_the_translations_counts_measures():
    assert (
        f"measures: {len(SHIPPED)} of {len(SHIPPED)} in every language" in run("-C", str(ROOT), "i18n", "status").stdout
    )
