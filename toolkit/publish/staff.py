"""What coordinators see beside everybody's pages: records whole, applications, and how a cohort was matched."""

from __future__ import annotations

from typing import Any

from toolkit.diagnostics import Diagnostic
from toolkit.model import Application, Person, Policy, PrivateApplication, PrivatePerson
from toolkit.publish.grid import given, grid_of
from toolkit.publish.rows import Rows, fields_of
from toolkit.publish.spoken import name_of
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World, is_of

# What the card of a person shows already.
_ON_CARD = ("name", "pronouns", "organization", "role_title", "bio", "links")


def person_sheets(world: World, speech: Speech) -> dict[str, tuple[Rows, ...]]:
    """Give for each person the rows of the profile and of the private file."""
    fields = fields_of(world, speech)
    private = {view.id: view for view in world.private_people}
    found = {}
    for person in world.people:
        rows = [fields.rows(person, Person, _ON_CARD)]
        if person.id in private:
            rows.append(fields.rows(private[person.id], PrivatePerson))
        found[person.id] = tuple(each for each in rows if each)
    return found


def staff_values(world: World, cohort: View, speech: Speech) -> dict[str, Any]:
    """Gather what the page on a cohort's matching needs: applications, the policy, the plans."""
    fields = fields_of(world, speech)
    private = {(view.person, view.role): view for view in world.private_applications if is_of(view, cohort)}
    applications = []
    for view in world.applications:
        if is_of(view, cohort):
            more = private.get((view.person, view.role))
            rows = fields.rows(view, Application) + (fields.rows(more, PrivateApplication) if more is not None else ())
            applications.append((view, name_of(world, speech, view.person), rows))
    policy = next((view for view in world.policies if is_of(view, cohort)), None)
    return {
        "cohort": cohort,
        "applications": sorted(applications, key=lambda each: (each[0].role, each[1].casefold(), each[0].person)),
        "policy": fields.rows(policy, Policy) if policy is not None else (),
        "plans": tuple((view, grid_of(view)) for view in world.plans if is_of(view, cohort)),
        "given": given,
    }


def place_of(found: Diagnostic) -> str:
    """Say where a finding is; of a goal it is the folder alone, and a folder has no line."""
    path, span = found.place.path, found.place.span
    return path if path.endswith("/") else f"{path}:{span.line}:{span.column}"
