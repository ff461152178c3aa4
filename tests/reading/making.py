"""Profiles and coverage of the invented reports, as they were made: no parser, no database."""

from datetime import UTC, datetime
from functools import cache

from reports.facts import framework
from reports.management.invented.corpus import corpus
from reports.management.invented.invented_report import InventedReport
from reports.models import Authority
from reports.reading.coverage import TONES, Coverage, packed
from reports.reading.profiles import Held, Profile
from reports.reading.worked_out import Made


@cache
def reports() -> tuple[InventedReport, ...]:
    """The latest of each authority: what counts."""
    latest = {}
    for report in corpus().reports:
        latest[report.authority.slug] = report
    return tuple(latest.values())


@cache
def profiles() -> tuple[Profile, ...]:
    return tuple(_profile(number, report) for number, report in enumerate(reports(), 1))


@cache
def coverage() -> Coverage:
    sections: dict[str, str] = {}
    for profile, report in zip(profiles(), reports(), strict=True):
        for section in report.sections:
            counts: dict[str, list[str]] = {}
            for paragraph in section.paragraphs:
                counts.setdefault("", []).append(paragraph.tone)
                if paragraph.topic:
                    counts.setdefault(paragraph.topic, []).append(paragraph.tone)
            sections[str(profile.held[section.statement.slug].pk)] = packed(
                {
                    topic: (len(tones), *(tones.count(tone) for tone in TONES if tone))
                    for topic, tones in counts.items()
                }
            )
    return Coverage(sections, Made(datetime(2026, 1, 1, tzinfo=UTC)))


def texts(statement: str) -> list[tuple[int, int, str]]:
    """Section, score and text, as `count_users` takes them."""
    return [
        (profile.held[statement].pk, section.score, paragraph.text)
        for profile, report in zip(profiles(), reports(), strict=True)
        for section in report.sections
        if section.statement.slug == statement
        for paragraph in section.paragraphs
    ]


def _profile(number: int, report: InventedReport) -> Profile:
    entry = report.authority
    year, month, day = report.published
    return Profile(
        Authority(
            pk=number,
            slug=entry.slug,
            gss_code=entry.gss_code,
            name=entry.name,
            kind=entry.kind,
            region=entry.region,
        ),
        number,
        f"{year}-{month:02}-{day:02}",
        "",
        framework.CURRENT,
        {
            section.statement.slug: Held(
                number * 10 + place, f"s{number}-{place}", section.score, text=True
            )
            for place, section in enumerate(report.sections)
        },
    )
