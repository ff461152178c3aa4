import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reports.corrections import settle
from reports.facts import framework
from reports.models import Assessment, Authority, Finding, Section
from tests.support.html import hrefs, texts


def test_lists_all_authorities_those_with_an_assessment_first(client: Client, seeded: None) -> None:
    response = client.get("/authorities/")

    assert texts(response, ".score-grid tbody th a") == ["Haringey", "Harrow", "Northumberland"]
    assert len(texts(response, ".columns li")) == 150


def test_a_score_leads_to_its_section(client: Client, seeded: None) -> None:
    section = Section.objects.get(assessment__authority__slug="haringey")

    response = client.get("/authorities/")

    assert section.get_absolute_url() in hrefs(response, "a.score-cell")


def test_a_published_score_is_not_a_link(client: Client, db: None) -> None:
    _score_only("york", "safeguarding", 4)

    response = client.get("/authorities/")

    assertContains(response, '<span class="score-cell score-4">4</span>', html=True)


def test_unidentified_reports_stand_apart_with_the_reason(client: Client, seeded: None) -> None:
    response = client.get("/authorities/")

    assertContains(response, "These reports do not say which authority they are about")
    assertContains(response, "001_be58087aa61b4f94.txt")


def test_keeps_the_filters_in_the_form(client: Client, seeded: None) -> None:
    response = client.get("/authorities/?region=london&learning=3")

    assert ticked(response) == {("region", "london"), ("learning", "3")}
    assert texts(response, ".score-grid tbody th a") == ["Harrow"]


def test_what_is_set_can_be_taken_away(client: Client, seeded: None) -> None:
    response = client.get("/authorities/?region=london&learning=3&learning=2&sort=-learning")

    assert texts(response, "a.chip") == [
        "Remove filter Region: London",
        "Remove filter Learning, improvement and innovation: 3",
        "Remove filter Learning, improvement and innovation: 2",
    ]
    assert hrefs(response, "a.chip")[1] == "?region=london&learning=2&sort=-learning"


def test_empty_parameters_are_left_out_of_the_address(client: Client, seeded: None) -> None:
    response = client.get("/authorities/?name=&region=london&learning=&learning=3&sort=")

    assertRedirects(response, "/authorities/?region=london&learning=3")
    assertRedirects(client.get("/authorities/?name="), "/authorities/")


def test_is_sorted_by_any_column_with_what_is_unknown_at_the_end(client: Client, db: None) -> None:
    _score_only("york", "learning", 2)
    _score_only("kent", "learning", 4)
    _score_only("bath-and-north-east-somerset", "safeguarding", 4)
    _score_only("leeds", "learning", 3)

    def names(address: str) -> list[str]:
        return texts(client.get(address), ".score-grid tbody th a")

    bath = "Bath and North East Somerset"
    assert names("/authorities/") == [bath, "Kent", "Leeds", "York"]
    assert names("/authorities/?sort=-name") == ["York", "Leeds", "Kent", bath]
    assert names("/authorities/?sort=learning") == ["York", "Leeds", "Kent", bath]
    assert names("/authorities/?sort=-learning") == ["Kent", "Leeds", "York", bath]


def test_a_head_sorts_and_sorts_the_other_way(client: Client, seeded: None) -> None:
    unsorted = client.get("/authorities/?region=london")
    by_learning = client.get("/authorities/?region=london&sort=-learning")

    assert "?region=london&sort=-learning" in hrefs(unsorted, ".head-learning a")
    assert "?region=london&sort=learning" in hrefs(by_learning, ".head-learning a")
    assertContains(by_learning, '<th scope="col" class="head-learning" aria-sort="descending">')
    assertContains(by_learning, "aria-sort", count=1)


def test_every_column_can_be_sorted_by(client: Client, seeded: None) -> None:
    heads = hrefs(client.get("/authorities/"), ".score-grid thead a")

    assert len(heads) == 13
    for head in heads:
        assert client.get(f"/authorities/{head}").status_code == 200


def test_an_unknown_order_is_refused(client: Client, seeded: None) -> None:
    assertContains(
        client.get("/authorities/?sort=height"), "cannot be sorted by “height”", status_code=400
    )


