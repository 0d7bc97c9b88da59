"""The records of people and of a program, ready to be filled in: from a person to a cohort, a guide and a concern."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from toolkit.errors import ToolkitError
from toolkit.model import Cohort, Program, Records
from toolkit.model.fields import is_slug
from toolkit.model.measure import Domain
from toolkit.model.naming import slug_of
from toolkit.model.program import DAYS_BETWEEN
from toolkit.scaffold.forms import filled, words
from toolkit.scaffold.project import Target, window
from toolkit.source.edit import Append, edited
from toolkit.workspace import Workspace, modeline, place_of


@dataclass(frozen=True, slots=True)
class Office:
    """Where the program's papers are made: its folder, its records, the day and the language."""

    workspace: Workspace
    records: Records
    today: datetime.date
    language: str

    def target(self, kind: str, values: dict[str, Any], suffix: str = "yaml", **parts: str) -> Target:
        """Fill in one form; a YAML file names its schema, so that editors complete it."""
        path = place_of(kind, **parts)
        head = modeline(kind, path) if suffix == "yaml" else ""
        text = filled(self.workspace, f"{kind}.{{}}.{suffix}", self.language, {"today": self.today, **values})
        return Target(path, (head + text).encode("utf-8"))


def person(
    office: Office,
    name: str,
    role: str,
    ident: str | None,
    locale: str | None,
    timezone: str | None,
    consents: tuple[str, ...],
) -> Target:
    """A person, named after what they are called."""
    values = {"name": name, "role": role, "locale": locale, "timezone": timezone, "consents": consents}
    return office.target("person", values, id=ident or slug_of(name, "person"))


def application(office: Office, who: str, role: str, cohort: Cohort) -> Target:
    """A request to join a cohort in a role."""
    program, _, name = cohort.cohort_key.partition("/")
    return office.target("application", {}, program=program, cohort=name, person=who, role=role)


def pair(
    office: Office, mentors: tuple[str, ...], mentees: tuple[str, ...], cohort: Cohort, ident: str | None
) -> Target:
    """A proposed pair, with the topics that one side offers and the other seeks."""
    program, _, name = cohort.cohort_key.partition("/")
    lasting = office.records.programs.get(program)
    values = {
        "model": cohort.model,
        "members": [
            *({"person": who, "role": "mentor"} for who in mentors),
            *({"person": who, "role": "mentee"} for who in mentees),
        ],
        "formation": lasting.formation if lasting else "formal",
        "topics": _shared(office.records, mentors, mentees),
    }
    others = {
        each.id
        for each in office.records.pairs_of(cohort.cohort_key)
        if frozenset(each.people()) != frozenset((*mentors, *mentees))
    }
    named = ident or _pair_name((*mentors, *mentees), others)
    return office.target("pair", values, program=program, cohort=name, id=named)


def _shared(records: Records, mentors: Iterable[str], mentees: Iterable[str]) -> list[str]:
    profiles = records.people
    offered = {
        each.topic for who in mentors if who in profiles and (role := profiles[who].mentor) for each in role.offers
    }
    sought = {
        each.topic for who in mentees if who in profiles and (wish := profiles[who].mentee) for each in wish.seeks
    }
    return sorted(offered & sought)


def _pair_name(people: tuple[str, ...], taken: set[str]) -> str:
    """The first words of the ids, else the whole ids."""
    short, whole = "-".join(who.partition("-")[0] for who in people), "-".join(people)
    for name in (short, whole):
        if name not in taken and is_slug(name):
            return name
    raise ToolkitError("no short name for this pair is free", "choose one with --id")


def check_in(office: Office, cohort: Cohort, values: dict[str, Any]) -> tuple[Target, bytes | None]:
    """A contact, in the file of its month; gives the file as it is now where there is one, to which it is added."""
    program, _, name = cohort.cohort_key.partition("/")
    where = {"program": program, "cohort": name, "id": values["on"].strftime("%Y-%m")}
    path = place_of("check-ins", **where)
    file = office.workspace / path
    if not file.exists():
        text = filled(office.workspace, "check-in.{}.yaml", office.language, values)
        head = modeline("check-ins", path)
        return Target(path, f"{head}check_ins:\n{text}".encode()), None
    before = file.read_bytes()
    item = {key: values[key] for key in ("person", "pair", "on", "status")}
    return Target(path, edited(before, path, [Append("check_ins", item)])), before


def concern(office: Office, values: dict[str, Any]) -> Target:
    """Something that weighs on somebody; its name tells the day and no more."""
    stem = office.today.isoformat()
    names = [f"{stem}-{number}" for number in range(1, 100)]
    free = (each for each in names if not (office.workspace / place_of("concern", id=each)).exists())
    return office.target("concern", {"opened": office.today, **values}, id=next(free))


def guide(office: Office, title: str, audience: tuple[str, ...], phase: str, ident: str | None) -> Target:
    """A page of the handbook, a draft until somebody has read it."""
    values = {"title": title, "audience": audience, "phase": phase}
    return office.target("guide", values, "md", id=ident or slug_of(title, "guide"))


def measure(office: Office, ident: str, title: str | None, domain: str, direction: str, level: str) -> Target:
    """One outcome that a program may look at."""
    if not is_slug(ident):
        raise ToolkitError(f"{ident} is no id", "an id is lower-case words joined by hyphens, such as calmer-starts")
    values = {
        "title": title or ident.replace("-", " ").capitalize(),
        "domain": domain,
        "domains": get_args(Domain),
        "direction": direction,
        "level": level,
        "language": office.language,
    }
    return office.target("measure", values, id=ident)


def program(office: Office, title: str, context: str, purpose: str | None, model: str, ident: str | None) -> Target:
    """A lasting scheme of mentoring."""
    values = {
        "words": words(office.language),
        "title": title,
        "context": context,
        "purpose": purpose,
        "model": model,
        "language": office.language,
        "urgent": "",
        "starts": office.today,
        "ends": office.today,
    }
    return office.target("program", values, id=ident or slug_of(title, "program"))


def cohort(
    office: Office, lasting: Program, starts: datetime.date, ends: datetime.date | None, ident: str | None
) -> Target:
    """A dated run of a program, in the rhythm of the one before it."""
    last = max(
        (each for each in office.records.cohorts.values() if each.origin.program == lasting.id),
        key=lambda each: each.starts,
        default=None,
    )
    end = ends or starts + datetime.timedelta(weeks=40)
    cadence = (
        {"every": last.cadence.every, "minutes": last.cadence.minutes}
        if last
        else {"every": "fortnight", "minutes": 60}
    )
    values = {
        "words": words(office.language),
        "starts": starts,
        "ends": end,
        "model": last.model if last else lasting.models[0],
        "modality": last.modality if last else "hybrid",
        "cadence": cadence,
        "sessions": max((end - starts).days // DAYS_BETWEEN[str(cadence["every"])], 1),
        "mentors": 10,
        "places": 10,
        **window(starts, office.today),
    }
    return office.target("cohort", values, program=lasting.id, id=ident or str(starts.year))
