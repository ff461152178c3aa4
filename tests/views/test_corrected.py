"""A value of CQC's that an editor changed is marked wherever it is shown, with what was printed."""

import pytest
from django.urls import reverse

from reports import search
from reports.corrections import Why, change, split
from reports.models import Finding
from tests.corrections.conftest import finding, read, write
from tests.ingest.conftest import LEADERS, PEOPLE, STAFF
from tests.support.html import hrefs, texts

pytestmark = pytest.mark.django_db

__all__ = ["finding", "read", "write"]

SCORE = "Corrected by an editor; CQC printed 2"
WORDS = "Words corrected by an editor: what CQC printed in finding 1"


@pytest.fixture
def pages(client, finding):
    """What the marks say on the pages of the finding, its section, its authority and the search."""

    def marks() -> list[list[str]]:
        search.catch_up()
        section = finding.section
        addresses = (
            finding.get_absolute_url(),
            section.get_absolute_url(),
            section.assessment.authority.get_absolute_url(),
            reverse("findings") + "?q=supervision",
        )
        return [texts(client.get(address), ".corrected") for address in addresses]

    return marks


def test_what_nobody_corrected_has_no_mark(pages):
    assert pages() == [[], [], [], []]


def test_a_corrected_score_is_marked_with_the_printed_one(pages, finding):
    change(finding.section, {"score": 4}, Why(editor="ada"))

    assert pages() == [[SCORE], [SCORE], [SCORE], [SCORE]]


def test_corrected_words_lead_to_the_printed_ones(pages, finding):
    change(finding, {"heading": "Another heading"}, Why(editor="ada"))

    _, section, _, found = pages()
    assert (section, found) == ([WORDS], [WORDS])


def test_both_halves_of_a_split_are_marked(pages, finding):
    split(finding, STAFF.index("to training"), Why(editor="ada"))

    _, section, _, _ = pages()
    assert section[0] == WORDS
    assert len(section) == 2


def test_a_corrected_rating_and_percentage_are_marked(pages, finding):
    change(finding.section.assessment, {"rating": "good", "percent": 70}, Why(editor="ada"))

    _, _, authority, _ = pages()
    assert authority == [
        "The rating is as corrected by an editor; the sources give no single rating.",
        "The percentage is as corrected by an editor; the sources give no single percentage.",
    ]


def test_the_grid_of_scores_marks_a_corrected_one(client, finding):
    change(finding.section, {"score": 4}, Why(editor="ada"))

    assert texts(client.get(reverse("authorities")), ".corrected") == ["printed 2"]


def test_a_citation_says_that_it_is_corrected_and_gives_cqcs_words(client, finding):
    change(finding, {"text": "Edited words."}, Why(editor="ada"))
    change(finding.section, {"score": 4}, Why(editor="ada"))

    [citation] = texts(client.get(finding.get_absolute_url()), "textarea.citation")

    assert f"“Edited words.” [as corrected by an editor of this site; CQC printed: “{STAFF}”]" in (
        citation
    )
    assert "score 4 (as corrected by an editor; printed: 2)" in citation


def test_pages_that_compare_mark_a_corrected_score_and_words(client, finding):
    section = finding.section
    change(section, {"score": 4}, Why(editor="ada"))
    change(finding, {"text": "Other words."}, Why(editor="ada"))
    there = f"{reverse('compare-authorities')}?a=barnet&a=brent&statement=learning"

    assert texts(client.get(there), ".corrected") == [SCORE, WORDS]
    assert texts(client.get(reverse("matrix")), ".corrected") == [SCORE]


def test_two_readings_beside_each_other_mark_what_an_editor_changed(client, read, finding):
    read(STAFF, PEOPLE, LEADERS)
    newest = Finding.objects.published().get(text=STAFF)
    change(newest.section, {"score": 4}, Why(editor="ada"))
    change(newest, {"text": f"{STAFF} Twice a year."}, Why(editor="ada"))

    there = client.get("/compare/over-time/?authority=barnet&statement=learning")

    assert texts(there, ".corrected") == [SCORE, WORDS]
    assert newest.get_absolute_url() + "history/" in hrefs(there, ".corrected a")


def test_a_feed_gives_cqcs_words_beside_corrected_ones(client, finding):
    change(finding, {"text": "Other words."}, Why(editor="ada"))
    search.catch_up()

    feed = client.get("/findings.atom").content.decode()

    assert f"The text is as corrected by an editor; printed: “{STAFF}”." in feed


def test_the_file_of_authorities_gives_what_was_printed(client, finding):
    change(finding.section, {"score": 4}, Why(editor="ada"))

    file = client.get("/authorities.csv").getvalue().decode()

    assert "score of Learning, improvement and innovation (printed: 2)" in file
