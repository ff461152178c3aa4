from pathlib import Path

import pytest

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

STAFF = "Staff told us they had good access to training and to regular supervision."
PEOPLE = "People told us they waited a long time for an assessment of their needs."
DATA = "Local authority data showed that 40 people were waiting in March 2024."
LEADERS = "Leaders met every month to look at what complaints had taught the organisation."


def report_text(
    *paragraphs: str,
    title: str = "",
    statement: str = "Learning, improvement and innovation",
    score: str = "Score: 2\n\n2 - Evidence shows some shortfalls",
    heading: str = "Learning from feedback",
) -> str:
    """The text of a report on one quality statement, as CQC's pages have it."""
    return "\n\n".join(
        filter(
            None,
            [
                f"{title}: local authority assessment" if title else "",
                statement,
                score,
                "The local authority commitment",
                "We focus on continuous learning, innovation and improvement.",
                "Key findings for this quality statement",
                heading,
                *paragraphs,
            ],
        )
    )


@pytest.fixture
def write(tmp_path):
    """Writes a file into the test's folder and returns its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file
