"""Every metric that a program can name, family by family; those that need nothing but records are counted here."""

from toolkit.model.metric import METRICS as CODES
from toolkit.reports.metrics.activity import METRICS as ACTIVITY
from toolkit.reports.metrics.base import Figure, Metric, Scope
from toolkit.reports.metrics.conversation import METRICS as CONVERSATION
from toolkit.reports.metrics.goals import METRICS as GOALS
from toolkit.reports.metrics.outcomes import METRICS as OUTCOMES
from toolkit.reports.metrics.reach import METRICS as REACH
from toolkit.reports.metrics.relationship import METRICS as RELATIONSHIP
from toolkit.reports.metrics.running import METRICS as RUNNING

_FOUND = {
    each.code: each
    for family in (REACH, ACTIVITY, CONVERSATION, GOALS, RELATIONSHIP, OUTCOMES, RUNNING)
    for each in family
}
METRICS: dict[str, Metric] = {code: _FOUND[code] for code in CODES}
"""The metrics by their codes, from reaching people to the cost of running the program."""

__all__ = ["METRICS", "Figure", "Metric", "Scope"]
