"""Every text with which a new file asks to be filled in is found by the rule, in each language."""

import re
from pathlib import Path

import yaml

from toolkit.rules.unwritten import _WAITING

NEW = Path(__file__).resolve().parents[1] / "templates" / "new"
HERE = re.compile(r"\b(?:here|aquí|ici)\b")


def test_each_text_that_waits_to_be_written_is_known():
    words = yaml.safe_load((NEW / "words.yaml").read_text("utf-8"))
    waiting = [each[name] for each in words.values() for name in ("purpose", "channel", "notice")]
    for path in sorted(NEW.glob("*.j2")):
        lines = (
            line.strip().removeprefix("- ").removeprefix("aims: ") for line in path.read_text("utf-8").splitlines()
        )
        waiting += [line for line in lines if HERE.search(line) and line[0].isupper()]
    assert len(waiting) >= 15
    assert [text for text in waiting if not _WAITING.match(text)] == []


def test_a_sentence_of_ones_own_is_none():
    for text in (
        "People say here what they need.",
        "Write to the desk, room 12.",
        "Dites-le au bureau.",
        "Di lo que piensas.",
    ):
        assert not _WAITING.match(text)
