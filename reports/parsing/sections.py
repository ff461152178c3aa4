"""The sections of a report as records, and what an editor should look at in each."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from textwrap import shorten

from reports.inference import infer
from reports.parsing.grammar import SectionOutline
from reports.parsing.known_phrases import TokenKind
from reports.parsing.lines import ends_sentence, has_words
from reports.parsing.pieces import Piece
from reports.parsing.records import (
    ParagraphRecord,
    ProblemRecord,
    SectionRecord,
    SpanKind,
    TableRecord,
)
from reports.parsing.scores import read_score

SHOWN = 80
SHOWN_LINES = 3
QUOTES = ("“", "”", "‘", "’", '"', "'")


def section_records(
    sections: Sequence[SectionOutline],
) -> tuple[list[SectionRecord], list[ProblemRecord]]:
    records: list[SectionRecord] = []
    problems: list[ProblemRecord] = []
    seen: set[str] = set()
    for section in sections:
        line = section.title.number
        scores = [token for token in section.tokens if token.kind is TokenKind.SCORE]
        score, doubts = read_score(scores, line)
        record = SectionRecord(
            section.title.value,
            score,
            tuple(_paragraphs(section.pieces, section.title.value)),
            tuple(_tables(section.pieces)),
            tuple(piece.text for piece in section.pieces if piece.kind is SpanKind.NOTE),
        )
        records.append(record)
        problems += doubts
        if not record.paragraphs:
            problems.append(
                ProblemRecord("findings-missing", "The section holds no findings.", line)
            )
        if section.title.value in seen:
            message = "The same quality statement has a section further up."
            problems.append(ProblemRecord("statement-repeated", message, line))
        seen.add(section.title.value)
        problems += _problems_within(section)
    return records, problems


def _paragraphs(pieces: Sequence[Piece], statement: str) -> Iterator[ParagraphRecord]:
    heading = ""
    for piece in pieces:
        if piece.kind is SpanKind.HEADING:
            heading = piece.text
        elif piece.kind is SpanKind.FINDING:
            labels = infer(piece.text, heading, statement)
            yield ParagraphRecord(piece.text, heading, piece.spans, labels)


def _tables(pieces: Sequence[Piece]) -> Iterator[TableRecord]:
    # A paragraph can go on after a table, so pieces do not come in the order of the source.
    findings = [piece.spans[0][0] for piece in pieces if piece.kind is SpanKind.FINDING]
    for piece in pieces:
        if piece.kind is SpanKind.TABLE:
            # Markdown draws a rule below the head of a table, which is not a row.
            rows = tuple(row for row in piece.rows if any(map(has_words, row)))
            yield TableRecord(bisect_left(findings, piece.spans[0][0]), rows)


def _problems_within(section: SectionOutline) -> Iterator[ProblemRecord]:
    labels = [token for token in section.tokens if token.kind is TokenKind.FINDINGS_LABEL]
    for label in labels[1:]:
        message = "Key findings begin twice in one section; the title of another may be missing."
        yield ProblemRecord("label-repeated", message, label.number)
    for token in section.tokens:
        if token.doubtful:
            shown = _shown(token.text)
            message = f"Left out of the findings: “{shown}”. Check that it is not part of them."
            yield ProblemRecord("left-out", message, token.number)
    for piece in section.pieces:
        if piece.doubt:
            yield ProblemRecord("doubtful-kind", piece.doubt, piece.number)
    yield from _passed_over(section)
    yield from _open_ends(section.pieces)


def _passed_over(section: SectionOutline) -> Iterator[ProblemRecord]:
    """One problem for all lines among the findings that were taken for furniture by their form
    alone. Lines below the last finding are not among findings; if a sentence is cut there, that is
    a separate problem."""
    places = [
        span for each in section.pieces if each.kind is SpanKind.FINDING for span in each.spans
    ]
    among = [
        token
        for token in section.tokens
        if token.kind is TokenKind.FURNITURE
        and token.value
        and not token.doubtful
        and places
        and places[0][0] < token.lines[0].start < places[-1][1]
    ]
    if among:
        count = "1 line was" if len(among) == 1 else f"{len(among)} lines were"
        shown = ", ".join(f"“{_shown(token.text)}”" for token in among[:SHOWN_LINES])
        more = f" and {len(among) - SHOWN_LINES} more" if len(among) > SHOWN_LINES else ""
        check = "Check that these words are not missing from a finding."
        message = f"{count} passed over among the findings: {shown}{more}. {check}"
        yield ProblemRecord("passed-over", message, among[0].number)


def _open_ends(pieces: Sequence[Piece]) -> Iterator[ProblemRecord]:
    """Findings that end in the middle of a sentence: a copy that stops there, or a paragraph that
    is divided where it should not be."""
    findings = [piece for piece in pieces if piece.kind is SpanKind.FINDING]
    for piece in findings:
        ends = ends_sentence(piece.text) and not piece.text.endswith(("…", "..."))
        is_quotation = piece.text.startswith(QUOTES) and piece.text.endswith(QUOTES)
        if ends or is_quotation or piece.last.bullet or piece.text.endswith(":"):
            continue
        is_last = piece is findings[-1]
        what = "The section" if is_last else "A paragraph"
        message = f"{what} ends in the middle of a sentence: “…{piece.text[-SHOWN:]}”."
        yield ProblemRecord("end-cut" if is_last else "end-missing", message, piece.last.number)


def _shown(text: str) -> str:
    return shorten(text, SHOWN, placeholder="…")