def test_the_list_is_there_as_a_file_with_the_same_filters(client: Client, seeded: None) -> None:
    response = client.get("/authorities/?learning=3&learning=2")

    files = hrefs(response, ".results-tools a")
    assert files == [
        f"/authorities.{kind}?learning=3&learning=2" for kind in ("xlsx", "csv", "json")
    ]
    body = b"".join(client.get(files[1])).decode("utf-8-sig")
    learning = "Learning, improvement and innovation"
    assert f"Query: {learning}: 3; {learning}: 2" in body
    assert all(name in body for name in ("Haringey", "Harrow", "Northumberland"))


def test_lists_nothing_where_it_did_not_understand_and_says_why(
    client: Client, seeded: None
) -> None:
    response = client.get("/authorities/?region=mars&learning=9")

    assertContains(response, "Nothing is listed", status_code=400)
    assert [reason.partition(": use")[0] for reason in texts(response, ".empty li")] == [
        "Region: “mars” is not known",
        "Learning, improvement and innovation: “9” is not known",
    ]
    assertNotContains(response, "score-grid", status_code=400)


def test_says_that_nothing_matches(client: Client, seeded: None) -> None:
    assertContains(client.get("/authorities/?name=atlantis"), "No authority matches your filters")


def test_costs_the_same_queries_for_three_assessments_and_for_thirty(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for authority in Authority.objects.filter(region="south-east"):
        _score_only(authority.slug, "learning", 2)

    with django_assert_num_queries(5):
        client.get("/authorities/")


def test_an_authority_shows_its_facts_scores_and_search(client: Client, seeded: None) -> None:
    response = client.get("/authorities/haringey/")

    assertContains(response, "London Borough of Haringey")
    assertContains(response, "E09000014")
    assertContains(response, "18 findings")
    assertContains(response, 'name="authority" value="haringey"')
    assertContains(response, "Not loaded: Assessing needs;")


def test_the_current_assessment_comes_first(client: Client, db: None) -> None:
    _score_only("york", "learning", 2, published="2024-03")
    _score_only("york", "learning", 3, published="2026-01")
    _score_only("york", "learning", 1, published="2026-09", kind="pilot")

    headings = texts(client.get("/authorities/york/"), "section h2")

    assert headings == [
        "Current assessment: January 2026",
        "Earlier or other assessment: March 2024",
        "Earlier or other assessment: September 2026, pilot",
    ]


def test_an_authority_without_an_assessment_says_so(client: Client, db: None) -> None:
    response = client.get("/authorities/york/")

    assertContains(response, "No assessment of York is loaded.")
    assertNotContains(response, "Search the findings in York")


def test_an_unknown_authority_is_not_found(client: Client, db: None) -> None:
    assert client.get("/authorities/atlantis/").status_code == 404


def test_an_authority_costs_a_fixed_number_of_queries(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/authorities/haringey/")  # works out the tallies of topics, once for all

    with django_assert_num_queries(11):
        client.get("/authorities/haringey/")


def test_says_how_far_from_the_next_rating_and_what_could_move_it(client: Client, db: None) -> None:
    assessment = _nine_scores("york", [2, 2, 2, 2, 2, 2, 3, 3, 4], rating="requires-improvement")

    response = client.get("/authorities/york/")

    assert "The scores add up to 22 of 36 points, 62%: this site’s arithmetic" in _main(response)
    assert "1 point short of Good (63%): raising one of these statements" in _main(response)
    movable = texts(response, ".movable li")
    assert len(movable) == 8
    assert "Safeguarding: 3" in movable
    assert "Learning, improvement and innovation: 4" not in movable
    assertContains(response, "this site’s arithmetic, not CQC’s")
    assert assessment.get_rating_display() == "Requires improvement"


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([2, 2, 2, 2, 2, 2, 2, 3, 3], "3 points short of Good (63%): raising any 3 of these"),
        ([3, 3, 3, 3, 3, 3, 3, 3, 2], "6 points short of Outstanding (88%): raising any 6 of"),
        ([3, 3, 3, 3, 3, 2, 2, 2, 2], "together they would have to gain 9 points"),
        ([4, 4, 4, 4, 4, 4, 4, 2, 2], "Outstanding is the highest rating."),
    ],
)
def test_words_the_distance_by_its_size(
    client: Client, db: None, scores: list[int], words: str
) -> None:
    _nine_scores("york", scores)

    response = client.get("/authorities/york/")

    found = _main(response)
    if "together" in words:
        assert "raising all of these statements by one point would reach it" in found
    else:
        assert words in found


