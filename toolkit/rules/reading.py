"""What keeps the text of a file from becoming a record: found while it is read and decoded, described for `explain`."""

from __future__ import annotations

from toolkit.rules.base import ERROR, Rule, described

_TEXTS = (
    described(
        "front-matter-missing",
        ERROR,
        """
        A Markdown record has no fields at its top, or they are not closed.

        The fields between the two lines of dashes carry the dates and names that checks and pages need.

        Fix: begin the file with a line of three dashes, the fields, and a line of three dashes again.
        """,
    ),
    described(
        "empty-record",
        ERROR,
        """
        A record file holds nothing.

        An empty file looks like a record in the folder and says nothing to anyone.

        Fix: fill in its fields, or delete the file.
        """,
    ),
    described(
        "not-a-record",
        ERROR,
        """
        A file holds a list or a plain text where fields are needed.

        A record is made of named fields; without names nobody knows what a value means.

        Fix: write lines such as `title: Harbor Mentoring`.
        """,
    ),
    described(
        "body-too-long",
        ERROR,
        """
        The text below the fields is longer than 64 KiB.

        Nobody reads a note of that length, and every page that shows it becomes slow.

        Fix: split it into several notes.
        """,
    ),
    described(
        "yaml-syntax",
        ERROR,
        """
        From the place that is named on, the fields cannot be read.

        One broken line makes the whole record unreadable; most often a value holds a colon, or lines are not aligned.

        Fix: put a value that holds a colon in quotes, and check the indentation of this line and the one above.
        """,
    ),
    described(
        "yaml-tab",
        ERROR,
        """
        A tab stands where YAML needs spaces.

        A tab has another width in each editor, so YAML does not count it as indentation.

        Fix: indent with spaces, two for each step.
        """,
    ),
    described(
        "duplicate-key",
        ERROR,
        """
        The same field stands twice in one record.

        Most readers keep one of the two in silence, and not all of them the same one.

        Fix: keep one of the two.
        """,
    ),
    described(
        "yaml-anchor",
        ERROR,
        """
        A value is given a name for reuse with `&`.

        A record has to be readable line by line; a value that comes from elsewhere is overlooked in a review.

        Fix: write the value out wherever it is needed.
        """,
    ),
    described(
        "yaml-alias",
        ERROR,
        """
        A value is taken from elsewhere with `*`.

        What the line says stands somewhere else, and a few such lines can grow to fill all memory.

        Fix: write the value out.
        """,
    ),
    described(
        "yaml-merge-key",
        ERROR,
        """
        Fields are copied from elsewhere with `<<`.

        A reader of the record cannot see which fields it has.

        Fix: write the fields out.
        """,
    ),
    described(
        "yaml-tag",
        ERROR,
        """
        A type is asked for with `!`.

        The schema knows the type of each field, and in other programs a tag can run code.

        Fix: write the plain value.
        """,
    ),
    described(
        "second-document",
        ERROR,
        """
        A second document begins in the same file.

        One file holds one record; the second one would be dropped without a word.

        Fix: keep one record in one file, and give the other a file of its own.
        """,
    ),
    described(
        "too-deep",
        ERROR,
        """
        Lists and fields are nested deeper than any record needs.

        Such a file is an accident or an attack: it is made to exhaust whoever reads it.

        Fix: flatten it, as the record's page in the reference shows.
        """,
    ),
    described(
        "too-many-values",
        ERROR,
        """
        One file holds more values than any record needs.

        Such a file slows every check, and nobody reviews it.

        Fix: split it into several records.
        """,
    ),
    described(
        "value-too-long",
        ERROR,
        """
        A single value is longer than 64 KiB.

        A field holds a line or a short paragraph; what is longer is prose, or an accident.

        Fix: move prose to the Markdown body of a record that has one.
        """,
    ),
)

_FIELDS = (
    described(
        "unknown-field",
        ERROR,
        """
        A field is written that this kind of record does not have.

        A misspelled name would otherwise be lost without a word: the record would look complete and say nothing.

        Fix: correct the name, or delete the field; the reference page lists the fields of each record.
        """,
    ),
    described(
        "missing-field",
        ERROR,
        """
        A field is missing that this kind of record needs.

        Without it no rule, page or match can use the record.

        Fix: add the field; the reference page says what it means and shows an example.
        """,
    ),
    described(
        "wrong-type",
        ERROR,
        """
        A value does not have the form that its field needs, such as a date, a number or a list.

        A date that is written in words, or a number out of bounds, would count as something else or as nothing.

        Fix: write dates as 2026-11-21, times as 17:30, numbers in digits, and lists with a dash before each entry.
        """,
    ),
    described(
        "bad-enum",
        ERROR,
        """
        A value is not on the list of values that its field allows.

        Rules and figures count by these words; another word for the same thing would be left out.

        Fix: choose one of the values that are listed.
        """,
    ),
)

RULES: tuple[Rule, ...] = (*_TEXTS, *_FIELDS)
