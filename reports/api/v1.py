"""Version 1 of the API. It is read-only, and anybody may use it without a key."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError

from reports import quotes
from reports.api import schemas, shaping
from reports.api.parameters import (
    Added,
    AssessmentFilter,
    FigureFilter,
    Paged,
    SearchParameters,
    WrongParameterError,
    query_of,
    sentence,
)
from reports.exports import taken_by_id
from reports.facts import framework, gazetteer
from reports.models import Assessment, Correction, Figure, Finding, Section, listed
from reports.search import FIRST_KEY, SearchUnavailableError, keyed_ids, place_after, search

DESCRIPTION = (
    "Findings, scores and ratings are © Care Quality Commission. Topics, evidence and figures are "
    "inferred by this site. Lists come in pages: follow `next` until it is null. Answers carry an "
    "ETag; send it back as If-None-Match. If you ask too often, you get status 429 with "
    "Retry-After."
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FindingId = Annotated[str, Path(description="The finding’s public id, as in its address.")]
AssessmentId = Annotated[str, Path(description="The assessment’s public id, as in the lists.")]
AuthoritySlug = Annotated[str, Path(description="The authority’s slug, such as `haringey`.")]
Row = TypeVar("Row", bound=Model)
ERRORS = {400: schemas.Problems, 429: schemas.Problems, 503: schemas.Problems}
NOT_FOUND = {404: schemas.Problems}

api = NinjaAPI(
    title="Adult social care findings",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
)


@api.get("/findings", response={200: schemas.FindingPage, **ERRORS}, operation_id="list_findings")
def findings(request: HttpRequest, asked: Query[SearchParameters]) -> dict[str, Any]:
    """The findings of a search, with the parameters of the search page, in pages to harvest."""
    query = query_of(asked)
    start, skip = map(int, asked.cursor.split(".")) if asked.cursor else (FIRST_KEY, 0)
    start = min(max(start, FIRST_KEY), -FIRST_KEY - 1)
    keyed = keyed_ids(query, start, asked.limit + skip + 1)[skip:]
    page, more = keyed[: asked.limit], len(keyed) > asked.limit
    cursor = ""
    if more:
        cursor = "{}.{}".format(*place_after(page, start, skip))
    rows = taken_by_id(public_id for _, public_id in page)
    found = search(query)
    return {
        "total": found.total,
        "next": _next(request, cursor),
        "results": [shaping.finding(row, request.build_absolute_uri) for row in rows],
        "understood": shaping.understood(found),
        "nearly": shaping.nearly(found.nearly, request.build_absolute_uri),
    }


@api.get(
    "/additions", response={200: schemas.AdditionPage, **ERRORS}, operation_id="list_additions"
)
def additions(request: HttpRequest, asked: Query[Added]) -> dict[str, Any]:
    """Published findings in the order in which they were added here: ask again with the last
    cursor, or with `since`, to get what is new."""
    rows = Finding.objects.published().order_by("created_at", "pk")
    if asked.since:
        rows = rows.filter(created_at__gte=_in_utc(asked.since))
    if asked.cursor:
        microseconds, pk = map(int, asked.cursor.split("."))
        after = EPOCH + timedelta(microseconds=microseconds)
        rows = rows.filter(created_at__gte=after).exclude(created_at=after, pk__lte=pk)
    last = list(rows.values_list("created_at", "pk")[: asked.limit + 1])
    cursor = ""
    if len(last) > asked.limit:
        moment, pk = last[asked.limit - 1]
        cursor = f"{(moment - EPOCH) // timedelta(microseconds=1)}.{pk}"
    page = listed(rows.filter(pk__in=[pk for _, pk in last[: asked.limit]]))
    return {
        "next": _next(request, cursor),
        "results": [shaping.finding(row, request.build_absolute_uri) for row in page],
    }


def _in_utc(moment: datetime) -> datetime:
    """The same time in UTC, because PostgreSQL refuses offsets of more than 16 hours. If the offset
    leads beyond the calendar, the nearest time within it."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return EPOCH if moment < EPOCH else datetime.max.replace(tzinfo=UTC)


@api.get(
    "/findings/{finding}",
    response={200: schemas.FindingInFull, **ERRORS, **NOT_FOUND},
    operation_id="read_finding",
)
def finding(request: HttpRequest, finding: FindingId) -> dict[str, Any]:
    """One finding, even if it is no longer published, with its place in the source text."""
    rows = Finding.objects.readable().filter(public_id=finding)
    row = rows.select_related("paragraph__document").first()
    if row is None:
        raise Http404(f"There is no finding “{finding}”.")
    [found] = listed(rows)
    document = row.paragraph.document if row.paragraph else None
    return {
        **shaping.finding(found, request.build_absolute_uri),
        "spans": shaping.spans(row.paragraph.spans if row.paragraph else ()),
        "source_url": request.build_absolute_uri(document.get_absolute_url()) if document else None,
    }


