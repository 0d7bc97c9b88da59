"""Before a meeting: what `prep`, `prompts` and `slots` say, in three languages, on real days with real clocks."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from scenarios import BASE

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.model import PromptList
from toolkit.model.formats import LANGUAGES, SECTIONS
from toolkit.model.times import common, dated_minutes
from toolkit.scaffold.forms import folded
from toolkit.scaffold.known import known_of
from toolkit.scaffold.questions import chosen, week_of
from toolkit.workspace import Workspace

ROOT = Path(__file__).parents[1]
SHIPPED = load(Workspace(ROOT)).records
PAIRS = sorted(key for key, pair in SHIPPED.pairs.items() if pair.status == "active")


def run(root: Path, *args: str) -> Any:
    return CliRunner().invoke(cli, ["-C", str(root), *args], catch_exceptions=False, standalone_mode=False)


@pytest.fixture
def harbor(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "harbor")
    return tmp_path / "harbor"


def prep(root: Path, *args: str) -> str:
    return str(run(root, "prep", "ana-li", *args).stdout)


@pytest.mark.parametrize("name", ["ines-tomas", "julian-lucia", "philippe-marie"])
def test_prep_of_a_shipped_pair(golden: Any, name: str) -> None:
    golden(f"new/prep-{name}.txt", run(ROOT, "prep", name).stdout)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", PAIRS)
def test_prep_fits_a_terminal_and_comes_out_the_same(key: str, language: str) -> None:
    first, second = (run(ROOT, "prep", key, "--lang", language).stdout for _ in range(2))
    assert first == second
    assert max(len(line) for line in first.splitlines()) <= 80
    assert len(first.splitlines()) <= 48


def test_prep_tells_who_promised_what_and_what_is_late(harbor: Path) -> None:
    said = prep(harbor, "--today", "2026-11-06")
    assert "  Ana Kovacs\n  - [ ] Choose three good reviews, by 2026-11-05 (late) [a1]\n" in said
    assert "  Li Wei\n  - [ ] " in said
    assert "Look at it again" not in said


def test_prep_tells_of_a_review_and_of_an_end_that_is_near(harbor: Path) -> None:
    assert "Look at it again, due 2027-02-01" in prep(harbor, "--today", "2027-01-25")
    path = harbor / "content/programs/harbor/2026/pairs/ana-li/agreement.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("signed:", "amendments: [{on: 2027-01-24, change: keep}]\nsigned:"), encoding="utf-8")
    assert "Look at it again" not in prep(harbor, "--today", "2027-01-25")
    assert "It ends on 2027-07-31" in prep(harbor, "--today", "2027-07-01")


def test_prep_of_a_pair_that_has_nothing_yet(harbor: Path) -> None:
    for name in ("agreement.md", "sessions/2026-10-22.md", "goals/review-alone.md"):
        (harbor / "content/programs/harbor/2026/pairs/ana-li" / name).unlink()
    said = prep(harbor, "--today", "2026-11-02")
    for words in ("You have not met yet.", "Nothing is open.", "None yet.", "There is none yet: write it together."):
        assert words in said


def test_a_name_that_is_none_is_refused(harbor: Path) -> None:
    with pytest.raises(ToolkitError, match="no pair"):
        run(harbor, "prep", "nobody")


def test_lines_are_broken_below_their_text() -> None:
    text = folded("  - [ ] " + "word " * 20 + "\n  - Une question " + "mot " * 15 + "fin ?\n")
    assert all(len(line) <= 80 for line in text.splitlines())
    assert text.splitlines()[1].startswith(" " * 8 + "word")
    assert "fin ?" in text
    assert "\u00a0" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_of_questions(language: str) -> None:
    listed = SHIPPED.prompts[language]
    assert [each.week for each in listed.weeks] == list(range(1, 41))
    assert {len(each.questions) for each in listed.weeks} == {2, 3}
    texts = [question.text for week in listed.weeks for question in week.questions]
    assert len(set(texts)) == len(texts)
    assert all(text.endswith("?") for text in texts)
    assert all("  " not in text and len(text) <= 110 for text in texts)
    stages = [each.phase for each in listed.weeks]
    assert stages == sorted(stages, key=["start", "middle", "end"].index)


def test_the_lists_say_the_same_in_each_language() -> None:
    def shape(listed: PromptList) -> list[Any]:
        return [(each.week, each.phase, [question.section for question in each.questions]) for each in listed.weeks]

    assert shape(SHIPPED.prompts["en"]) == shape(SHIPPED.prompts["es"]) == shape(SHIPPED.prompts["fr"])


@given(st.integers(1, 120))
def test_a_pair_of_any_length_moves_through_the_whole_list(weeks: int) -> None:
    listed = SHIPPED.prompts["en"]
    reached = [week_of(listed, week, weeks).week for week in range(1, weeks + 1)]
    assert reached == sorted(reached)
    assert reached[-1] == 40
    assert set(reached) == set(range(1, 41)) if weeks >= 40 else len(set(reached)) == weeks
    assert week_of(listed, weeks + 5, weeks).week == 40
    assert week_of(listed, weeks).week == min(weeks, 40)


@pytest.mark.parametrize("format_", sorted(SECTIONS))
def test_two_questions_for_each_week_and_format(format_: str) -> None:
    listed = SHIPPED.prompts["fr"]
    for now in listed.weeks:
        pair = chosen(listed, now, format_)
        assert len(pair) == 2
        assert pair[0] != pair[1]


def test_prompts_for_a_week_and_for_a_pair(golden: Any) -> None:
    said = [run(ROOT, "prompts", *args).stdout for args in (("ines-tomas",), ("philippe-marie",), ("--week", "40"))]
    golden("new/prompts.txt", "\n".join(said))
    assert run(ROOT, "prompts", "ines-tomas", "--week", "1", "--lang", "es").stdout.count("¿") == 3
    with pytest.raises(ToolkitError, match="which week"):
        run(ROOT, "prompts")


def test_a_list_of_the_programs_own_comes_first(harbor: Path) -> None:
    path = harbor / "content/prompts/en.yaml"
    path.parent.mkdir()
    path.write_text("title: Ours\nweeks:\n  - {week: 1, phase: start, questions: [Tea or coffee?]}\n", encoding="utf-8")
    assert "- Tea or coffee?" in run(harbor, "prompts", "ana-li").stdout
    assert "- Tea or coffee?" in prep(harbor)


def test_a_program_without_a_list_has_the_shipped_one(harbor: Path) -> None:
    assert "What brought you to this work" in run(harbor, "prompts", "--week", "1").stdout


def test_slots_of_a_shipped_pair_over_a_change_of_the_clocks(golden: Any) -> None:
    result = run(ROOT, "slots", "camila-noah", "--today", "2026-10-21", "--weeks", "3")
    assert result.return_value == 0
    golden("new/slots-camila-noah.txt", result.stdout)
    assert "The clocks change in America/Toronto on 2026-11-01." in result.stdout


def test_slots_name_who_lacks_what(harbor: Path) -> None:
    path = harbor / "content/people/li-wei.yaml"
    kept = [line for line in path.read_text("utf-8").splitlines() if "availability" not in line and "zone" not in line]
    path.write_text("\n".join([*kept, ""]), encoding="utf-8")
    result = run(harbor, "slots", "ana-li")
    assert result.return_value == 1
    assert result.stdout == "Common times cannot be found:\n  Li Wei: no weekly times and no time zone\n"


def test_slots_say_where_there_is_none_or_a_break_or_too_little(harbor: Path) -> None:
    said = run(harbor, "slots", "ana-li", "--today", "2026-12-17", "--weeks", "2").stdout
    assert "break: Winter break" in said.split("\n\n")[1]
    assert "break" not in said.split("\n\n")[0]
    path = harbor / "content/people/li-wei.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("thu 15:00-18:00", "thu 17:30-19:00"), encoding="utf-8")
    assert "30 minutes only" in run(harbor, "slots", "ana-li").stdout
    path.write_text(text.replace("thu 15:00-18:00", "fri 15:00-18:00"), encoding="utf-8")
    assert "There is no time" in run(harbor, "slots", "ana-li").stdout


@pytest.mark.parametrize(
    ("lang", "none", "lacks"),
    [
        ("es", "En estas semanas no hay ninguna hora", "Li Wei: faltan las horas de la semana\n"),
        ("fr", "Pendant ces semaines, il n’y a aucune heure", "Li Wei : il manque les heures de la semaine\n"),
    ],
)
def test_slots_speak_the_language_of_the_pair(harbor: Path, lang: str, none: str, lacks: str) -> None:
    day = {"es": "jue", "fr": "jeu"}[lang]
    assert run(harbor, "slots", "ana-li", "--lang", lang).stdout.startswith(f"{day} 2026-")
    path = harbor / "content/people/li-wei.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("thu 15:00-18:00", "fri 15:00-18:00"), encoding="utf-8")
    assert run(harbor, "slots", "ana-li", "--lang", lang).stdout.startswith(none)
    kept = [line for line in text.splitlines() if "availability" not in line]
    path.write_text("\n".join([*kept, ""]), encoding="utf-8")
    assert run(harbor, "slots", "ana-li", "--lang", lang).stdout.endswith(lacks)


ZONES = ("Europe/Lisbon", "America/Toronto", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Honolulu", "Africa/Nairobi")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TIMES = st.tuples(st.sampled_from(DAYS), st.integers(0, 22), st.integers(1, 23), st.sampled_from(ZONES))


@given(TIMES, TIMES, st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)))
def test_common_times_are_those_at_which_both_clocks_say_so(one: Any, other: Any, first: datetime.date) -> None:
    def slot(drawn: Any) -> str:
        day, start, length, _ = drawn
        return f"{day} {start:02d}:00-{min(start + length, 24):02d}:00"

    def is_free(moment: datetime.datetime, drawn: Any) -> bool:
        day, start, length, zone = drawn
        local = moment.astimezone(ZoneInfo(zone))
        return DAYS[local.weekday()] == day and start <= local.hour < min(start + length, 24)

    each = [dated_minutes([slot(drawn)], drawn[3], first - datetime.timedelta(days=1), 10) for drawn in (one, other)]
    shared = common(*each)
    origin = datetime.datetime.combine(first - datetime.timedelta(days=1), datetime.time(), datetime.UTC)
    for minute in range(1440 + 15, 1440 * 8, 60):
        moment = origin + datetime.timedelta(minutes=minute)
        expected = is_free(moment, one) and is_free(moment, other)
        assert any(begin <= minute < end for begin, end in shared) == expected


def test_the_language_of_a_pair(harbor: Path) -> None:
    def language(root: Path) -> str:
        records = load(Workspace(root)).records
        return known_of(records, records.pairs["harbor/2026/ana-li"], datetime.date(2026, 11, 2)).language

    pair = harbor / "content/programs/harbor/2026/pairs/ana-li"
    program = harbor / "content/programs/harbor/program.yaml"
    mentee = harbor / "content/people/li-wei.yaml"
    assert language(harbor) == "en"
    mentee.write_text(mentee.read_text("utf-8").replace("locale: en", "locale: fr-CA"), encoding="utf-8")
    assert language(harbor) == "en"  # the note is in English
    (pair / "sessions/2026-10-22.md").unlink()
    assert language(harbor) == "en"  # the agreement as well
    agreement = pair / "agreement.md"
    text = agreement.read_text("utf-8").replace("## The ", "## ").replace("## Both", "## Us")
    agreement.write_text(text, encoding="utf-8")
    assert language(harbor) == "fr"
    mentee.write_text(mentee.read_text("utf-8").replace("locale: fr-CA", "locale: pt"), encoding="utf-8")
    ana = harbor / "content/people/ana-kovacs.yaml"
    ana.write_text(ana.read_text("utf-8").replace("locale: en", "locale: hu"), encoding="utf-8")
    program.write_text(program.read_text("utf-8").replace("languages: [en", "languages: [es, en"), encoding="utf-8")
    assert language(harbor) == "es"
    agreement.write_text(text.replace("## mentor", "## Ce que fait le mentor"), encoding="utf-8")
    assert language(harbor) == "fr"
