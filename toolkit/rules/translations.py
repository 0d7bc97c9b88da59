"""Translations of guides: none is missing without being noticed, none says what the guide no longer says."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.diagnostics import did_you_mean
from toolkit.model import Records
from toolkit.model.guide import translated
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.prose import published, translations


@rule("translation-missing", NOTE)
def translation_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A guide is not there in one of the languages of the site.

    Its page shows the guide's own language instead, with a word about it. The languages are the setting `languages`; a
    site in one language misses nothing.

    Fix: begin it with `mentoring new guide --translate`, or set this rule to `off` where the guide's own language is enough.
    """
    for guide in published(records):
        for language in records.settings.languages[1:]:
            name = f"{guide.folder}{guide.id}.{language}.md"
            broken = ("guide-translation", name) in records.unreadable
            if (guide.id, language) not in records.guide_translations and not broken:
                hint = f"begin it with: mentoring new guide --translate {guide.id} --lang {language}"
                yield Finding(guide.at(), f"this guide is not translated: `{language}`", hint)


@rule("translation-stale", WARNING)
def translation_stale(records: Records, context: Context) -> Iterator[Finding]:
    """A guide was changed after it was translated.

    Readers of the two languages are told different things, and nobody knows which of them. The field `translates` holds
    the mark of what was translated; a translation that says of itself that it is `partly` done is not measured by it.

    Fix: bring the translation up to date, then write the new mark with `mentoring i18n mark`.
    """
    for each in translations(records):
        if translated(records.guides[each.id], each) != "stale":
            continue
        hint = f"bring it up to date, then: mentoring i18n mark {each.id} {each.language} --write"
        if each.translates is None:
            yield Finding(each.at(), "this translation does not say from which state of the guide it was made", hint)
        else:
            yield Finding(each.at("translates"), "the guide was changed after this was translated", hint)


@rule("translation-orphaned", ERROR)
def translation_orphaned(records: Records, context: Context) -> Iterator[Finding]:
    """A translation belongs to no guide, or to no language of the site.

    Nobody will ever read it: the file is named after the guide and the language, and one of the two does not exist.

    Fix: rename the file to the guide's name, a dot and the language, such as goals.es.md, or delete it.
    """
    site = records.settings.languages
    for each in records.guide_translations.values():
        if each.id not in records.guides:
            if not records.is_unreadable("guide", each.id):
                hint = did_you_mean(each.id, records.guides, shown=f"{{}}.{each.language}.md")
                yield Finding(each.at(), "this translates a guide that is not there", hint)
        elif site and each.language not in site:
            yield Finding(each.at(), "this is in a language that the site does not have", severity=WARNING)


RULES: tuple[Rule, ...] = (translation_missing, translation_stale, translation_orphaned)
