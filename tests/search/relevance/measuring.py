"""How well searches find what answers them, by judged queries."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from reports.models import Finding
from reports.search import SearchQuery, search
from tests.search.making import make_finding

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the public ids of the findings that answer it."""

    q: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Result:
    """The public ids that a search shows, in order."""

    judged: Judged
    shown: tuple[str, ...]

    @property
    def precision_at_5(self) -> float:
        """The share of relevant findings among the first five shown, or among all if fewer are
        shown. A search that shows nothing scores 0."""
        first = self.shown[:5]
        return len(self.judged.relevant.intersection(first)) / len(first) if first else 0.0

    @property
    def strict_precision_at_5(self) -> float:
        """The share of the first five places, or of as many as there are relevant findings, that
        are filled by relevant ones."""
        first = self.shown[: min(5, len(self.judged.relevant))]
        return len(self.judged.relevant.intersection(first)) / min(5, len(self.judged.relevant))

    @property
    def recall_at_10(self) -> float:
        """The share of the relevant findings, of at most ten, among the first ten shown."""
        found = self.judged.relevant.intersection(self.shown[:10])
        return len(found) / min(10, len(self.judged.relevant))


@dataclass(frozen=True, slots=True)
class Report:
    results: tuple[Result, ...]

    @property
    def precision_at_5(self) -> float:
        return fmean(result.precision_at_5 for result in self.results)

    @property
    def strict_precision_at_5(self) -> float:
        return fmean(result.strict_precision_at_5 for result in self.results)

    @property
    def recall_at_10(self) -> float:
        return fmean(result.recall_at_10 for result in self.results)

    @property
    def finding_nothing(self) -> int:
        return sum(not result.shown for result in self.results)

    def __str__(self) -> str:
        return (
            f"{len(self.results)} queries: precision at 5 {self.precision_at_5:.2f} "
            f"(strict {self.strict_precision_at_5:.2f}), recall at 10 {self.recall_at_10:.2f}, "
            f"{self.finding_nothing} find nothing"
        )


def make_findings() -> None:
    """The made-up findings, beside what is in the database."""
    for made in _read("findings.toml", "finding"):
        finding = make_finding(
            made["text"],
            heading=made["heading"],
            statement=made["statement"],
            authority=made["authority"],
        )
        Finding.objects.filter(pk=finding.pk).update(public_id=made["id"])


def judged(name: str) -> list[Judged]:
    """The queries of one half of a set, such as `stranger_unseen`."""
    return [Judged(row["q"], frozenset(row["relevant"])) for row in _read(f"{name}.toml", "query")]


def measure(queries: Sequence[Judged], *, exact: bool = False) -> Report:
    return Report(tuple(Result(each, _shown(each.q, exact=exact)) for each in queries))


def _shown(q: str, *, exact: bool) -> tuple[str, ...]:
    page = search(SearchQuery(q=q, exact=exact))
    return tuple(hit.finding.public_id for hit in (*page.hits, *page.nearly))


def _read(name: str, table: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = tomllib.loads((HERE / name).read_text("utf-8"))[table]
    return rows
