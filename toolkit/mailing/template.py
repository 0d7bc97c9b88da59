"""The texts of messages: plain text with gaps from a closed list, so that a program can write its own without a program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import ToolkitError

GAPS = ("name", "other", "program", "cohort", "support", "day", "last_met", "ends", "closes", "link")
"""What a text may leave open for the toolkit to fill."""
MAX_BYTES = 32 * 1024
_GAP = re.compile(r"\{([^{}\n]*)\}")
_HEAD = "Subject:"


@dataclass(frozen=True, slots=True)
class Template:
    """One text: its subject and its body, with gaps such as `{name}`."""

    subject: str
    body: str

    @property
    def gaps(self) -> frozenset[str]:
        """The gaps that must be filled."""
        return frozenset(_GAP.findall(self.subject + self.body))

    def fill(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Give subject and body with the gaps filled; a value is put in as it is, and no gap in it is filled again."""

        def put(text: str) -> str:
            return _GAP.sub(lambda found: values[found.group(1)], text)

        return " ".join(put(self.subject).split()), put(self.body)


def read_template(kind: str, language: str, folders: tuple[Path, ...]) -> Template:
    """Read `<kind>.<language>.txt` from the first folder that has it; raises ToolkitError where it cannot be used."""
    name = f"{kind}.{language}.txt"
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        raise ToolkitError(f"there is no text {name}", "write templates/messages/" + name)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig") if len(data) <= MAX_BYTES else ""
    except UnicodeDecodeError:
        text = ""
    head, _, body = text.replace("\r\n", "\n").partition("\n")
    if not head.startswith(_HEAD) or not head.removeprefix(_HEAD).strip() or not body.strip():
        hint = "begin with a line `Subject: …`, then an empty line and the text, in UTF-8 and under 32 KB"
        raise ToolkitError(f"{name} is no message", hint)
    template = Template(head.removeprefix(_HEAD).strip(), body.strip("\n") + "\n")
    unknown = sorted(template.gaps - frozenset(GAPS))
    if unknown:
        listed = ", ".join(f"{{{gap}}}" for gap in GAPS)
        raise ToolkitError(f"{name} has a gap {{{unknown[0]}}} that nothing fills", f"there are: {listed}")
    return template
