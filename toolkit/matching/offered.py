"""Criteria that other packages offer: loaded by name, and held to what a criterion gives, whatever they were written to do."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.matching.arrays import Features, Floats
from toolkit.matching.criteria import Function, Options
from toolkit.model.policy import CRITERIA_GROUP


def offered(names: Iterable[str]) -> dict[str, Function]:
    """Find criteria by name among those that installed packages offer; raises ToolkitError for one that does not load."""
    from importlib.metadata import entry_points

    found: dict[str, Function] = {}
    for entry in sorted(entry_points(group=CRITERIA_GROUP), key=lambda each: (each.name, each.value)):
        if entry.name in names and entry.name not in found:
            found[entry.name] = partial(_held, entry.name, _loaded(entry))
    return found


def _loaded(entry: Any) -> Any:
    try:
        return entry.load()
    except Exception as error:  # a package may fail in any way while it is imported
        message = f"the criterion `{entry.name}` cannot be loaded from {entry.value}: {error}"
        raise ToolkitError(message, "install its package again, or take it out of the policy") from error


def _held(name: str, function: Any, features: Features, rows: slice, options: Options) -> Floats:
    """Call a criterion and look at what it gives: one row a mentee, one column a mentor, 0 to 1 or NaN."""
    hint = "its package has a fault: tell its author, or take it out of the policy"
    try:
        value = np.asarray(function(features, rows, options), dtype=np.float64)
    except Exception as error:  # so may a criterion while it is called
        message = f"the criterion `{name}` failed: {type(error).__name__}: {error}"
        raise ToolkitError(message, hint) from error
    wanted = features.ranked_by_mentee[rows].shape
    if value.shape != wanted:
        raise ToolkitError(f"the criterion `{name}` gives an array of {value.shape}, and {wanted} is asked for", hint)
    if (np.isinf(value) | (value < 0) | (value > 1)).any():
        raise ToolkitError(f"the criterion `{name}` gives values outside 0 to 1", hint)
    return value