@api.get("/authorities", response={200: list[schemas.Authority], **ERRORS})
def authorities(request: HttpRequest) -> list[dict[str, Any]]:
    """The 153 authorities, A to Z."""
    return [shaping.authority(entry, request.build_absolute_uri) for entry in gazetteer.entries()]


@api.get("/authorities/{slug}", response={200: schemas.Authority, **ERRORS, **NOT_FOUND})
def authority(request: HttpRequest, slug: AuthoritySlug) -> dict[str, Any]:
    """One authority: its names, codes, kind and region."""
    entry = gazetteer.by_slug().get(slug)
    if entry is None:
        raise Http404(f"There is no authority “{slug}”.")
    return shaping.authority(entry, request.build_absolute_uri)


@api.get("/assessments", response={200: schemas.AssessmentPage, **ERRORS})
def assessments(request: HttpRequest, asked: Query[AssessmentFilter]) -> dict[str, Any]:
    """Assessments with the score of each quality statement."""
    rows = _assessments()
    if asked.authority:
        rows = rows.filter(authority__slug=asked.authority)
    return _page(request, rows, asked)


@api.get("/assessments/{assessment}", response={200: schemas.Assessment, **ERRORS, **NOT_FOUND})
def assessment(request: HttpRequest, assessment: AssessmentId) -> Assessment:
    """One assessment with the score of each quality statement."""
    found = _assessments().filter(public_id=assessment).first()
    if found is None:
        raise Http404(f"There is no assessment “{assessment}”.")
    return found


@api.get("/statements", response={200: list[schemas.Statement], **ERRORS})
def statements(request: HttpRequest) -> Sequence[framework.Statement]:
    """CQC's quality statements, in CQC's order."""
    return framework.STATEMENTS


@api.get("/figures", response={200: schemas.FigurePage, **ERRORS})
def figures(request: HttpRequest, asked: Query[FigureFilter]) -> dict[str, Any]:
    """Numbers that published findings quote."""
    rows = Figure.objects.select_related("finding")
    if asked.authority:
        rows = rows.filter(finding__section__assessment__authority__slug=asked.authority)
    if asked.statement:
        rows = rows.filter(finding__section__statement=asked.statement)
    return _page(request, rows, asked, lambda row: shaping.figure(row, request.build_absolute_uri))


@api.get("/corrections", response={200: schemas.CorrectionPage, **ERRORS})
def corrections(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    """The public record of corrections, the first one first."""
    return _page(request, Correction.objects.all(), asked)


@api.post("/quotations", response={200: schemas.CheckedText, **ERRORS}, operation_id="check_text")
def quotations(request: HttpRequest, asked: schemas.TextToCheck) -> dict[str, Any]:
    """Compare quotations with what CQC published. Nothing that is sent is kept."""
    checked = quotes.check(asked.text)
    return {
        "left_out": checked.left_out,
        "fingerprint": quotes.corpus_state().fingerprint,
        "quotations": [
            shaping.judgement(row, request.build_absolute_uri) for row in checked.judgements
        ],
    }


def _assessments() -> QuerySet[Assessment]:
    sections = Prefetch("sections", Section.objects.current().in_report_order())
    return Assessment.objects.holding().select_related("authority").prefetch_related(sections)


def _page(
    request: HttpRequest,
    rows: QuerySet[Row],
    asked: Paged,
    shape: Callable[[Row], object] = lambda row: row,
) -> dict[str, Any]:
    """The next rows after the cursor, in the order they were stored."""
    rows = rows.order_by("pk")
    if asked.cursor:
        rows = rows.filter(pk__gt=int(asked.cursor))
    found = list(rows[: asked.limit + 1])
    page = found[: asked.limit]
    cursor = str(page[-1].pk) if len(found) > asked.limit else ""
    return {"next": _next(request, cursor), "results": [shape(row) for row in page]}


def _next(request: HttpRequest, cursor: str) -> str | None:
    if not cursor:
        return None
    params = [(name, value) for name, values in request.GET.lists() for value in values]
    kept = [pair for pair in params if pair[0] != "cursor"]
    return request.build_absolute_uri(f"?{urlencode([*kept, ('cursor', cursor)])}")


def _problems(request: HttpRequest, sentences: list[str], status: int) -> HttpResponse:
    return api.create_response(request, {"errors": sentences}, status=status)


@api.exception_handler(ValidationError)
def refuse_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _problems(request, [sentence(problem) for problem in error.errors], 400)


@api.exception_handler(WrongParameterError)
def refuse_wrong(request: HttpRequest, error: WrongParameterError) -> HttpResponse:
    return _problems(request, list(error.args), 400)


@api.exception_handler(HttpError)
def refuse(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The answer to a body that is not JSON, and the like."""
    return _problems(request, [error.message], error.status_code)


@api.exception_handler(Http404)
def say_not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _problems(request, [str(error) or "There is nothing at this address."], 404)


@api.exception_handler(quotes.NotReadyError)
@api.exception_handler(SearchUnavailableError)
def say_unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    return _problems(request, [str(error) or "The search index is missing: try again later."], 503)
