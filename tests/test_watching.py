"""The bar of long work: on a terminal, after a while, and nowhere else."""

import io
import sys
import time

import pytest

from toolkit.cli import watching
from toolkit.cli.watching import watched


class Terminal(io.StringIO):
    def isatty(self):
        return True


def shown(stream, patience, monkeypatch, seconds=1.5):
    """What reaches stderr; it is put in place here, since pytest puts its own there before each phase of a test."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(watching, "_PATIENCE", patience)
    with watched("reading") as tell:
        tell("scoring", 3, 4)
        time.sleep(seconds)
        tell("matching", 0, 0)
    return stream.getvalue()


def test_work_that_takes_long_is_shown_on_a_terminal(monkeypatch):
    said = shown(Terminal(), 0.01, monkeypatch)
    assert "scoring" in said
    assert "75%" in said


def test_short_work_shows_nothing(monkeypatch):
    assert shown(Terminal(), 60, monkeypatch, seconds=0) == ""


def test_a_file_gets_no_bar(monkeypatch):
    assert shown(io.StringIO(), 0.01, monkeypatch, seconds=0.1) == ""


def test_what_ends_the_work_goes_through(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with pytest.raises(KeyboardInterrupt), watched("reading"):
        raise KeyboardInterrupt
