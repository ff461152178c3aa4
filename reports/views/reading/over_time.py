"""Two assessments of one authority, or two versions of one report, beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reports.display.scores import score_cell
from reports.facts import dates, framework
from reports.models import Assessment, Authority, Finding, Section, SourceDocument
from reports.parsing import SectionRecord, parse_report
from reports.reading.over_time import KINDS, Pair, Passage, aligned, counts
from reports.views.reading import forms
from reports.views.reading.answering import answer, as_printed, file_answer, files, link
from reports.views.reading.forms import AuthorityField, ReadingForm, choice

Passages = Mapping[str, list[Passage]]


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
class Compared:
    """An assessment or an older version of its report, to compare with another. `key` names it in
    addresses."""

    key: str
    label: str
    address: str
    assessment: Assessment
    document: SourceDocument | None = None

    def sections(self) -> Mapping[str, Section | SectionRecord]:
        """Sections by statement. Those of an older version are as printed."""
        rows: Iterable[Section | SectionRecord] = self._older_sections
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

    section: Section | SectionRecord | None
    html: SafeString


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement: its scores then and now, and how many passages stayed, came and went, each
    with the address of those."""

    statement: framework.Statement
    sides: tuple[ShownScore, ShownScore]
    counts: list[tuple[str, int, str]]
    url: str


@require_safe
def over_time(request: HttpRequest) -> HttpResponseBase:
    form = OverTimeForm(request.GET)
    authority = form.cleaned_data.get("authority") if form.is_valid() else None
    if authority is None:
        return answer(
            request, "over-time", form, {"several": Authority.objects.with_several_assessments()}
        )
    readings = readings_of(authority)
    by_key = {reading.key: reading for reading in readings}
    for name in ("then", "now"):
        if form.cleaned_data[name] and form.cleaned_data[name] not in by_key:
            form.add_error(name, f"{authority.name} has no such assessment or version.")
    if form.errors:
        return answer(request, "over-time", form)
    context: dict[str, object] = {"authority": authority, "readings": readings}
    if len(readings) > 1:
        now = by_key.get(form.cleaned_data["now"], readings[0])
        then = by_key.get(form.cleaned_data["then"]) or _before(readings, now)
        pairs = _all_pairs(then, now)
        if form.cleaned_data["format"]:
            return _file(request, form, then, now, pairs)
        context |= _compared(form.cleaned_data, then, now, pairs)
    return answer(request, "over-time", form, context)


def readings_of(authority: Authority) -> list[Compared]:
    """Assessments and versions, the latest first. Each assessment is followed by the older versions
    of its report."""
    found = []
    for one in authority.assessments.order_by("-published", "pk"):
        kind = ", pilot" if one.kind == "pilot" else ""
        withdrawn = ", withdrawn" if one.status == Assessment.Status.WITHDRAWN else ""
        label = f"{_when(one)}{kind}{withdrawn}"
        found.append(Compared(one.public_id, label, authority.get_absolute_url(), one))
        current = SourceDocument.objects.filter(sections__assessment=one).distinct()
        older = SourceDocument.objects.filter(superseded_by__in=current).order_by("-pk")
        for document in older:
            read = f"{document.ingested_at:%-d %B %Y}"
            label = f"{_when(one)}, older version: {document.name}, read {read}"
            found.append(
                Compared(document.sha256, label, document.get_absolute_url(), one, document)
            )
    return found


def _when(assessment: Assessment) -> str:
    if not assessment.published:
        return "Undated assessment"
    return f"Assessment of {dates.display(assessment.published)}"


def _before(readings: list[Compared], now: Compared) -> Compared:
    """The next older one; for the oldest, the one listed before it."""
    place = readings.index(now)
    return readings[place + 1] if place + 1 < len(readings) else readings[place - 1]


