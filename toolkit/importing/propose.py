"""A first map for a table that nobody has mapped yet: guessed from the headers, to be read and corrected by a person."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

from toolkit.importing.mapping import folded
from toolkit.importing.slots import weekday
from toolkit.importing.table import Table
from toolkit.importing.words import LANGUAGES, NO, YES, Guess, guess
from toolkit.model.naming import slug_of
from toolkit.model.people import Modality
from toolkit.source import emit

_LISTS = frozenset(each for each in ("availability", "modalities", "topics"))
_FORMS = ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%y", "%m/%d/%y")
_SEVERAL = frozenset(
    ["private.protected", "topics", "mentor.offers", "mentee.seeks", "availability", "consents", "person.links"]
)
_MODALITIES: dict[str, Modality] = {
    "person": "in-person",
    "presencial": "in-person",
    "présentiel": "in-person",
    "online": "virtual",
    "virtual": "virtual",
    "remote": "virtual",
    "line": "virtual",
    "distance": "virtual",
    "hybrid": "hybrid",
    "both": "hybrid",
    "híbrid": "hybrid",
}
# What people answer where a form asks for their part; a column in which nothing else is said needs no telling header.
_PARTS = frozenset(
    [
        "mentor",
        "mentors",
        "mentora",
        "mentores",
        "mentee",
        "mentees",
        "mentorado",
        "mentorada",
        "mentoré",
        "mentorée",
        "both",
        "and",
        "or",
        "y",
        "o",
        "et",
        "ou",
        "ambos",
        "ambas",
        "les",
        "deux",
    ]
)
_BOTH = frozenset(["both", "ambos", "ambas", "los dos", "las dos", "les deux"])
_TODO = """\
# TODO Decide about each of these columns; no field was found for it. Map it above, move it to `keep` (it then lies in
# private/people/ as it is), or take away the # before it and before `ignore` to leave it out.
#ignore:
"""


def propose(table: Table, cohort: str | None, role: str | None) -> str:
    """Write a map for a table: every column is mapped, or stands below as a thing to decide."""
    found = _guessed(table)
    tree = _tree(table, found, role)
    used = {*_named(tree), *(column for column, each in found.items() if each.field == "role" and not role)}
    rest = [column for column in table.columns if column not in used]
    head = [f"# Which column of {table.name} goes where. It was guessed: read each line before you use it.\n"]
    head += [emit({"cohort": cohort}) if cohort else "# cohort: program/cohort\n"]
    head += _role(table, found, role)
    todo = [f"#  - {_quoted(column)}{_advice(table, column)}\n" for column in rest]
    return "".join(
        [*head, *(emit({name: group}) for name, group in tree.items() if group), *([_TODO, *todo] if todo else [])]
    )


def _guessed(table: Table) -> dict[str, Guess]:
    """Column to its guess; what only one column can mean is given to the first one."""
    found: dict[str, Guess] = {}
    taken: set[str] = set()
    for column in table.columns:
        best = guess(column, frozenset(taken))
        if best:
            found[column] = best
            if best.field not in _SEVERAL:
                taken.add(best.field)
    by_field = {each.field: column for column, each in found.items()}
    for column in table.columns:
        # "Nom" beside "Prénom", or "Nombre" beside "Apellidos": which name it is depends on its neighbor.
        if folded(column) == "nom":
            found[column] = Guess("last" if "first" in by_field else "person.name", "")
    undecided = [column for column, each in found.items() if _is_undecided(table, column, each, set(by_field))]
    found = {column: each for column, each in found.items() if column not in undecided}
    if "role" not in by_field:
        free = (each for each in table.columns if each not in found or found[each].field == "person.role_title")
        telling = next(filter(partial(_tells_roles, table), free), None)
        found |= {telling: Guess("role", "")} if telling else {}
    if "first" in by_field and not any(each.field in ("last", "person.name") for each in found.values()):
        found[by_field["first"]] = Guess("person.name", "")
    return found


def _tells_roles(table: Table, column: str) -> bool:
    """Whether a column says of each row `mentor`, `mentee` or both, and nothing else."""
    answers = _distinct(table, column)
    words = [set(folded(answer).replace("/", " ").replace(",", " ").split()) for answer in answers]
    return bool(words) and all(each <= _PARTS for each in words) and any("mentor" in "".join(each) for each in words)


def _quoted(text: str) -> str:
    return emit({"x": text}).removeprefix("x: ").removesuffix("\n")


def _advice(table: Table, column: str) -> str:
    """What to write for a column that is understood and still needs a decision."""
    best = guess(column, frozenset())
    if best and best.field == "person.level":
        steps = ", ".join(f"{_quoted(text)}: …" for text in _distinct(table, column, 12))
        return f"  # person: level: {{column: {_quoted(column)}, values: {{{steps}}}}} with 1 for the lowest step"
    if best and best.field == "consents":
        return "  # person: consents: needs the day: also: {on: 2026-11-21}"
    return ""


def _named(node: object) -> Iterator[str]:
    """The columns that a tree of takes reads."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for each in node:
            yield from _named(each)
    elif isinstance(node, dict):
        ways = [node[way] for way in ("column", "join", "grid") if way in node]
        for each in ways or node.values():
            yield from each if isinstance(each, dict) and ways else _named(each)


def _is_undecided(table: Table, column: str, each: Guess, fields: set[str]) -> bool:
    """Say whether only a person can map a column: steps of a ladder in words, a consent without a day."""
    if each.field == "person.level":
        return not all(text.isdigit() for text in _distinct(table, column))
    return each.field == "consents" and "application.submitted" not in fields


