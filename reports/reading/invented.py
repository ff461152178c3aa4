"""Whether this site holds invented reports. If so, every page and every file says so.

The mark is a file beside the documents: it is copied with them and costs no query.
"""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

MARK = "INVENTED.txt"
NOTICE = (
    "The reports on this site were made up to show what it does. Nothing here is about a real "
    "place or from CQC."
)
WORDS = b"The reports in this folder are invented. No sentence of them is about a real place.\n"


def mark() -> None:
    """Mark this site as holding invented reports. Only emptying the folder of documents undoes
    it."""
    if not marked():
        default_storage.save(MARK, ContentFile(WORDS))


def marked() -> bool:
    return default_storage.exists(MARK)


def notices() -> tuple[str, ...]:
    """The sentence that everything taken from a site with invented reports carries; nothing for
    other sites."""
    return (NOTICE,) if marked() else ()
