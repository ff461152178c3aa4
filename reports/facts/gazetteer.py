"""The 153 English authorities with adult social care duties, and the names they go by.

Read from `data/authorities.csv`; `data/report_slugs.csv` adds the names CQC uses in the addresses
of its report pages. Sources and doubts are in `data/README.md`.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
REPORTS = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports/"


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
    title_names: tuple[str, ...]

    @property
    def all_names(self) -> tuple[str, ...]:
        """Each name once, the short one first; `title_names` are those seen in CQC's titles."""
        names = (self.name, self.official_name, *self.aliases, *self.title_names)
        return tuple(dict.fromkeys(names))


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: `St. Helens` becomes `st-helens`."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text.replace("'", "").lower()))


@cache
def entries() -> tuple[GazetteerEntry, ...]:
    """All authorities, in the order of the file (by name)."""
    report_slugs: dict[str, list[str]] = {}
    title_names: dict[str, list[str]] = {}
    for row in rows_of("report_slugs.csv"):
        report_slugs.setdefault(row["authority_gss_code"], []).append(row["slug"])
        if row["title_name_seen"]:
            title_names.setdefault(row["authority_gss_code"], []).append(row["title_name_seen"])
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
            title_names=tuple(title_names.get(row["gss_code"], ())),
        )
        for row in rows_of("authorities.csv")
    )


def report_address(authority: str | None, published: str, *, pilot: bool = False) -> str:
    """CQC's own page of an authority's report, or "" where it is not known.

    `authority` is a slug, `published` a partial ISO date. CQC ends the names of its pages with the
    month of the report (`barnet-0125`), so a page of another month is another report's.
    """
    entry = by_slug().get(authority or "")
    year, _, rest = published.partition("-")
    ending = "-cc" if pilot else f"-{rest[:2]}{year[2:]}" if rest else ""
    slugs = entry.report_slugs if entry and ending else ()
    return next((f"{REPORTS}{slug}" for slug in slugs if slug.endswith(ending)), "")


@cache
def by_slug() -> dict[str, GazetteerEntry]:
    return {entry.slug: entry for entry in entries()}


@cache
def by_name() -> dict[str, GazetteerEntry]:
    """All names as `folded_name` gives them."""
    return {folded_name(name): entry for entry in entries() for name in entry.all_names}


@cache
def by_exact_name() -> dict[str, GazetteerEntry]:
    """All names in their own capitals, longest first."""
    names = {name: entry for entry in entries() for name in entry.all_names}
    return {name: names[name] for name in sorted(names, key=lambda name: (-len(name), name))}


def named(name: str) -> GazetteerEntry | None:
    """The authority with this whole name, whatever its case, or None. "Barnet, London Borough of"
    is the same as "London Borough of Barnet"."""
    last, comma, first = name.partition(",")
    is_reversed = comma and first.rstrip().casefold().endswith(" of")
    return by_name().get(folded_name(f"{first} {last}" if is_reversed else name))


def folded_name(name: str) -> str:
    """A name for comparing: no case, 'and' for '&', no 'the' before it."""
    words = name.casefold().replace("&", " and ").replace("’", "'").split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file among the data of this package."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
