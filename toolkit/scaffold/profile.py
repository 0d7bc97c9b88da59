"""A ready program of one kind: the data of a profile in one language, laid out as the files of a new folder."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toolkit.diagnostics import did_you_mean
from toolkit.errors import ToolkitError
from toolkit.model.formats import LANGUAGES
from toolkit.model.tongue import offered
from toolkit.scaffold.forms import words
from toolkit.scaffold.project import Answers, Target, around, asked, in_order, rendered
from toolkit.source import emit, read
from toolkit.workspace import SETTINGS, place_of, shipped

_PROFILE = "profile.yaml"
_DEFAULTS: dict[str, Any] = {
    **{"minors": "false", "k_min": "5", "urgent": "", "comparison": "", "allow_length": ""},
    **{"extra": {}, "thresholds": {}, "rules": {}},
}
_PULSE = 7  # weeks after the start: the second month, while a pair that does not work can still be changed
_LONG = 30  # weeks from which a cohort is asked halfway, too
_OPEN = 11  # days for which a survey between start and end is open
_BEFORE, _LAST = 14, 16  # days of the first survey before the start, and of the last one before the end


def _folder() -> Path:
    return shipped("templates") / "profiles"


def profiles(language: str = LANGUAGES[0]) -> tuple[tuple[str, str], ...]:
    """The profiles that ship with the toolkit, by name, each with a sentence on whom it is for."""
    names = sorted(path.parent.name for path in _folder().glob(f"*/{_PROFILE}"))
    return tuple((name, _read(name, language)["about"]) for name in names)


def profiled(profile: str, answers: Answers, today: datetime.date) -> tuple[Target, ...]:
    """Plan a new program from a profile; raises ToolkitError where there is no such profile."""
    names = [name for name, _ in profiles()]
    if profile not in names:
        hint = did_you_mean(profile, names, "mentoring init --list-profiles shows them all")
        raise ToolkitError(f"there is no profile {profile}", hint)
    language = offered(answers.language) or LANGUAGES[0]
    values = _values(profile, language, answers, today)
    own = rendered(_forms(answers, language), values, _folder(), shipped("templates") / "sheets")
    return in_order([*own, *around(answers.language)])


def _forms(answers: Answers, language: str) -> dict[str, str]:
    """Path to form of the files that are a profile's own."""
    where = {"program": answers.program, "id": answers.cohort}
    return {
        place_of("program", id=answers.program): "program.yaml",
        place_of("cohort", **where): "cohort.yaml",
        place_of("matching-policy", **where): "matching.yaml",
        place_of("topic-list", id="topics"): "topics.yaml",
        SETTINGS: "toolkit.yaml",
        f"templates/new/agreement.{language}.md": "agreement.md",
        "README.md": f"README.{language}.md",
        "privacy-notice.md": f"privacy-notice.{language}.md",
    }


def _read(profile: str, language: str) -> dict[str, Any]:
    data: dict[str, Any] = _said(_data(_folder() / profile / _PROFILE), language)
    return {**_DEFAULTS, **data}


def _data(path: Path) -> Any:
    return read(str(path), path.name).data


def _said(value: Any, language: str) -> Any:
    """Keep of every text in several languages the one that is wanted; whatever else there is stays."""
    if isinstance(value, Mapping):
        if set(LANGUAGES) == set(value):
            return value[language]
        own = {key: _said(each, language) for key, each in value.items() if key not in LANGUAGES}
        return {**own, "title": value[language]} if language in value else own
    if isinstance(value, list | tuple):
        return [_said(each, language) for each in value]
    return value


def _values(profile: str, language: str, answers: Answers, today: datetime.date) -> dict[str, Any]:
    """Everything that the forms say: the profile, the dates that follow from the first day, and the words."""
    data = _read(profile, language)
    weeks = int(data["weeks"])
    ends = answers.starts + datetime.timedelta(weeks=weeks)
    waves = _waves(answers.starts, ends, weeks, _asked_beside(data["measures"]))
    return {
        **data,
        **asked(answers, ends, today),
        "profile": profile,
        "rematch_until": answers.starts + datetime.timedelta(weeks=weeks // 4),
        "targets": [_target(each, ends) for each in data["targets"]],
        "waves": waves,
        "cards": words(language)["cards"] if "values_overlap" in data["score"] else [],
        "extra": _yaml(data["extra"]),
        "require": _yaml({"require": data["require"]}).partition("\n")[2],
        "score_words": _listed(data["score"]),
        "threshold_words": _listed(data["thresholds"]),
        "rule_words": _listed(data["rules"]),
        "wave_words": ", ".join(f"{each['instrument']} {each['opens']}" for each in waves),
    }


def _target(target: Mapping[str, Any], ends: datetime.date) -> dict[str, Any]:
    return {**target, "by": ends + datetime.timedelta(weeks=int(target["weeks"]))}


def _asked_beside(measures: Iterable[str]) -> list[str]:
    """What the outcomes of a program are computed from beside the surveys of the start and the end."""
    named = (_data(shipped(place_of("measure", id=each))).get("instrument") for each in measures)
    return sorted({each for each in named if each not in (None, "baseline", "closing")})


def _waves(starts: datetime.date, ends: datetime.date, weeks: int, beside: list[str]) -> list[dict[str, Any]]:
    """The surveys of a cohort: before it starts, in the second month, halfway where it is long, and before it ends.

    What is asked `beside` them is asked at the start and again at the end.
    """
    one = datetime.timedelta(days=1)
    found = [
        _wave("baseline", each, starts - datetime.timedelta(days=_BEFORE), starts - one)
        for each in ("baseline", *beside)
    ]
    middle = [("pulse", "pulse", min(_PULSE, weeks // 3)), ("mid", "health-check", weeks // 2)]
    for kind, instrument, week in middle if weeks >= _LONG else middle[:1]:
        opens = starts + datetime.timedelta(weeks=week)
        found.append(_wave(kind, instrument, opens, opens + datetime.timedelta(days=_OPEN)))
    last = ends - datetime.timedelta(days=_LAST)
    return [*found, *(_wave("closing", each, last, ends) for each in ("closing", *beside))]


def _wave(kind: str, instrument: str, opens: datetime.date, closes: datetime.date) -> dict[str, Any]:
    name = f"{kind}-{instrument}" if instrument == "outcome-items" else kind
    return {"id": f"{name}-{opens.year}", "kind": kind, "instrument": instrument, "opens": opens, "closes": closes}


def _yaml(data: Mapping[str, Any]) -> str:
    return emit(_plain(data)) if data else ""


def _plain(value: Any) -> Any:
    """Numbers and yes or no as such: the reader leaves every value a text."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if str(value).lstrip("-").isdigit() else value


def _listed(data: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in data.items())
