"""The examples of every `-h`, typed one after the other in the shipped program: each does what it says."""

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

pytest.importorskip("ortools")

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError

ROOT = Path(__file__).resolve().parent.parent
# What only the reader has: a table, notes, a plan of theirs, a mail server, a history, a program that is not there yet.
THEIRS = re.compile(
    r"^(init|serve|build|import|ingest|notes|model suggest$)|-C |run-2026|other\.yaml|--as-of|--smtp|--edit|--translate"
    r"|i18n mark|^start |^accept lantern|^match rematch|^close claire-joao$|^resume .* --on"
)


def commands(group, path=()):
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        yield command
        if hasattr(command, "list_commands"):
            yield from commands(command, (*path, name))


def examples():
    found = []
    for command in (cli, *commands(cli)):
        text = re.sub(r"\\\n\s*", "", (command.help or "").partition("Example:\n")[2])
        found += [line.strip().removeprefix("mentoring ") for line in text.splitlines() if "mentoring " in line]
    return sorted(dict.fromkeys(found))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The shipped program with pairs proposed for its open cohort."""
    root = tmp_path_factory.mktemp("examples") / "lantern"
    for name in ("content", "private", "site_config"):
        shutil.copytree(ROOT / name, root / name)
    typed(root, "match propose 2027 --write")
    return root


def typed(root, line):
    return CliRunner().invoke(cli, ["-C", str(root), *shlex.split(line.partition(" > ")[0])], standalone_mode=False)


@pytest.mark.parametrize("line", [each for each in examples() if not THEIRS.search(each)])
def test_an_example_works_as_it_is_typed(shipped, tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    result = typed(shipped, line.replace(" --write", ""))

    assert result.exception is None, (result.exception, getattr(result.exception, "hint", ""))
    assert result.return_value in (None, 0) or line == "match feasible 2027", result.output


@pytest.mark.parametrize("line", [each for each in examples() if THEIRS.search(each)])
def test_an_example_that_needs_something_of_the_readers_is_refused_in_one_sentence(
    shipped, tmp_path, monkeypatch, line
):
    if line.startswith(("init", "serve", "build", "-C")):
        pytest.skip("it makes a folder or a site; other tests type it")
    monkeypatch.chdir(tmp_path)
    result = typed(shipped, line.replace(" --write", "").replace(" --edit", " --stdout"))

    assert result.exception is None or isinstance(result.exception, ToolkitError | click.UsageError), result.exception
