"""`mentoring mail`: messages to the people of pairs, as drafts; sent only when asked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import put, say, shown, today_option
from toolkit.cli.scene import scene_of
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    import datetime

    from toolkit.cli.letters import Gathered
    from toolkit.mailing.letter import Letter
    from toolkit.mailing.send import Server
    from toolkit.workspace import Workspace

KINDS = ("introduction", "reminder", "nudge", "survey", "closing", "thanks")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("name", metavar="[PAIR|COHORT|PERSON]", required=False)
@click.option("--link", metavar="URL", default="", help="Where the survey is; needed by the kind survey.")
@click.option("--send", "sends", is_flag=True, help="Send the messages, each to one person alone; needs --smtp.")
@click.option("--smtp", metavar="HOST:PORT", help="The mail server that takes them.")
@click.option("--from", "sender", metavar="ADDRESS", help="The sender; else the address in the program's support.")
@click.option("--dry-run", is_flag=True, help="Show what would be written or sent, and do nothing.")
@today_option
@click.pass_context
def mail(
    ctx: click.Context,
    kind: str,
    name: str | None,
    link: str,
    sends: bool,
    smtp: str | None,
    sender: str | None,
    dry_run: bool,
    today: str | None,
) -> int:
    """Write messages to the people of pairs, as drafts, and send them when asked.

    KIND is introduction, reminder, nudge, survey, closing or thanks; without a name, all pairs that it fits are meant.
    Drafts lie in build/mail/, with a page that opens each in your mail program; those of a kind are written anew each time,
    so change one in the mail program, not in the folder. The texts are templates/messages/*.txt.
    A server that asks for a password finds it in MENTORING_SMTP_USER and MENTORING_SMTP_PASSWORD.
    Exit codes: 0 done, 1 the server did not take a message, 2 could not run.

    \b
    Example:
      mentoring mail introduction lantern/2026
      mentoring mail reminder --dry-run
      mentoring mail nudge lantern/2026/ines-tomas --send --smtp mail.example.org:587
    """
    from toolkit.cli.letters import gather

    server = _server(sends, smtp, sender)
    scene = scene_of(ctx, today)
    workspace, records, day = scene.workspace, scene.records, scene.today
    made = gather(workspace, records, kind, name, day, link)
    for line in made.left_out:
        say(f"not written: {line}")
    if dry_run:
        for each in made.letters:
            click.echo(f"to {each.person} ({each.pair}), {each.language}\nSubject: {each.subject}\n\n{each.text}")
        say(f"{_count(made.letters)}; nothing was {'sent' if sends else 'written'}")
        return 0
    if server is None:
        _draft(workspace, made, kind, day)
        return 0
    return _send(workspace, made.letters, server, sender or made.sender, day)


def _server(sends: bool, smtp: str | None, sender: str | None) -> Server | None:
    """Read what --send needs, before anything is done; None for drafts."""
    from toolkit.mailing.letter import address_of
    from toolkit.mailing.send import server_of

    if not sends:
        if smtp or sender:
            raise ToolkitError("--smtp and --from are for sending", "add --send; without it, drafts are written")
        return None
    if smtp is None:
        raise ToolkitError("--send needs a mail server", "name it: --smtp mail.example.org:587")
    if sender:
        address_of(sender)
    return server_of(smtp, os.environ.get("MENTORING_SMTP_USER", ""), os.environ.get("MENTORING_SMTP_PASSWORD", ""))


def _draft(workspace: Workspace, made: Gathered, kind: str, day: datetime.date) -> None:
    """Write the drafts of this kind in the place of earlier ones, and the page that opens them."""
    from toolkit.mailing.page import page

    folder, letters = workspace.build / "mail", made.letters
    wanted = {each.file for each in letters}
    for old in sorted((folder / kind).glob("*.eml")):
        if old.name not in wanted:
            old.unlink()
    for each in letters:
        put(folder / kind / each.file, each.message("", day).as_bytes())
    put(folder / "index.html", page(letters, kind, made.words).encode("utf-8"))
    if not letters:
        say("0 messages: there is no pair that this kind fits today")
        return
    click.echo(shown(folder / "index.html"))
    say(f"{_count(letters)}; nothing is sent. next: open that page, or add --send --smtp HOST:PORT")


def _send(workspace: Workspace, letters: tuple[Letter, ...], server: Server, sender: str, day: datetime.date) -> int:
    """Send what the log does not have as sent today."""
    from toolkit.mailing.letter import address_of
    from toolkit.mailing.send import entry, send

    if not sender:
        raise ToolkitError("it is not said who sends", "add --from ADDRESS, or an address to the program's support")
    path = workspace.build / "mail" / "log.txt"
    done = set(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else set()
    due = tuple(each for each in letters if entry(each, day, "sent") not in done)
    if len(due) < len(letters):
        say(f"{len(letters) - len(due)} sent today already; they are not sent again")
    path.parent.mkdir(parents=True, exist_ok=True)

    def log(line: str) -> None:
        _append(path, line)
        click.echo(line)

    failed = send(due, server, address_of(sender), day, log)
    say(f"{len(due) - failed} sent, {failed} refused; the log is {shown(path)}")
    return 1 if failed else 0


def _append(path: Path, line: str) -> None:
    if path.is_symlink():
        raise ToolkitError(f"{path.name} is a link", "a link can lead out of the program")
    with path.open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")


def _count(letters: tuple[Letter, ...]) -> str:
    return "1 message" if len(letters) == 1 else f"{len(letters)} messages"
