from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from reports.models import Finding
from tests.support.html import texts


def test_shows_the_whole_text_and_where_it_is(client: Client, first_of_haringey: Finding) -> None:
    response = client.get(first_of_haringey.get_absolute_url())

    assert texts(response, ".finding-text") == [first_of_haringey.text]
    assert texts(response, "h1") == [
        "Continuous learning, improvement and professional development"
    ]
    assert texts(response, "p.caption") == ["Haringey, undated: finding 1 of 18"]


def test_marks_it_in_the_source(client: Client, first_of_haringey: Finding) -> None:
    response = client.get(first_of_haringey.get_absolute_url())

    [marked] = texts(response, ".excerpt mark")
    assert marked == first_of_haringey.text
    [excerpt] = texts(response, ".excerpt")
    assert "Key findings for this quality statement" in excerpt


def test_leads_to_its_neighbours(client: Client, first_of_haringey: Finding) -> None:
    second = first_of_haringey.section.findings.get(position=1)

    first_page = client.get(first_of_haringey.get_absolute_url())
    assertContains(first_page, f'rel="next" href="{second.get_absolute_url()}"')
    assertNotContains(first_page, 'rel="prev"')
    second_page = client.get(second.get_absolute_url())
    assertContains(second_page, f'rel="prev" href="{first_of_haringey.get_absolute_url()}"')


def test_says_which_words_made_a_topic_hold(client: Client, first_of_haringey: Finding) -> None:
    response = client.get(first_of_haringey.get_absolute_url())

    assertContains(response, '</a>: <a href="/findings/?topic=co-production">Co-production</a>')
    assertContains(response, "“coproduction”")


def test_a_topic_that_no_rule_gives_is_an_editors(
    client: Client, first_of_haringey: Finding
) -> None:
    first_of_haringey.topics = ["technology-and-innovation"]
    first_of_haringey.save()

    assertContains(client.get(first_of_haringey.get_absolute_url()), "An editor’s decision")


def test_a_topic_that_has_left_the_list_is_not_an_error(
    client: Client, first_of_haringey: Finding
) -> None:
    first_of_haringey.topics = ["phrenology"]
    first_of_haringey.save()

    assertContains(client.get(first_of_haringey.get_absolute_url()), ">phrenology</a>")


def test_says_what_identified_the_authority(client: Client, first_of_haringey: Finding) -> None:
    response = client.get(first_of_haringey.get_absolute_url())

    assertContains(response, "The text itself: “Haringey ranked 15th")


def test_says_that_an_authority_is_not_identified(
    client: Client, first_unidentified: Finding
) -> None:
    response = client.get(first_unidentified.get_absolute_url())

    assertContains(response, "Not identified: the report does not say")


def test_says_that_words_are_an_editors(client: Client, first_of_haringey: Finding) -> None:
    first_of_haringey.text += " Corrected."
    first_of_haringey.save()

    response = client.get(first_of_haringey.get_absolute_url())

    assertContains(response, "What CQC published, as corrected by an editor")


def test_citation_names_the_source_and_the_permalink(
    client: Client, first_of_haringey: Finding
) -> None:
    [citation] = texts(client.get(first_of_haringey.get_absolute_url()), "textarea")

    assert citation.startswith(f"“{first_of_haringey.text}” Care Quality Commission")
    assert "© Care Quality Commission" in citation
    assert f"http://testserver{first_of_haringey.get_absolute_url()}" in citation


def test_escapes_its_text(client: Client, first_of_haringey: Finding) -> None:
    first_of_haringey.text = "</textarea><script>alert(1)</script>"
    first_of_haringey.save()

    assertNotContains(client.get(first_of_haringey.get_absolute_url()), "<script>alert")


def test_a_finding_no_longer_in_the_report_keeps_its_permalink(
    client: Client, first_of_haringey: Finding
) -> None:
    first_of_haringey.status = Finding.Status.GONE
    first_of_haringey.save()

    response = client.get(first_of_haringey.get_absolute_url())

    assertContains(response, "No longer in the report.")
    assertContains(response, 'content="noindex"')


def test_a_joined_finding_leads_to_the_one_it_is_now(
    client: Client, first_of_haringey: Finding
) -> None:
    second = first_of_haringey.section.findings.select_related("paragraph").get(position=1)
    second.status = Finding.Status.JOINED
    second.joined_into = first_of_haringey
    second.save()

    joined = client.get(second.get_absolute_url())
    assertContains(joined, f'<a href="{first_of_haringey.get_absolute_url()}">finding 1</a>')
    kept = client.get(first_of_haringey.get_absolute_url())
    assert len(texts(kept, ".excerpt mark")) == 2


def test_a_finding_an_editor_added_has_no_source(
    client: Client, first_of_haringey: Finding
) -> None:
    first_of_haringey.paragraph = None
    first_of_haringey.save()

    assertContains(client.get(first_of_haringey.get_absolute_url()), "An editor added this finding")


def test_an_unknown_finding_is_not_found(client: Client, db: None) -> None:
    assert client.get("/findings/nosuchthing/").status_code == 404


def test_costs_four_database_queries(
    client: Client, first_of_haringey: Finding, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        client.get(first_of_haringey.get_absolute_url())
