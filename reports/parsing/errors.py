"""The error that a reader raises when it cannot read a document."""


class ReadError(ValueError):
    """A document that cannot be read. `code` is stable, `message` is for people and does not
    name the file, `line` is 1-based, or None if the fault is not about one line."""

    def __init__(self, message: str, code: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.line = line
