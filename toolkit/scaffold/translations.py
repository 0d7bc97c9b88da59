"""A translation that is to be begun: the guide's own text, with its mark and with headings that keep their names."""

from __future__ import annotations

import re

from toolkit.diagnostics import did_you_mean
from toolkit.errors import ToolkitError
from toolkit.model import Guide, Records
from toolkit.model.anchors import anchor_of, split
from toolkit.model.guide import fingerprint
from toolkit.scaffold.people import Office
from toolkit.scaffold.project import Target
from toolkit.source import fenced

_HEADING = re.compile(r"#{2,6}\s+(.*?)\s*$")


def translation(office: Office, guide: Guide) -> Target:
    """A guide in another language, to be overwritten paragraph by paragraph."""
    values = {"title": guide.title or guide.id, "summary": guide.summary, "mark": fingerprint(guide)}
    more = {"asks": guide.asks, "body": _named(guide.body)}
    return office.target("guide-translation", {**values, **more}, "md", id=guide.id, language=office.language)


def guide_named(records: Records, name: str) -> Guide:
    """The guide of this name; raises ToolkitError where there is none."""
    found = records.guides.get(name)
    if found is None:
        hint = did_you_mean(name, records.guides, "guides are named by their files in content/handbook")
        raise ToolkitError(f"there is no guide {name}", hint)
    return found


def _named(body: str) -> str:
    """Write the name of each heading behind it, so that links to it still lead there when its words are others."""
    lines = []
    taken: set[str] = set()
    for line, is_code in fenced(body.split("\n")):
        heading = None if is_code else _HEADING.fullmatch(line)
        name = anchor_of(split(heading.group(1))[0]) if heading else ""
        plain = not name or name in taken or line.rstrip().endswith("}")
        lines.append(line if plain else f"{line.rstrip()} {{#{name}}}")
        taken.add(name)
    return "\n".join(lines)
