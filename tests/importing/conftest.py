"""What the tests of the import share: a new program's folder, and tables written on the spot."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from signups import DAY, Program

from toolkit import scaffold


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk: that a file outlasts a power cut is tested with the store."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh") / "acorn"
    answers = scaffold.Answers("Acorn", "en", datetime.date(2027, 1, 11))
    scaffold.lay(folder, scaffold.empty(answers, DAY))
    return folder


@pytest.fixture
def program(fresh: Path, tmp_path: Path) -> Program:
    shutil.copytree(fresh, tmp_path / "acorn")
    made = Program(tmp_path / "acorn")
    made.mapped()
    return made


Write = Callable[[bytes], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(data: bytes) -> Path:
        path = tmp_path / "table.csv"
        path.write_bytes(data)
        return path

    return write
