"""What `check` and `build` say of themselves: rules that could not be asked, comments that allow, and a build that leaks."""

from __future__ import annotations

from toolkit.rules.base import ERROR, NOTE, WARNING, Rule, described

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

RULES: tuple[Rule, ...] = (*_BUILDING, *_CHECKING)
