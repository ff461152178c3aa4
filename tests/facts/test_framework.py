"""CQC's words."""

from reports.facts import framework


def test_nine_statements_under_four_themes():
    assert [(s.theme.number, s.slug) for s in framework.STATEMENTS] == [
        (1, "assessing-needs"),
        (1, "healthier-lives"),
        (1, "equity"),
        (2, "care-provision"),
        (2, "partnerships"),
        (3, "safe-systems"),
        (3, "safeguarding"),
        (4, "governance"),
        (4, "learning"),
    ]
    assert tuple(dict.fromkeys(s.theme for s in framework.STATEMENTS)) == framework.THEMES


def test_no_name_or_key_stands_for_two_statements():
    names = [name for s in framework.STATEMENTS for name in (s.name, *s.aliases)]
    assert len({name.casefold() for name in names}) == len(names)
    assert len({s.code for s in framework.STATEMENTS}) == len(framework.STATEMENTS)
    assert len({s.address_key for s in framework.STATEMENTS}) == len(framework.STATEMENTS)


def test_statements_and_themes_are_found_by_slug():
    assert all(framework.STATEMENT_BY_SLUG[s.slug] is s for s in framework.STATEMENTS)
    assert all(framework.THEME_BY_SLUG[theme.slug] is theme for theme in framework.THEMES)


def test_every_score_has_its_sentence():
    assert sorted(framework.SCORE_DESCRIPTIONS) == [1, 2, 3, 4]


def test_rating_bands_begin_where_cqc_says():
    assert {band.name: band.from_percent for band in framework.RATING_BANDS} == {
        "Inadequate": 25,
        "Requires improvement": 39,
        "Good": 63,
        "Outstanding": 88,
    }
