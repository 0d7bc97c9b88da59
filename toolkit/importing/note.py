"""A note that came without git, as a file of the form or out of an e-mail: which pair it is of, and the record it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import default

from toolkit.decode import decode
from toolkit.diagnostics import START, Diagnostic, Place, Severity
from toolkit.importing.issue import is_issue, note_of_issue
from toolkit.model import Origin, Records, Session
from toolkit.model.actions import ids_by_words, next_number, retold
from toolkit.source import Fault, Source, of_bytes
from toolkit.source.text import to_text

PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Sent:
    """A note as it came: its text as a record would have it, the pair it names (or nothing), and what is wrong with it.

    `session` is None where it cannot become a record; the findings then say why, at the lines of the file that came.
    """

    text: str
    pair: str
    session: Session | None
    findings: tuple[Diagnostic, ...]


def read_note(data: bytes, name: str, records: Records) -> Sent:
    """Read a note with fields at its top, the body of an issue form (`### Label` blocks), or either in an e-mail (.eml)."""
    try:
        text = to_text(_of_mail(data) if name.lower().endswith(".eml") else data).lstrip("\n ")
        return _issue(text, name, records) if is_issue(text) else _fields(text, name)
    except Fault as fault:
        place = Place(name, fault.span)
        return Sent("", "", None, (Diagnostic(fault.code, Severity.ERROR, fault.message, place, fault.hint),))


def with_ids(text: str, notes: Sequence[Session]) -> str:
    """Give each task of a note that has no id one: that of the open action in the same words, else the next free one.

    A line that may be an open action in other words is left as it is: `check` asks which it is.
    """
    source = of_bytes(text.encode("utf-8"), "note.md")
    session, _ = decode(source, Session)
    if session is None:
        return text
    session = session.placed(Origin("session-note", "note", "note.md", source=source))
    near = [each for each in retold((*notes, session)) if each.note is session]
    asked = {each.action.line for each in near if not each.is_word_for_word}
    known, lines = ids_by_words(notes), text.split("\n")
    free = next_number(each.id for note in (*notes, session) for each in note.actions)
    for action in session.actions:
        if not action.id and action.line not in asked:
            ident = known.get(action.text.casefold()) or f"a{free}"
            free += ident == f"a{free}"
            lines[action.line - 1] = f"{lines[action.line - 1].rstrip()} id:{ident}"
    return "\n".join(lines)


def _of_mail(data: bytes) -> bytes:
    """Take the plain text out of an e-mail; a note that is attached comes before what is written around it."""
    message = message_from_bytes(data, policy=default)
    for part in message.walk():
        if (part.get_filename() or "").lower().endswith((".md", ".txt")) and not part.is_multipart():
            return part.get_payload(decode=True) or b""  # type: ignore[return-value]
    body = message.get_body(("plain",)) if hasattr(message, "get_body") else None
    if body is None:
        hint = "save the note alone, as a text file"
        raise Fault("file-unreadable", "there is no plain text in this e-mail", hint)
    return str(body.get_content()).encode("utf-8")


def _fields(text: str, name: str) -> Sent:
    source = of_bytes(text.encode("utf-8"), name if name.endswith(".md") else f"{name}.md")
    source = replace(source, path=name)
    pair = source.data.get(PAIR, "")
    session, findings = _decoded(source)
    if not isinstance(pair, str):
        place = Place(name, source.span((PAIR,)), PAIR)
        wrong = Diagnostic(
            "wrong-type", Severity.ERROR, "`pair`: one name is needed here", place, "program/cohort/pair"
        )
        return Sent("", "", None, (*findings, wrong))
    return Sent(_without_pair(source), pair, session, findings)


def _decoded(source: Source) -> tuple[Session | None, tuple[Diagnostic, ...]]:
    """Decode a note; the pair is said by the folder and not by a field, so its line is looked past here."""
    rest = {key: value for key, value in source.data.items() if key != PAIR}
    return decode(replace(source, data=rest), Session)


def _without_pair(source: Source) -> str:
    if PAIR not in source.data:
        return source.text
    first, last = source.span((PAIR,)).line, source.value_span((PAIR,)).end_line
    lines = source.text.split("\n")
    return "\n".join(lines[: first - 1] + lines[last:])


def _issue(text: str, name: str, records: Records) -> Sent:
    made = note_of_issue(text, records)
    if made.unknown:
        found = tuple(
            Diagnostic("dangling-reference", Severity.ERROR, "nobody of this pair has this name", place, "write an id")
            for place in (Place(name, START._replace(line=line, end_line=line), "attended") for line in made.unknown)
        )
        return Sent("", made.pair, None, found)
    source = of_bytes(made.text.encode("utf-8"), "note.md")
    session, findings = _decoded(replace(source, path=name))
    return Sent(made.text, made.pair, session, tuple(_moved(each, made.lines) for each in findings))


def _moved(found: Diagnostic, lines: dict[str, int]) -> Diagnostic:
    """Point at the answer in the form, not at the note that was made of it."""
    line = lines.get(found.place.key, 1)
    return replace(found, place=found.place._replace(span=START._replace(line=line, end_line=line), text=""))
