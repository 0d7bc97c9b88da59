"""The page of every metric, whichever family it is of."""

import pytest

from toolkit.reports.metrics import METRICS
from toolkit.reports.metrics.base import CAUTION


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda each: each.code)
def test_a_page_begins_with_what_is_counted_and_ends_with_what_that_does_not_show(metric):
    paragraphs = metric.page.split("\n\n")

    assert [each.startswith(CAUTION) for each in paragraphs] == [False] * (len(paragraphs) - 1) + [True]
    assert len(paragraphs) > 1
    assert paragraphs[0].replace("`", "")[0].isupper()
