"""What guides lean on beside sources: numbers with where they come from, lines to compare with, and standards."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import Integer, Number, ReferenceId, Slug, Text, for_public

Standing = Literal["traced", "traced-differs", "vendor", "untraced", "illustrative"]
"""What is known of a number's origin; all but the first are marked wherever the number is printed."""

Design = Literal[
    "review", "trial", "matched", "survey", "interviews", "records", "practice", "calculation", "definition", "none"
]
"""How a number came about: a review of studies, a trial by lot, groups matched on paper, and so on."""


class Worded(Part):
    """The same words in the languages of the site; a plain text stands for all of them."""

    shorthand: ClassVar[str] = "en"
    en: Text = for_public("In English, or in the one language of the program.")
    es: Text | None = for_public("In Spanish.", None)
    fr: Text | None = for_public("In French.", None)


class Figure(Part):
    """One number from research, from a vendor or from practice, which guides print as `[=key]`."""

    key: Slug = for_public("Key used in `[=key]`.")
    value: Worded = for_public("The number as it is printed; written once, it takes each language's own form.")
    counts: Worded = for_public("What it counts, and of whom.")
    n: Integer | None = for_public("How many it rests on.", None, ge=1)
    population: Worded | None = for_public("Who or what these are.", None)
    design: Design | None = for_public("How it came about.", None)
    period: Text | None = for_public("The years or the cohort it is from.", None, max_length=100)
    status: Standing = for_public("What is known of its origin.")
    references: tuple[ReferenceId, ...] = for_public("References it comes from.", ())
    note: Worded | None = for_public("What differs at its origin, and any caution.", None)


class Figures(Record):
    """The numbers that guides may use, with what is known of each."""

    record: ClassVar[str] = "figure-list"
    figures: tuple[Figure, ...] = for_public("The numbers.", min_length=1)


class Standard(Part):
    """One of the standards that programs are measured by; its wording stays with its owner."""

    key: Slug = for_public("Name used in a guide's `standards`.")
    of: ReferenceId = for_public("The set that it belongs to.")
    number: Integer = for_public("Its number in the set.", ge=1, le=99)
    name: Worded = for_public("What it is called.")
    note: Worded | None = for_public("Any caution.", None)


class Standards(Record):
    """The standards that guides help to meet."""

    record: ClassVar[str] = "standard-list"
    standards: tuple[Standard, ...] = for_public("The standards.", min_length=1)


class Benchmark(Part):
    """One line that other programs are measured by: something to look at, and no pass mark."""

    key: Slug = for_public("Name of the line.")
    measure: Slug | None = for_public("What is counted: the code of a metric.", None)
    line: Worded = for_public("The line as it is printed.")
    value: Number | None = for_public("The same as a number, which targets are compared with.", None)
    counts: Worded = for_public("What it counts, and of whom.")
    horizon: Worded | None = for_public("Over which time.", None)
    status: Standing = for_public("What is known of its origin.")
    references: tuple[ReferenceId, ...] = for_public("References it comes from.", ())
    caution: Worded = for_public("What it does not say.")


class Benchmarks(Record):
    """Lines from elsewhere that a program may look at beside its own numbers."""

    record: ClassVar[str] = "benchmark-list"
    benchmarks: tuple[Benchmark, ...] = for_public("The lines.", min_length=1)