def test_more_points_than_statements_take_more_than_one_each(client: Client, db: None) -> None:
    _nine_scores("york", [4, 4, 3, 3, 3, 2, 2, 1, 1])

    assert "is not enough; together they need to gain 9 points" in _main(
        client.get("/authorities/york/")
    )


def test_there_is_no_arithmetic_without_all_nine_scores(client: Client, db: None) -> None:
    _score_only("york", "learning", 3)

    assertNotContains(client.get("/authorities/york/"), "next rating")


def test_a_rating_that_does_not_fit_its_scores_has_no_distance(client: Client, db: None) -> None:
    assessment = _nine_scores("york", [2] * 9)
    scores = {statement.slug: 2 for statement in framework.STATEMENTS}
    assessment.outcomes.create(scores=scores, rating="good", percent=64)
    settle(assessment)

    response = client.get("/authorities/york/")

    assert "The printed percentage does not follow from the scores." in _main(response)
    assertNotContains(response, "How far from the next rating")


def test_says_in_plain_words_that_sources_disagree(client: Client, db: None) -> None:
    assessment = _score_only("york", "learning", 3).assessment
    assessment.problems.create(
        code="score-disagreement", message="Learning: one says 2, but another says 3."
    )

    response = client.get("/authorities/york/")

    assert texts(response, ".doubts li") == [
        "Sources disagree about this score. Learning: one says 2, but another says 3."
    ]


def test_a_pilot_is_marked_indicative(client: Client, db: None) -> None:
    _nine_scores("york", [2] * 9, rating="requires-improvement", kind="pilot")

    response = client.get("/authorities/york/")

    assert "CQC’s indicative rating: Requires improvement" in _main(response)
    assertContains(response, "The means below are of formal assessments only.")


def test_a_withdrawn_assessment_is_not_called_current(client: Client, db: None) -> None:
    _nine_scores("york", [2] * 9, status="withdrawn")

    response = client.get("/authorities/york/")

    assert texts(response, "section h2") == ["Withdrawn assessment: undated"]
    assertNotContains(response, "How far from the next rating")


def test_leads_to_each_of_several_assessments(client: Client, db: None) -> None:
    first = _score_only("york", "learning", 3, published="2026-01").assessment
    second = _score_only("york", "learning", 2, published="2024-03").assessment

    response = client.get("/authorities/york/")

    assert hrefs(response, "nav .timeline a") == [
        f"#assessment-{first.public_id}",
        f"#assessment-{second.public_id}",
    ]
    assertContains(response, f'id="assessment-{second.public_id}"')


def test_names_the_sources_of_published_scores(client: Client, db: None) -> None:
    assessment = _score_only("york", "learning", 3).assessment
    assessment.outcomes.create(sources=["https://example.org/york", "javascript:alert(1)"])

    response = client.get("/authorities/york/")

    assertContains(
        response,
        '<a href="https://example.org/york" rel="nofollow noopener">https://example.org/york</a>',
        html=True,
    )
    assertNotContains(response, 'href="javascript')


def test_a_score_without_text_says_that_the_report_is_not_loaded(client: Client, db: None) -> None:
    _score_only("york", "learning", 3)

    response = client.get("/authorities/york/")

    assertContains(response, "The text of the report is not loaded.")


def test_says_which_scores_have_no_text_where_others_have(client: Client, seeded: None) -> None:
    section = Section.objects.get(assessment__authority__slug="haringey")
    Section.objects.create(
        public_id="s",
        assessment=section.assessment,
        position=1,
        statement="safeguarding",
        parsed_statement="safeguarding",
        score=3,
    )

    page = client.get("/authorities/haringey/")

    rows = texts(page, ".profile tbody th")
    assert "Safeguarding" in rows
    assert "No report text is loaded on a statement without a link." in texts(page, ".hint")[0]
    assert "Learning, improvement and innovation 18 findings" in rows


