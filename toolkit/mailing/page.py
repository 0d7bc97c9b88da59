"""A page of drafts: each message with a link that opens it in the reader's own mail program; no script, no request."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from toolkit.mailing.letter import Letter
from toolkit.mailing.words import Words

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1f2328;"
    "background:#fff}article{border-top:1px solid #767676;padding:1rem 0}pre{white-space:pre-wrap;font:inherit;"
    "overflow-wrap:anywhere}a{color:#0b5394}@media(prefers-color-scheme:dark){body{background:#16191d;color:#e6e6e6}"
    "a{color:#8ab4f8}}"
)


def page(letters: Iterable[Letter], kind: str, words: Words) -> str:
    """Write the page; it holds addresses, so it is for the staff alone."""
    title = words.fill("page", kind=kind)
    parts = "".join(map(_article, letters))
    return (
        f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>"
        f"<p>{escape(words['page_lead'])}</p>{parts}</main></body></html>\n"
    )


def mailto(letter: Letter) -> str:
    """Give the address that opens a letter in a mail program (RFC 6068: every sign outside the plain ones is encoded)."""
    body = letter.text.replace("\n", "\r\n")
    return (
        f"mailto:{quote(letter.address, safe='@')}?subject={quote(letter.subject, safe='')}&body={quote(body, safe='')}"
    )


def _article(letter: Letter) -> str:
    return (
        f'<article lang="{letter.language}"><h2>{escape(letter.subject)}</h2>'
        f'<p><a href="{escape(mailto(letter))}">{escape(letter.person)}</a> ({escape(letter.pair)})</p>'
        f"<pre>{escape(letter.text)}</pre></article>"
    )
