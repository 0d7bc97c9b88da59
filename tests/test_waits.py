"""How long people wait when some still do, against figures worked out elsewhere; and how even a load is."""

from statistics import median

import pytest

from toolkit.stats import half, jain

REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
"""Weeks of 21 patients on 6-mercaptopurine (Freireich 1963): the median of Kaplan and Meier is 23 in every textbook."""


def test_the_median_of_the_textbooks():
    assert half(REMISSION, STILL) == 23
    assert median((*REMISSION, *STILL)) == 16, "waits that are not over, taken for whole, would be too short"


@pytest.mark.parametrize("waits", [[4], [3, 9], [1, 2, 2, 8], [5, 5, 5], [9, 1, 4, 7, 2]])
def test_with_nobody_waiting_it_is_the_median(waits):
    assert half(waits) == median(waits)


@pytest.mark.parametrize(("waited", "waiting"), [([], []), ([], [4]), ([2, 3], [9, 9, 9])])
def test_while_more_than_half_wait_it_is_not_known(waited, waiting):
    assert half(waited, waiting) is None


def test_of_half_who_wait_no_more_is_known_than_the_last_who_do_not():
    assert half([2, 3], [9, 9]) == 3


def test_who_stopped_waiting_early_says_nothing_of_later():
    # At 5 days two are at risk and one is done: a half of all who are known then.
    assert half([5, 8], [1, 1, 1]) == 6.5


@pytest.mark.parametrize(
    ("loads", "want"), [([0, 1, 1, 2, 4], 0.5818), ([3, 3], 1), ([0, 0, 0, 4], 0.25), ([0, 0], None)]
)
def test_how_even_loads_are(loads, want):
    assert jain(loads) == (want and pytest.approx(want, abs=5e-5))
