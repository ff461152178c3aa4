"""The pages of Compare and Learn: their names, and what each is for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """`name` is the name of its address and of its template; `group` is the part of the site;
    `question` is what a reader has in mind, and `needs` what must be held to answer it."""

    name: str
    group: str
    title: str
    summary: str
    question: str = ""
    needs: str = ""


PAGES = (
    Page(
        "side-by-side",
        "compare",
        "Side by side by score",
        "What findings say at scores 1 to 4 on one quality statement, in columns.",
        "What does a 2 read like beside a 3?",
        "findings with scores",
    ),
    Page(
        "compare-authorities",
        "compare",
        "Compare authorities",
        "Two to five authorities, statement by statement: scores, and findings beside each other.",
        "Where do two authorities differ?",
        "the scores of two authorities",
    ),
    Page(
        "like-mine",
        "compare",
        "Authorities like mine",
        "Authorities most like one that you choose, with the reason for each.",
        "Which authorities are most like mine?",
        "the scores of some authorities",
    ),
    Page(
        "matrix",
        "compare",
        "Matrix, map and distributions",
        "All scores, or findings on one topic, by region, kind, rating and year.",
        "Who has which score, and where?",
        "published scores",
    ),
    Page(
        "over-time",
        "compare",
        "Over time",
        "Two assessments of one authority, or two versions of one report: which findings stayed, "
        "are new or are gone.",
        "What has changed since the last assessment?",
        "two assessments of one authority",
    ),
    Page(
        "practice",
        "learn",
        "Practice finder",
        "What authorities like yours were praised for on a topic, at scores 3 and 4.",
        "What do authorities like mine do well?",
        "the text of current reports",
    ),
    Page(
        "next-rating",
        "learn",
        "Next rating",
        "The statements that an authority could raise to reach the next rating, by as few points "
        "as possible.",
        "What would it take to reach the next rating?",
        "all nine scores of an authority",
    ),
    Page(
        "language",
        "learn",
        "The language of a score",
        "Words and phrases that mark one score from another in a quality statement.",
        "Which words go with a 3, and which with a 2?",
        "the text of at least ten authorities at each of two scores",
    ),
    Page(
        "evidence-map",
        "learn",
        "Evidence map",
        "Which topics come up at which scores, more or less often than expected.",
        "What do reports talk about, and at which score?",
        "the text of current reports",
    ),
    Page(
        "figures",
        "learn",
        "Figures quoted",
        "Every number quoted in a finding, as a table to sort and filter.",
        "Which numbers do reports quote?",
        "the text of current reports",
    ),
    Page(
        "tensions",
        "learn",
        "Tensions",
        "Places where findings seem to contradict each other: questions, not errors.",
        "Where does a report seem to contradict itself?",
        "whole current reports",
    ),
)
# Pages that the numbers on other pages link to.
BEHIND = (
    Page(
        "behind",
        "learn",
        "Findings behind a number",
        "The findings of each authority’s current formal assessment, exactly as they were counted.",
    ),
    Page(
        "sentences",
        "learn",
        "Sentences with a phrase",
        "The sentences on a quality statement that contain a word or phrase, by score.",
    ),
)
_BY_NAME = {page.name: page for page in (*PAGES, *BEHIND)}


def page_of(name: str) -> Page:
    return _BY_NAME[name]


def pages_in(group: str) -> list[Page]:
    return [page for page in PAGES if page.group == group]
