"""Two assessments of one authority, or two versions of one report, beside each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.utils.safestring import SafeString

from reports.display.scores import score_cell
from reports.exports import Column, ColumnType
from reports.facts import dates, framework
from reports.models import Assessment, Authority, Finding, Section, SourceDocument
from reports.parsing import SectionRecord, parse_report
from reports.reading.over_time import KINDS, Pair, Passage, aligned, counts
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import as_printed, column, table_file
from reports.views.reading.forms import AuthorityField, ReadingForm, choice

AnySection = Section | SectionRecord


class OverTimeForm(ReadingForm):
    authority = AuthorityField()
    statement = choice("Findings on", forms.STATEMENTS, "All: counts only")
    change = choice("Only", [(kind, kind.capitalize()) for kind in KINDS])
    then = django_forms.SlugField(required=False, max_length=64, widget=django_forms.HiddenInput)
    now = django_forms.SlugField(required=False, max_length=64, widget=django_forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        for name in ("then", "now"):
            if cleaned.get(name) and not self.given.get("authority"):
                self.add_error(name, "Choose an authority too.")
        if cleaned.get("change") and not cleaned.get("statement"):
            self.add_error("change", "Choose a quality statement too.")
        return cleaned


@dataclass(frozen=True)
class Version:
    """An assessment as it is now, or an older version of its report. `key` names it in
    addresses."""

    key: str
    label: str
    address: str
    assessment: Assessment
    document: SourceDocument | None = None

    def sections(self) -> Mapping[str, AnySection]:
        """Sections by statement. Those of an older version are as printed."""
        rows: Iterable[AnySection] = self._older_sections
        if not self.document:
            rows = Section.objects.current().filter(assessment=self.assessment)
        return {section.statement: section for section in rows}

    def passages(self) -> dict[str, list[Passage]]:
        """Passages by statement."""
        if self.document:
            return {
                section.statement: [Passage(one.text, one.heading) for one in section.paragraphs]
                for section in self._older_sections
            }
        found: dict[str, list[Passage]] = {}
        rows = (
            Finding.objects.published()
            .filter(section__assessment=self.assessment)
            .select_related("section", "paragraph")
            .order_by("section__position", "position", "pk")
        )
        for one in rows:
            passage = Passage(one.text, one.heading, one)
            found.setdefault(one.section.statement, []).append(passage)
        return found

    @cached_property
    def _older_sections(self) -> tuple[SectionRecord, ...]:
        """Sections of an older version, parsed again from its text, because the database holds only
        the rows of the newer one."""
        if not self.document:
            return ()
        return parse_report(self.document.read_text(), self.document.name).sections


@dataclass(frozen=True, slots=True)
class ShownScore:
    """The score of one side, as a link to its findings or to what gives the score."""

    section: AnySection | None
    html: SafeString


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement: its scores then and now, and how many passages stayed, came and went."""

    statement: framework.Statement
    sides: tuple[ShownScore, ShownScore]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair of passages, with the sections that they are from, then and now."""

    statement: framework.Statement
    sections: tuple[AnySection | None, AnySection | None]
    pair: Pair

    @property
    def corrected(self) -> tuple[str, ...]:
        """What an editor changed, on either side."""
        found = []
        sides = (("then", self.pair.then), ("now", self.pair.now))
        for (name, side), section in zip(sides, self.sections, strict=True):
            if side and side.finding and side.finding.words_corrected:
                found.append(f"words {name}")
            if isinstance(section, Section) and section.score_corrected:
                found.append(f"score {name}: {as_printed(section.parsed_score)}")
        return tuple(found)


def _score(section: AnySection | None) -> int | None:
    return section.score if section else None


def _address(side: Passage | None) -> str:
    return side.finding.get_absolute_url() if side and side.finding else ""


COLUMNS: tuple[Column[PairRow], ...] = (
    column("Quality statement", lambda row: row.statement.name),
    column("Quality statement (slug)", lambda row: row.statement.slug),
    column("Score then", lambda row: _score(row.sections[0])),
    column("Score now", lambda row: _score(row.sections[1])),
    column("Change (worked out)", lambda row: row.pair.kind),
    column("Alike (worked out)", lambda row: round(row.pair.overlap, 2)),
    column("Heading then", lambda row: row.pair.then.heading if row.pair.then else ""),
    column("Then", lambda row: row.pair.then.text if row.pair.then else ""),
    column("Heading now", lambda row: row.pair.now.heading if row.pair.now else ""),
    column("Now", lambda row: row.pair.now.text if row.pair.now else ""),
    column("Corrected by an editor", lambda row: row.corrected),
    column("Finding then", lambda row: _address(row.pair.then), ColumnType.LINK),
    column("Finding now", lambda row: _address(row.pair.now), ColumnType.LINK),
)


@reading_page("over-time", OverTimeForm)
def over_time(form: OverTimeForm) -> Answer:
    asked = form.cleaned_data
    authority = asked["authority"]
    if authority is None:
        return Answer({"several": Authority.objects.with_several_assessments()})
    versions = versions_of(authority)
    by_key = {one.key: one for one in versions}
    for name in ("then", "now"):
        if asked[name] and asked[name] not in by_key:
            form.add_error(name, f"{authority.name} has no such assessment or version.")
    if form.errors or len(versions) < 2:
        return Answer({"authority": authority, "versions": versions})
    now = by_key.get(asked["now"], versions[0])
    then = by_key.get(asked["then"]) or _before(versions, now)
    return _compared({**asked, "then": then.key, "now": now.key}, versions, then, now)


def versions_of(authority: Authority) -> list[Version]:
    """Assessments and versions, the latest first. Each assessment is followed by the older versions
    of its report."""
    found = []
    for one in authority.assessments.order_by("-published", "pk"):
        kind = ", pilot" if one.kind == "pilot" else ""
        withdrawn = ", withdrawn" if one.status == Assessment.Status.WITHDRAWN else ""
        label = f"{_when(one)}{kind}{withdrawn}"
        found.append(Version(one.public_id, label, authority.get_absolute_url(), one))
        current = SourceDocument.objects.filter(sections__assessment=one).distinct()
        older = SourceDocument.objects.filter(superseded_by__in=current).order_by("-pk")
        for document in older:
            read = f"{document.ingested_at:%-d %B %Y}"
            label = f"{_when(one)}, older version: {document.name}, read {read}"
            found.append(
                Version(document.sha256, label, document.get_absolute_url(), one, document)
            )
    return found


def _when(assessment: Assessment) -> str:
    if not assessment.published:
        return "Undated assessment"
    return f"Assessment of {dates.display(assessment.published)}"


def _before(versions: list[Version], now: Version) -> Version:
    """The next older one; for the oldest, the one listed before it."""
    place = versions.index(now)
    return versions[place + 1] if place + 1 < len(versions) else versions[place - 1]


def _compared(
    asked: Mapping[str, Any], versions: Sequence[Version], then: Version, now: Version
) -> Answer:
    statement, change = asked["statement"], asked["change"]
    before, after = then.sections(), now.sections()
    old, new = then.passages(), now.passages()
    pairs = {
        one.slug: aligned(old.get(one.slug, []), new.get(one.slug, []))
        for one in framework.STATEMENTS
    }
    rows = [
        StatementRow(
            one,
            (_shown(before.get(one.slug), then), _shown(after.get(one.slug), now)),
            counts(pairs[one.slug]),
        )
        for one in framework.STATEMENTS
        if one.slug in {*before, *after}
    ]
    lines = [
        PairRow(one, (before.get(one.slug), after.get(one.slug)), pair)
        for one in framework.STATEMENTS
        if statement in ("", one.slug)
        for pair in pairs[one.slug]
        if change in ("", pair.kind)
    ]
    return Answer(
        {
            "authority": asked["authority"],
            "versions": versions,
            "then": then,
            "now": now,
            "rows": rows,
            "both_texts": any(old.values()) and any(new.values()),
            "statement": framework.STATEMENT_BY_SLUG.get(statement),
            "change": change,
            "pairs": [line.pair for line in lines] if statement else [],
        },
        table_file("Over time", COLUMNS, lines, (f"Then: {then.label}", f"Now: {now.label}")),
        asked=asked,
    )


def _shown(section: AnySection | None, side: Version) -> ShownScore:
    url = side.address
    if isinstance(section, Section) and section.document_id:
        url = section.get_absolute_url()
    score = _score(section)
    return ShownScore(section, score_cell(score, url if score else ""))
