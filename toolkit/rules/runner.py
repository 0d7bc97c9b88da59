"""Runs the rules over the records and puts their findings in order, as the settings and the files allow."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from toolkit.diagnostics import Diagnostic, Place, Severity, Span, did_you_mean, ordered
from toolkit.errors import ToolkitError
from toolkit.load import Loaded
from toolkit.model import Records
from toolkit.rules.base import Context, Finding, Rule
from toolkit.source import Mapping, Node, Scalar, Source

_ALLOW = re.compile(
    r"(?P<open>^|\s)(?:#|<!--)\s*toolkit:\s*allow\s+(?P<code>[a-z0-9-]+)\s*(?:[-–—:]\s*(?P<reason>\S.*?))?\s*(?:-->)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which codes are asked for: all but the ignored ones, or only the selected ones."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def wants(self, code: str) -> bool:
        """Say whether findings with this code are to be shown."""
        return code not in self.ignore and (not self.select or code in self.select)


def check(
    loaded: Loaded, rules: tuple[Rule, ...], today: datetime.date, choice: Choice | None = None
) -> tuple[Diagnostic, ...]:
    """Run the rules over what was loaded and return every finding, those of the loader included, in file order."""
    choice = choice or Choice()
    known = {rule.code: rule for rule in rules}
    _refuse_unknown(known, (*choice.select, *choice.ignore, *loaded.records.settings.rules))
    context = Context(today, loaded.records.settings.thresholds)
    found = [*loaded.diagnostics, *_unchecked(loaded.records, rules, choice)]
    for rule in rules:
        if rule.check is not None and choice.wants(rule.code) and (loaded.records.has_private or not rule.private):
            found.extend(_stamp(rule, finding) for finding in rule.check(loaded.records, context))
    graded = _graded(found, loaded.records)
    return ordered(each for each in _allowed(graded, loaded.sources, known) if choice.wants(each.code))


def _stamp(rule: Rule, finding: Finding) -> Diagnostic:
    severity = finding.severity or rule.severity
    return Diagnostic(rule.code, severity, finding.message, finding.place, finding.hint or rule.fix, finding.related)


def _refuse_unknown(known: dict[str, Rule], codes: Iterable[str]) -> None:
    for code in codes:
        if code not in known:
            hint = did_you_mean(code, known, "`mentoring explain --all` lists the codes")
            raise ToolkitError(f"there is no rule `{code}`", hint)


def _unchecked(records: Records, rules: tuple[Rule, ...], choice: Choice) -> Iterator[Diagnostic]:
    """Say once which rules could not be checked because private/ is not here."""
    silent = sorted(rule.code for rule in rules if rule.private and rule.check and choice.wants(rule.code))
    if records.has_private or not silent or not records.pairs:
        return
    message = f"private/ is not here, so {len(silent)} rules were not checked: {', '.join(silent)}"
    place = Place("private", Span(1, 1, 1, 1))
    yield Diagnostic(
        "not-checked", Severity.NOTE, message, place, "fetch the private records beside content/ to check them"
    )


def _graded(found: list[Diagnostic], records: Records) -> Iterator[Diagnostic]:
    """Give each finding the severity that the settings ask for."""
    wanted = records.settings.rules
    for each in found:
        severity = wanted.get(each.code)
        if severity is None:
            yield each
        elif severity != "off":
            yield replace(each, severity=Severity(severity))


def _allowed(found: Iterable[Diagnostic], sources: tuple[Source, ...], known: dict[str, Rule]) -> Iterator[Diagnostic]:
    """Leave out what a file allows in place, with a reason; say where an allowance has none or is not needed."""
    allowances = {source.path: _allowances(source) for source in sources if "toolkit:" in source.text}
    used: set[tuple[str, int, str]] = set()
    for each in found:
        here = allowances.get(each.place.path, {}).get((each.place.span.line, each.code))
        rule = known.get(each.code)
        if here is None or not here.reason or (rule is not None and rule.privacy):
            yield each
        else:
            used.add((each.place.path, here.line, each.code))
    for path, table in allowances.items():
        for allowance in dict.fromkeys(table.values()):
            yield from _judge(allowance, path, (path, allowance.line, allowance.code) in used, known)


@dataclass(frozen=True, slots=True)
class _Allowance:
    code: str
    reason: str
    line: int
    column: int


def _judge(allowance: _Allowance, path: str, used: bool, known: dict[str, Rule]) -> Iterator[Diagnostic]:
    place = Place(path, Span(allowance.line, allowance.column, allowance.line, allowance.column))
    rule = known.get(allowance.code)
    if rule is None:
        hint = did_you_mean(allowance.code, known, "correct the code")
        yield Diagnostic("allow-unknown", Severity.WARNING, "this allows a rule that does not exist", place, hint)
    elif rule.privacy:
        message = f"`{allowance.code}` protects people and cannot be allowed away"
        yield Diagnostic(
            "allow-refused", Severity.WARNING, message, place, "cure the finding, then delete this comment"
        )
    elif not allowance.reason:
        hint = f"write it so: # toolkit: allow {allowance.code} - why it is right here"
        yield Diagnostic("allow-without-reason", Severity.WARNING, "this allowance has no reason", place, hint)
    elif not used:
        yield Diagnostic(
            "allow-unused",
            Severity.NOTE,
            f"nothing here needs `{allowance.code}` to be allowed",
            place,
            "delete this comment",
        )


def _allowances(source: Source) -> dict[tuple[int, str], _Allowance]:
    """Find the comments that allow a code: for their own line, or for the next one where they stand alone."""
    table: dict[tuple[int, str], _Allowance] = {}
    inside = _lines_inside_text(source.root)
    for number, line in enumerate(source.text.split("\n"), 1):
        found = _ALLOW.search(line) if "toolkit:" in line else None
        if found is None or number in inside:
            continue
        alone = not line[: found.start()].strip()
        allowance = _Allowance(found["code"], found["reason"] or "", number, found.start() + 1)
        table[number + 1 if alone else number, allowance.code] = allowance
    return table


def _lines_inside_text(root: Node) -> set[int]:
    """The lines that belong to a text of several lines, where a # begins no comment."""
    lines: set[int] = set()
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar):
            if node.span.end_line > node.span.line:
                lines.update(range(node.span.line + 1, node.span.end_line))
        elif isinstance(node, Mapping):
            stack.extend(value for _, value in node.entries)
        else:
            stack.extend(node.items)
    return lines
