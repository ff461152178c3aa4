from collections import Counter

from reports.facts.related_terms import FORMS, NARROWER, ROWS, SPELLINGS


def test_there_are_at_least_120_rows_of_two_terms_or_more() -> None:
    assert len(ROWS) >= 120
    assert all(len(row) >= 2 for row in ROWS)


def test_no_term_stands_in_two_rows() -> None:
    counts = Counter(term.casefold() for row in ROWS + FORMS for term in {*row})
    assert [term for term, count in counts.items() if count > 1] == []


def test_no_narrower_term_stands_in_the_row_of_its_broader_one() -> None:
    for broader, narrower in NARROWER.items():
        row = next((row for row in ROWS if broader in row), (broader,))
        assert not set(narrower) & set(row), broader


def test_the_acronyms_of_the_field_are_known() -> None:
    wanted = {
        *("LGSCO", "LGO", "ASYE", "DASS", "PSW", "SAR", "DoLS", "LPS", "MCA", "ICB", "VCSE", "s42"),
        *("EDI", "AMHP", "OT", "SALT", "CHC", "DFG", "TEC", "BCF", "MASH", "MSP", "NRPF", "PA"),
    }
    terms = {term for row in ROWS for term in row}
    assert wanted <= terms


def test_no_spelling_stands_for_itself() -> None:
    assert all(foreign != own and foreign.islower() for foreign, own in SPELLINGS.items())
