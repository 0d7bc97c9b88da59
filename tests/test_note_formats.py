"""The names of note sections: every format in every language, found whatever the case and the accents."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from toolkit.load import load
from toolkit.model.formats import LANGUAGES, SECTIONS, keys, language_of, plain, title, titles
from toolkit.model.session import Action, Format, Section, Session, _action
from toolkit.workspace import Workspace


def test_every_format_of_a_note_has_its_sections():
    assert set(SECTIONS) == set(get_args(Format))
    assert set(LANGUAGES) == set(get_args(get_args(Session.model_fields["language"].annotation)[0]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in SECTIONS if name != "free"])
def test_a_format_begins_with_last_time_and_ends_with_next(name: str, language: str):
    said = titles(name, language)
    assert said[0] == title("since", language)
    assert said[-1] == title("next", language)
    assert len({plain(each) for each in said}) == len(said)
    assert tuple(keys(name, language).values()) == SECTIONS[name]


def test_titles_in_three_languages():
    assert titles("grow", "fr") == (
        "Depuis la dernière fois",
        "Objectif",
        "Réalité",
        "Options",
        "Volonté",
        "Prochaine rencontre",
    )
    assert titles("clear", "es")[1:6] == ("Contrato", "Escucha", "Exploración", "Acción", "Revisión")
    assert titles("free", "en") == ()


def test_case_accents_and_a_colon_do_not_matter():
    assert plain("DESDE  la ultima vez:") == plain("Desde la última vez")
    assert plain("Écoute") == plain("ecoute") == "ecoute"
    assert plain("Goal") != plain("Goals")


def test_the_language_is_the_one_that_knows_most_titles():
    assert language_of("grow", ("objectif", "realite", "options")) == "fr"
    assert language_of("grow", ("options",), "fr") == "fr"
    assert language_of("grow", ("options",), "de") == "en"
    assert language_of("clear", ("contrato", "accion"), "en") == "es"


def test_the_marks_of_an_action():
    text = "Draft  the plan @ana-kovacs due:2026-12-01 id:a3 (see @Room 4, due: soon)"
    assert _action(text, False, 7, 3).text == "Draft the plan (see @Room 4, due: soon)"
    assert _action("Call due:friday", True, 1, 1) == Action("Call", "", None, "friday", "", True, 1, 1)


def test_the_sections_of_a_note(tmp_path: Path):
    front = "---\ndate: 2026-10-22\nminutes: 60\nattended: [ana, li]\nformat: free\n---\n"
    assert _note(tmp_path, front + "Not a heading in it.\n").sections == ()
    assert _note(
        tmp_path, front + "Before.\n\n## Goal\n\nOne.\n\n### Small\n\nTwo.\n\n# Large\n\n## Next\n"
    ).sections == (
        Section("Goal", 9, "One.\n\n### Small\n\nTwo."),
        Section("Next", 19, ""),
    )


def _note(root: Path, text: str) -> Session:
    path = root / "content/programs/p/2026/pairs/a-b/sessions/2026-10-22.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load(Workspace(root)).records.sessions["p/2026/a-b"][0]
