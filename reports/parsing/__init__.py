"""Text in, frozen records out: no database, no Django, no network."""

from reports.parsing.errors import ReadError
from reports.parsing.formats import ARCHIVE_LIMITS, open_archive
from reports.parsing.readers import KNOWN_SUFFIXES, SUPPORTED_SUFFIXES, read_document
from reports.parsing.records import (
    ProblemRecord,
    ReportRecord,
    SectionRecord,
    SpanKind,
)
from reports.parsing.report import parse_report, unparsed_characters
