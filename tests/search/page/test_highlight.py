import re
import unicodedata
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.search.language.compounds import widen_spellings
from reports.search.language.parser import parse
from reports.search.language.terms import WORD, stem
from reports.search.language.tree import Run, positive_runs
from reports.search.page import highlight
from reports.search.page.highlight import LENGTH, MOST_COMPARED, Highlighter


def highlighter(typed: str) -> Highlighter:
    tree = parse(typed).tree
    return Highlighter(positive_runs(widen_spellings(tree)) if tree else ())


def whole(typed: str, text: str) -> str:
    return highlighter(typed).whole(text)


def test_every_form_of_a_word_is_marked() -> None:
    assert whole("learn", "Learning what staff LEARNT and learned.") == (
        "<mark>Learning</mark> what staff LEARNT and <mark>learned</mark>."
    )


def test_a_phrase_is_marked_where_it_is_and_nowhere_else() -> None:
    assert whole('"learning from feedback"', "From feedback came learning from feedback.") == (
        "From feedback came <mark>learning from feedback</mark>."
    )


def test_all_spellings_of_a_compound_are_marked_whole() -> None:
    text = "co-production, co production, coproduction, co, production"
    assert whole("coproduction", text) == (
        "<mark>co-production</mark>, <mark>co production</mark>, <mark>coproduction</mark>, "
        "<mark>co, production</mark>"
    )


def test_words_that_begin_with_the_prefix_are_marked() -> None:
    assert whole("communit*", "Communities, community; commune") == (
        "<mark>Communities</mark>, <mark>community</mark>; commune"
    )


def test_a_phrase_can_end_in_the_beginning_of_a_word() -> None:
    assert whole('"peer rev*"', "peer review, peer group") == "<mark>peer review</mark>, peer group"


def test_accents_and_apostrophes_do_not_matter() -> None:
    assert whole("cafe people ecole", "Café, the people’s école") == (
        "<mark>Café</mark>, the <mark>people’s</mark> <mark>école</mark>"
    )


def test_the_tail_of_a_possessive_is_not_a_word() -> None:
    assert whole("s brien", "people’s O’Brien s") == "people’s O’Brien <mark>s</mark>"


def test_what_is_excluded_is_not_marked() -> None:
    assert whole("staff -training", "staff training") == "<mark>staff</mark> training"


def test_html_in_the_text_is_escaped() -> None:
    assert whole("bold", "<b>bold</b> & “x”") == ("&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; “x”")


def test_a_snippet_shows_where_most_was_found() -> None:
    text = "carers " + "filler words " * 60 + "carers and more carers here " + "padding " * 60
    snippet = highlighter("carers").snippet(text)
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert "<mark>carers</mark> and more <mark>carers</mark> here" in snippet


def test_a_snippet_is_not_cut_before_the_only_mark() -> None:
    for after in (" and so on", ".", "; and"):
        text = f"{'a' * (LENGTH - 8)} carers{after}{' padding' * 20}"
        for beginning in ("", "b", "bc"):
            snippet = highlighter("carers").snippet(beginning + text)
            assert "<mark>carers</mark>" in snippet


def test_a_snippet_without_words_is_the_beginning() -> None:
    text = "First words " + "and more words " * 60
    snippet = highlighter("").snippet(text)
    assert snippet.startswith("First words and more")
    assert snippet.endswith(" …")


def test_a_short_text_is_shown_whole() -> None:
    assert highlighter("short").snippet("A short text.") == "A <mark>short</mark> text."


def test_an_accent_of_its_own_belongs_to_its_letter() -> None:
    text = "A cafe\u0301 for carers."
    assert whole("café", text) == highlighter("cafe").snippet(text)
    assert whole("café", text) == "A <mark>café</mark> for carers."


@given(st.text(max_size=40), st.text(max_size=1_000))
def test_a_snippet_is_a_piece_of_the_text(typed: str, text: str) -> None:
    snippet = highlighter(typed).snippet(text)
    text = unicodedata.normalize("NFC", text)
    plain = unescape(snippet.replace("<mark>", "").replace("</mark>", ""))
    if text not in plain:
        plain = plain.removeprefix("… ").removesuffix(" …")
        assert plain in text
        assert len(plain) <= LENGTH


def test_the_time_to_mark_a_text_grows_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts characters looked at and words compared, not seconds."""
    steps = 0

    class CountedWord:
        def search(self, text: str, start: int) -> re.Match[str] | None:
            nonlocal steps
            match = WORD.search(text, start)
            steps += (match.end() if match else len(text)) - start
            return match

    def counted_stem(word: str) -> str:
        nonlocal steps
        steps += len(word)
        return stem(word)

    monkeypatch.setattr(highlight, "WORD", CountedWord())
    monkeypatch.setattr(highlight, "stem", counted_stem)
    marking = highlighter('"peer peer peer review" "peer. peer" pe*')

    def steps_for(words: int) -> int:
        nonlocal steps
        steps = 0
        marking.snippet("peer peer peer; " * words)
        marking.snippet(("peering" + " " * 50) * words)
        return steps

    once, twice = steps_for(5_000), steps_for(10_000)
    assert once > 5_000
    assert twice <= 2.1 * once


def test_a_word_longer_than_any_query_does_no_harm() -> None:
    text = "a" * 1_000_000
    assert highlighter("carers").snippet(text) == "a" * LENGTH + " …"
    assert highlighter("aaa*").whole(text).startswith("<mark>")


def test_a_text_of_many_megabytes_is_looked_at_in_part_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at = 0

    def counting(word: str) -> str:
        nonlocal looked_at
        looked_at += 1
        return stem(word)

    monkeypatch.setattr("reports.search.page.highlight.stem", counting)
    text = "wait " * 4_000_000  # one line of 20 MB
    phrase = Highlighter([Run((*["wait"] * 90, "end"))])
    looked_at = 0

    assert "<mark>" not in phrase.snippet(text)
    assert looked_at <= MOST_COMPARED
