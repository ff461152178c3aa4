import pytest

from reports.facts.provenance import whose


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("https://www.cqc.org.uk/care-services/x", "CQC"),
        ("https://cqc-newsroom.prgloo.com/news/y", "CQC"),
        ("https://democracy.durham.gov.uk/minutes.pdf", "the authority itself"),
        ("https://github.com/alxtrnr/bongo-twisty", "a third party’s list, unconfirmed"),
        ("https://www.yorkshirepost.co.uk/news", "news or another site"),
        ("https://notcqc.org.uk.example/", "news or another site"),
        ("https://evilgov.uk/", "news or another site"),
        ("javascript:alert(1)", "no address"),
        ("told by telephone", "no address"),
    ],
)
def test_says_whose_page_it_is(address: str, owner: str) -> None:
    assert whose(address) == owner
