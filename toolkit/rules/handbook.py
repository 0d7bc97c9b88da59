"""The handbook: guides that say what they are for, were read by somebody, and lead where they point."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator

from toolkit.model import Guide, Records
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import months_since
from toolkit.rules.prose import prose, published
from toolkit.workspace import PATTERNS

_CITE = re.compile(r"\[@([^\]]*)\]")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\b(?:TODO|TBD|FIXME)\b|(?i:\blorem ipsum\b)|\{\{.*?\}\}")
_OWN_ANCHOR = re.compile(r"\{\s*[^}]*?#([\w-]+)[^}]*\}\s*$")
# Pages that every site has beside the guides, as paths from its root, with the anchors that can be known here.
_PAGES: dict[str, frozenset[str] | None] = {
    "index.md": None,
    "mentee.md": None,
    "mentor.md": None,
    "coordinator.md": None,
    "handbook/index.md": None,
    "reference/index.md": None,
    "reference/records.md": frozenset(PATTERNS),
    "reference/rules.md": None,
    "reference/visibility.md": None,
    "reference/settings.md": None,
    "reference/commands.md": None,
    "reference/topics.md": None,
    "reference/sources.md": None,
    "reference/figures.md": None,
}


@rule("guide-front-matter", ERROR)
def guide_front_matter(records: Records, context: Context) -> Iterator[Finding]:
    """A guide has no title, no audience or no phase.

    These three put a guide on the page of the people who need it, in the month in which they need it. Without them it is
    published and found by nobody. A draft may lack them.

    Fix: fill in `title`, `audience` and `phase`, or set `draft: true`.
    """
    for guide in published(records):
        lacking = [name for name in ("title", "audience", "phase") if not getattr(guide, name)]
        if lacking:
            yield Finding(guide.at(), f"this guide has no {' and no '.join(lacking)}")


@rule("guide-review-overdue", NOTE)
def guide_review_overdue(records: Records, context: Context) -> Iterator[Finding]:
    """A guide was last reviewed more than a year ago.

    Advice ages: names of desks, laws, and what is known. The line is the threshold `review_months`.

    Fix: have it read, mend what is stale, and write the day under `reviewed_on`.
    """
    months = context.limits.review_months
    for guide in published(records):
        if guide.reviewed_on is not None and months_since(guide.reviewed_on, context.today) >= months:
            yield Finding(guide.at("reviewed_on"), f"the last review is more than {months} months ago")


@rule("guide-unreviewed", WARNING)
def guide_unreviewed(records: Records, context: Context) -> Iterator[Finding]:
    """A guide is published that nobody but its author has read.

    A second pair of eyes finds the sentence that hurts and the step that is missing. A draft needs no reviewer yet.

    Fix: have somebody read it, then fill in `reviewed_by` and `reviewed_on`, or set `draft: true`.
    """
    for guide in published(records):
        lacking = [name for name in ("reviewed_by", "reviewed_on") if getattr(guide, name) is None]
        if lacking:
            yield Finding(guide.at(), f"this guide is published without {' and '.join(lacking)}")


@rule("citation-unknown", ERROR)
def citation_unknown(records: Records, context: Context) -> Iterator[Finding]:
    """A guide cites a source that is not in the list of references.

    A reader who wants to know where a claim comes from finds nothing. A key in the list `sources` of the front matter is
    checked by `dangling-reference`; this rule reads `[@key]` in the text, outside code.

    Fix: correct the key, or add the source to content/evidence/references.yaml; each pair of brackets holds one key.
    """
    if records.is_unreadable("reference-list"):
        return
    known = records.references()
    for guide in published(records):
        for number, line in prose(guide):
            for found in _CITE.finditer(line):
                if found.group(1) not in known:
                    place = guide.at_line(number, found.start() + 1)
                    yield Finding(place, "this citation names no source in the list of references")


@rule("link-broken", WARNING)
def link_broken(records: Records, context: Context) -> Iterator[Finding]:
    """A link in a guide leads to a page, or a part of a page, that the site does not have.

    A guide links to other guides by their file names and to the reference by `../reference/records.md` and its like; a
    draft is no page. Addresses outside the site are not followed.

    Fix: correct the path; it counts from the guide's own folder and ends in `.md`.
    """
    for guide in published(records):
        for number, line in prose(guide):
            for found in _LINK.finditer(line) if "](" in line else ():
                target = found.group(1)
                fault = "" if _ELSEWHERE.match(target) else _fault(records, guide, target)
                if fault:
                    yield Finding(guide.at_line(number, found.start(1) + 1), fault)


def _fault(records: Records, guide: Guide, target: str) -> str:
    path, _, anchor = target.partition("#")
    path = path.partition("?")[0]
    page = posixpath.normpath(posixpath.join("handbook", path)) if path else f"handbook/{guide.id}.md"
    folder, _, name = page.rpartition("/")
    ident = name.removesuffix(".md")
    if page in _PAGES:
        anchors = _PAGES[page]
        known = anchors is None or not anchor or anchor in anchors
        return "" if known else "this link leads to a part of the page that is not there"
    if folder == "handbook" and name.endswith(".md"):
        return _guide_fault(records, ident, anchor)
    if name == "index.md" and folder.removeprefix("programs/") in records.programs and folder.startswith("programs/"):
        return ""
    return "this link leads to nothing on the site"


def _guide_fault(records: Records, ident: str, anchor: str) -> str:
    target = records.guides.get(ident)
    if target is None:
        return "" if records.is_unreadable("guide", ident) else "this link leads to a guide that is not there"
    if target.draft:
        return "this link leads to a draft, which is not published"
    if anchor and anchor not in _anchors(target) and not anchor.startswith("source-"):
        return "this link leads to a heading that is not there"
    return ""


def _anchors(guide: Guide) -> set[str]:
    """The names by which the headings of a guide can be linked to, as the site's engine makes them."""
    found: set[str] = set()
    for heading in guide.origin.outline.headings:
        own = _OWN_ANCHOR.search(heading.text)
        text = heading.text[: own.start()] if own else heading.text
        words = re.sub(r"[*_`]|\]\([^)]*\)|\[", "", text)
        bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
        found.update(own.groups() if own else (_slug(bare), _slug(unicodedata.normalize("NFC", words))))
    return found


def _slug(text: str) -> str:
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


@rule("placeholder-left", WARNING)
def placeholder_left(records: Records, context: Context) -> Iterator[Finding]:
    """A placeholder stands in a guide that is published.

    TODO, TBD, lorem ipsum, a pair of double braces: the reader sees that nobody looked at the page.

    Fix: write what belongs there, or set `draft: true`.
    """
    for guide in published(records):
        for field in ("title", "summary"):
            if _PLACEHOLDER.search(getattr(guide, field) or ""):
                yield Finding(guide.at(field), "a placeholder was left here")
        for number, line in prose(guide):
            found = _PLACEHOLDER.search(line)
            if found:
                yield Finding(guide.at_line(number, found.start() + 1), "a placeholder was left here")


RULES: tuple[Rule, ...] = (
    guide_front_matter,
    guide_unreviewed,
    guide_review_overdue,
    citation_unknown,
    link_broken,
    placeholder_left,
)
