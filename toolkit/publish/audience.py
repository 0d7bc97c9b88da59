"""Who a build is for, and the one decision on which everything else rests: may this audience read this field?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from toolkit.diagnostics import did_you_mean
from toolkit.errors import ToolkitError
from toolkit.model import Visibility


class Kind(StrEnum):
    """The circles of readers, from the widest to the narrowest."""

    PUBLIC = "public"
    MEMBERS = "members"
    STAFF = "staff"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Audience:
    """The readers of one build: anyone, the program's people, its coordinators, or one pair.

    `pair` is the key `program/cohort/pair` of an audience of the kind `pair`, else empty.
    """

    kind: Kind
    pair: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.pair}" if self.pair else self.kind.value

    @property
    def folder(self) -> str:
        """The name of the folder that this audience's build lies in: one step, safe on every file system."""
        return "--".join((self.kind.value, *self.pair.split("/"))) if self.pair else self.kind.value


PUBLIC, MEMBERS, STAFF = (Audience(kind) for kind in (Kind.PUBLIC, Kind.MEMBERS, Kind.STAFF))


def parse(text: str, pairs: Iterable[str] = ()) -> Audience:
    """Read `public`, `members`, `staff`, `pair:program/cohort/pair` or `pair:id` where one pair alone has that id.

    `pairs` are the keys of the pairs that exist. Raises ToolkitError where the text names no audience.
    """
    kind, _, name = text.partition(":")
    if not name and kind in (Kind.PUBLIC, Kind.MEMBERS, Kind.STAFF):
        return Audience(Kind(kind))
    if kind == Kind.PAIR and name:
        known = tuple(pairs)
        found = sorted(key for key in known if name in (key, key.rpartition("/")[2]))
        if len(found) == 1:
            return Audience(Kind.PAIR, found[0])
        if found:
            raise ToolkitError("more than one pair has this id", "name it whole, as pair:program/cohort/pair")
        ids = (key.rpartition("/")[2] for key in known)
        hint = did_you_mean(name, ids, "name it by its folder, as pair:program/cohort/pair", "pair:{}")
        raise ToolkitError(f"there is no pair {name}", hint)
    raise ToolkitError("there is no such audience", "use public, members, staff or pair:program/cohort/pair")


@dataclass(frozen=True, slots=True)
class Trait:
    """What is declared about a value: its class, who else may read it, and what opens it.

    `own`: a staff value that the pair it is about reads too. `opens`: the consent that opens the value by one circle.
    `needs`: the consent without which nobody but staff reads it.
    """

    visibility: Visibility
    own: bool = False
    opens: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """How one record stands to one audience.

    `own`: the record belongs to the pair that the build is for. `opened`: the consents that hold for it today.
    """

    own: bool = False
    opened: frozenset[str] = frozenset()


def reads(audience: Audience, trait: Trait, scope: Scope) -> bool:
    """Say whether an audience may read a value; whatever is not allowed here is hidden."""
    if trait.needs and trait.needs not in scope.opened and audience.kind is not Kind.STAFF:
        return False
    opened = bool(trait.opens) and trait.opens in scope.opened
    match trait.visibility:
        case Visibility.PUBLIC:
            return True
        case Visibility.MEMBERS:
            return audience.kind is not Kind.PUBLIC or opened
        case Visibility.STAFF:
            return audience.kind is Kind.STAFF or (trait.own and scope.own)
        case Visibility.PAIR:
            # What a pair opens is read as a members' field is: by its circle and by the coordinators in it.
            return scope.own or (opened and audience.kind is not Kind.PUBLIC)
        case _:
            return False
