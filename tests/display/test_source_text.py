from reports.display.source_text import excerpt

TEXT = "one two three four five six seven"


def test_an_excerpt_is_cut_between_words() -> None:
    found = excerpt(TEXT, [[8, 13]], context=6)

    assert [(piece.text, piece.marked) for piece in found.pieces] == [
        ("two ", False),
        ("three", True),
        (" four", False),
    ]
    assert (found.cut_before, found.cut_after) == (True, True)


def test_an_excerpt_at_the_ends_of_the_text_is_not_cut() -> None:
    found = excerpt(TEXT, [[8, 13]], context=100)

    assert "".join(piece.text for piece in found.pieces) == TEXT
    assert (found.cut_before, found.cut_after) == (False, False)


def test_every_span_of_a_finding_is_marked() -> None:
    found = excerpt(TEXT, [[24, 27], [0, 3]], context=0)

    assert [piece.text for piece in found.pieces if piece.marked] == ["one", "six"]
