"""Sign-ups for the tests: a map, a table, and the import run in a new program."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from toolkit.cli.app import cli
from toolkit.load import load
from toolkit.model import Records
from toolkit.workspace import Workspace

DAY = datetime.date(2026, 11, 21)
MAP = """
role: {column: Role, values: {I want to mentor: mentor, I want a mentor: mentee, Both: both}}
person:
  name: {join: [First name, Last name]}
  organization: Company
  level: {column: Grade, values: {HEO: 3}}
  mentor: {offers: {column: Topics, split: ";", also: {strength: 4}}}
  mentee: {seeks: {column: Topics, split: ";", also: {priority: 4}}}
  consents: {column: Consent, values: {Yes: data}, others: drop}
application:
  submitted: {column: When, format: "%d/%m/%Y"}
private:
  contact: {email: E-mail}
ignore: Notes
"""
HEADER = "When,First name,Last name,E-mail,Role,Company,Grade,Topics,Consent,Notes"


class Program:
    """A new program in a folder, and the import run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.map = root.parent / "map.yaml"
        self.csv = root.parent / "signups.csv"

    def table(self, *rows: str, header: str = HEADER) -> None:
        self.csv.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")

    def mapped(self, text: str = MAP) -> None:
        self.map.write_text(text, encoding="utf-8")

    def run(self, *args: str) -> Result:
        command = ["-C", str(self.root), "import", "people", str(self.csv), "--map", str(self.map)]
        return CliRunner().invoke(
            cli,
            [*command, "--cohort", "acorn/2027", "--today", DAY.isoformat(), *args],
            catch_exceptions=False,
            standalone_mode=False,
        )

    def plan(self) -> list[dict[str, Any]]:
        import json

        rows: list[dict[str, Any]] = json.loads(self.run("--json").stdout)["rows"]
        return rows

    def row(self, number: int) -> dict[str, Any]:
        return next(row for row in self.plan() if row["row"] == number)

    @property
    def records(self) -> Records:
        loaded = load(Workspace(self.root))
        assert not loaded.diagnostics
        return loaded.records

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}
