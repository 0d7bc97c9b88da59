"""What the README tells people to type works as it is typed, and names only what exists."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli.app import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks():
    """The commands of each block that a reader can type in any folder, without their comments."""
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL):
        lines = [line.partition("#")[0].strip() for line in block.splitlines()]
        if lines[0].startswith("mentoring "):
            yield [line for line in lines if line]


@pytest.mark.parametrize("commands", list(blocks()), ids=lambda commands: commands[0])
def test_a_block_runs_from_top_to_bottom(commands, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in commands:
        result = CliRunner().invoke(cli, shlex.split(command)[1:], standalone_mode=False)

        assert result.exception is None, (command, result.exception)
        assert not result.return_value, (command, result.output)


def test_every_command_that_is_named_exists():
    named = set(re.findall(r"`mentoring ([a-z]+)", README))

    assert named <= set(COMMANDS)
    assert len(named) > 15


def test_every_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE)) <= targets


def test_every_folder_that_is_named_exists():
    named = re.findall(r"^\| `([a-z_]+)/` \|", README, re.MULTILINE)

    assert [name for name in named if name != "build" and not (ROOT / name).is_dir()] == []
