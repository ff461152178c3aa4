"""The reading pages: their names, and what each is for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """`name` is that of its address and its template; `group` is where it stands in the site."""

    name: str
    group: str
    title: str
    summary: str


PAGES = (
    Page(
        "compare-authorities",
        "compare",
        "Compare authorities",
        "Two to five authorities, statement by statement: scores, and findings beside each other.",
    ),
    Page(
        "like-mine",
        "compare",
        "Authorities like mine",
        "Authorities most like one that you choose, with the reason for each.",
    ),
    Page(
        "matrix",
        "compare",
        "Matrix, map and distributions",
        "All scores, or findings on one topic, by region, kind, rating and year.",
    ),
    Page(
        "next-rating",
        "learn",
        "Next rating",
        "The smallest sets of statements that would lift an authority to the next rating.",
    ),
)
# Those that numbers of the others lead to.
BEHIND = (
    Page(
        "behind",
        "learn",
        "Findings behind a number",
        "The findings of each authority’s current formal assessment, exactly as they were counted.",
    ),
)
_BY_NAME = {page.name: page for page in (*PAGES, *BEHIND)}


def page_of(name: str) -> Page:
    return _BY_NAME[name]


def pages_in(group: str) -> list[Page]:
    return [page for page in PAGES if page.group == group]
