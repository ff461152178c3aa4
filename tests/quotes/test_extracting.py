import pytest

from reports.quotes import quotations


def _texts(text: str) -> list[str]:
    return [quotation.text for quotation in quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "CQC said “staff felt valued” here.",
        'CQC said "staff felt valued" here.',
        "CQC said ‘staff felt valued’ here.",
    ],
)
def test_finds_what_stands_in_marks(text: str) -> None:
    assert _texts(text) == ["staff felt valued"]


def test_an_apostrophe_ends_no_quotation() -> None:
    assert _texts("They wrote ‘people’s views were heard’ twice.") == ["people’s views were heard"]
    assert _texts("Haringey’s staff and carers’ views") == ["Haringey’s staff and carers’ views"]


def test_a_text_without_marks_is_taken_by_paragraph() -> None:
    assert _texts("One line\nof it.\n\nAnother.") == ["One line\nof it.", "Another."]


def test_an_empty_quotation_is_none() -> None:
    assert _texts("“ ” and “” and “this”") == ["this"]


def test_a_mark_that_is_not_closed_does_not_run_into_the_next_paragraph() -> None:
    assert _texts("He said “one.\n\nShe said “two”.") == ["two"]


@pytest.mark.parametrize(
    ("around", "slugs"),
    [
        ("In Haringey, “x y z” was said.", ("haringey",)),
        ("“x y z” (Bath and North East Somerset)", ("bath-and-north-east-somerset",)),
        ("Haringey and Camden: “x y z”", ("haringey", "camden")),
        ("Reading the plan, we saw “x y z”.", ()),
        ("In Reading, “x y z”.", ("reading",)),
        ("The University of York said “x y z”.", ()),
        ("Kent Police said “x y z”.", ()),
        ("The report said “In York, x y z”.", ()),
    ],
)
def test_knows_who_is_named_around_it(around: str, slugs: tuple[str, ...]) -> None:
    [quotation] = quotations(around)
    assert quotation.authorities == slugs


@pytest.mark.parametrize(
    ("around", "score"),
    [
        ("It scored 2: “x y z”.", 2),
        ("With a score of 3 out of 4, “x y z”.", 3),
        ("Rated 1, then scored 2: “x y z”.", None),
        ("It scored 2.5: “x y z”.", None),
        ("It scored 3% more: “x y z”.", None),
        ("There were 4: “x y z”.", None),
    ],
)
def test_knows_the_score_that_is_claimed(around: str, score: int | None) -> None:
    [quotation] = quotations(around)
    assert quotation.score == score