def _all_pairs(then: Compared, now: Compared) -> dict[str, list[Pair]]:
    """The passages of both, aligned, by statement."""
    old, new = then.passages(), now.passages()
    return {
        one.slug: aligned(old.get(one.slug, []), new.get(one.slug, []))
        for one in framework.STATEMENTS
    }


def _compared(
    asked: dict[str, Any], then: Compared, now: Compared, pairs: dict[str, list[Pair]]
) -> dict[str, object]:
    statement, change = asked["statement"], asked["change"]
    here = {"authority": asked["authority"], "then": then.key, "now": now.key}
    before, after = then.sections(), now.sections()
    rows = []
    for one in framework.STATEMENTS:
        if one.slug in {*before, *after}:
            of_one = {**here, "statement": one.slug}
            rows.append(
                StatementRow(
                    one,
                    (_shown(before.get(one.slug), then), _shown(after.get(one.slug), now)),
                    [
                        (kind, count, link("over-time", **of_one, change=kind))
                        for kind, count in counts(pairs[one.slug]).items()
                    ],
                    link("over-time", **of_one),
                )
            )
    return {
        "then": then,
        "now": now,
        "rows": rows,
        "both_texts": all(
            any(getattr(pair, side) for of_one in pairs.values() for pair in of_one)
            for side in ("then", "now")
        ),
        "statement": framework.STATEMENT_BY_SLUG.get(statement),
        "change": change,
        "all_url": link("over-time", **here, statement=statement),
        "pairs": [pair for pair in pairs.get(statement, ()) if change in ("", pair.kind)],
        "files": files("over-time", **here, statement=statement, change=change),
    }


def _shown(section: Section | SectionRecord | None, side: Compared) -> ShownScore:
    url = side.address
    if isinstance(section, Section) and section.document_id:
        url = section.get_absolute_url()
    score = _score(section)
    return ShownScore(section, score_cell(score, url if score else ""))


def _file(
    request: HttpRequest,
    form: ReadingForm,
    then: Compared,
    now: Compared,
    pairs: dict[str, list[Pair]],
) -> HttpResponseBase:
    header = (
        "Quality statement", "Quality statement (slug)", "Score then", "Score now",
        "Change (worked out)", "Alike (worked out)", "Heading then", "Then",
        "Heading now", "Now", "Corrected by an editor", "Finding then", "Finding now",
    )  # fmt: skip
    before, after = then.sections(), now.sections()
    lines = [
        (
            one.name,
            one.slug,
            *(_score(section.get(one.slug)) for section in (before, after)),
            pair.kind,
            round(pair.likeness, 2),
            *(cell for side in (pair.then, pair.now) for cell in _words(side)),
            _corrected(pair, before.get(one.slug), after.get(one.slug)),
            *(_link(request, side) for side in (pair.then, pair.now)),
        )
        for one in framework.STATEMENTS
        if form.cleaned_data["statement"] in ("", one.slug)
        for pair in pairs[one.slug]
        if form.cleaned_data["change"] in ("", pair.kind)
    ]
    notes = (f"Then: {then.label}", f"Now: {now.label}")
    return file_answer(request, form, "Over time", header, lines, total=len(lines), notes=notes)


def _score(section: Section | SectionRecord | None) -> int | None:
    return section.score if section else None


def _words(side: Passage | None) -> tuple[str, str]:
    return (side.heading, side.text) if side else ("", "")


def _link(request: HttpRequest, side: Passage | None) -> str:
    finding = side.finding if side else None
    return request.build_absolute_uri(finding.get_absolute_url()) if finding else ""


def _corrected(
    pair: Pair, before: Section | SectionRecord | None, after: Section | SectionRecord | None
) -> tuple[str, ...]:
    """What an editor changed of the pair, on either side."""
    found = []
    for name, side, section in (("then", pair.then, before), ("now", pair.now, after)):
        if side and side.finding and side.finding.words_corrected:
            found.append(f"words {name}")
        if isinstance(section, Section) and section.score_corrected:
            found.append(f"score {name}: {as_printed(section.parsed_score)}")
    return tuple(found)
