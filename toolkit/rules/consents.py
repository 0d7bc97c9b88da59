"""Rules of consent and privacy: what people agreed to, and what must not stand in files that are published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model import Person, Records
from toolkit.rules.base import ERROR, WARNING, Context, Finding, Rule, rule
from toolkit.rules.contacts import contacts, plain
from toolkit.rules.facts import is_youth, taking_part


@rule("consent-missing", ERROR)
def consent_missing(records: Records, context: Context) -> Iterator[Finding]:
    """Someone is in a pair or accepted into a cohort, and did not agree that their data are kept.

    Without consent nothing about a person may be kept or shown, however harmless.

    Fix: ask the person, and write `consents` with `what: data` and the day; without it, take them out.
    """
    for person in _participants(records):
        if not any(each.what == "data" and each.on <= context.today for each in person.consents):
            yield Finding(
                person.at("consents"), "this person takes part, and no consent to keep their data is recorded"
            )


@rule("consent-expired", ERROR)
def consent_expired(records: Records, context: Context) -> Iterator[Finding]:
    """Someone is in a pair or accepted into a cohort, and their consent to keep their data has run out.

    A consent with a last day is a promise to ask again.

    Fix: ask again and write the new consent, or take the person out.
    """
    for person in _participants(records):
        given = [
            (each, index)
            for index, each in enumerate(person.consents)
            if each.what == "data" and each.on <= context.today
        ]
        if given and not any(each.holds(context.today) for each, _ in given):
            yield Finding(person.at("consents", given[-1][1]), "the consent of this person has run out")


def _participants(records: Records) -> Iterator[Person]:
    return (records.people[name] for name in taking_part(records) if name in records.people)


@rule("photo-without-consent", ERROR, privacy=True)
def photo_without_consent(records: Records, context: Context) -> Iterator[Finding]:
    """A profile has a photo, and the person did not agree to it, or the consent has run out.

    A picture says more than its owner may want, and whoever has copied it keeps it.

    Fix: delete the photo, or ask for a consent of its own and write it with `what: photo`.
    """
    for person in records.people.values():
        if person.photo and not records.consents(person.id, "photo", context.today):
            yield Finding(person.at("photo"), "there is a photo, and no consent to it that holds today")


_ATTRIBUTES = (
    r"gender|sex|race|ethnicity|ethnic|religion|faith|disability|disabled|handicap|pregnant|pregnancy|caste|"
    r"sexual[ -]orientation|marital[ -]status|nationality|birth[ -]?(?:date|day|year)|date[ -]of[ -]birth|"
    r"g[eé]nero|sexo|raza|etnia|religi[oó]n|discapacidad|embarazada|orientaci[oó]n[ -]sexual|nacionalidad|"
    r"genre|sexe|ethnie|origine[ -]ethnique|orientation[ -]sexuelle|nationalit[eé]|enceinte"
)
_TAG = re.compile(rf"(?:{_ATTRIBUTES})(?:-.*)?\Z")
_SELF = frozenset(
    [
        "female",
        "male",
        "woman",
        "man",
        "nonbinary",
        "non-binary",
        "transgender",
        "trans",
        "gay",
        "lesbian",
        "bisexual",
        "queer",
        "lgbt",
        "lgbtq",
        "lgbtqia",
        "muslim",
        "christian",
        "jewish",
        "hindu",
        "buddhist",
        "sikh",
        "atheist",
        "catholic",
        "hispanic",
        "latino",
        "latina",
        "latinx",
        "mujer",
        "hombre",
        "femme",
        "homme",
    ]
)
_LABELED = re.compile(rf"(?:^|[\n;,.(|])\s*(?:my )?(?:{_ATTRIBUTES})\s*[:=]\s*\S", re.IGNORECASE)
_PROSE = ("bio", "role_title", "communication_preferences", "site", "organization")


@rule("protected-in-public", ERROR, privacy=True)
def protected_in_public(records: Records, context: Context) -> Iterator[Finding]:
    """A profile names a protected attribute, such as gender, ethnicity, religion or disability, as a tag or a label.

    A profile is made to be shown. What a person may be treated worse for is kept apart, with a purpose, or not at all.

    Fix: delete it here; where a stated purpose needs it, keep it under `protected` in the private file.
    """
    message = "this looks like a protected attribute in a profile that is made to be shown"
    for person in records.people.values():
        for index, tag in enumerate(person.tags):
            if tag in _SELF or _TAG.match(tag):
                yield Finding(person.at("tags", index), message)
        for name in _PROSE:
            value = getattr(person, name)
            if value and _LABELED.search(value):
                yield Finding(person.at(name), message)


@rule("contact-in-public", ERROR, privacy=True)
def contact_in_public(records: Records, context: Context) -> Iterator[Finding]:
    """An e-mail address or a telephone number stands in a file below `content/`.

    Whatever lies there can reach a page, and stays in the history of the files after it is deleted.

    Fix: move it to `contact` in the person's private file; the program's own contact belongs under `support`.
    """
    allowed = _support_contacts(records)
    for record in records.everything():
        source = record.origin.source
        if source is None or not source.path.startswith("content/"):
            continue
        for each in contacts(source.text, numbers=record.origin.kind != "reference-list"):
            if plain(each.text) not in allowed:
                before = source.text[: each.start]
                line = before.count("\n") + 1
                column = each.start - before.rfind("\n")
                yield Finding(record.at_line(line, column), f"{each.noun} stands in a file that can be published")


def _support_contacts(records: Records) -> frozenset[str]:
    """The contacts of the programs themselves, which are meant to be read by everyone."""
    texts = [
        text
        for program in records.programs.values()
        if program.support
        for text in (program.support.name, program.support.channel, program.support.hours, program.support.urgent)
        if text
    ]
    return frozenset(plain(each.text) for text in texts for each in contacts(text))


@rule("field-not-minimal", WARNING, private=True)
def field_not_minimal(records: Records, context: Context) -> Iterator[Finding]:
    """A private record keeps what no rule, figure or match of the program uses.

    What is not kept cannot be lost. A year of birth, a guardian or a check matters where young people take part.

    Fix: delete the field, and do not ask for it any more; or set `minors` in the program where young people take part.
    """
    if records.is_unreadable("program") or any(is_youth(each) for each in records.programs.values()):
        return
    screened = any(each.screened for policy in records.policies.values() for each in policy.require)
    age_line = max((each.privacy.age_line for each in records.programs.values()), default=0)
    for private in records.private_people.values():
        young = private.birth_year is not None and context.today.year - private.birth_year <= age_line
        for name, needed in (("birth_year", young), ("guardian", young), ("screening", screened)):
            if getattr(private, name) and not needed:
                yield Finding(private.at(name), f"nothing in this program uses `{name}`")


RULES: tuple[Rule, ...] = (
    consent_missing,
    consent_expired,
    photo_without_consent,
    protected_in_public,
    contact_in_public,
    field_not_minimal,
)
