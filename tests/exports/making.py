"""A finding to take away, and a file of it."""

from datetime import UTC, datetime
from typing import Any

from reports.exports import FINDINGS, About, Export
from reports.models import ListedFinding

ABOUT = About(
    query=(("Words", "=co-production"), ("Score", "3 – Evidence shows a good standard")),
    address="https://example.org/findings.csv?q=%3Dco-production&score=3",
    made_at=datetime(2026, 3, 5, 9, 30, tzinfo=UTC),
    total=2,
    count=1,
    order="Newest first",
    notes=("“x” was ignored.",),
)


def make_taken(**changes: Any) -> ListedFinding:
    return ListedFinding(
        public_id="abc",
        status="published",
        number=1,
        heading="Learning from feedback",
        text="Staff “learned” 12%, they said.",
        topics=["co-production", "peer-review"],
        groups=["dementia"],
        evidence=["staff-and-leaders"],
        figures=["12%", "not there"],
        tone="strength",
        created_at=datetime(2026, 1, 2, tzinfo=UTC),
        read_heading="Learning from feedback",
        read_text="Staff “learned” 12%, they said.",
        section="sec",
        statement="learning",
        read_statement="learning",
        score=3,
        read_score=3,
        assessment="ass",
        published="2025-12",
        kind="formal",
        assessment_status="published",
        framework="2023",
        authority="york",
        name="York",
        read_authority="york",
        document="f" * 64,
    )._replace(**changes)


def make_export(*findings: ListedFinding) -> Export[ListedFinding]:
    return Export(FINDINGS, findings, ABOUT, lambda path: f"https://example.org{path}")
