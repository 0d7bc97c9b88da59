"""Small programs for the tests of metrics: the base program's cohort with pairs that each test writes itself."""

import datetime
import json

from scenarios import base_files, write_files

from toolkit.load import load
from toolkit.reports.metrics import METRICS, Scope
from toolkit.workspace import Workspace

TODAY = datetime.date(2026, 11, 2)
COHORT = "content/programs/harbor/2026"
PAIRS = f"{COHORT}/pairs"
_COHORT = {
    "status": "running",
    "starts": "2026-06-01",
    "ends": "2027-03-31",
    "model": "one-to-one",
    "cadence": {"every": "fortnight", "minutes": 60},
}


def scope(root, *trees, today=TODAY, **cohort):
    """The base program without its own pair, with these files, on a day; fields of the cohort may be given."""
    files = {path: text for path, text in base_files().items() if not path.startswith((PAIRS, f"{COHORT}/cohort"))}
    files[f"{COHORT}/cohort.yaml"] = fields({**_COHORT, **cohort})
    for tree in trees:
        files.update(tree)
    write_files(root, files)
    loaded = load(Workspace(root))
    assert not loaded.records.unreadable, loaded.records.unreadable
    return Scope(loaded.records, loaded.records.cohorts["harbor/2026"], today)


def figure(code, found):
    """What a metric comes to."""
    return METRICS[code].figure(found)


def pair(name, *more, members=None, **values):
    """A pair that began on 1 June: a mentor `m-NAME` and a mentee `n-NAME`, unless its members are given, with its records."""
    people = members or {f"m-{name}": "mentor", f"n-{name}": "mentee"}
    own = {
        "model": "one-to-one",
        "status": "active",
        "proposed_on": "2026-05-18",
        "started": "2026-06-01",
        "members": [
            {"person": who, **(role if isinstance(role, dict) else {"role": role})} for who, role in people.items()
        ],
        **values,
    }
    files = {f"{PAIRS}/{name}/pair.yaml": fields({key: value for key, value in own.items() if value is not None})}
    for place, (kind, day, own_fields, body) in enumerate(more):
        path = (
            f"{PAIRS}/{name}/{kind}/{day}{'' if kind == 'sessions' else f'-{place}' if kind == 'feedback' else ''}.md"
        )
        files[path] = markdown(own_fields, body)
    return files


def note(day, *attended, body="We talked.", **values):
    """A note of a meeting; `attended` names who came."""
    own = {"date": day, "minutes": 60, "attended": list(attended), "format": "free", **values}
    return "sessions", day, own, body


def observation(day, kind, **values):
    """A visit."""
    return "observations", day, {"date": day, "kind": kind, "evidence": ["Three hands were up at 9:10."], **values}, ""


def feedback(day, giver, to, **values):
    """A word of feedback on something of the same day."""
    return "feedback", day, {"from": giver, "to": to, "on": day, "event_on": day, "kind": "sbi", **values}, ""


def agreement(name, every):
    """The agreement of a pair on a rhythm of its own."""
    own = {
        "purpose": "To learn.",
        "cadence": {"every": every, "minutes": 60},
        "channel": "In room 4.",
        "response_time_days": 3,
        "boundaries": ["Appraisals."],
    }
    return {f"{PAIRS}/{name}/agreement.md": markdown(own, "")}


def fields(values):
    """Fields as YAML: each value as JSON writes it, which YAML reads."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items())


def markdown(values, body):
    """A record in Markdown."""
    return f"---\n{fields(values)}---\n{body}\n"


def goal(name, owner, **values):
    """A goal that began on 15 June."""
    own = {"title": "Plan ahead", "owner": owner, "domain": "skill", "status": "active", "started": "2026-06-15"}
    return "goals", name, {**own, **values}, ""


def closure(name, day, kind, **values):
    """The ending of a pair on a day."""
    own = {"on": day, "kind": kind, "reason": "workload", "data": "Deleted in March.", **values}
    return {f"{PAIRS}/{name}/closure.md": markdown(own, "")}
