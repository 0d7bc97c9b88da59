"""What small numbers can say, against published tables and figures worked out elsewhere."""

import pytest

from toolkit.stats import Interval, gini, mean, newcombe, student, wilson

PRE = [3.2, 2.8, 3.5, 4.0, 2.5, 3.1, 3.8, 2.9, 3.3, 3.6]
POST = [3.9, 3.1, 3.4, 4.4, 3.5, 3.6, 4.1, 3.7, 3.2, 4.2]


def bounds(found: Interval) -> tuple[float, float]:
    return round(found.low, 4), round(found.high, 4)


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(1, 12.7062), (2, 4.3027), (3, 3.1824), (4, 2.7764), (9, 2.2622), (10, 2.2281), (30, 2.0423), (1000, 1.9623)],
)
def test_students_t_is_that_of_the_tables(freedom, t):
    assert student(freedom) == pytest.approx(t, abs=5e-5)


def test_the_interval_of_a_mean():
    found = mean([after - before for before, after in zip(PRE, POST, strict=True)])
    assert found.value == pytest.approx(0.44)
    assert bounds(found) == (0.1827, 0.6973)


def test_one_value_has_no_interval():
    with pytest.raises(ValueError, match="two values"):
        mean([0.5])


def test_values_that_are_all_the_same_leave_no_width():
    assert mean([2.0, 2.0, 2.0]) == Interval(2.0, 2.0, 2.0)


@pytest.mark.parametrize(
    ("count", "of", "want"),
    [
        (189, 238, (0.7941, 0.7383, 0.8406)),
        (17, 20, (0.85, 0.6396, 0.9476)),
        (12, 12, (1, 0.7575, 1)),
        (5, 5, (1, 0.5655, 1)),
        (0, 5, (0, 0, 0.4345)),
    ],
)
def test_the_interval_of_a_share(count, of, want):
    assert wilson(count, of) == pytest.approx(want, abs=5e-5)


def test_half_a_case_lies_between_its_neighbors():
    assert wilson(4, 8).low < wilson(4.5, 8).low < wilson(5, 8).low


@pytest.mark.parametrize(
    ("one", "other", "want"),
    [((49, 339), (89, 339), (-0.1180, -0.1776, -0.0576)), ((11, 12), (30, 40), (0.1667, -0.1247, 0.3333))],
)
def test_the_interval_of_a_difference(one, other, want):
    assert newcombe(wilson(*one), wilson(*other)) == pytest.approx(want, abs=5e-5)


@pytest.mark.parametrize(
    ("loads", "want"), [([0, 1, 1, 2, 4], 0.45), ([2, 2, 2], 0.0), ([0, 0, 0, 4], 0.75), ([4, 0, 2, 1, 1], 0.45)]
)
def test_how_uneven_loads_are(loads, want):
    assert gini(loads) == pytest.approx(want)


def test_where_nobody_carries_anything_there_is_no_evenness():
    assert gini([0, 0]) is None
