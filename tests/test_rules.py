"""Every rule does what its page in `tests/rules/` shows, says what to do, and nothing is raised that no page explains."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
from scenarios import BASE, TODAY, Scenario, pages, scenarios

import toolkit
from toolkit.load import load
from toolkit.model import Thresholds
from toolkit.rules import RULES, check
from toolkit.workspace import Workspace

PACKAGE = Path(toolkit.__file__).parent
KNOWN = {rule.code: rule for rule in RULES}
SCENARIOS = scenarios()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_scenario(scenario: Scenario, tmp_path: Path):
    scenario.write(tmp_path)
    findings = check(load(Workspace(tmp_path)), RULES, scenario.today)
    found = {(each.place.path, each.place.span.line, each.severity.value, each.code) for each in findings}
    assert found == scenario.expected, "\n" + "\n".join(
        f"{each.place.path}:{each.place.span.line}: {each.code}: {each.message}" for each in findings
    )
    assert all(each.hint for each in findings)


def test_base_has_no_finding():
    findings = check(load(Workspace(BASE)), RULES, TODAY)
    assert [(each.place.path, each.code) for each in findings] == []


def test_codes_are_unique_words():
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)] == []


def test_every_rule_with_a_check_has_a_page_and_each_page_a_rule():
    checked = {rule.code for rule in RULES if rule.check}
    named = {page.stem for page in pages()}
    assert checked - named == set()
    assert named - set(KNOWN) == set()


def test_every_threshold_is_named_on_the_page_of_each_rule_that_draws_it():
    drawn = {
        (rule.code, name)
        for rule in RULES
        if rule.check
        for name in re.findall(r"limits\.(\w+)", inspect.getsource(rule.check))
    }
    assert not [(code, name) for code, name in sorted(drawn) if f"`{name}`" not in KNOWN[code].page]
    assert not [
        name
        for name in Thresholds.model_fields
        if not any(f"`{name}`" in page for page in (rule.page for rule in RULES))
    ]


def test_every_page_shows_the_rule_both_ways():
    for page in pages():
        own = [
            any(code == page.stem for _, _, _, code in each.expected) for each in SCENARIOS if each.page == page.stem
        ]
        assert True in own, f"{page.name} shows no finding of its rule"
        assert False in own or KNOWN[page.stem].check is None, f"{page.name} shows no case in which the rule is silent"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page_says_what_why_and_how(rule):
    paragraphs = rule.page.split("\n\n")
    assert len(paragraphs) >= 3, f"{rule.code}: what is wrong, why it matters, Fix:"
    assert paragraphs[-1].startswith("Fix: ")
    assert rule.fix
    assert rule.summary.endswith(".")


def test_codes_raised_below_the_rules_are_described():
    raised = {code for path in _reading_modules() for code in _codes(path)}
    assert len(raised) > 25
    assert raised - set(KNOWN) == set()


def test_described_codes_are_raised():
    raised = {code for path in _reading_modules() for code in _codes(path)}
    assert {rule.code for rule in RULES if rule.check is None} - raised == set()


def _reading_modules() -> tuple[Path, ...]:
    single = [PACKAGE / name for name in ("decode.py", "rules/runner.py", "publish/prove.py")]
    rooms = (path for room in ("source", "model", "load", "matching") for path in sorted((PACKAGE / room).glob("*.py")))
    return (*rooms, *single)


_MAKERS = {"Fault", "Diagnostic", "_finding", "finding", "_fault", "PydanticCustomError", "_fail"}


def _codes(path: Path) -> set[str]:
    """The codes that a module gives to the calls which make findings."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    found = set()
    for call in calls:
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
        if name in _MAKERS and call.args and isinstance(call.args[0], ast.Constant):
            found.add(call.args[0].value)
    return found
