from itertools import product

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from reports.models import Assessment
from reports.reading.profiles import STATEMENTS, profiles
from tests.support.html import hrefs, texts


def file_lines(response):
    """From the titles of the columns on."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [line for line in text.splitlines() if not line.startswith(("#", '"#'))]


def test_next_rating_of_published_scores(client, scored):
    response = client.get("/learn/next-rating/?authority=bath-and-north-east-somerset")

    # 2 2 2 2 3 2 2 2 2 are 19 of 36 points; Good begins at 23.
    assertContains(response, "add up to 19</a> of 36 points")
    assertContains(response, "starts at 63%: 4 points more")
    room = [2, 2, 2, 2, 1, 2, 2, 2, 2]
    recount = sum(sum(raises) == 4 for raises in product(*(range(most + 1) for most in room)))
    assertContains(response, f"<b>{recount}</b></a> smallest ways")


def test_each_step_leads_to_the_authorities_that_it_counts(client, scored):
    response = client.get("/learn/next-rating/?authority=bath-and-north-east-somerset")
    numbers = texts(response, "main table td.number a")[:2]
    urls = hrefs(response, "main table td.number a")[:2]

    reached, scored = (client.get(url) for url in urls)

    assert [texts(there, "main p b")[0] for there in (reached, scored)] == [
        number.split()[0] for number in numbers
    ]
    assertContains(scored, "without Bath and North East Somerset")


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("camden", "has the highest rating"),
        ("barking-and-dagenham", "0 of 9 scores</a> are known"),
        ("city-of-london", "No score of City of London is known"),
    ],
)
def test_next_rating_says_why_there_is_none(client, scored, slug, words):
    assertContains(client.get(f"/learn/next-rating/?authority={slug}"), words)


def test_like_mine_gives_a_reason_with_every_authority(client, scored):
    response = client.get("/compare/like-mine/?authority=barnet")

    assert len(texts(response, "main tbody tr")) == 20
    assertContains(response, "same kind: London borough; same region: London;", count=20)


def test_like_mine_as_a_file_has_all_the_others(client, scored):
    response = client.get("/compare/like-mine/?authority=barnet&by=scores&by=kind&format=csv")

    lines = file_lines(response)
    assert lines[0].startswith("Like,Authority,Authority (slug),Likeness (worked out)")
    assert len(lines) == 153


def test_like_mine_says_which_context_is_missing(client, scored):
    response = client.get("/compare/like-mine/?authority=barnet&by=population&by=kind")

    assertContains(response, "No population of Barnet is loaded")


def test_the_matrix_shows_all_scores_and_says_how_many(client, scored):
    response = client.get("/compare/matrix/")

    assert texts(response, "main p b")[0] == str(len(profiles()))
    assert len(texts(response, ".score-grid tbody tr")) == len(profiles())


def test_every_count_of_a_distribution_leads_to_as_many_authorities(client, scored):
    response = client.get("/compare/matrix/?statement=equity")
    numbers = texts(response, ".score-table td.number a")
    urls = hrefs(response, ".score-table td.number a")

    assert len(numbers) == len(urls) > 20
    counts = [one for one in zip(numbers, urls, strict=True) if one[0].isdigit()]
    for number, url in counts[::7]:
        assert texts(client.get(url), "main p b")[0] == number


def test_every_mean_leads_to_the_scores_that_it_is_the_mean_of(client, scored):
    response = client.get("/compare/matrix/?statement=equity")
    numbers = texts(response, ".score-table td.number a")
    urls = hrefs(response, ".score-table td.number a")

    means = [one for one in zip(numbers, urls, strict=True) if "." in one[0]]
    assert len(means) > 10
    for mean, url in means[::4]:
        scores = [int(score) for score in texts(client.get(url), ".score-grid td .score-cell")]
        assert f"{sum(scores) / len(scores):.2f}" == mean


def test_a_score_without_text_leads_to_its_authority(client, scored):
    response = client.get("/compare/matrix/?statement=equity&score=4")

    assert hrefs(response, ".score-grid td a") == hrefs(response, ".score-grid th a")


def test_likeness_leads_to_the_comparison_of_the_two(client, scored):
    response = client.get("/compare/like-mine/?authority=barnet&page=2")

    assert len(hrefs(response, "td.number a")) == 20
    there = client.get(hrefs(response, "td.number a")[0])
    assert hrefs(there, "thead th a")[0] == "/authorities/barnet/"


@pytest.mark.parametrize("query", ["", "?statement=equity", "?region=london", "?year=2025"])
def test_the_map_has_a_tile_for_every_authority_and_says_what_it_says(client, scored, query):
    response = client.get(f"/compare/matrix/{query}")

    assert len(texts(response, "svg.tile-map title")) == 153
    counts = [
        int(text.rsplit(": ", 1)[1]) for text in texts(response, ".score-key li") if ": " in text
    ]
    assert sum(counts[-5:]) == 153


def test_the_map_of_a_topic_counts_findings(client, seeded):
    response = client.get("/compare/matrix/?topic=complaints&statement=learning")

    told = [text for text in texts(response, "svg.tile-map title") if "not known" not in text]
    assert len(told) == 3
    assert all("finding" in text for text in told)


def test_every_count_of_the_maps_key_leads_to_as_many_authorities(client, seeded):
    for query in ("statement=learning", "topic=complaints", "topic=complaints&statement=learning"):
        response = client.get(f"/compare/matrix/?{query}")
        links = zip(texts(response, ".score-key a"), hrefs(response, ".score-key a"), strict=True)
        told = [(number, url) for number, url in links if number.isdigit()]
        assert told
        for number, url in told:
            if url == "#unknown":
                assert len(texts(response, "details li")) == int(number)
            else:
                assert texts(client.get(url), "main p b")[0] == number


def test_a_small_group_has_no_mean(client, scored):
    response = client.get("/compare/matrix/?statement=equity&kind=sui-generis&rating=good")

    found = [one for one in profiles() if one.authority.kind == "sui-generis"]
    assert len(found) < 5
    assertNotContains(response, "0.00")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("score=3", "Choose a quality statement too."),
        ("level=2", "Choose a topic too."),
        ("topic=complaints&level=7", "It can be 1, 2, 3 or 4"),
        ("year=next", "Write a year of four digits"),
        ("statement=equity&statement=learning", "Give one value, not several."),
    ],
)
def test_the_matrix_names_what_is_wrong(client, scored, query, words):
    assertContains(client.get(f"/compare/matrix/?{query}"), words, status_code=400)


def test_the_matrix_of_a_topic_counts_findings_and_leads_to_them(client, seeded):
    response = client.get("/compare/matrix/?topic=complaints")
    numbers = texts(response, ".score-grid td a")
    urls = hrefs(response, ".score-grid td a")

    assert numbers
    for number, url in zip(numbers, urls, strict=True):
        assert texts(client.get(url), "main p b")[0] == number


def test_the_matrix_as_a_file(client, scored):
    response = client.get("/compare/matrix/?region=london&format=csv")

    lines = file_lines(response)
    london = [one for one in profiles() if one.authority.region == "london"]
    assert len(lines) == 1 + len(london)
    assert lines[1].split(",")[3:5] == ["London", "london"]


def test_compares_the_scores_of_two(client, scored):
    response = client.get("/compare/profiles/?a=barnet&a=camden")

    held = {one.authority.slug: one.scores for one in profiles()}
    expected = [
        str(held[slug][statement]) for statement in STATEMENTS for slug in ("barnet", "camden")
    ]
    assert texts(response, "main .score-cell") == expected


def test_puts_findings_under_the_same_heading_beside_each_other(client, seeded):
    response = client.get("/compare/profiles/?a=haringey&a=harrow&statement=learning")

    assert "Learning from feedback" in texts(response, "main h3")
    assert set(texts(response, "main h4")) == {"Haringey", "Harrow"}
    shown = Assessment.objects.filter(authority__slug__in=("haringey", "harrow"))
    count = sum(
        section.findings.published().count()
        for one in shown
        for section in one.sections.filter(statement="learning")
    )
    assert len(hrefs(response, "a.finding-number")) == count


def test_takes_five_authorities_and_not_six(client, scored):
    five = "a=barnet&a=camden&a=leeds&a=york&a=brent"

    assert client.get(f"/compare/profiles/?{five}").status_code == 200
    assertContains(
        client.get(f"/compare/profiles/?{five}&add=hounslow"),
        "Choose 2 to 5 authorities: leave one out first.",
        status_code=400,
    )


def test_an_authority_is_added_to_those_that_stand(client, scored):
    response = client.get("/compare/profiles/?a=barnet&add=leeds&statement=equity")

    assert response.status_code == 302
    assert response["Location"] == "/compare/profiles/?a=barnet&a=leeds&statement=equity"


def test_an_authority_can_be_taken_out_again(client, scored):
    response = client.get("/compare/profiles/?a=barnet&a=camden")

    assert "/compare/profiles/?a=camden" in hrefs(response, "main a")


@pytest.mark.parametrize(
    ("url", "queries"),
    [
        ("/compare/matrix/?statement=equity", 3),
        ("/compare/profiles/?a=barnet&a=camden&a=leeds", 4),
        ("/compare/like-mine/?authority=barnet", 5),
    ],
)
def test_a_page_costs_the_same_queries_for_any_number(
    client, scored, django_assert_num_queries, url, queries
):
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200
