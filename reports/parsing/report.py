"""Text -> `ReportRecord`: the recipe."""

from collections.abc import Iterator, Sequence

from reports.inference import infer
from reports.parsing.errors import ReadError
from reports.parsing.grammar import Outline, Section, outline
from reports.parsing.identify import identify, published_date
from reports.parsing.layout import split_lines
from reports.parsing.pieces import Piece
from reports.parsing.press_releases import is_press_release
from reports.parsing.recognise import Token, TokenKind
from reports.parsing.records import (
    ParagraphRecord,
    Problem,
    ReportRecord,
    SectionRecord,
    Span,
    SpanKind,
)
from reports.parsing.scores import read_score
from reports.parsing.slugs import SlugReading, read_address, read_file_name
from reports.parsing.summary import read_outcome

FORMAL = "formal"
PILOT = "pilot"


def parse_report(text: str, name: str = "", address: str = "") -> ReportRecord:
    """The record of one report. The file's `name` and the page's `address` help to identify it.

    Raises `ReadError` with the code `press-release` or `no-report` where the text is none.
    """
    lines = split_lines(text)
    parts = outline(lines)
    if is_press_release(text, lines, parts.tokens):
        raise ReadError(
            "this is a CQC press release, not a report; download the report's own pages",
            "press-release",
        )
    outcome, problems = read_outcome(_before_sections(parts))
    if not parts.sections and outcome is None:
        raise _no_report(parts)
    by_address, by_name = read_address(address), read_file_name(name)
    sections, section_problems = _sections(parts.sections)
    findings = [paragraph.text for section in sections for paragraph in section.paragraphs]
    identification, doubts = identify(parts.tokens, by_address, by_name, findings)
    published, date_doubts = published_date(parts.tokens, (by_address, by_name))
    problems += section_problems + doubts + date_doubts + _unparsed(parts)
    return ReportRecord(
        identification=identification,
        published=published,
        kind=_kind(parts, (by_address, by_name)),
        sections=tuple(sections),
        spans=_spans(parts),
        problems=tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.code))),
        outcome=outcome,
    )


def _before_sections(parts: Outline) -> Sequence[Token]:
    if not parts.sections:
        return parts.tokens
    return parts.tokens[: parts.tokens.index(parts.sections[0].title)]


def unparsed_characters(text: str, record: ReportRecord) -> int:
    """How many characters that are not blank the grammar does not know."""
    unparsed = (span for span in record.spans if span.kind is SpanKind.UNPARSED)
    return sum(not char.isspace() for span in unparsed for char in text[span.start : span.end])


def _no_report(parts: Outline) -> ReadError:
    if any(token.kind is TokenKind.SUMMARY_LABEL for token in parts.tokens):
        what = (
            "this is the summary or overview of a report, and holds no section of a quality"
            " statement"
        )
    else:
        what = (
            "this is no report: no quality statement's title stands above a score or one of"
            " CQC's labels"
        )
    return ReadError(f"{what}; give the page of a quality statement", "no-report")


def _sections(sections: Sequence[Section]) -> tuple[list[SectionRecord], list[Problem]]:
    records: list[SectionRecord] = []
    problems: list[Problem] = []
    for section in sections:
        line = section.title.number
        scores = [token for token in section.tokens if token.kind is TokenKind.SCORE]
        score, doubts = read_score(scores, line)
        paragraphs = tuple(_paragraphs(section.pieces, section.title.value))
        problems += doubts
        if not paragraphs:
            problems.append(Problem("findings-missing", "The section holds no findings.", line))
        if any(section.title.value == record.statement for record in records):
            message = "The same quality statement has a section further up."
            problems.append(Problem("statement-repeated", message, line))
        problems += _repeated_labels(section)
        records.append(SectionRecord(section.title.value, score, paragraphs))
    return records, problems


def _repeated_labels(section: Section) -> list[Problem]:
    labels = [token for token in section.tokens if token.kind is TokenKind.FINDINGS_LABEL]
    message = "Key findings begin twice in one section; the title of another may be missing."
    return [Problem("label-repeated", message, label.number) for label in labels[1:]]


def _paragraphs(pieces: Sequence[Piece], statement: str) -> Iterator[ParagraphRecord]:
    heading = ""
    for piece in pieces:
        if piece.kind is SpanKind.HEADING:
            heading = piece.text
        elif piece.kind is SpanKind.FINDING:
            labels = infer(piece.text, heading, statement)
            yield ParagraphRecord(piece.text, heading, piece.spans, labels)


def _unparsed(parts: Outline) -> list[Problem]:
    return [
        Problem("unparsed", f"Not understood: “{_shortened(piece.text)}”", piece.number)
        for piece in _pieces(parts)
        if piece.kind is SpanKind.UNPARSED
    ]


def _shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _kind(parts: Outline, slugs: Sequence[SlugReading | None]) -> str:
    by_text = any(
        token.score.indicative
        or (token.kind is TokenKind.REPORT_TITLE and "local authority" not in token.value.lower())
        for token in parts.tokens
    )
    return PILOT if by_text or any(slug and slug.pilot for slug in slugs) else FORMAL


def _pieces(parts: Outline) -> Iterator[Piece]:
    yield from parts.preamble
    for section in parts.sections:
        yield from section.pieces


def _spans(parts: Outline) -> tuple[Span, ...]:
    spans = [Span(start, end, piece.kind) for piece in _pieces(parts) for start, end in piece.spans]
    return tuple(sorted(spans, key=lambda span: span.start))
