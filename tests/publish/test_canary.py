"""No value reaches an audience that may not read it, and every value reaches those who may."""

import datetime
import os
import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from canary import CLOSED, OPEN, PAIRS, TODAY, Choice, canaries, program

from toolkit.model import Visibility
from toolkit.publish import project as projecting
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.extras import Extras
from toolkit.publish.needles import needles
from toolkit.publish.project import Lens, project
from toolkit.publish.prove import prove, scan
from toolkit.publish.shop import Shop
from toolkit.publish.site import build, source
from toolkit.publish.tree import write
from toolkit.publish.view import View
from toolkit.workspace import shipped

OURS = Audience(Kind.PAIR, f"program/cohort/{PAIRS[0]}")
AUDIENCES = (PUBLIC, MEMBERS, STAFF, OURS)
YESTERDAY = TODAY - datetime.timedelta(days=1)
CHOICES = {
    "closed": CLOSED,
    "open": OPEN,
    "no consent at all": Choice(consents=()),
    "all consents expired": replace(OPEN, until=YESTERDAY),
    "all consents end today": replace(OPEN, until=TODAY),
    "agreement keeps notes": replace(OPEN, level="pair"),
    "agreement says nothing": replace(OPEN, level=None),
    "note is the pair's": replace(OPEN, note="pair"),
    "no consent to notes": replace(OPEN, consents=("data", "profile-public", "photo")),
    "no consent to a photo": replace(OPEN, consents=("data", "profile-public", "notes")),
    "no consent to data": replace(OPEN, consents=("profile-public", "notes", "photo")),
    "closed pair": replace(CLOSED, status="closed"),
}
_CANARY = re.compile("[bcdfghjklmnpqrstvwxz]{16}")
_RANK = ("public", "members", "staff")


def may_read(each, audience, choice):
    """The rules of the house, said a second time and without the toolkit's help."""
    return _is_listed(each, audience, choice) and all(_step(each, step, audience, choice) for step in each.way)


def _is_listed(each, audience, choice):
    record = each.record
    if each.names == "person" and audience != STAFF and not _is_known(audience, choice):
        return False
    if each.names == "goal" and not _step(each, {"visibility": "pair", "opens": "notes"}, audience, choice):
        return False
    if record.record == "guide":
        return not record.draft
    if record.record == "guide-translation":
        return record.language == "es"  # the French one is of a draft
    if record.record == "person" and audience != STAFF:
        return _is_known(audience, choice)
    if record.record == "concern":
        return record.kind != "safety"
    if record.record == "story" and record.audience == "members" and audience == PUBLIC:
        return False
    if record.origin.pair and audience != STAFF:
        return choice.status not in ("proposed", "objected")
    return True


def _is_known(audience, choice):
    return {"data", "profile-public"} <= choice.held if audience == PUBLIC else "data" in choice.held


def _step(each, step, audience, choice):
    record, own = each.record, audience == OURS and each.record.origin.pair == PAIRS[0]
    opened = step.get("opens") in choice.held
    if step.get("opens") == "notes":
        opened = (
            opened
            and choice.level == "members"
            and (record.record not in ("session-note", "observation") or choice.note == "members")
        )
    if step.get("needs") and step["needs"] not in choice.held and audience != STAFF:
        return False
    if step["visibility"] == "safeguarding":
        return False
    if step["visibility"] == "pair":
        return own or (opened and audience != PUBLIC)
    rank = _RANK.index("members" if audience == OURS else str(audience))
    needed = _RANK.index(step["visibility"])
    return rank >= needed or (needed == 1 and opened) or (needed == 2 and own and step.get("own", False))


def values_of(view, model):
    """The (route, value) of every field that a view shows; its id and what is derived are not fields."""
    for name, info in model.model_fields.items():
        yield from _values(view[name], info.annotation, (name,))


