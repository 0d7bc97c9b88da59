"""What a rule is: a generator over the records that says where something is wrong, with its page as docstring."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from toolkit.diagnostics import Place, Severity
from toolkit.model import Records, Thresholds

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: where, and what is wrong in one sentence.

    `hint` replaces the rule's own fix where a better one is known; `severity` replaces the rule's own severity where
    the kind of program makes it graver. Neither sentence holds the value of a field that is not public.
    """

    place: Place
    message: str
    hint: str = ""
    related: tuple[Place, ...] = ()
    severity: Severity | None = None


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may ask beside the records: the day and the thresholds."""

    today: datetime.date
    limits: Thresholds = field(default_factory=Thresholds)
    _made: dict[Callable[[Records], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, make: Callable[[Records], T], records: Records) -> T:
        """Give what a function makes of the records, made once for all the rules of one check that ask for it."""
        if make not in self._made:
            self._made[make] = make(records)
        found: T = self._made[make]
        return found


Check = Callable[[Records, Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, its severity, its page, and the check itself.

    A `private` rule needs the `private/` folder and is silent without it; a `privacy` rule cannot be allowed away.
    `check` is None for codes that are raised while files are read; they are described here so that `explain` knows them.
    """

    code: str
    severity: Severity
    page: str
    check: Check | None = None
    private: bool = False
    privacy: bool = False

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return self.page.split("\n\n", 1)[0].replace("\n", " ")

    @property
    def fix(self) -> str:
        """What to do, in one sentence: the page's paragraph that begins with `Fix:`."""
        for paragraph in self.page.split("\n\n"):
            if paragraph.startswith("Fix: "):
                return paragraph.removeprefix("Fix: ").replace("\n", " ").rstrip(".")
        return ""


def rule(code: str, severity: Severity, *, private: bool = False, privacy: bool = False) -> Callable[[Check], Rule]:
    """Turn a generator function into a Rule; its docstring is the rule's page.

    The docstring's first paragraph says what is wrong, the next ones why it matters, and the last one begins with
    `Fix: ` and says what to do; that sentence is the hint under each finding.
    """

    def wrap(check: Check) -> Rule:
        return Rule(code, severity, inspect.cleandoc(check.__doc__ or ""), check, private, privacy)

    return wrap


def described(code: str, severity: Severity, page: str) -> Rule:
    """Describe a code that no rule raises: what is found while files are read, and what check and build say of themselves."""
    return Rule(code, severity, inspect.cleandoc(page))
