"""From a tree of text to a typed record: every misfit becomes a finding at its field, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from toolkit.diagnostics import Diagnostic, Severity, did_you_mean, nearest
from toolkit.model import Part, Record, field_of, parts_of, place_in
from toolkit.source import Mapping, Node, Route, Scalar, Source

R = TypeVar("R", bound=Record)
_BODY = "body"
_WORDS = {
    "string_type": ("a text is needed here", "write one line of text"),
    "string_too_short": ("nothing is written here", "fill it in, or delete the line"),
    "string_too_long": ("the text is too long", "keep it short here; move prose to the Markdown body"),
    "string_pattern_mismatch": (
        "this is not written as the field needs it",
        "see the example for this field in the reference",
    ),
    "tuple_type": ("a list is needed here", "write each entry on a line of its own, beginning with a dash"),
    "list_type": ("a list is needed here", "write each entry on a line of its own, beginning with a dash"),
    "dict_type": ("fields are needed here", "write `name: value` lines below, indented by two spaces"),
    "model_type": ("fields are needed here", "write `name: value` lines below, indented by two spaces"),
}


def decode(source: Source, model: type[R]) -> tuple[R | None, tuple[Diagnostic, ...]]:
    """Turn a file into a record of this model, or into the findings that say why it is none."""
    data = source.data
    has_body = _BODY in model.model_fields
    if has_body and _BODY not in data and source.body.strip():
        data = {**data, _BODY: source.body.strip("\n")}
    elif has_body and _BODY in data:
        route: Route = (_BODY,)
        return None, (
            _finding("unknown-field", "`body` is no field", "write the text below the fields", source, model, route),
        )
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=True)
        return None, tuple(dict.fromkeys(_findings(faults, source, model)))


def _findings(faults: list[Any], source: Source, model: type[Record]) -> Iterator[Diagnostic]:
    """One finding for each cause: a misspelled required field is not also a missing one."""
    missing = {fault["loc"] for fault in faults if fault["type"] == "missing"}
    explained: set[tuple[Any, ...]] = set()
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            route = _route(fault["loc"], source)
            fields = _fields_at(model, route[:-1]) - {_BODY}
            meant = nearest(str(fault["loc"][-1]), fields)
            if meant and (*fault["loc"][:-1], meant) in missing:
                explained.add((*fault["loc"][:-1], meant))
            yield _unknown(str(fault["loc"][-1]), fields, source, model, route)
    for fault in faults:
        if fault["type"] == "missing" and fault["loc"] not in explained:
            yield _missing(fault["loc"], source, model)
        elif fault["type"] not in ("missing", "extra_forbidden") and not _emptied(fault, faults):
            yield _misfit(fault, source, model)


def _emptied(fault: Any, faults: list[Any]) -> bool:
    """Whether a list counts as too short only because the items in it do not fit."""
    loc = fault["loc"]
    return fault["type"] == "too_short" and any(
        len(each["loc"]) > len(loc) and each["loc"][: len(loc)] == loc for each in faults
    )


def _unknown(name: str, fields: set[str], source: Source, model: type[Record], route: Route) -> Diagnostic:
    hint = did_you_mean(name, fields, f"the fields here are: {', '.join(sorted(fields))}", "`{}`")
    shown = name if len(name) <= 40 else name[:39] + "…"
    return _finding("unknown-field", f"`{shown}` is no field of this {_noun(model)}", hint, source, model, route)


def _missing(loc: tuple[Any, ...], source: Source, model: type[Record]) -> Diagnostic:
    route = _route(loc[:-1], source)
    holder = f" in `{field_of(model, route)}`" if route and isinstance(route[-1], str) else ""
    doc = _doc(model, (*route, loc[-1]))
    hint = f"add it: {doc}" if doc else "add it; `mentoring schema` lists the fields"
    return _finding("missing-field", f"`{loc[-1]}` is missing{holder}", hint, source, model, route)


def _misfit(fault: Any, source: Source, model: type[Record]) -> Diagnostic:
    route = _route(fault["loc"], source)
    name = field_of(model, route) or "the record"
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in ("literal_error", "enum"):
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        return _finding(
            "bad-enum", f"`{name}` has a value that is not on its list", f"allowed: {allowed}", source, model, route
        )
    if "-" in kind:
        routes = [_route((*fault["loc"], *each), source) for each in context.get("places", ())] or [route]
        name = field_of(model, routes[0]) or "the record"
        found = _finding(kind, f"`{name}`: {fault['msg']}", str(context.get("hint", "")), source, model, routes[0])
        return replace(found, related=tuple(place_in(source, model, each) for each in routes[1:] if each))
    message, hint = _WORDS.get(kind) or _bound(kind, context)
    return _finding("wrong-type", f"`{name}`: {message}", hint, source, model, route)


def _bound(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    """Word the limits of numbers and lists."""
    limits = {
        "greater_than_equal": ("the number is too small", "the least is {ge}"),
        "less_than_equal": ("the number is too large", "the most is {le}"),
        "too_short": ("the list is too short", "the least is {min_length}"),
        "too_long": ("the list is too long", "the most is {max_length}"),
    }
    message, hint = limits.get(kind, ("the value does not fit this field", "see the field in the reference"))
    try:
        return message, hint.format(**context)
    except KeyError:
        return message, ""


def _finding(code: str, message: str, hint: str, source: Source, model: type[Record], route: Route) -> Diagnostic:
    place = place_in(source, model, route)
    if code == "unknown-field" and route:
        place = place._replace(key=str(route[-1]))
    return Diagnostic(code, Severity.ERROR, message, place, hint)


def _route(loc: tuple[Any, ...], source: Source) -> Route:
    """Keep of pydantic's location what is in the file: it also names union branches and shorthand fields."""
    node: Node | None = source.root
    route: list[str | int] = []
    for step in loc:
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.get(step)
            if entry is not None:
                route.append(step)
                node = entry[1]
        elif (
            node is not None
            and not isinstance(node, Scalar | Mapping)
            and isinstance(step, int)
            and step < len(node.items)
        ):
            route.append(step)
            node = node.items[step]
    return tuple(route)


def _holders(model: type[Part], route: Route) -> tuple[type[Part], ...]:
    current: tuple[type[Part], ...] = (model,)
    for step in route:
        held = [each for each in current if step in each.model_fields]
        if held and isinstance(step, str):  # else the step is a place in a list, or the key of a mapping
            current = tuple(part for each in held for part in parts_of(each.model_fields[step].annotation))
    return current


def _fields_at(model: type[Part], route: Route) -> set[str]:
    return {name for each in _holders(model, route) for name in each.model_fields}


def _doc(model: type[Part], route: Route) -> str:
    for each in _holders(model, route[:-1]):
        info = each.model_fields.get(str(route[-1]))
        if info is not None and info.description:
            return info.description[:1].lower() + info.description[1:].rstrip(".")
    return ""


def _noun(model: type[Record]) -> str:
    return model.record.replace("-", " ")
