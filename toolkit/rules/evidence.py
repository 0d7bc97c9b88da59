"""Numbers in guides: each stands in the ledger, and a line from elsewhere is no target without a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from toolkit.diagnostics import did_you_mean
from toolkit.model import Records
from toolkit.model.cited import FIGURE, SOURCE
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.prose import pages, prose

_EXAMPLE = re.compile(r"( *)(?:!!!|\?\?\?\+?) example\b")
_TABLE = re.compile(r"\s*(?:>\s*)?\|")
_EN = "(?:one|two|three|four|five|six|seven|eight|nine|[0-9]+)"
_ES_TENS = "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|cien|[0-9]+"
_FR_TENS = "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent|[0-9]+"
_ES = "(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|[0-9]+)"
# Spelled out: "7 sur 9" is a count, as "7 of 9" is.
_FR = "(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_SPELL = "semanas?|d[ií]as?|mes(?:es)?|vez|veces|semaines?|jours?|mois|fois|séances?|rencontres?|sesi[oó]n(?:es)?"
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_TENS = "two|three|four|five|six|seven|eight|nine|ten|twenty|[0-9]+"
_TIME = "years?|months?|weeks?|days?|minutes?|hours?|languages?"
# What makes a line worth looking at, and what is looked for in it: made ready when a line asks for it.
_SIZES: tuple[tuple[tuple[str, ...], str], ...] = (
    # a percentage
    (
        ("%", "percent", "per cent", "por ciento", "pour cent"),
        rf"{_NUMBER}[ \u00a0\u202f]?(?:%|percent\b|per cent\b|por ciento\b|pour cent\b)",
    ),
    # r = .47, g = 0.21
    (("=",), r"(?<!\w)[rgdρβ] ?= ?[-−]?[01]?[.,][0-9]+"),
    # correlations from .38 to .59; an average effect of about 0.2
    (
        ("correla", "corréla", "effect", "efecto", "effet"),
        r"\b(?:correlat|correlaci|corrélat|effect\b|efecto\b|effet\b)[^.;:]{0,30}?(?<![0-9])[01]?[.,][0-9]+",
    ),
    # a fifth of a standard deviation
    (
        ("deviation", "desviación", "écart"),
        r"\b(?:a|one|un|une) (?:third|quarter|fifth|sixth|tenth|tercio|cuarto|quinto|décimo|tiers|quart|cinquième"
        r"|dixième) (?:of a standard deviation|de (?:la )?desviación|d'écart|d’écart)",
    ),
    # one in ten, nine teachers out of ten
    (
        (" in ", " out of "),
        rf"\b(?:{_EN}(?: [a-z]+)? out of (?:every )?|{_EN} in )(?:{_TENS})\b(?! (?:{_TIME})\b)",
    ),
    # 56 times in 100, 94 in a hundred
    (("100", "hundred"), r"\b[0-9]+(?: times)? (?:in|out of) (?:a|one) hundred\b|\b[0-9]+ times in 100\b"),
    ((" de cada ",), rf"\b{_ES}(?: (?!(?:{_SPELL})\b)[a-záéíóúñ]+)? de cada (?:{_ES_TENS})\b(?!-)"),
    ((" sur ",), rf"\b{_FR}(?: (?!(?:{_SPELL})\b)[a-zàâçéèêëîïôûù]+)? sur (?:{_FR_TENS})\b(?!-)"),
    # 189 of 238: as large as a study is
    ((" of ", " de ", " sur "), r"\b[0-9]{2,} (?:of|de|sur) (?:the |las |los |les )?[0-9]{3,}\b"),
)
_LEVEL = re.compile(r"(?:90|95|99)\b")
_INTERVAL = re.compile(r"interval|confiden[ct]|confianza|confiance", re.IGNORECASE)


@rule("figure-unknown", ERROR)
def figure_unknown(records: Records, context: Context) -> Iterator[Finding]:
    """A guide prints a number by a key that the ledger does not have.

    The page shows the key in its brackets where the number should be.

    Fix: correct the key, or add the number to content/evidence/figures.yaml; each pair of brackets holds one key.
    """
    if records.is_unreadable("figure-list"):
        return
    known = records.figures()
    for page in pages(records):
        for number, line in prose(page):
            for found in FIGURE.finditer(line):
                if found.group(1) not in known:
                    hint = did_you_mean(found.group(1), known, shown="`[={}]`")
                    yield Finding(page.at_line(number, found.start() + 1), "no number in the ledger has this key", hint)


@rule("figure-unsourced", WARNING)
def figure_unsourced(records: Records, context: Context) -> Iterator[Finding]:
    """A percentage, an effect or a share stands in a guide without its origin.

    A number in a sentence is believed, whoever made it up. Through the ledger it carries what is known of it: a
    vendor's claim looks like one, and so does a number whose origin nobody found. Code, examples in a box
    (`!!! example`), the width of an interval, and tables that cite no source may hold numbers of their own.

    Fix: write the number as `[=key]` and describe it in content/evidence/figures.yaml, or say it without a number.
    """
    for page in pages(records):
        for field in ("title", "summary"):
            if any(_sizes(getattr(page, field) or "")):
                yield Finding(page.at(field), "a number stands here, where no mark can show its origin")
        for number, line in _claims(prose(page)):
            for at in _sizes(line):
                yield Finding(page.at_line(number, at + 1), "this number does not say where it comes from")


def _claims(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines that speak for the guide: outside examples, and outside tables that cite nothing."""
    inside: int | None = None  # the indent of the example that a line may belong to
    for number, line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if inside is not None and (not line.strip() or indent > inside):
            continue
        example = _EXAMPLE.match(line)
        inside = len(example.group(1)) if example else None
        if example is None and not (_TABLE.match(line) and not SOURCE.search(line)):
            yield number, line


def _sizes(line: str) -> Iterator[int]:
    """Where a line says how large something is, in its own digits or words; an interval's width is no finding."""
    bare = FIGURE.sub(lambda found: " " * len(found.group()), line)
    lower = bare.lower()
    sizes = (size for hints, size in _SIZES if any(hint in lower for hint in hints))
    found = [each for size in sizes for each in re.finditer(size, bare, re.IGNORECASE)]
    last = 0
    for each in sorted(found, key=lambda each: each.start()):
        around = bare[max(0, each.start() - 25) : each.end() + 15]
        if each.start() >= last and not (_LEVEL.match(each.group()) and _INTERVAL.search(around)):
            yield each.start()
            last = each.end()


@rule("benchmark-as-target", NOTE)
def benchmark_as_target(records: Records, context: Context) -> Iterator[Finding]:
    """A target is a line from elsewhere, and nobody says why it should be yours.

    Most such lines were drawn for other people, or by somebody who sells something. A target that fits is made from
    where you stand.

    Fix: write under `reason` why this line is yours, or choose a value from your own numbers.
    """
    lines = {
        (each.measure, each.value)
        for listed in records.benchmark_lists.values()
        for each in listed.benchmarks
        if each.measure and each.value is not None
    }
    for program in records.programs.values():
        for index, target in enumerate(program.targets):
            if (target.measure, target.value) in lines and not target.reason:
                yield Finding(
                    program.at("targets", index, "value"), "this target is a line from elsewhere, without a reason"
                )


RULES: tuple[Rule, ...] = (figure_unknown, figure_unsourced, benchmark_as_target)
