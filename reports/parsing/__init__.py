"""Text in, frozen records out: no database, no Django, no network."""

from reports.parsing.annotations import TOPIC_BY_SLUG, TOPICS, Inference, explain
from reports.parsing.errors import ReadError
from reports.parsing.readers import SUPPORTED_SUFFIXES, read_text
from reports.parsing.records import (
    DecidedBy,
    Identification,
    ParagraphRecord,
    Problem,
    ReportRecord,
    SectionRecord,
    Span,
    SpanKind,
)
from reports.parsing.report import parse_report, unparsed_characters

__all__ = [
    "SUPPORTED_SUFFIXES",
    "TOPICS",
    "TOPIC_BY_SLUG",
    "DecidedBy",
    "Identification",
    "Inference",
    "ParagraphRecord",
    "Problem",
    "ReadError",
    "ReportRecord",
    "SectionRecord",
    "Span",
    "SpanKind",
    "explain",
    "parse_report",
    "read_text",
    "unparsed_characters",
]