def test_scores_stand_beside_the_means_of_others(client: Client, db: None) -> None:
    for slug, score in {"york": 4, "leeds": 1, "bradford": 2, "kirklees": 3, "barnsley": 3}.items():
        _score_only(slug, "learning", score)
    _score_only("kent", "learning", 1)

    response = client.get("/authorities/york/")

    # The six of England, the five of the region; only York is unitary: too few.
    assert texts(response, ".profile td.number") == ["2.6", "too few (1)", "2.3"]


def test_says_what_findings_praise_and_criticise_by_topic(client: Client, seeded: None) -> None:
    haringey = Finding.objects.filter(section__assessment__authority__slug="haringey")
    haringey.update(tone="strength")
    Finding.objects.filter(pk=haringey.earliest("position").pk).update(tone="shortfall")

    topics = client.get("/authorities/haringey/").context["topics"]

    assert len(topics) > 3
    assert {topic.tally.shortfall for topic in topics} == {0, 1}
    for topic in topics:
        assert topic.tally.strength + topic.tally.shortfall > 0
        found = client.get(f"/findings/?authority=haringey&topic={topic.slug}").context["page"]
        assert found.total == topic.tally.findings


def test_names_those_like_it_of_which_scores_are_known(client: Client, db: None) -> None:
    for slug in ("york", "leeds", "north-yorkshire", "cornwall"):
        _score_only(slug, "learning", 2)

    similar = client.get("/authorities/york/").context["similar"]

    assert [likeness.authority.slug for likeness, _ in similar] == [
        "north-yorkshire",
        "leeds",
        "cornwall",
    ]


def test_says_whose_the_source_of_a_score_is(client: Client, db: None) -> None:
    assessment = _score_only("york", "learning", 3).assessment
    assessment.outcomes.create(
        sources=["https://github.com/alxtrnr/bongo-twisty", "https://www.york.gov.uk/minutes"]
    )

    owners = texts(client.get("/authorities/york/"), ".source-owner")

    assert owners == ["A third party’s list, unconfirmed", "The authority itself"]


@pytest.mark.parametrize("address", ["/authorities/", "/authorities/haringey/"])
def test_leads_to_text_that_only_another_assessment_has(
    client: Client, seeded: None, address: str
) -> None:
    text = Section.objects.get(assessment__authority__slug="haringey")
    _score_only("haringey", "learning", 2, published="2025-06")

    response = client.get(address)

    assert text.get_absolute_url() in hrefs(response, "main a")
    assert "ndated report text: Learning, improvement and innovation" in _main(response)


def test_looks_for_text_elsewhere_in_one_go(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for authority in ("haringey", "harrow", "northumberland", "york"):
        _score_only(authority, "learning", 2, published="2025-06")

    with django_assert_num_queries(6):
        client.get("/authorities/")


def _main(response: Any) -> str:
    [main] = texts(response, "main")
    return main


def _nine_scores(authority: str, scores: list[int], **values: Any) -> Assessment:
    assessment = Assessment.objects.create(
        public_id="nine", authority=Authority.objects.get(slug=authority), **values
    )
    for position, (statement, score) in enumerate(zip(framework.STATEMENTS, scores, strict=True)):
        Section.objects.create(
            public_id=f"nine{position}",
            assessment=assessment,
            position=position,
            statement=statement.slug,
            parsed_statement=statement.slug,
            parsed_score=score,
            score=score,
        )
    return assessment


def ticked(response: Any) -> set[tuple[str, str]]:
    boxes = re.findall(r'name="([^"]+)" value="([^"]+)"[^>]* checked', response.content.decode())
    return set(boxes)


def _score_only(
    authority: str, statement: str, score: int, published: str = "", kind: str = "formal"
) -> Section:
    assessment = Assessment.objects.create(
        public_id=f"a{Assessment.objects.count()}",
        authority=Authority.objects.get(slug=authority),
        published=published,
        kind=kind,
    )
    return Section.objects.create(
        public_id=f"s{Section.objects.count()}",
        assessment=assessment,
        position=0,
        statement=statement,
        parsed_statement=statement,
        score=score,
    )
