"""`mentoring notes draft`: no line of raw notes is lost, promises become actions of who made them, and consent is asked."""

import datetime

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenarios import write_base

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.model.formats import SECTIONS, title
from toolkit.scaffold.cues import CUES, bare, day_in
from toolkit.scaffold.draft import draft
from toolkit.scaffold.known import known_of
from toolkit.scaffold.papers import Desk
from toolkit.source import of_bytes
from toolkit.workspace import Workspace

TODAY = datetime.date(2026, 11, 5)  # a Thursday
FOLDER = "content/programs/harbor/2026/pairs/ana-li"
RAW = {
    "en": """\
Goal: Li wants to review a change alone

Reality
- Reviews take long # really
<!-- hidden? -->

Next
We meet in room 4
Ana Kovács will send three reviews by Friday
Li: I'll write one on 3 December
Li will not ask for more
It will rain
Li said it will rain
- [x] Li will read the guide
- [ ] tidy up @ana-kovacs due:2026-11-20 id:a77
""",
    "es": """\
Meta: Li quiere revisar sola
Li podría leer más
Ana va a mandar tres revisiones antes del viernes
Li: Voy a escribir una el 3 de diciembre
Li no va a pedir más
Hizo sol
""",
    "fr": """\
Objectif : Li veut relire seule
Li pourrait lire davantage
Ana va envoyer trois relectures avant vendredi
Li : Je vais en écrire une le 3 décembre
Li ne va pas demander plus
Il a fait beau
""",
}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The small program of the rules' pages, whose pair agreed to notes that a machine works on."""
    root = tmp_path_factory.mktemp("draft")
    write_base(root)
    agreement = root / FOLDER / "agreement.md"
    agreement.write_text(agreement.read_text().replace("\npurpose:", "\nrecording: both-consent\npurpose:"))
    return root


