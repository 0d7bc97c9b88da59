"""What all figures are put together with: shares, medians and means, and when bounds are given."""

import pytest

from toolkit.reports.metrics.base import average, middle, share


def test_of_nothing_there_is_no_figure():
    assert (share(0, 0, "pairs"), middle([], "days", "pairs"), average([], "", "pairs")) == (None, None, None)


def test_a_share_has_bounds_from_five_and_a_percentage_from_ten():
    few, some, enough = share(3, 4, "pairs"), share(5, 5, "pairs"), share(7, 10, "pairs")
    assert (few.says, few.low, few.high) == ("3/4 pairs", None, None)
    assert (some.says, round(some.low, 4), some.high) == ("5/5 pairs", 0.5655, 1)
    assert enough.says == "7/10 (70%) pairs"


def test_a_median_is_said_with_two_decimals():
    assert middle([1, 49 / 30], "", "2 pairs").says == "median 1.32; 2 pairs"


def test_a_mean_has_bounds_from_five_on_which_no_value_can_leave():
    # mean 0.8, standard deviation 0.2739, standard error 0.1225, t(4) 2.7764: 0.4599 to 1.1401
    found = average([0.5, 0.5, 1, 1, 1], "", "5 pairs", most=1.0)
    assert (found.value, found.low, found.high) == (0.8, pytest.approx(0.4599, abs=1e-4), 1)
    # mean 1, standard deviation 2.2361, standard error 1: 1 - 2.7764 is below nothing
    assert average([0, 0, 0, 0, 5], "", "5 pairs").low == 0
    assert average([0.5, 0.5, 1, 1], "", "4 pairs").low is None


def test_where_all_are_the_same_nothing_is_said_of_how_sure_that_is():
    found = average([1.0] * 8, "", "8 pairs", most=1.0)
    assert (found.value, found.low, found.high) == (1, None, None)