def _values(value, annotation, route):
    if isinstance(value, View):
        from toolkit.model import parts_of

        (part,) = parts_of(annotation)
        for name, info in part.model_fields.items():
            yield from _values(value[name], info.annotation, (*route, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _values(each, annotation, route)
    elif hasattr(value, "items"):
        for key, each in value.items():
            yield route, key
            yield from _values(each, annotation, route)
    elif value is not None:
        yield route, value


def texts(thing):
    """Every text in a world, at whatever depth; keys too."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, datetime.date):
        yield thing.isoformat()
    elif isinstance(thing, View):
        yield from texts(thing._values)
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from texts(each)
    elif hasattr(thing, "items"):
        for key, value in thing.items():
            yield from texts(key)
            yield from texts(value)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from texts(getattr(thing, each.name))


def words(values):
    """The canaries in texts."""
    return {word for value in values if isinstance(value, str) for word in _CANARY.findall(value)}


def judge(records, audience, choice):
    """Compare a projection with the rules of the house, value by value and text by text."""
    lens = Lens.of(records, audience, TODAY)
    allowed, hidden, expected = [], [], {}
    for each in canaries(records):
        good = may_read(each, audience, choice)
        (allowed if good else hidden).append(each)
        if good:
            expected.setdefault(id(each.record), Counter())[each.route, each.value] += 1
    for record in records.everything():
        view = lens.view(record)
        shown = Counter(values_of(view, type(record))) if view is not None else Counter()
        wanted = expected.get(id(record), Counter())
        assert shown - wanted == Counter(), f"{record.record} shows too much to {audience}"
        assert wanted - shown == Counter(), f"{record.record} shows too little to {audience}"
    open_words = words(each.value for each in allowed) | _open_ids(records, audience, choice)
    secret = words(each.value for each in hidden) - open_words
    said = words(texts(project(records, audience, TODAY)))
    assert not said & secret
    return open_words, secret, said


_ID_FIELDS = {"person": "name", "goal": "title", "story": "title"}


def _open_ids(records, audience, choice):
    """The ids that an audience may know: a person's as their name, a goal's as its title."""
    telling = {
        id(each.record)
        for each in canaries(records)
        if each.route == (_ID_FIELDS.get(each.record.record),) and not may_read(each, audience, choice)
    }
    return words(
        each.id for each in records.everything() if id(each) not in telling and each.record != "private-person"
    )


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
@pytest.mark.parametrize("audience", AUDIENCES, ids=str)
def test_an_audience_reads_what_it_may_and_nothing_else(audience, choice):
    open_words, _, said = judge(program(choice), audience, choice)
    assert len(said) > 40, "a world that says nothing proves nothing"
    assert len(said & open_words) > 40


MUTANTS = {
    "the members' filter": (MEMBERS, PUBLIC, lambda trait, _: trait.visibility == Visibility.MEMBERS),
    "the staff's filter": (STAFF, MEMBERS, lambda trait, _: trait.visibility == Visibility.STAFF),
    "the staff's filter in a pair": (STAFF, OURS, lambda trait, _: trait.visibility == Visibility.STAFF),
    "the pair's filter": (OURS, STAFF, lambda trait, _: trait.visibility == Visibility.PAIR),
    "the safeguarding filter": (OURS, STAFF, lambda trait, _: trait.visibility == Visibility.SAFEGUARDING),
    "whose staff field it is": (OURS, OURS, lambda trait, _: trait.own),
    "whose pair field it is": (OURS, OURS, lambda trait, _: trait.visibility == Visibility.PAIR),
    "whether it was opened": (MEMBERS, MEMBERS, lambda trait, _: bool(trait.opens)),
    "what it needs": (MEMBERS, MEMBERS, lambda trait, _: bool(trait.needs)),
}


@pytest.mark.parametrize(("_", "audience", "lets"), MUTANTS.values(), ids=MUTANTS)
def test_without_one_filter_the_test_above_fails(monkeypatch, _, audience, lets):
    honest = projecting.reads
    monkeypatch.setattr(projecting, "reads", lambda who, trait, scope: lets(trait, scope) or honest(who, trait, scope))
    with pytest.raises(AssertionError, match="shows too much"):
        judge(program(CLOSED), audience, CLOSED)


@pytest.mark.parametrize(
    ("method", "lie", "audience", "choice"),
    [
        ("lists", lambda *_: True, MEMBERS, CLOSED),
        ("knows", lambda *_: True, MEMBERS, CHOICES["no consent to data"]),
        ("knows", lambda *_: True, STAFF, CLOSED),
    ],
    ids=["drafts", "people without consent", "goals by their ids"],
)
def test_without_one_gate_the_test_above_fails(monkeypatch, method, lie, audience, choice):
    monkeypatch.setattr(Lens, method, lie)
    with pytest.raises(AssertionError, match="shows too much"):
        judge(program(choice), audience, choice)


def test_without_the_consent_check_the_test_above_fails(monkeypatch):
    monkeypatch.setattr(projecting, "_consents", lambda *_: True)
    choice = CHOICES["all consents expired"]
    with pytest.raises(AssertionError, match="shows too much"):
        judge(program(choice), MEMBERS, choice)


def test_every_field_of_every_model_holds_a_canary():
    found = {(each.record.record, each.route) for each in canaries(program(replace(OPEN, until=TODAY)))}
    missing = set(_declared()) - found
    assert not missing - ALLOWED_EMPTY


ALLOWED_EMPTY = {("private-person", ("erased_on",)), ("settings", ("today",)), ("settings", ("sample_pair",))}
"""What would take a person out, or stop the clock."""


def _declared():
    from toolkit.model import RECORDS

    for model in RECORDS:
        for route in _routes(model, ()):
            yield model.record, route


def _routes(model, above):
    from toolkit.model import parts_of

    for name, info in model.model_fields.items():
        parts = parts_of(info.annotation)
        if not parts:
            yield (*above, name)
        for part in parts:
            yield from _routes(part, (*above, name))


OFF_PAGES = {
    "person.photo": "no page shows pictures of people",
    "person.strand": "for teams",
    "pair.members.strand": "for teams",
    "person.mentor.industries": "for matching",
    "program.targets.measure": "shown in words, not as a code",
    "cohort.waves.instrument": "for surveys",
    "reference-list.references.url": "the link of the identifier goes first",
    "matching-run.pairs.pair": "shown by its people",
    "matching-run.groups.pair": "shown by its people",
    "matching-run.policy": "a hash",
    "matching-run.inputs": "a hash",
    "matching-run.weights": "shown beside the terms that they weigh",
    "matching-run.limits.limit": "said in words",
    "matching-run.matrix.rows.scores": "shown as numbers",
    "guide.asks.at": "a link, where the guide has that heading",
    "prompt-list.title": "for the command that shows the questions",
    "prompt-list.weeks.theme": "for the command that shows the questions",
    "prompt-list.weeks.questions.text": "for the command that shows the questions",
    "instrument.items.id": "for the table of the answers",
    "instrument.items.options.id": "for the table of the answers",
    "instrument.items.subscale": "shown by its title",
    "instrument.subscales.id": "shown by its title",
    "instrument.scale.low": "shown with the items that are answered on it",
    "instrument.scale.high": "shown with the items that are answered on it",
    "instrument.repeats": "shown by the items that it brings",
    "instrument.fingerprint": "for the check",
    "measure.item": "shown by its words",
    "measure.subscale": "shown by its title",
    "guide-translation.translates": "for the check",
    "guide-translation.asks.at": "an address, not a text",
    "settings.rules": "for the check",
    "settings.value_cards": "for the check",
}
"""What may be read and the pages leave out, and why."""


def tree(records, audience):
    """The source of a site, made of these records for this audience."""
    shop = Shop.of(Path("/nowhere"), shipped)
    return source(project(records, audience, TODAY), Extras(), shop)


@pytest.mark.parametrize("choice", ["closed", "open", "no consent to data"])
@pytest.mark.parametrize("audience", AUDIENCES, ids=str)
def test_no_page_says_what_its_readers_may_not_know(tmp_path, audience, choice):
    records = program(CHOICES[choice])
    open_words, secret, _ = judge(records, audience, CHOICES[choice])
    made = tree(records, audience)
    write(made.files, tmp_path)
    assert scan(tmp_path, needles(secret)) == ()
    said = words(each for each in made.files.values() if isinstance(each, str))
    assert len(said & open_words) > 30, "a site that says nothing proves nothing"


@pytest.mark.parametrize(
    ("audience", "choice"),
    [(OURS, "closed"), (OURS, "open"), (MEMBERS, "open"), (STAFF, "closed"), (PUBLIC, "open")],
    ids=str,
)
def test_the_pages_say_what_their_readers_came_for(audience, choice):
    records = program(CHOICES[choice])
    said = words(each for each in tree(records, audience).files.values() if isinstance(each, str))
    for each in canaries(records):
        if isinstance(each.value, str) and not each.names and may_read(each, audience, CHOICES[choice]):
            wanted = words([each.value.partition("@")[0]])  # the rest of a promise: who, until when, and its id
            assert wanted <= said or str(each) in OFF_PAGES, f"{each} is on no page of {audience}"


@pytest.mark.engine
@pytest.mark.parametrize(
    ("audience", "engine", "choice"),
    [(PUBLIC, "mkdocs", "open"), (OURS, "mkdocs", "closed"), (MEMBERS, "zensical", "closed")],
    ids=str,
)
def test_no_file_of_a_built_site_says_what_its_readers_may_not_know(tmp_path, audience, engine, choice):
    records = program(CHOICES[choice])
    if audience != PUBLIC:  # what each language says is looked at before it is built
        records = replace(records, settings=records.settings.model_copy(update={"languages": ("en",)}))
    open_words, secret, _ = judge(records, audience, CHOICES[choice])
    build(tree(records, audience), tmp_path / "built", engine, os.environ, TODAY)
    assert scan(tmp_path / "built", needles(secret)) == ()
    assert not prove(tmp_path / "built", records, audience, TODAY)
    said = words(path.read_text("utf-8") for path in (tmp_path / "built" / "site").rglob("*.html"))
    assert len(said & open_words) > 30
