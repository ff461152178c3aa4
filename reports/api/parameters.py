"""The parameters of lists: those of the search, cursors and limits."""

from collections.abc import Mapping
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, Field, create_model

from reports.facts import framework, gazetteer
from reports.search import SearchQuery
from reports.search.language.facets import FACET_BY_NAME, FACETS, Facet
from reports.search.language.query import LONGEST_Q, LONGEST_VALUE, MOST_VALUES, choice_of

MOST = 100
NO_NUL = r"^[^\x00]*$"
FROM_NEXT = "Where to go on; see `next`."
AUTHORITY = f"^({'|'.join(gazetteer.by_slug())})?$"
STATEMENT = f"^({'|'.join(framework.STATEMENT_BY_SLUG)})?$"
CHOICES = {
    "cursor": "take it from the “next” of the page before",
    "sort": "it can be newest or authority",
    "q": "leave the NUL character out",
}


class WrongParameterError(Exception):
    """A parameter that cannot be answered; the message is for the caller."""


class Limited(Schema):
    limit: int = Field(
        50, ge=1, le=MOST, description=f"How many to list on a page, at most {MOST}."
    )


class Paged(Limited):
    """Lists in the order of storing; the cursor is the row's number."""

    cursor: str = Field("", pattern="^[0-9]{0,15}$", description=FROM_NEXT)


class Added(Limited):
    """Lists by time; the cursor is the time, in microseconds since 1970, and the row's number."""

    cursor: str = Field("", pattern=r"^([0-9]{1,16}\.[0-9]{1,15})?$", description=FROM_NEXT)
    since: AwareDatetime | None = Field(
        None, description="Only items stored at this time or later, such as 2026-01-31T00:00:00Z."
    )


class AssessmentFilter(Paged):
    authority: str = Field(
        "",
        max_length=100,
        pattern=AUTHORITY,
        description="Only those of this authority: its slug, such as `haringey`.",
    )


class FigureFilter(AssessmentFilter):
    statement: str = Field(
        "",
        max_length=40,
        pattern=STATEMENT,
        description="Only those on this quality statement: its slug, such as `learning`.",
    )


def _values(facet: Facet) -> Any:
    """The type of one value of a facet."""
    pattern = "|".join(filter(None, [*sorted(facet.labels), facet.pattern]))
    return Annotated[str, Field(pattern=f"^({pattern})$", max_length=LONGEST_VALUE)]


_facets: dict[str, Any] = {
    facet.name: (
        list[_values(facet)],  # type: ignore[misc]
        Field(default_factory=list, max_length=MOST_VALUES, description=facet.label),
    )
    for facet in FACETS
}
SearchParameters: Any = create_model(
    "SearchParameters",
    __base__=Limited,
    # The sort key of the last finding, and how many with that key were listed.
    cursor=(str, Field("", pattern=r"^(-?[0-9]{1,19}\.[0-9]{1,3})?$", description=FROM_NEXT)),
    q=(str, Field("", max_length=LONGEST_Q, pattern=NO_NUL, description="Words to search for.")),
    sort=(
        str,
        Field(
            "newest",
            pattern="^(newest|authority)$",
            description="The order: `newest` first, or by the name of the `authority`.",
        ),
    ),
    **_facets,
)


def sentence(problem: Mapping[str, Any]) -> str:
    """What is wrong with one parameter, from what the check of the parameters says."""
    # The place of a value in a list stands after the name.
    name = next(part for part in reversed(problem["loc"]) if isinstance(part, str))
    if problem["type"] != "string_pattern_mismatch":
        return f"“{name}”: {problem['msg']}."
    facet = FACET_BY_NAME.get(name)
    return f"“{name}” is not understood: {choice_of(facet) if facet else CHOICES[name]}."


def query_of(parameters: Any) -> SearchQuery:
    """Raises WrongParameterError with the search's own sentences."""
    asked = parameters.dict(exclude={"cursor", "limit"})
    query, problems = SearchQuery.from_params(asked)
    if problems:
        raise WrongParameterError(*problems)
    return query
