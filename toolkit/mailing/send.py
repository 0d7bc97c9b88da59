"""Sending letters through a mail server: one message a person, and a log that names people by id alone."""

from __future__ import annotations

import datetime
import smtplib
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from toolkit.errors import ToolkitError
from toolkit.mailing.letter import Letter

_SECONDS = 30
_TLS_PORT = 465


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server; `user` and `password` are used over an encrypted connection only."""

    host: str
    port: int
    user: str = ""
    password: str = ""


def server_of(text: str, user: str = "", password: str = "") -> Server:
    """Read `host:port`; raises ToolkitError where it is none."""
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536 or not host.isprintable():
        raise ToolkitError("--smtp is not HOST:PORT", "write it as mail.example.org:587")
    return Server(host, int(port), user, password)


def send(letters: Iterable[Letter], server: Server, sender: str, day: datetime.date, log: Callable[[str], None]) -> int:
    """Send each letter by itself and log what became of it; give the number of those that the server did not take.

    Raises ToolkitError where the server cannot be reached or refuses the sender.
    """
    failed = 0
    try:
        with _connect(server) as connection:
            for each in letters:
                refused = _send_one(connection, each, sender, day)
                log(entry(each, day, f"refused {refused}" if refused else "sent"))
                failed += bool(refused)
    except smtplib.SMTPAuthenticationError:
        raise ToolkitError("the mail server does not take this user and password", "nothing was sent") from None
    except smtplib.SMTPSenderRefused as error:
        raise ToolkitError(f"the mail server refuses the sender ({error.smtp_code})", "see --from") from None
    except (OSError, smtplib.SMTPException) as error:
        why = type(error).__name__
        raise ToolkitError(
            f"the mail server does not answer as it should ({why})", "the log says what was sent"
        ) from None
    return failed


def entry(letter: Letter, day: datetime.date, became: str) -> str:
    """Write one line of the log: day, kind, pair, person and what became of it; no address, no word of the text."""
    return f"{day.isoformat()} {letter.kind} {letter.pair} {letter.person} {became}"


def _connect(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.port == _TLS_PORT:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
        encrypted = True
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
        connection.ehlo_or_helo_if_needed()
        encrypted = connection.has_extn("starttls")
        if encrypted:
            connection.starttls(context=context)
    if server.user:
        if not encrypted:
            connection.close()
            raise ToolkitError("the mail server offers no encryption, so no password was sent", "use another port")
        connection.login(server.user, server.password)
    return connection


def _send_one(connection: smtplib.SMTP, letter: Letter, sender: str, day: datetime.date) -> str:
    """Send one letter; give the server's number where it refuses this one, for its words could hold the address."""
    try:
        connection.send_message(letter.message(sender, day), from_addr=sender, to_addrs=[letter.address])
    except smtplib.SMTPRecipientsRefused as error:
        return ", ".join(str(code) for code, _ in error.recipients.values())
    except smtplib.SMTPDataError as error:
        return str(error.smtp_code)
    return ""
