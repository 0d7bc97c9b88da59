"""The one exception that is meant for people: the toolkit could not run, and says what to do."""


class ToolkitError(Exception):
    """The toolkit could not do what was asked; the message says why and what to do next.

    Faults in records are values (`Diagnostic`), never this exception. The command line prints the
    message and the hint without a traceback and leaves with exit code 2.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
