"""From an occasion to a letter: one person, one address, one text in that person's language."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from toolkit.errors import ToolkitError
from toolkit.mailing.template import Template
from toolkit.mailing.words import Words
from toolkit.model.occasion import Occasion

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})\Z")
_BREAK = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person; `address` is staff's knowledge and stands in no log."""

    kind: str
    person: str
    pair: str
    address: str
    subject: str
    text: str
    language: str

    @property
    def file(self) -> str:
        """A name for its draft: one step, safe on every file system."""
        return f"{self.person}--{self.pair.replace('/', '--')}.eml"

    def message(self, sender: str, day: datetime.date) -> EmailMessage:
        """Make the e-mail; without a sender it is a draft that a mail program opens for sending."""
        message = EmailMessage(policy=SMTP)
        if sender:
            message["From"] = sender
        message["To"] = Address(addr_spec=self.address)
        message["Subject"] = self.subject
        message["Date"] = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
        name = f"mentoring-toolkit:{self.kind}:{self.pair}:{self.person}:{day.isoformat()}"
        message["Message-ID"] = f"<{uuid.uuid5(uuid.NAMESPACE_URL, name)}@mentoring-toolkit.invalid>"
        if not sender:
            message["X-Unsent"] = "1"
        message.set_content(self.text, cte="quoted-printable")
        message["Content-Language"] = self.language
        return message


def address_of(text: str) -> str:
    """Give an address that can stand in a header; raises ToolkitError for anything else, without repeating it."""
    bare = text.strip(" ")
    if not _ADDRESS.match(bare) or ".." in bare or bare.split("@")[0][0] == ".":
        raise ToolkitError("this is not one plain e-mail address", "write it as name@example.org, and one alone")
    return bare


def letter(kind: str, occasion: Occasion, address: str, template: Template, words: Words, link: str = "") -> Letter:
    """Write a letter in the language of its words; raises ToolkitError where a value could break out of its line, or a needed one is missing."""
    values = _values(occasion, words, link)
    for gap in sorted(template.gaps):
        if values.get(gap) is None:
            raise ToolkitError(f"the text needs {{{gap}}}, which is not known here")
        if _BREAK.search(values[gap] or ""):
            raise ToolkitError(f"{{{gap}}} holds a line break or a hidden character", "write it on one line")
    filled = {gap: value for gap, value in values.items() if value is not None}
    subject, text = template.fill(filled)
    return Letter(kind, occasion.person, occasion.pair, address_of(address), subject, text, words.language)


def _values(occasion: Occasion, words: Words, link: str) -> Mapping[str, str | None]:
    return {
        "name": occasion.name,
        "other": words.names(occasion.others),
        "program": occasion.program,
        "cohort": occasion.cohort,
        "support": occasion.support or words["desk"],
        "day": words.day(occasion.next),
        "last_met": words.day(occasion.last_met) or words["none_yet"],
        "ends": words.day(occasion.ends),
        "closes": words.day(occasion.survey_closes),
        "link": link or None,
    }
