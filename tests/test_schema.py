"""The schemas that editors read agree with the reader that `check` uses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from toolkit.cli.app import cli
from toolkit.model import RECORDS, Person
from toolkit.schema import bindings, files, schema_of, schemas
from toolkit.workspace import PATTERNS, identify, modeline

ROOT = Path(__file__).parents[1]


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates and words such as `no` stay texts."""


Core.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in found if tag.rpartition(":")[2] in ("int", "float", "null")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(?:true|false)$"), list("tf"))


def shipped() -> list[tuple[str, str]]:
    names = [
        path.relative_to(ROOT).as_posix()
        for folder in ("content", "private", "site_config")
        for path in sorted((ROOT / folder).rglob("*.yaml"))
    ]
    return [(name, where.kind) for name in names if (where := identify(name))]


VALIDATORS = {kind: jsonschema.Draft7Validator(schema) for kind, schema in schemas().items()}


def faults(kind: str, text: str) -> list[str]:
    validator = VALIDATORS[kind]
    return [error.message for error in validator.iter_errors(yaml.load(text, Core))]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.record)
def test_each_schema_is_draft_07_and_closed(model: Any) -> None:
    schema = schema_of(model)
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["additionalProperties"] is False
    assert "body" not in schema["properties"]
    assert "$defs" not in json.dumps(schema)
    for name, field in schema["properties"].items():
        assert field["description"], name
        assert field["x-visibility"], name


def test_every_kind_has_a_schema_and_a_place() -> None:
    assert set(schemas()) == set(PATTERNS)


def test_the_shipped_records_fit_their_schemas() -> None:
    found = {
        name: wrong for name, kind in shipped() if (wrong := faults(kind, (ROOT / name).read_text(encoding="utf-8")))
    }
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "name: A\nconsents: []\nrol: mentor",
        "name: A\nmentor: {capacity: many}",
        "name: A\nmentor: {capacity: 51}",
        "name: A\nmentee: {availability: [someday]}",
        "consents: []",
    ],
)
def test_an_editor_marks_what_check_would_refuse(text: str) -> None:
    assert faults("person", text)


@pytest.mark.parametrize(
    "text",
    [
        "name: 2027",
        "name: A\npronouns:\nmentor:\n  offers:\n    - grants\n    - topic: writing\n      strength:",
        "name: A\nworking_style:",
    ],
)
def test_an_editor_leaves_alone_what_check_takes(text: str) -> None:
    assert not faults("person", text)


def test_who_may_read_a_field_and_its_unit_are_kept() -> None:
    schema = schema_of(Person)
    assert schema["properties"]["name"]["x-visibility"] == "members"
    assert schema["definitions"]["MentorProfile"]["properties"]["capacity"]["x-unit"] == "people"


def test_the_bindings_cover_every_yaml_record_and_no_other_file() -> None:
    globs = [each for found in bindings().values() for each in found]
    for name, _ in shipped():
        assert sum(Path("/" + name).match("/" + glob) for glob in globs) == 1, name


def test_the_modeline_leads_to_the_schema() -> None:
    line = modeline("person", "content/people/ana.yaml")
    assert line == "# yaml-language-server: $schema=../../.mentoring/schema/person.json\n"


def run(*args: str) -> Any:
    return CliRunner().invoke(cli, args, catch_exceptions=False)


def test_the_command_prints_one_schema_and_all_paths() -> None:
    assert json.loads(run("schema", "person").stdout) == schema_of(Person)
    lines = run("schema", "--paths").stdout.splitlines()
    assert [line.split() for line in lines] == [list(item) for item in PATTERNS.items()]


def test_writing_binds_them_and_is_idempotent(tmp_path: Path) -> None:
    first = run("-C", str(tmp_path), "schema", "--write")
    assert sorted(first.stdout.split()) == sorted([*files(), ".vscode/settings.json"])
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text(encoding="utf-8"))
    for name in settings["yaml.schemas"]:
        assert (tmp_path / name).is_file()
    again = run("-C", str(tmp_path), "schema", "--write")
    assert again.stdout == ""
    assert "up to date" in again.stderr


@pytest.mark.parametrize("held", ['{"editor.tabSize": 2}\n', "// mine\n{}", '{"yaml.schemas": []}'])
def test_settings_that_a_person_keeps_are_never_changed(tmp_path: Path, held: str) -> None:
    editor = tmp_path / ".vscode/settings.json"
    editor.parent.mkdir()
    editor.write_text(held, encoding="utf-8")
    result = run("-C", str(tmp_path), "schema", "--write")
    assert editor.read_text(encoding="utf-8") == held
    assert "./.mentoring/schema/person.json" in result.stderr


def test_an_unknown_kind_is_named_with_the_nearest() -> None:
    from toolkit.errors import ToolkitError

    with pytest.raises(ToolkitError) as caught:
        run("schema", "persn")
    assert "person" in caught.value.hint
