"""How people talk and learn in a pair, from the structure of what they wrote down, without reading their notes."""

from __future__ import annotations

from toolkit.reports.metrics.base import Metric

METRICS: tuple[Metric, ...] = ()
