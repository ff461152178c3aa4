"""Findings as rows of a spreadsheet."""

import csv
from collections.abc import Callable, Iterable, Iterator

from reports.facts import framework, labels
from reports.models import ListedFinding

LIMIT = 10_000
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as Windows-1252

# A cell that begins with one of these is a formula to a spreadsheet, and some look past blanks.
# owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS = ("\t", "\r", "\n")
BLANKS = " \t\r\n\u00a0\u200b\ufeff"

HEADER = (
    "Finding",
    "Authority",
    "Theme",
    "Quality statement",
    "Score",
    "Score description",
    "Heading",
    "Text",
    "Assessment date",
    "Assessment kind",
    "Topics (inferred)",
    "Evidence (inferred)",
    "Figures (inferred)",
    "Link",
    "Source",
)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def csv_lines(
    findings: Iterable[ListedFinding], absolute_url: Callable[[str], str]
) -> Iterator[str]:
    """The lines of a CSV file."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(HEADER)
    for finding in findings:
        yield writer.writerow([safe_cell(cell) for cell in row(finding, absolute_url)])


def row(finding: ListedFinding, absolute_url: Callable[[str], str]) -> tuple[str, ...]:
    return (
        finding.public_id,
        finding.authority_name,
        finding.definition.theme.name,
        finding.definition.name,
        str(finding.score or ""),
        finding.score_description,
        finding.heading,
        finding.text,
        finding.published,
        finding.kind_label,
        "; ".join(labels.topics_of(finding.topics)),
        "; ".join(labels.evidence_of(finding.evidence)),
        "; ".join(finding.quoted_figures),
        absolute_url(finding.get_absolute_url()),
        framework.ATTRIBUTION,
    )


def safe_cell(text: str) -> str:
    """`text`, marked as text where a spreadsheet would run it as a formula."""
    if text.startswith(CONTROLS) or text.lstrip(BLANKS).startswith(FORMULA_STARTS):
        return f"'{text}"
    return text
