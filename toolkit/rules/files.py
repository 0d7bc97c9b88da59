"""What is wrong with a record's file, whatever it says: its kind, its size, its signs, its place and its name."""

from __future__ import annotations

from toolkit.rules.base import ERROR, WARNING, Rule, described

RULES: tuple[Rule, ...] = (
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