def run(root, raw, *more):
    (root / "raw.txt").write_text(raw, encoding="utf-8")
    words = ["-C", str(root), "notes", "draft", str(root / "raw.txt"), "--pair", "ana-li", "--today", str(TODAY)]
    result = CliRunner().invoke(cli, [*words, *more], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


def section(text, name):
    return text.split(f"## {name}\n")[1].split("\n## ")[0].strip().splitlines()


def test_lines_find_their_section_and_promises_their_owner(program):
    text = run(program, RAW["en"]).stdout

    assert section(text, "Goal") == ["- Li wants to review a change alone"]
    assert section(text, "Reality") == ["- Reviews take long # really", r"- \<!-- hidden? -->"]
    assert section(text, "Will") == [
        "- [ ] Ana Kovács will send three reviews by Friday @ana-kovacs due:2026-11-06 id:a3",
        "- [ ] I'll write one on 3 December @li-wei due:2026-12-03 id:a4",
        "- [ ] tidy up @ana-kovacs due:2026-11-20 id:a5",
    ]
    assert section(text, "Next") == [
        "- We meet in room 4",
        "- Li will not ask for more",
        "- It will rain",
        "- Li said it will rain",
        "- Li will read the guide",
    ]
    assert section(text, "Since last time") == [
        "- [ ] Choose three good reviews @ana-kovacs due:2026-11-05 id:a1",
        "- [ ] Write one review side by side @li-wei due:2026-11-05 id:a2",
    ]


@pytest.mark.parametrize(
    ("language", "promised", "left"),
    [
        (
            "es",
            ["Ana va a mandar tres revisiones antes del viernes", "Voy a escribir una el 3 de diciembre"],
            "Hizo sol",
        ),
        (
            "fr",
            ["Ana va envoyer trois relectures avant vendredi", "Je vais en écrire une le 3 décembre"],
            "Il a fait beau",
        ),
    ],
)
def test_the_cues_are_those_of_the_language(program, language, promised, left):
    text = run(program, RAW[language], "--lang", language, "--format", "oscar").stdout

    assert section(text, title("actions", language)) == [
        f"- [ ] {promised[0]} @ana-kovacs due:2026-11-06 id:a3",
        f"- [ ] {promised[1]} @li-wei due:2026-12-03 id:a4",
    ]
    assert len(section(text, title("choices", language))) == 1
    assert section(text, CUES[language].unplaced)[-1] == f"- {left}"


@pytest.mark.parametrize(
    ("language", "line", "owner"),
    [
        ("es", "Ana compartirá dos ejemplos", "ana-kovacs"),
        ("es", "Li: mandaré la rúbrica", "li-wei"),
        ("es", "Li: quedé en mandar la rúbrica", "li-wei"),
        ("es", "Li no mandará nada", ""),
        ("es", "Será difícil para Li", ""),
        ("es", "Li quiere que Ana la mire", ""),
        ("fr", "Ana enverra deux exemples", "ana-kovacs"),
        ("fr", "Li : j'enverrai la grille", "li-wei"),
        ("fr", "Li n'enverra pas la grille", ""),
        ("fr", "Ce sera difficile pour Li", ""),
        ("fr", "Li : j'aimerais relire seule", ""),
    ],
)
def test_a_promise_in_the_future_tense_is_one(program, language, line, owner):
    text = run(program, line + "\n", "--lang", language, "--format", "oscar").stdout

    promised = [each for each in section(text, title("actions", language)) if each.endswith(" id:a3")]
    assert promised == ([f"- [ ] {line.partition(': ')[2] or line} @{owner} id:a3"] if owner else [])


def test_without_consent_nothing_is_drafted(program, tmp_path):
    write_base(tmp_path)
    with pytest.raises(ToolkitError, match="has not agreed") as refused:
        run(tmp_path, RAW["en"])
    assert "recording: both-consent" in refused.value.hint

    for count, who in enumerate(("ana-kovacs", "li-wei")):
        path = tmp_path / f"content/people/{who}.yaml"
        path.write_text(path.read_text().replace("consents:\n", "consents:\n  - {what: recording, on: 2026-10-01}\n"))
        if count == 0:
            with pytest.raises(ToolkitError, match="has not agreed"):
                run(tmp_path, RAW["en"])
    assert "## Will" in run(tmp_path, RAW["en"]).stdout


def test_a_draft_is_written_once_and_passes_the_check(program, tmp_path):
    for path in program.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(program)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    run(tmp_path, RAW["en"], "--write")
    note = tmp_path / FOLDER / "sessions/2026-11-05.md"
    written = note.read_bytes()

    assert written.decode() == run(program, RAW["en"]).stdout
    with pytest.raises(ToolkitError, match="is there already"):
        run(tmp_path, "Goal: another\n", "--write")
    assert note.read_bytes() == written
    checked = CliRunner().invoke(cli, ["-C", str(tmp_path), "check", "--today", str(TODAY)], standalone_mode=False)
    assert checked.return_value == 0, checked.stdout


def test_a_file_that_hides_something_is_refused(program):
    with pytest.raises(ToolkitError, match="cannot be seen"):
        run(program, "Goal: \u202ehidden\n")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "by 2026-12-24", "2026-12-24"),
        ("en", "on the 3rd of January", "2027-01-03"),
        ("en", "before March 4th", "2027-03-04"),
        ("en", "by Thursday", "2026-11-12"),
        ("en", "on 31 February", None),
        ("en", "like last Friday", None),
        ("es", "para el miércoles", "2026-11-11"),
        ("fr", "d'ici le 1er décembre", "2026-12-01"),
        ("fr", "d\u2019ici lundi", "2026-11-09"),
    ],
)
def test_days_are_found_as_people_write_them(language, text, found):
    assert day_in(bare(text), language, TODAY) == (found and datetime.date.fromisoformat(found))


WORD = st.sampled_from(
    (
        *"#*->`~[]<|\\:",
        *("[ ]", "[x]", "```", "<!--", "---", "1.", "[a]: /b", "&amp;", "@li-wei", "@x", "due:soon", "id:a1"),
        *("Goal", "Will:", "Ana", "Li:", "will", "could", "by", "Friday", "word"),
    )
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(st.lists(WORD, max_size=6).map(" ".join), max_size=8), st.sampled_from(sorted(SECTIONS)))
def test_whatever_the_lines_are_the_note_keeps_its_shape_and_their_words(program, lines, shape):
    workspace = Workspace(program)
    records = load(workspace).records
    known = known_of(records, records.pairs["harbor/2026/ana-li"], TODAY, "en")
    made = draft(Desk(workspace, known), "\n".join(lines), shape, TODAY)
    text = made.target.content.decode()
    outline = of_bytes(made.target.content, "note.md").outline
    wanted = [title(key, "en") for key in SECTIONS[shape] or ("since", "next")]
    assert [head.text for head in outline.headings] == wanted + [CUES["en"].unplaced] * (made.unplaced > 0)
    assert len(outline.tasks) == len(known.actions) + made.actions
    for word in ("word", "could", "Friday", "by"):
        assert text.count(word) >= sum(line.split().count(word) for line in lines)
