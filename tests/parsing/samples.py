"""Texts for the parser's tests: the five seeds, trimmed variants, and small made-up sections."""

from pathlib import Path

from reports.parsing import ReportRecord, SectionRecord, parse_report, read_document

ROOT = Path(__file__).parents[2]
SEEDS = tuple(sorted((ROOT / "seeds").glob("*.txt")))
VARIANTS = ROOT / "tests" / "fixtures" / "reports"


def seed_text(number: int) -> str:
    path = SEEDS[number]
    return read_document(path.read_bytes(), path.name).text


def variant_text(name: str) -> str:
    return read_document((VARIANTS / name).read_bytes(), name).text


def section_text(*body: str, score: str = "Score: 3") -> str:
    """A section with these blocks as its findings and blank lines between them."""
    opening = ("Learning, improvement and innovation", score)
    return "\n\n".join((*opening, "Key findings for this quality statement", *body))


def only_section(text: str) -> SectionRecord:
    (section,) = parse_report(text).sections
    return section


def findings(text: str) -> list[str]:
    return [paragraph.text for paragraph in only_section(text).paragraphs]


def headed_findings(text: str) -> list[tuple[str, str]]:
    return [(paragraph.heading, paragraph.text) for paragraph in only_section(text).paragraphs]


def problem_codes(record: ReportRecord) -> list[str]:
    return [problem.code for problem in record.problems]


def pieces(text: str) -> list[tuple[str, str]]:
    """Kind and source text of every span."""
    return [(span.kind.value, text[span.start : span.end]) for span in parse_report(text).spans]
