"""CQC's report slugs: the authority and the month that an address or a file name gives.

    barnet-0125                       the report        name-MMYY
    barnet-0125-theme1-needs          a section         August 2024 to March 2025
    hammersmithfulham-0525/theme4/learning, york-1225/summary             since May 2025
    Hounslow4                         a section         May 2024 (name and running number)
    lincolnshire-cc/4-leadership/learning-improvement-innovation          pilot, November 2023

A file may be named by such a slug, with `-` or `_` for `/`. The name is one that CQC has used, in
any month, or an authority's whole name written together (`westberkshire`); nothing else is a slug:
`notes-on-barnet` is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from reports.facts.framework import STATEMENTS
from reports.facts.gazetteer import GazetteerEntry, entries

HOSTS = {"cqc.org.uk", "gl-cqc.axis12.com"}
FOLDER = "/care-services/local-authority-assessment-reports/"
DATED = re.compile(r"(?P<name>[a-z]+)-(?P<month>0[1-9]|1[0-2])(?P<year>2[3-9]|[3-9]\d)")
NUMBERED = re.compile(r"(?P<name>[a-z]+)[1-9]\d?")
NUMBERED_ERA = "2024-05"
THEMES = {f"theme{s.theme.number}" for s in STATEMENTS}
PARTS = {"", "summary", *THEMES, *(f"theme{s.theme.number}-{s.address_key}" for s in STATEMENTS)}
PILOT_PART = re.compile(r"(?:-\d(?:-[a-z]+)*)?")


@dataclass(frozen=True, slots=True)
class SlugReading:
    """What a slug says. `published` is a partial date: a month, or empty if the slug has none."""

    authority: str
    published: str
    slug: str
    pilot: bool = False


def read_address(address: str) -> SlugReading | None:
    """What the address of a report page on CQC's site says."""
    try:
        parts = urlsplit(address.strip() if "//" in address else f"//{address.strip()}")
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    if host not in HOSTS or not parts.path.startswith(FOLDER):
        return None
    return _read(unquote(parts.path.removeprefix(FOLDER)).strip("/"))


def read_file_name(name: str) -> SlugReading | None:
    """What a file name says, if it is one of CQC's slugs."""
    path = PurePosixPath(name.replace("\\", "/"))
    return _read(path.name.removesuffix(path.suffix))


def _read(slug: str) -> SlugReading | None:
    plain = re.sub(r"[/_]", "-", slug).lower()
    dated, numbered = DATED.match(plain), NUMBERED.fullmatch(plain)
    published, entry = "", None
    if dated and plain[dated.end() :].removeprefix("-") in PARTS:
        published = f"20{dated['year']}-{dated['month']}"
        entry = _names().get(dated["name"])
    elif numbered:
        published, entry = NUMBERED_ERA, _names_of_numbered().get(numbered["name"])
    if entry:
        return SlugReading(entry.slug, published, slug)
    for known, entry in _pilots().items():
        if plain.startswith(known) and PILOT_PART.fullmatch(plain.removeprefix(known)):
            return SlugReading(entry.slug, "", slug, pilot=True)
    return None


@cache
def _names() -> dict[str, GazetteerEntry]:
    by_name = {entry.slug.replace("-", ""): entry for entry in entries()}
    return by_name | {found["name"]: entry for found, entry in _dated_slugs()}


@cache
def _names_of_numbered() -> dict[str, GazetteerEntry]:
    """Only the reports of May 2024 had numbered sections."""
    return {
        found["name"]: entry
        for found, entry in _dated_slugs()
        if f"20{found['year']}-{found['month']}" == NUMBERED_ERA
    }


@cache
def _pilots() -> dict[str, GazetteerEntry]:
    slugs = ((slug.lower(), entry) for entry in entries() for slug in entry.report_slugs)
    return {slug: entry for slug, entry in slugs if slug.endswith("-cc")}


def _dated_slugs() -> Iterator[tuple[re.Match[str], GazetteerEntry]]:
    for entry in entries():
        for slug in entry.report_slugs:
            if found := DATED.fullmatch(slug.lower()):
                yield found, entry
