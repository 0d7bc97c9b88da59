"""How a field is declared: one visibility class, one line of documentation, and a type that reads text.

A record file holds text only; the types here turn it into dates, numbers and words, and refuse the rest with
the sentence a coordinator reads.
"""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError


class Visibility(StrEnum):
    """Who may read a field; every field of every model carries exactly one class."""

    PUBLIC = "public"
    MEMBERS = "members"
    STAFF = "staff"
    PAIR = "pair"
    SAFEGUARDING = "safeguarding"


def _declare(visibility: Visibility, doc: str, default: Any, unit: str, extra: dict[str, Any], **limits: Any) -> Any:
    schema = {"visibility": visibility.value, **({"unit": unit} if unit else {}), **extra}
    # A default that could change would be copied for every record, and a part made here would be built at once.
    factory = dict if default == {} else default if isinstance(default, type) else None
    if factory is not None:
        return Field(default_factory=factory, description=doc, json_schema_extra=schema, **limits)
    return Field(default, description=doc, json_schema_extra=schema, **limits)


def for_public(doc: str, default: Any = ..., *, unit: str = "", **limits: Any) -> Any:
    """Declare a field that anyone may read."""
    return _declare(Visibility.PUBLIC, doc, default, unit, {}, **limits)


def for_members(
    doc: str, default: Any = ..., *, unit: str = "", opens: str = "", needs: str = "", **limits: Any
) -> Any:
    """Declare a field for the people of the program; with `opens`, public where the person gave that consent.

    With `needs`, hidden from all but the staff where the person did not give that consent.
    """
    extra = {**({"opens": opens} if opens else {}), **({"needs": needs} if needs else {})}
    return _declare(Visibility.MEMBERS, doc, default, unit, extra, **limits)


def for_staff(doc: str, default: Any = ..., *, unit: str = "", own: bool = False, **limits: Any) -> Any:
    """Declare a field for coordinators; with `own`, the pair that it is about reads it too."""
    return _declare(Visibility.STAFF, doc, default, unit, {"own": True} if own else {}, **limits)


def for_pair(doc: str, default: Any = ..., *, unit: str = "", opens: str = "", **limits: Any) -> Any:
    """Declare a field for the pair alone; with `opens`, for members where the agreement and all its people say so."""
    return _declare(Visibility.PAIR, doc, default, unit, {"opens": opens} if opens else {}, **limits)


def for_safeguarding(doc: str, default: Any = ..., *, unit: str = "", **limits: Any) -> Any:
    """Declare a field for named safeguarding leads; it is in no build and in no export."""
    return _declare(Visibility.SAFEGUARDING, doc, default, unit, {}, **limits)


class Refers:
    """Marks a field that names another record by its id; `kind` says which kind of record."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


def _fail(code: str, sentence: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError(code, sentence, {"hint": hint})


# No record needs other centuries, and rules reckon with days: near year 1 or 9999 that would leave the calendar.
_DATE = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
_INTEGER = re.compile(r"-?[0-9]{1,9}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?\Z")
_PAIR = re.compile(r"[a-z0-9-]{1,64}(?:/[a-z0-9-]{1,64}){2}\Z")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?\Z")
_LINK = re.compile(r"https?://[^\s<>\"']+\Z")
_FILE = re.compile(r"(?!/|.*(?:\\|//|:|\x00)|(?:.*/)?\.)[^\s].*[^/]\Z")
_RESERVED = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        "index",
        "search",
        "assets",
        "true",
        "false",
        "yes",
        "no",
        "null",
        "none",
        "all",
        "new",
        "readme",
        "tags",
        "sitemap",
        "stylesheets",
        "javascripts",
    ]
)
MAX_ID = 64


def is_slug(text: str) -> bool:
    """Say whether a text can be an id: lower-case words, digits and hyphens, a letter first, no reserved word."""
    return len(text) <= MAX_ID and _SLUG.match(text) is not None and text not in _RESERVED


def _date(value: object) -> object:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and _DATE.match(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise _fail(
        "wrong-type", "this is not a date", "write dates as 2026-11-21, and only days that exist, from 1900 to 2199"
    )


def _time(value: object) -> object:
    if isinstance(value, str) and _TIME.match(value):
        return value
    raise _fail("wrong-type", "this is not a time of day", "write times as 17:30")


def _integer(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _INTEGER.match(value):
        return int(value)
    raise _fail("wrong-type", "this is not a whole number", "write digits only, such as 45")


def _number(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _NUMBER.match(value):
        return float(value)
    raise _fail("wrong-type", "this is not a number", "write digits with a point, such as 2.5")


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    if value in ("true", "yes"):
        return True
    if value in ("false", "no"):
        return False
    raise _fail("wrong-type", "this is not yes or no", "write true or false")


def _text(value: object) -> object:
    if isinstance(value, str):
        return value
    raise _fail("wrong-type", "a text is needed here, not a list or fields", "write one line of text")


def _slug(value: object) -> object:
    if isinstance(value, str) and is_slug(value):
        return value
    raise _fail("wrong-type", "this is not an id", "an id is lower-case words joined by hyphens, such as ana-kovacs")


def _pair_key(value: object) -> object:
    if isinstance(value, str) and _PAIR.match(value):
        return value
    raise _fail("wrong-type", "this is not the name of a pair", "write program/cohort/pair, as the folders are named")


def is_language(value: object) -> bool:
    """Whether a value is the code of a language."""
    return isinstance(value, str) and bool(_LANGUAGE.match(value))


def _language(value: object) -> object:
    if is_language(value):
        return value
    raise _fail("wrong-type", "this is not a language code", "write en, es, fr or another two-letter code")


def _link(value: object) -> object:
    if isinstance(value, str) and _LINK.match(value):
        return value
    raise _fail("wrong-type", "this is not a web address", "write an address that begins with https://")


def _file(value: object) -> object:
    if isinstance(value, str) and _FILE.match(value):
        return value
    hint = "write a path inside the program's folder with forward slashes, such as photos/ana.jpg"
    raise _fail("wrong-type", "this path leads out of the program, or is none", hint)


@cache
def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return "/" in name or name == "UTC"


def _zone(value: object) -> object:
    if isinstance(value, str) and _is_zone(value):
        return value
    raise _fail("wrong-type", "this is not a time zone", "write an IANA name such as Europe/Lisbon or America/Bogota")


Date = Annotated[datetime.date, BeforeValidator(_date)]
Time = Annotated[
    str, BeforeValidator(_time), WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
]
Integer = Annotated[int, BeforeValidator(_integer)]
Number = Annotated[float, BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=20_000)]
Slug = Annotated[
    str, BeforeValidator(_slug), WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"})
]
Language = Annotated[
    str, BeforeValidator(_language), WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z]{2})?$"})
]
Zone = Annotated[str, BeforeValidator(_zone), WithJsonSchema({"type": "string", "examples": ["Europe/Lisbon"]})]
Url = Annotated[
    str, BeforeValidator(_link), WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"})
]
FilePath = Annotated[str, BeforeValidator(_file), Field(max_length=200)]
PersonId = Annotated[Slug, Refers("person")]
GoalId = Annotated[Slug, Refers("goal")]
ReferenceId = Annotated[Slug, Refers("reference")]
StandardId = Annotated[Slug, Refers("standard")]
PairId = Annotated[Slug, Refers("pair")]
RunId = Annotated[Slug, Refers("matching-run")]
PairKey = Annotated[
    str,
    BeforeValidator(_pair_key),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+$"}),
    Refers("pair-key"),
]
