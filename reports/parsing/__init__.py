"""Text in, frozen records out: no database, no Django, no network."""

from reports.parsing.errors import ReadError
from reports.parsing.formats import ARCHIVE_LIMITS, Read, open_archive
from reports.parsing.readers import KNOWN_SUFFIXES, SUPPORTED_SUFFIXES, read_document, read_text
from reports.parsing.records import (
    DecidedBy,
    Identification,
    OutcomeRecord,
    ParagraphRecord,
    ProblemRecord,
    ReportRecord,
    SectionRecord,
    Span,
    SpanKind,
)
from reports.parsing.report import parse_report, unparsed_characters

__all__ = [
    "ARCHIVE_LIMITS",
    "KNOWN_SUFFIXES",
    "SUPPORTED_SUFFIXES",
    "DecidedBy",
    "Identification",
    "OutcomeRecord",
    "ParagraphRecord",
    "ProblemRecord",
    "Read",
    "ReadError",
    "ReportRecord",
    "SectionRecord",
    "Span",
    "SpanKind",
    "open_archive",
    "parse_report",
    "read_document",
    "read_text",
    "unparsed_characters",
]
