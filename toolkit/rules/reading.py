"""The codes that are raised while files are read and decoded, described for `mentoring explain`."""

from __future__ import annotations

from toolkit.rules.base import ERROR, NOTE, WARNING, Rule, described

_FILES = (
    described(
        "file-unreadable",
        ERROR,
        """
        A file or folder of the records could not be opened, or is a link, a pipe or a device.

        A link can lead out of the program's folder, and a pipe can hang the reader, so neither is followed.

        Fix: put an ordinary file in its place, and check its permissions.
        """,
    ),
    described(
        "file-too-large",
        ERROR,
        """
        A record file is larger than 1 MiB.

        A record is a short text; a file of that size is an attachment or an accident, and would slow every check.

        Fix: move attachments out of the records, and keep the text short.
        """,
    ),
    described(
        "not-utf8",
        ERROR,
        """
        A file is not written in UTF-8.

        Another encoding would turn names such as Zoë or José into something else on the next computer.

        Fix: save the file again with the encoding UTF-8.
        """,
    ),
    described(
        "control-character",
        ERROR,
        """
        A character stands in the file that nobody can see, such as a control or direction mark.

        Such characters can hide or reverse what people read, so that a reviewer approves something else.

        Fix: delete the character at the place that is named.
        """,
    ),
    described(
        "merge-conflict",
        ERROR,
        """
        The marks of an unresolved merge are left in the file.

        Two versions of the record stand one below the other, and no reader can tell which one holds.

        Fix: keep one of the two versions and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`.
        """,
    ),
    described(
        "file-hard-linked",
        WARNING,
        """
        A record's file has a second name on the disk (a hard link).

        Git keeps one copy for each name, so the two drift apart without a word; and who may write the other name
        changes this record.

        Fix: copy the file, delete it, and give the copy its name.
        """,
    ),
    described(
        "misplaced-file",
        WARNING,
        """
        A file or a repository lies among the records where no record has its place.

        Nothing reads it, so what it says is missing from every page and every check.

        Fix: move it to the folder of its kind of record, or out of `content/` and `private/`.
        """,
    ),
    described(
        "id-not-slug",
        ERROR,
        """
        The name of a record's file or folder is not an id.

        The name is the id by which other records refer to it and the address of its page, on every kind of disk.

        Fix: rename it to lower-case words joined by hyphens, such as `ana-kovacs`.
        """,
    ),
)

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

_BUILDING = (
    described(
        "private-on-public-page",
        ERROR,
        """
        A file of a finished build holds a value that its audience may not read, plain or in disguise.

        What is once on the web is copied within hours and cannot be called back. `mentoring build` looks through every
        byte of a build before it puts it in place; it stops here, and the site that was there stays.

        Fix: take the value out of the guide, template or field that says it, or open it by a consent.
        """,
    ),
)

_CHECKING = (
    described(
        "not-checked",
        NOTE,
        """
        Some rules were not checked, because the private records are not here.

        Vetoes, conflicts, training and screening lie in `private/`; without it silence about them proves nothing.

        Fix: fetch the private records beside `content/` and check again.
        """,
    ),
    described(
        "allow-unknown",
        WARNING,
        """
        A comment allows a code that does not exist.

        A misspelled code allows nothing, and the reader believes that it does.

        Fix: correct the code; `mentoring explain --all` lists them.
        """,
    ),
    described(
        "allow-refused",
        WARNING,
        """
        A comment tries to allow a finding that protects people.

        What guards a person's privacy is not for the author of a file to waive.

        Fix: cure the finding, then delete the comment.
        """,
    ),
    described(
        "allow-without-reason",
        WARNING,
        """
        A comment allows a finding and does not say why.

        In a year nobody will know whether the exception still holds, so it does not count until it says why.

        Fix: write the reason after a dash: `# toolkit: allow CODE - why it is right here`.
        """,
    ),
    described(
        "allow-unused",
        NOTE,
        """
        A comment allows a finding that is not there.

        Once its cause is gone, the comment would only hide the next finding of its kind.

        Fix: delete the comment.
        """,
    ),
)

RULES: tuple[Rule, ...] = (*_FILES, *_TEXTS, *_FIELDS, *_BUILDING, *_CHECKING)
