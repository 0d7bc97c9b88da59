"""`mentoring i18n` and `mentoring new guide --translate`, as those who translate guides meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scenarios import write_base, write_files

from toolkit.cli.app import cli
from toolkit.load import load
from toolkit.model.guide import fingerprint
from toolkit.model.tongue import told_in
from toolkit.workspace import Workspace

FRONT = "audience: [mentee]\nphase: start\nreviewed_by: The mentoring desk\nreviewed_on: 2026-10-01\n"
GOALS = f"---\ntitle: Goals\nsummary: One to three.\nasks:\n  - What is a goal?\n  - {{ask: 'Mine, or ours?', at: mine, who: [mentee], often: true}}\n{FRONT}---\n## The *first* goal\n\nWrite it down.\n\n```\n## No heading\n```\n\n## Own {{#mine}}\n\n## The first goal\n"
ASKING = f"---\ntitle: Asking\n{FRONT}---\nSee [goals](goals.md#the-first-goal).\n"
SETTINGS = "languages: [en, es, fr]\n"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    write_base(tmp_path)
    files = {"goals.md": GOALS, "asking.md": ASKING}
    write_files(tmp_path, {f"content/handbook/{name}": text for name, text in files.items()})
    write_files(tmp_path, {"site_config/toolkit.yaml": SETTINGS})
    return tmp_path


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), *words], catch_exceptions=True, standalone_mode=False)


def states(root: Path) -> dict[str, dict[str, str]]:
    return json.loads(run(root, "i18n", "status", "--json").stdout)["guides"]


def begin(root: Path, language: str = "es") -> Path:
    assert run(root, "new", "guide", "--translate", "goals", "--lang", language).exception is None
    return root / f"content/handbook/goals.{language}.md"


def finish(path: Path) -> None:
    path.write_text(
        path.read_text("utf-8").partition("partly:")[0] + "---\n## La primera meta {#the-first-goal}\n", "utf-8"
    )


def change(root: Path, old: str, new: str) -> None:
    guide = root / "content/handbook/goals.md"
    assert old in guide.read_text("utf-8")
    guide.write_text(guide.read_text("utf-8").replace(old, new), "utf-8")


def test_a_translation_goes_from_missing_to_current_and_back_to_stale(program):
    assert states(program) == {name: {"es": "missing", "fr": "missing"} for name in ("asking", "goals")}
    made = begin(program)
    assert states(program)["goals"] == {"es": "partly", "fr": "missing"}
    finish(made)
    assert states(program)["goals"]["es"] == "current"
    change(program, "Write it down.", "Write it down today.")
    assert states(program)["goals"]["es"] == "stale"
    result = run(program, "i18n", "mark", "goals", "es", "--write")
    assert "cures warning translation-stale" in result.stdout
    assert states(program)["goals"]["es"] == "current"


def test_a_translation_begins_with_the_text_and_the_names_of_its_headings(program):
    text = begin(program).read_text("utf-8")
    assert "## The *first* goal {#the-first-goal}\n" in text
    assert "```\n## No heading\n```" in text, "a line in a block of code is no heading"
    assert "## Own {#mine}\n" in text and text.endswith("## The first goal\n"), "a name stands once"
    assert "partly: true # borra esta línea" in text
    records = load(Workspace(program)).records
    assert records.guide_translations["goals", "es"].asks == records.guides["goals"].asks


def test_what_a_change_of_another_field_says_to_a_translation(program):
    finish(begin(program))
    for old, new in (("phase: start", "phase: match"), ("The mentoring desk", "Somebody else"), ("\n", "\r\n")):
        guide = program / "content/handbook/goals.md"
        guide.write_bytes(guide.read_bytes().replace(old.encode(), new.encode()))
        assert states(program)["goals"]["es"] == "current"
    change(program, "One to three.", "One to two.")
    assert states(program)["goals"]["es"] == "stale"


def test_a_plan_to_mark_writes_nothing_and_a_mark_changes_one_line(program):
    made = begin(program)
    finish(made)
    change(program, "Write it down.", "Write it down today.")
    before = made.read_bytes()
    plan = run(program, "i18n", "mark", "goals", "es")
    assert made.read_bytes() == before and "nothing is written yet" in plan.stderr
    run(program, "i18n", "mark", "goals", "es", "--write")
    old, new = before.decode().splitlines(), made.read_text("utf-8").splitlines()
    (line,) = [after for first, after in zip(old, new, strict=True) if first != after]
    now = load(Workspace(program)).records.guides["goals"]
    assert line.replace('"', "").replace("'", "") == f"translates: {fingerprint(now)}"


def test_a_translation_without_a_mark_gets_one(program):
    path = "content/handbook/goals.fr.md"
    write_files(program, {path: "---\ntitle: Objectifs\n---\nÉcrivez-le.\n"})
    assert states(program)["goals"]["fr"] == "stale"
    run(program, "i18n", "mark", "goals", "fr", "--write")
    assert states(program)["goals"]["fr"] == "current"
    assert (program / path).read_text("utf-8").endswith("---\nÉcrivez-le.\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("i18n", "mark", "gaols", "es"), "there is no guide gaols"),
        (("i18n", "mark", "goals", "es"), "goals is not translated into es"),
        (("new", "guide", "--translate", "gaols", "--lang", "es"), "there is no guide gaols"),
        (("new", "guide", "--translate", "goals"), "--translate needs --lang"),
    ],
)
def test_what_cannot_be_done_is_said(program, words, says):
    result = run(program, *words)
    assert says in str(getattr(result.exception, "message", ""))
    assert not list((program / "content/handbook").glob("*.??.md"))


def test_nothing_is_marked_twice_and_nothing_is_begun_twice(program):
    made = begin(program)
    before = made.read_bytes()
    assert "has the mark of its guide already" in run(program, "i18n", "mark", "goals", "es").exception.message
    assert "is there already" in run(program, "new", "guide", "--translate", "goals", "--lang", "es").exception.message
    assert made.read_bytes() == before


def test_the_table_names_each_guide_counts_them_and_says_what_comes_next(program):
    finish(begin(program))
    result = run(program, "i18n", "status")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["en", "es", "fr"]
    assert ["goals", "3", "current", "missing"] in lines
    assert "guides in es: 1 current, 0 stale, 0 partly, 1 missing" in result.stdout
    assert "next: mentoring new guide --translate asking --lang es" in result.stderr
    change(program, "Write it down.", "Write it down today.")
    assert "next: mentoring check --select translation-stale" in run(program, "i18n", "status").stderr


def test_everything_shipped_is_there_in_each_language(program):
    found = json.loads(run(program, "i18n", "status", "--json").stdout)
    assert found["format"] == "mentoring-i18n"
    for kind in ("questions", "pages", "forms", "messages"):
        assert found[kind]
        assert {name for name, each in found[kind].items() if set(each.values()) != {"current"}} == set(), kind


def test_a_form_of_the_program_in_one_language_alone_is_shown(program):
    write_files(program, {"templates/new/visit.en.md.j2": "x", "templates/new/visit.es.md.j2": "x"})
    result = run(program, "i18n", "status")
    assert ["visit.md.j2", "current", "missing"] in [line.split() for line in result.stdout.splitlines()]


def test_without_settings_the_languages_are_those_of_the_programs(program):
    (program / "site_config/toolkit.yaml").unlink()
    found = json.loads(run(program, "i18n", "status", "--json").stdout)
    assert (found["source"], found["languages"]) == ("en", ["es"])
    path = "content/programs/harbor/program.yaml"
    text = (program / path).read_text("utf-8")
    write_files(program, {path: text.replace("languages: [en, es]", "languages: [en]")})
    assert run(program, "i18n", "status").stdout.endswith("this site is in one language: en\n")


def test_how_hard_each_guide_reads_is_counted_in_each_language(program):
    write_files(
        program, {"content/handbook/goals.es.md": "---\ntitle: Metas\n---\nEscríbela. Después la revisan juntos.\n"}
    )
    counted = json.loads(run(program, "i18n", "status", "--json").stdout)["readability"]
    assert list(counted) == ["asking", "goals"] and list(counted["goals"]) == ["en", "es"]
    assert counted["goals"]["en"] == {"words": 3, "sentences": 1, "long": 0, "lix": 3, "minutes": 1}
    assert counted["goals"]["es"] == {"words": 5, "sentences": 2, "long": 3, "lix": 62, "minutes": 1}
    shown = run(program, "i18n", "status").stdout
    assert ["goals", "3", "stale", "62", "missing"] in [line.split() for line in shown.splitlines()]
    assert "LIX, how hard guides are to read: en 3 (newspapers 52), es 62 (newspapers 67)\n" in shown


def test_the_shipped_numbers_lines_and_standards_speak_every_language():
    records = load(Workspace(Path(__file__).parents[1])).records
    figures, lines = records.figure_lists["figures"].figures, records.benchmark_lists["benchmarks"].benchmarks
    standards = records.standard_lists["standards"].standards
    numbers = [(each.key, words) for each in figures for words in (each.value,) if any(map(str.isalpha, words.en))]
    numbers += [(each.key, each.line) for each in lines if any(map(str.isalpha, each.line.en))]
    texts = [(each.key, words) for each in figures for words in (each.counts, each.population, each.note)]
    texts += [(each.key, words) for each in lines for words in (each.counts, each.horizon, each.caution)]
    texts += [(each.key, words) for each in standards for words in (each.name, each.note)]
    said = [(key, words) for key, words in (*numbers, *texts) if words is not None]
    assert len(said) > 150
    assert [key for key, words in said if not (words.es and words.fr)] == []


def test_every_number_says_where_it_comes_from_unless_nobody_knows():
    figures = load(Workspace(Path(__file__).parents[1])).records.figures().values()
    assert {each.status for each in figures} == {"traced", "traced-differs", "vendor", "untraced", "illustrative"}
    assert [
        each.key for each in figures if each.status in ("traced", "traced-differs", "vendor") and not each.references
    ] == []
    assert [each.key for each in figures if each.status == "traced-differs" and each.note is None] == []


@pytest.mark.parametrize(
    ("text", "spoken", "language"),
    [
        ("Started a poetry wall that the whole school now writes on.", (), "en"),
        ("Maestra nueva, tía de cinco. Cuenta cuentos con títeres.", ("es",), "es"),
        ("Arrivé à Toronto cette année. Fabrique des marionnettes avec ses élèves.", ("fr", "en"), "fr"),
        ("Insegna con una vecchia radio.", ("it", "en"), ""),
        ("Ola!", (), ""),
        (None, (), ""),
    ],
)
def test_a_short_text_tells_its_language_by_its_small_words_and_only_one_that_its_writer_speaks(text, spoken, language):
    assert told_in(text, spoken) == language
