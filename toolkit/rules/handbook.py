"""The handbook: guides that say what they are for, were read by somebody, and lead where they point."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from toolkit.diagnostics import Place
from toolkit.model import GuideTranslation, Records
from toolkit.model.anchors import anchors
from toolkit.model.cited import SOURCE
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import months_since
from toolkit.rules.prose import Page, pages, prose, published, translations
from toolkit.workspace import PATTERNS

_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\b(?:TODO|TBD|FIXME)\b|(?i:\blorem ipsum\b)|\{\{.*?\}\}")
_Link = tuple[int, int, str]
"""A link: its line, its column, where it leads."""

# Pages that every site has beside the guides, as paths from its root, with the anchors that can be known here.
_PAGES: dict[str, frozenset[str] | None] = {
    "index.md": None,
    "mentee.md": None,
    "mentor.md": None,
    "coordinator.md": None,
    "handbook/index.md": None,
    "templates.md": None,
    "instruments.md": None,
    "measures.md": None,
    "reference/index.md": None,
    "reference/records.md": frozenset(PATTERNS),
    "reference/rules.md": None,
    "reference/visibility.md": None,
    "reference/settings.md": None,
    "reference/commands.md": None,
    "reference/topics.md": None,
    "reference/sources.md": None,
    "reference/readability.md": None,
    "reference/standards.md": None,
    "reference/figures.md": None,
    "reference/metrics.md": None,
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
    for page in pages(records):
        for number, line in prose(page):
            for found in SOURCE.finditer(line):
                if found.group(1) not in known:
                    place = page.at_line(number, found.start() + 1)
                    yield Finding(place, "this citation names no source in the list of references")


@rule("link-broken", WARNING)
def link_broken(records: Records, context: Context) -> Iterator[Finding]:
    """A link in a guide leads to a page, or a part of a page, that the site does not have.

    A guide links to other guides by their file names and to the reference by `../reference/records.md` and its like; a
    draft is no page. A translation links to the same file names, and a heading of it that others link to keeps its name
    with `{#name}` at its end. A question under `asks` names the heading that answers it. Addresses outside the site are not
    followed.

    Fix: correct the path; it counts from the guide's own folder and ends in `.md`.
    """
    linked = [(page, tuple(_links(page))) for page in pages(records)]
    for page, links in linked:
        for number, column, target in links:
            fault = _fault(records, page, target)
            if fault:
                yield Finding(page.at_line(number, column), fault)
    for each in translations(records):
        yield from _lost(records, each, linked)
    for page in pages(records):
        yield from _unanswered(page)


def _unanswered(page: Page) -> Iterator[Finding]:
    """The questions of a page that name a heading which it does not have."""
    known = anchors(page.origin.outline.headings) if page.asks else frozenset()
    for number, each in enumerate(page.asks):
        if each.at is not None and each.at not in known:
            yield Finding(page.at("asks", number, "at"), "this question leads to a heading that is not there")


def _links(page: Page) -> Iterator[_Link]:
    """The links of a page that stay on the site."""
    for number, line in prose(page):
        for found in _LINK.finditer(line) if "](" in line else ():
            if not _ELSEWHERE.match(found.group(1)):
                yield number, found.start(1) + 1, found.group(1)


def _lost(records: Records, page: GuideTranslation, linked: list[tuple[Page, tuple[_Link, ...]]]) -> Iterator[Finding]:
    """Headings of a guide that lost their name in a translation, while untranslated guides still link to them."""
    known = anchors(page.origin.outline.headings)
    wanted: dict[str, Place] = {}
    for guide, links in linked:
        if guide.origin.language or (guide.id, page.language) in records.guide_translations:
            continue
        for number, column, target in links:
            path, _, anchor = target.partition("#")
            if path == f"{page.id}.md" and anchor and not _fault(records, guide, target):
                wanted.setdefault(anchor, guide.at_line(number, column))
    for anchor in sorted(wanted.keys() - known):
        message = "a heading that another guide links to has lost its name in this translation"
        yield Finding(page.at(), message, f"end the heading with {{#{anchor}}}", related=(wanted[anchor],))


def _fault(records: Records, page: Page, target: str) -> str:
    path, _, anchor = target.partition("#")
    path = path.partition("?")[0]
    named = posixpath.normpath(posixpath.join("handbook", path)) if path else f"handbook/{page.id}.md"
    folder, _, name = named.rpartition("/")
    if named in _PAGES:
        known = _PAGES[named]
        return (
            ""
            if known is None or not anchor or anchor in known
            else "this link leads to a part of the page that is not there"
        )
    if folder == "handbook" and name.endswith(".md"):
        return _guide_fault(records, page, name.removesuffix(".md"), anchor)
    if name == "index.md" and folder.removeprefix("programs/") in records.programs and folder.startswith("programs/"):
        return ""
    return "this link leads to nothing on the site"


def _guide_fault(records: Records, page: Page, ident: str, anchor: str) -> str:
    guide = records.guides.get(ident)
    if guide is None:
        return "" if records.is_unreadable("guide", ident) else "this link leads to a guide that is not there"
    if guide.draft:
        return "this link leads to a draft, which is not published"
    if not anchor or anchor.startswith("source-"):
        return ""
    target = records.guide_translations.get((ident, page.origin.language), guide)
    return "" if anchor in anchors(target.origin.outline.headings) else "this link leads to a heading that is not there"


@rule("placeholder-left", WARNING)
def placeholder_left(records: Records, context: Context) -> Iterator[Finding]:
    """A placeholder stands in a guide that is published.

    TODO, TBD, lorem ipsum, a pair of double braces: the reader sees that nobody looked at the page.

    Fix: write what belongs there, or set `draft: true`.
    """
    for page in pages(records):
        for field in ("title", "summary"):
            if _PLACEHOLDER.search(getattr(page, field) or ""):
                yield Finding(page.at(field), "a placeholder was left here")
        for number, line in prose(page):
            found = _PLACEHOLDER.search(line)
            if found:
                yield Finding(page.at_line(number, found.start() + 1), "a placeholder was left here")


RULES: tuple[Rule, ...] = (
    guide_front_matter,
    guide_unreviewed,
    guide_review_overdue,
    citation_unknown,
    link_broken,
    placeholder_left,
)