def _role(table: Table, found: dict[str, Guess], role: str | None) -> Iterator[str]:
    column = next((column for column, each in found.items() if each.field == "role"), None)
    if role or column is None:
        yield f"role: {role}\n" if role else "role: mentee # TODO mentor, mentee, both, or {column: …, values: {…}}\n"
        return
    values = {text: _role_of(text) for text in _distinct(table, column)}
    yield "# TODO check what each answer means: mentor, mentee or both\n"
    yield emit({"role": {"column": column, "values": values}})


def _role_of(text: str) -> str:
    said = folded(text)
    mentee = any(word in said for word in ("mentee", "mentorad", "mentoré"))
    mentor = "mentor" in said.replace("mentorad", "").replace("mentoré", "")
    if said in YES or said in _BOTH or (mentee and mentor):
        return "both"
    return "mentor" if mentor and not mentee else "mentee"


def _tree(table: Table, found: dict[str, Guess], role: str | None) -> dict[str, dict[str, object]]:
    """The groups of the map, each with its fields as plain data."""
    tree: dict[str, dict[str, object]] = {"person": {}, "application": {}, "private": {}}
    names = [column for column in (_column(found, "first"), _column(found, "last")) if column]
    if _column(found, "person.name") is None:
        tree["person"]["name"] = {"join": names} if names else table.columns[0]
        found.pop("" if names else table.columns[0], None)
    for column, each in found.items():
        for path in _paths(each.field, role):
            _put(tree, path.split("."), _take(table, column, each, path))
    return tree


def _column(found: dict[str, Guess], field: str) -> str | None:
    return next((column for column, each in found.items() if each.field == field), None)


def _paths(field: str, role: str | None) -> tuple[str, ...]:
    """The places in a map that a guess fills: a topic is offered, sought or both, as the role has it."""
    roles = (role,) if role else ("mentor", "mentee")
    if field == "topics":
        return tuple("person.mentor.offers" if each == "mentor" else "person.mentee.seeks" for each in roles)
    if field in ("availability", "modalities"):
        return tuple(f"person.{each}.{field}" for each in roles)
    if field.startswith(("mentor.", "mentee.")):
        return (f"person.{field}",)
    if field == "consents":
        return ("person.consents",)
    return () if field in ("first", "last", "role") else (field,)


def _put(tree: dict[str, dict[str, object]], route: list[str], take: object) -> None:
    """Put one take into the tree; several columns for one field become a list."""
    node: dict[str, object] = tree.setdefault(route[0], {})
    for step in route[1:-1]:
        inner = node.setdefault(step, {})
        node = inner if isinstance(inner, dict) else {}
    if route[-1] == "protected" and isinstance(take, dict):
        inner = node.setdefault("protected", {})
        key = slug_of(str(take["column"]), "answer")[:64].strip("-")
        if isinstance(inner, dict):
            inner[key] = take["column"]
        return
    before = node.get(route[-1])
    if isinstance(before, dict) and "grid" in before and isinstance(take, dict) and "grid" in take:
        before["grid"] |= take["grid"]
    elif before is None:
        node[route[-1]] = take
    else:
        node[route[-1]] = [*(before if isinstance(before, list) else [before]), take]


def _take(table: Table, column: str, each: Guess, path: str) -> object:
    """Say how a column is read: its dates, its separator, its translations, as the cells suggest."""
    take: dict[str, object] = {"column": column}
    if path == "private.protected":
        return take
    if path == "application.submitted":
        form = _form(_distinct(table, column, 500))
        return take | {"format": form} if form else column
    if path == "person.consents":
        values = {text: "data" for text in _distinct(table, column) if folded(text) in YES or folded(text) not in NO}
        return take | {"values": values, "others": "drop"}
    if path.endswith(".availability") and (day := weekday(column)):
        take = {"grid": {column: day}}
    separator = _separator(table, column) if each.many else None
    if separator:
        take["split"] = separator
    values = _values(table, column, path, separator)
    if values:
        take["values"] = values
    return column if list(take) == ["column"] else take


def _values(table: Table, column: str, path: str, separator: str | None) -> dict[str, str]:
    """Translations of a column with few answers: languages, ways to meet."""
    cells = _distinct(table, column, 200)
    answers = sorted(
        {part.strip() for cell in cells for part in (cell.split(separator) if separator else [cell])} - {""}
    )
    if path == "person.languages":
        return {text: LANGUAGES[folded(text)] for text in answers if folded(text) in LANGUAGES}
    if path.endswith(".modalities"):
        return {text: way for text in answers for word, way in _MODALITIES.items() if word in folded(text)}
    return {}


def _distinct(table: Table, column: str, most: int = 20) -> tuple[str, ...]:
    """The different answers of a column, in the order of their rows, as many as asked for."""
    index = table.columns.index(column)
    return tuple(dict.fromkeys(row.cells[index] for row in table.rows if row.cells[index]))[:most]


def _separator(table: Table, column: str) -> str | None:
    """What most of the answers of a list are set apart by; None where they are not."""
    cells = _distinct(table, column, 500)
    counts = {separator: sum(separator.strip(" ") in cell for cell in cells) for separator in (";", "\n", ", ", ",")}
    fitting = [
        each for each, count in counts.items() if count * 4 >= len(cells) and any(each in cell for cell in cells)
    ]
    return max(fitting, key=lambda each: counts[each], default=None)


def _form(cells: tuple[str, ...]) -> str | None:
    """The form in which all dates of a column can be read; None where none fits, or two do: then a person decides."""
    dates = [cell.split()[0] for cell in cells]
    fitting = [form for form in _FORMS if dates and all(_reads(date, form) for date in dates)]
    return fitting[0] if len(fitting) == 1 else None


def _reads(text: str, form: str) -> bool:
    try:
        datetime.datetime.strptime(text, form)
    except ValueError:
        return False
    return True
