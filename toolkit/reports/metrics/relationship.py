"""How people find their pair; each of these is made of answers to surveys."""

from __future__ import annotations

from toolkit.reports.metrics.base import Metric

METRICS: tuple[Metric, ...] = ()
