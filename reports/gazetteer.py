"""The 153 English authorities with adult social care duties, and the names they go by.

Read from `data/authorities.csv`; `data/report_slugs.csv` adds the names CQC uses in the addresses
of its report pages. Sources and doubts stand in `data/README.md`.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One authority: `slug` is for addresses, `report_slugs` are CQC's own (`barnet-0125`)."""

    slug: str
    gss_code: str
    name: str
    official_name: str
    kind: str
    region: str
    aliases: tuple[str, ...]
    report_slugs: tuple[str, ...]

    @property
    def all_names(self) -> tuple[str, ...]:
        return (self.name, self.official_name, *self.aliases)


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: `St. Helens` becomes `st-helens`."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text.replace("'", "").lower()))


@cache
def entries() -> tuple[GazetteerEntry, ...]:
    """All authorities, in the order of the file (by name)."""
    report_slugs: dict[str, list[str]] = {}
    for row in _rows("report_slugs.csv"):
        report_slugs.setdefault(row["authority_gss_code"], []).append(row["slug"])
    return tuple(
        GazetteerEntry(
            slug=slugify(row["name"]),
            gss_code=row["gss_code"],
            name=row["name"],
            official_name=row["official_name"],
            kind=slugify(row["kind"]),
            region=slugify(row["region"]),
            aliases=tuple(filter(None, row["aliases"].split(";"))),
            report_slugs=tuple(report_slugs.get(row["gss_code"], ())),
        )
        for row in _rows("authorities.csv")
    )


@cache
def by_slug() -> dict[str, GazetteerEntry]:
    return {entry.slug: entry for entry in entries()}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
