"""The words of the pages: what no template and no module asks for is not to be kept in three languages."""

import re
from pathlib import Path

import pytest

from toolkit.model.formats import LANGUAGES
from toolkit.publish.strings import load_strings

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("templates/pages/*.j2", "toolkit/**/*.py", "site_config/**/*.html", "site_config/**/*.js")
KEY = re.compile(r"""\[["']([\w-]+)["']\]""")
NAMED = re.compile(
    r"""["']?\b(\w+)["']?(?:: Mapping\[.*\])?(?:, \w+)* ?[=:] ?(?:\w+\.)*\b(?:t|_?table)((?:\.[\w-]+)+)(?![\w.\[(])"""
)
LOOP = re.compile(r"{% for ([\w, ]+?) in ([^%]*)%}")
BY_NAME = {"words", "labels", "kinds", "every"}
"""Families that a value or a field asks for by its name: `test_languages` holds them against the records."""


def leaves(table, above=()):
    for key, value in table.items():
        yield from leaves(value, (*above, key)) if isinstance(value, dict) else [(*above, key)]


class Sources:
    """What the sources write of the table: paths, and sections that are asked for a name which stands elsewhere."""

    def __init__(self, texts, table):
        self.sections = {leaf[:at] for leaf in leaves(table) for at in range(1, len(leaf))}
        self.paths, self.asked, self.whole = set(), {}, set()
        texts = [KEY.sub(r".\1", text) for text in texts]
        handed = {given for text in texts for given in self._named(text) if f'"{given[0]}":' in text}
        for text in texts:
            rest = NAMED.sub(lambda found: "" if self._is_section(found.group(2)) else found.group(), text)
            for name, path in {("t", ""), ("table", ""), ("_table", ""), *handed, *self._named(text)}:
                for found in re.finditer(rf"(?<![\w\"'-]){name}\b((?:\.[\w-]+)*)(\[[^\]]*)?", rest):
                    self._note(tuple((path + found[1]).strip(".").split(".")), found[2], rest[: found.start()])
        self.quoted = set(re.findall(r"""["']([\w-]+)["']""", "\n".join(texts)))
        self.dotted = set(re.findall(r"\.(\w+)\b", "\n".join(texts)))

    def _is_section(self, path):
        return tuple(path.strip(".").split(".")) in self.sections

    def _named(self, text):
        """The names that a source gives to sections."""
        return [(name, path) for name, path in NAMED.findall(text) if self._is_section(path)]

    def _note(self, path, index, before):
        """Keep a path. With a computed name behind it: which names these may be, and what is written around the name."""
        self.paths.add(path)
        if path[-1] in ("items", "values"):
            self.whole.add(path[:-1])
        index, path = ("[", path[:-1]) if path[-1] == "get" else (index or "", path)
        name = index[1:].split(" ")[0]
        loops = [listed for names, listed in LOOP.findall(before) if name in names.split(", ")] if index else []
        names = re.findall(r'"([\w-]+)"', loops[-1]) if loops else []
        start, end = re.findall(r'^\["(\w+)" ~', index), re.findall(r'~ "(\w+)"', index)
        self.asked.setdefault(path, []).append((names, "".join(start), "".join(end), not index))

    def read(self, leaf):
        if leaf[:-1] in self.whole or any(path[: len(leaf)] == leaf for path in self.paths):
            return True
        return any(
            self._may_be(leaf[at], *asked) and self.quoted.issuperset(leaf[at + 1 :])
            for at in range(1, len(leaf))
            for asked in self.asked.get(leaf[:at], ())
        )

    def _may_be(self, key, names, start, end, handed):
        name = key.removeprefix(start).removesuffix(end)
        known = set(names) or self.quoted | (self.dotted if handed else set())
        return key == f"{start}{name}{end}" and name in known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_pages_is_read_somewhere(language):
    table = load_strings(language, (ROOT / "site_config",))
    texts = [path.read_text("utf-8") for pattern in SOURCES for path in sorted(ROOT.glob(pattern))]
    sources = Sources(texts, table)
    assert [".".join(leaf) for leaf in leaves(table) if leaf[0] not in BY_NAME and not sources.read(leaf)] == []


def test_a_text_that_is_not_read_is_found():
    table = {"pair": {"agreed": "", "status": "", "a_text": "", "b_text": ""}, "nav": {"home": "", "menu": ""}}
    table |= {"states": {"silent": "", "gone": ""}, "rules": {"one": ""}, "form": {"save": "", "old": ""}}
    texts = [
        '{% for part in ("a", "c") %}{{ t.pair[part ~ "_text"] }}{% endfor %}{{ t.pair.agreed }}{{ t.states[value] }}',
        'words = speech.table["nav"]\nx = words["home"], "silent", "b", {"say": own.table["form"]}',
        "{{ t.rules.values() }}{{ say.save }}",
    ]
    sources = Sources(texts, table)
    unread = {".".join(leaf) for leaf in leaves(table) if not sources.read(leaf)}
    assert unread == {"pair.status", "pair.b_text", "nav.menu", "states.gone", "form.old"}
