"""A proposed map decodes, leaves no column out, and puts nothing private where it could be published."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from signups import Program

from toolkit.cli.app import cli
from toolkit.decode import decode
from toolkit.importing.mapping import ImportMap, folded, unknown_columns
from toolkit.importing.propose import propose
from toolkit.importing.table import Row, Table
from toolkit.importing.words import GUESSES
from toolkit.source import of_bytes

GOOGLE = """Timestamp,Email Address,First name,Last name,I want to be a mentor or a mentee,Which topics?,Time zone,When are you free? [Monday],When are you free? [Tuesday],Gender,I agree to the privacy notice,How did you hear of us?
2026/09/14 10:23:11 AM GMT+2,ana@example.org,Ana,Kovács,Mentor,"Grants, Speaking",Europe/Budapest,17:00-19:00,,woman,Yes,A friend
2026/09/15 10:23:11 AM GMT+2,rui@example.org,Rui,Tavares,Mentee,"Grants, Teaching",Europe/Lisbon,,18:00-20:00,man,Yes,
"""
MICROSOFT = """ID;Hora de inicio;Hora de finalización;Correo electrónico;Nombre;Apellidos;¿Quieres ser mentor o mentorado?;Idiomas;Empresa;Puesto;Temas;¿Por qué te apuntas?;Acepto el tratamiento de mis datos
1;9/14/26 10:20:00;9/14/26 10:23:11;ana@example.org;Ana;Núñez;Mentora;Español\nInglés;Taller;Jefa;Redes\nEscribir;Aprender;Sí
"""
FRENCH = """Horodateur\tAdresse électronique\tNom\tPrénom\tFuseau horaire\tLangues\tOrganisme\tPoste\tSujets\tDisponibilités\tHandicap
14/09/2026 10:23:11\tana@example.org\tRoy\tÉtienne\tAmerica/Toronto\tFrançais, Anglais\tÉcole\tProf\tLecture\tmardi 17h-19h\tnon
"""


def routes(text: str) -> dict[str, set[str]]:
    made, findings = decode(of_bytes(text.encode("utf-8"), "map.yaml"), ImportMap)
    assert not findings
    assert made is not None
    found: dict[str, set[str]] = {}
    for route, take in made.takes():
        for column in take.named:
            found.setdefault(column, set()).add(".".join(str(step) for step in route if isinstance(step, str)))
    return found


def proposed(program: Program, text: str, *args: str) -> str:
    program.csv.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(
        cli, ["import", "people", str(program.csv), *args], catch_exceptions=False, standalone_mode=False
    )
    return result.stdout


def arrive(program: Program, text: str) -> list[dict[str, Any]]:
    program.mapped(text)
    return program.plan()


def test_a_google_form_is_mapped_and_imported_as_proposed(program: Program) -> None:
    text = proposed(program, GOOGLE)
    found = routes(text)
    assert found["Email Address"] == {"private.contact.email"}
    assert found["First name"] == {"person.name"}
    assert found["Which topics?"] == {"person.mentor.offers", "person.mentee.seeks"}
    assert found["When are you free? [Monday]"] == {"person.mentor.availability", "person.mentee.availability"}
    assert found["Gender"] == {"private.protected.gender"}
    assert "#  - How did you hear of us?" in text
    assert [row["status"] for row in arrive(program, text)] == ["new", "new"]
    program.run("--write")
    person = program.records.people["ana-kovacs"]
    assert person.mentor is not None
    assert person.mentor.availability == ("mon 17:00-19:00",)
    assert [each.topic for each in person.mentor.offers] == ["grants", "speaking"]


def test_a_spanish_microsoft_form_is_mapped(program: Program) -> None:
    text = proposed(
        program,
        MICROSOFT.replace("Español\nInglés", '"Español;Inglés;"').replace("Redes\nEscribir", '"Redes;Escribir;"'),
    )
    found = routes(text)
    assert found["Hora de finalización"] == {"application.submitted"}
    assert found["Nombre"] == found["Apellidos"] == {"person.name"}
    assert found["Idiomas"] == {"person.languages"}
    assert found["¿Por qué te apuntas?"] == {"application.why"}
    assert [(row["status"], row["person"], row["roles"]) for row in arrive(program, text)] == [
        ("new", "ana-nunez", ["mentor"])
    ]
    program.run("--write")
    assert [each.code for each in program.records.people["ana-nunez"].languages] == ["es", "en"]
    assert [each.submitted.isoformat() for each in program.records.applications["acorn/2027"]] == ["2026-09-14"]


def test_a_french_table_with_tabs_is_mapped(program: Program) -> None:
    text = proposed(program, FRENCH, "--role", "mentee")
    found = routes(text)
    assert found["Nom"] == found["Prénom"] == {"person.name"}
    assert found["Handicap"] == {"private.protected.handicap"}
    assert [row["status"] for row in arrive(program, text)] == ["new"]
    program.run("--write")
    person = program.records.people["etienne-roy"]
    assert person.timezone == "America/Toronto"
    assert person.mentee is not None
    assert person.mentee.availability == ("tue 17:00-19:00",)


def test_steps_of_a_ladder_and_dates_that_two_forms_fit_are_left_to_a_person(program: Program) -> None:
    text = proposed(program, "Timestamp,Name,Grade\n03/04/2026,Ana,HEO\n05/06/2026,Rui,SEO\n", "--role", "mentee")
    assert "level" in text
    assert "Grade" not in routes(text)
    assert "format" not in text
    assert [row["status"] for row in arrive(program, text)] == ["refused", "refused"]


def test_the_cohort_and_the_role_are_taken_over(program: Program) -> None:
    text = proposed(program, "Name\nAna\n", "--role", "mentor", "--cohort", "acorn/2027")
    assert "cohort: acorn/2027\n" in text
    assert "role: mentor\n" in text


@pytest.mark.parametrize("header", ["Role", "Your role", "Q4"])
def test_a_column_of_mentor_and_mentee_is_the_role_whatever_it_is_called(program: Program, header: str) -> None:
    text = proposed(program, f"Name,{header},Type\nAna,Mentor,mentor\nLi,mentee,mentee\nSam,Mentor and mentee,both\n")
    assert routes(text)[header] == {"role"}
    assert "#  - Type" in text
    assert [row["roles"] for row in arrive(program, text)] == [["mentor"], ["mentee"], ["mentor", "mentee"]]


def test_a_job_title_that_nobody_calls_a_part_stays_a_job_title(program: Program) -> None:
    assert routes(proposed(program, "Name,Your role\nAna,Mentor\nLi,Engineer\n"))["Your role"] == {"person.role_title"}


def test_without_a_map_nothing_can_be_written(program: Program) -> None:
    from toolkit.errors import ToolkitError

    with pytest.raises(ToolkitError, match="no map"):
        proposed(program, GOOGLE, "--write")


def test_a_proposal_of_shipped_words_never_makes_protected_things_public() -> None:
    for header in (
        "Gender identity",
        "Date of birth",
        "Ethnicity",
        "Disability",
        "Religion",
        "Sexual orientation",
        "Género",
    ):
        table = Table("t.csv", ("Name", header), (Row(2, ("Ana", "x")),))
        assert all(route.startswith("private.protected") for route in routes(propose(table, None, "mentee"))[header])


def todos(text: str) -> list[str]:
    """The columns that a proposal leaves to a person."""
    lines = [line.removeprefix("#") for line in text.partition("#ignore:\n")[2].splitlines()]
    if not lines:
        return []
    found: list[str] = of_bytes("\n".join(["ignore:", *lines]).encode("utf-8"), "todo.yaml").data["ignore"]
    return found


HEADERS = st.lists(
    st.one_of(
        st.text(
            st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1, max_size=30
        ),
        st.sampled_from(
            sorted({word for each in GUESSES for word in re.split(r"[^\w ]+", each.words) if word.strip()})
        ),
    ).map(lambda text: " ".join(text.split())),
    min_size=1,
    max_size=12,
    unique_by=folded,
).filter(all)


@given(HEADERS, st.sampled_from([None, "mentor", "mentee"]), st.text("abc,; 1/", max_size=8))
@settings(max_examples=80, deadline=None)
def test_every_proposal_decodes_and_names_every_column(headers: list[str], role: str | None, cell: str) -> None:
    table = Table("t.csv", tuple(headers), (Row(2, tuple(cell.strip() for _ in headers)),))
    text = propose(table, None, role)
    source = of_bytes(text.encode("utf-8"), "map.yaml")
    made, findings = decode(source, ImportMap)
    assert not findings
    assert made is not None
    assert not unknown_columns(made, source, table.columns)
    listed = {folded(each) for each in made.used}
    todo = {folded(each) for each in todos(text)}
    assert listed | todo == {folded(each) for each in headers}
    assert not listed & todo


def test_a_table_of_a_spreadsheet_goes_round(program: Program, tmp_path: Path) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["Full name", "E-mail"], ["Ana", "ana@example.org"]])
    text = proposed(program, "\ufeff" + out.getvalue(), "--role", "mentor")
    assert [row["status"] for row in arrive(program, text)] == ["new"]


FORM = """Timestamp,Full name,Mentor or mentee?,What are you looking for?,Which languages do you speak?,Do you agree that we keep these data?,Whom would you like?
11/20/2026 9:14:03,Ana Kovács,Both,"Leadership, Public speaking","English, German",Yes,Rui Tavares
11/21/2026 9:14:03,Rui Tavares,Mentor,,"English; French, German",No,
"""


def test_the_questions_of_a_form_are_understood_as_people_ask_them() -> None:
    header, *rows = csv.reader(io.StringIO(FORM))
    lines = tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 2))
    text = propose(Table("form.csv", tuple(header), lines, ()), "acorn/2027", None)
    made, faults = decode(of_bytes(text.encode(), "map.yaml"), ImportMap)

    assert not faults and made is not None
    assert "TODO Decide" not in text
    assert "Both: both" in text
    assert "German: de" in text and 'split: ", "' in text
    assert "seeks:\n      column: What are you looking for?" in text
    assert "values:\n      Yes: data\n" in text or '"Yes": data' in text
    assert "ranked: Whom would you like?" in text
