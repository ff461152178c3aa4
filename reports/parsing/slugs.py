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
NUMBERED = re.compile(r"(?P<name>[a-z]+)(?P<number>[1-9]\d?)")
NUMBERED_ERA = "0524"
SECTIONS = {f"theme{s.theme.number}-{s.address_key}" for s in STATEMENTS}
THEMES = {f"theme{s.theme.number}" for s in STATEMENTS}
PARTS = {"", "summary", *SECTIONS, *THEMES}
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
    return _read_pilot(plain, slug) or _read_dated(plain, slug) or _read_numbered(plain, slug)


def _read_dated(plain: str, slug: str) -> SlugReading | None:
    found = DATED.match(plain)
    if not found or plain[found.end() :].removeprefix("-") not in PARTS:
        return None
    entry = _authority_by_name_part().get(found["name"])
    if entry is None:
        return None
    return SlugReading(entry.slug, f"20{found['year']}-{found['month']}", slug)


def _read_numbered(plain: str, slug: str) -> SlugReading | None:
    found = NUMBERED.fullmatch(plain)
    entry = _authority_of_numbered().get(found["name"]) if found else None
    published = f"20{NUMBERED_ERA[2:]}-{NUMBERED_ERA[:2]}"
    return SlugReading(entry.slug, published, slug) if entry else None


def _read_pilot(plain: str, slug: str) -> SlugReading | None:
    for known, entry in _pilots():
        if plain.startswith(known) and PILOT_PART.fullmatch(plain.removeprefix(known)):
            return SlugReading(entry.slug, "", slug, pilot=True)
    return None


@cache
def _authority_by_name_part() -> dict[str, GazetteerEntry]:
    by_name = {entry.slug.replace("-", ""): entry for entry in entries()}
    return by_name | {found["name"]: entry for found, entry in _dated_slugs()}


@cache
def _authority_of_numbered() -> dict[str, GazetteerEntry]:
    """Only the reports of May 2024 had numbered sections."""
    return {
        found["name"]: entry
        for found, entry in _dated_slugs()
        if found["month"] + found["year"] == NUMBERED_ERA
    }


@cache
def _pilots() -> tuple[tuple[str, GazetteerEntry], ...]:
    return tuple(
        (slug.lower(), entry)
        for entry in entries()
        for slug in entry.report_slugs
        if slug.endswith("-cc")
    )


def _dated_slugs() -> Iterator[tuple[re.Match[str], GazetteerEntry]]:
    for entry in entries():
        for slug in entry.report_slugs:
            if found := DATED.fullmatch(slug.lower()):
                yield found, entry
