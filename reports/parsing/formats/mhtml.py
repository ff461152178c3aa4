"""A web page saved as one file (.mhtml): a mail message whose first HTML part is the report."""

import email
import email.policy

from reports.parsing.errors import ReadError
from reports.parsing.formats.html import read_html
from reports.parsing.formats.read import Read

LOCATION = "Snapshot-Content-Location"


def read_mhtml(data: bytes) -> Read:
    """The page's text and address. Raises `ReadError` as `read_html` does, or `damaged`."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = (part for part in message.walk() if part.get_content_type() == "text/html")
    page = next(pages, None)
    if page is None:
        raise ReadError(
            "the file is damaged or is not a saved page; save the page again, as html", "damaged"
        )
    content = page.get_payload(decode=True)
    read = read_html(content if isinstance(content, bytes) else b"")
    address = read.address or str(message.get(LOCATION, "")).strip()
    return Read(read.text, address, read.notes)
