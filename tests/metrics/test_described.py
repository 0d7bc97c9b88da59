"""The figures that the records do not hold: their pages speak of surveys, items, measures, fields and numbers that are there."""

import re
from pathlib import Path

import pytest
from tiny import figure, pair, scope

from toolkit.load import load
from toolkit.model import Closure, Cohort, Goal, Program, Session
from toolkit.model.completed import EARLY
from toolkit.model.fairness import Fairness
from toolkit.model.metric import METRICS as CODES
from toolkit.reports.metrics import METRICS
from toolkit.reports.metrics.base import CAUTION
from toolkit.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = ("goals", "relationship", "outcomes")
DESCRIBED = [each for each in METRICS.values() if each.family in FAMILIES and each.needs]
FIELDS = {name for model in (Program, Cohort, Goal, Session, Closure, Fairness) for name in model.model_fields}


@pytest.fixture(scope="module")
def records():
    return load(Workspace(ROOT)).records


def named(metric):
    return set(re.findall(r"`([^`]+)`", metric.page))


@pytest.mark.parametrize("metric", DESCRIBED, ids=lambda each: each.code)
def test_a_page_says_what_is_counted_how_it_reads_and_what_it_does_not_show(metric):
    paragraphs = metric.page.split("\n\n")

    assert [each.startswith(CAUTION) for each in paragraphs] == [False, False, True]


@pytest.mark.parametrize("metric", DESCRIBED, ids=lambda each: each.code)
def test_what_a_page_names_is_there(metric, records):
    items = {item.id for each in records.instruments.values() for item in each.items}

    assert named(metric) <= {*records.instruments, *items, *records.measures, *CODES, *FIELDS, *EARLY}


@pytest.mark.parametrize(
    ("code", "measure"),
    [
        ("retention", "retention"),
        ("promotion-rate", "promotion"),
        ("attendance", "attendance"),
        ("grades", "academic-performance"),
        ("failures", "course-failures"),
    ],
)
def test_an_outcome_of_a_register_is_defined_by_a_measure(code, measure, records):
    assert measure in named(METRICS[code])
    assert records.measures[measure].instrument is None
    assert METRICS[code].needs == "outcomes"


def test_the_time_of_a_promotion_is_that_of_its_measure(records):
    assert records.measures["promotion"].follow_up_months == 18
    assert "within 18 months" in METRICS["promotion-rate"].page


def test_the_sentences_are_as_many_as_their_pages_say(records):
    check, expected, baseline = (records.instruments[each] for each in ("health-check", "expectations", "baseline"))

    assert [len(check.items), len(expected.items)] == [5, 13]
    assert {(each.scale.min, each.scale.max) for each in (check, expected, baseline)} == {(1, 5)}
    assert records.instruments["closing"].repeats == "baseline"


@pytest.mark.parametrize(
    ("code", "instrument", "item"), [("satisfaction", "closing", "worth"), ("belonging", "baseline", "belonging")]
)
def test_a_sentence_that_a_page_quotes_is_the_one_that_people_read(code, instrument, item, records):
    text = next(each.text["en"] for each in records.instruments[instrument].items if each.id == item)

    assert f'"{text.rstrip(".")}"' in METRICS[code].page


def test_the_records_alone_do_not_hold_them(tmp_path):
    found = scope(tmp_path, pair("one"))

    assert {each.code: figure(each.code, found) for each in DESCRIBED} == dict.fromkeys(each.code for each in DESCRIBED)
    assert len(DESCRIBED) == 1 + 10 + 14
