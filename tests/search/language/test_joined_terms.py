from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.facts import related_terms
from reports.search.engines.opensearch import schema as opensearch_schema
from reports.search.engines.tantivy import schema as tantivy_schema
from reports.search.language.joined_terms import as_one_word, joined_terms, with_joined_terms
from reports.search.language.terms import stems_of, words_of

NEAR_TERMS = st.lists(
    st.sampled_from(
        ["unpaid", "carer", "care", "transit", "to", "adulthood", "section", "42", "enquiri", "so"]
    )
)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Unpaid carers waited.", ["unpaid_carer"]),
        ("unpaid care; unpaid caring", ["unpaid_care", "unpaid_care"]),
        ("section 42 enquiries", ["section_42", "section_42_enquiri"]),
        ("care was unpaid", []),
        ("unpaid", []),
        ("", []),
    ],
)
def test_known_terms_of_a_text_are_words_too(text: str, joined: list[str]) -> None:
    stems = stems_of(words_of(text))
    assert with_joined_terms(stems) == stems + joined


@given(NEAR_TERMS)
def test_a_term_is_as_often_one_word_as_its_words_are_in_a_row(stems: list[str]) -> None:
    joined = with_joined_terms(stems)[len(stems) :]
    ends = product(range(len(stems)), range(len(stems) + 1))
    rows = [tuple(stems[start:end]) for start, end in ends]
    assert sorted(joined) == sorted("_".join(row) for row in rows if row in joined_terms())


def test_a_known_term_is_looked_for_as_one_word_and_others_word_by_word() -> None:
    assert as_one_word(["unpaid", "care"]) == ["unpaid_care"]
    assert as_one_word(("care", "unpaid")) == ["care", "unpaid"]
    assert as_one_word(["care"]) == ["care"]


def test_an_index_with_other_terms_is_another_index(monkeypatch: pytest.MonkeyPatch) -> None:
    before = (tantivy_schema.index_version(), opensearch_schema.index_version())
    monkeypatch.setattr(related_terms, "ROWS", (*related_terms.ROWS, ("quiet room", "calm place")))
    joined_terms.cache_clear()
    after = (tantivy_schema.index_version(), opensearch_schema.index_version())
    joined_terms.cache_clear()
    assert all(old != new for old, new in zip(before, after, strict=True))
