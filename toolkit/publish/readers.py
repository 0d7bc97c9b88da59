"""Who may read what, field by field, from the schema: the page that tells people what becomes of their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.model import Part, Record, Visibility, parts_of
from toolkit.publish.audience import Trait
from toolkit.publish.derive import DERIVED
from toolkit.publish.shape import shapes
from toolkit.publish.view import View

_ORDER = tuple(Visibility)


def visibility_table(models: Iterable[type[Record]]) -> tuple[View, ...]:
    """List who may read what: rows of record, field, doc, visibility, readers, opened_by and derived.

    `readers` and `opened_by` are keys of words, the latter each with the consent that it names. A field inside a part is named by its way (`mentor.offers.topic`) and carries the strictest class on that way.
    """
    rows: list[View] = []
    for model in models:
        rows.extend(_rows(model, model.record, ()))
        for each in DERIVED:
            if each.record == model.record:
                rows.append(_row(each.record, each.name, each.doc, (each.trait,), derived=True))
    return tuple(rows)


def _rows(model: type[Part], record: str, way: tuple[tuple[str, Trait], ...]) -> Iterator[View]:
    for shape in shapes(model):
        here = (*way, (shape.name, shape.trait))
        info = model.model_fields[shape.name]
        name = ".".join(step for step, _ in here)
        yield _row(record, name, info.description or "", tuple(trait for _, trait in here), derived=False)
        for part in parts_of(info.annotation):
            yield from _rows(part, record, here)


def _row(record: str, name: str, doc: str, way: tuple[Trait, ...], *, derived: bool) -> View:
    strictest = max((trait.visibility for trait in way), key=_ORDER.index)
    return View(
        "row",
        {
            "record": record,
            "field": name,
            "doc": doc,
            "visibility": strictest.value,
            "readers": _readers(strictest, way),
            "opened_by": _opened(strictest, way),
            "derived": derived,
        },
    )


def _readers(strictest: Visibility, way: tuple[Trait, ...]) -> str:
    own = all(trait.own for trait in way if trait.visibility is Visibility.STAFF)
    return "own" if strictest is Visibility.STAFF and own else strictest.value


def _opened(strictest: Visibility, way: tuple[Trait, ...]) -> tuple[tuple[str, str], ...]:
    """Say what opens a field, where every closed step of its way can be opened; and what it needs besides."""
    needs = tuple(("needs", trait.needs) for trait in way if trait.needs)
    closed = [trait for trait in way if trait.visibility is not Visibility.PUBLIC]
    if not closed or not all(trait.opens for trait in closed):
        return needs
    if strictest is Visibility.PAIR:
        return (("members", "notes"), *needs)
    return (("anyone", closed[0].opens), *needs)
