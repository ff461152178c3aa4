"""The error that a reader raises when it cannot read a document."""


class ReadError(ValueError):
    """A document that cannot be read. `code` never changes, so programs can rely on it. `message`
    is for people and does not name the file. `line` counts from 1; it is None if the fault is not
    about one line."""

    def __init__(self, message: str, code: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.line = line
