import json
from datetime import date
from urllib.parse import unquote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from reports.exports import citations
from reports.exports.citations import Citation
from reports.models import ListedFinding
from tests.exports.making import make_taken

TODAY = date(2026, 3, 5)
PERMALINK = "https://example.org/findings/abc/"
TITLE = "Learning, improvement and innovation: finding 1, under “Learning from feedback”"
REPORT = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports/york-1225"
FRAGMENT = "#:~:text=Staff%20%E2%80%9Clearned%E2%80%9D%2012%25%2C%20they%20said."


def test_ris_is_read_back_whole() -> None:
    [entry] = rispy.loads(citations.as_ris([_cited(make_taken())]))

    assert entry["type_of_reference"] == "RPRT"
    assert entry["authors"] == ["Care Quality Commission"]
    assert entry["title"] == TITLE
    assert entry["secondary_title"] == "Local authority assessment: York"
    assert (entry["year"], entry["date"]) == ("2025", "2025/12//")
    assert entry["abstract"] == "Staff “learned” 12%, they said."
    assert entry["urls"] == [PERMALINK + FRAGMENT]
    assert entry["notes"] == [
        f"Permalink: {PERMALINK}",
        f"CQC’s own report: {REPORT}",
        "Score 3: Evidence shows a good standard.",
    ]


def test_bibtex_is_read_back_whole() -> None:
    library = parse_string(citations.as_bibtex([_cited(make_taken())]))

    assert library.failed_blocks == []
    [entry] = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("techreport", "cqc-finding-abc")
    assert fields["title"] == f"{{{TITLE}}}"
    assert (fields["year"], fields["month"]) == ("2025", "12")
    assert fields["abstract"] == r"Staff “learned” 12\%, they said."
    assert fields["url"] == PERMALINK + FRAGMENT


def test_csl_json_has_every_part() -> None:
    [entry] = json.loads(citations.as_csl_json([_cited(make_taken())]))

    assert entry == {
        "id": "cqc-finding-abc",
        "type": "report",
        "title": TITLE,
        "author": [{"literal": "Care Quality Commission"}],
        "container-title": "Local authority assessment: York",
        "publisher": "Care Quality Commission",
        "issued": {"date-parts": [[2025, 12]]},
        "accessed": {"date-parts": [[2026, 3, 5]]},
        "abstract": "Staff “learned” 12%, they said.",
        "note": f"Permalink: {PERMALINK} CQC’s own report: {REPORT} "
        "Score 3: Evidence shows a good standard.",
        "URL": PERMALINK + FRAGMENT,
        "language": "en-GB",
    }


def test_an_undated_finding_has_no_year() -> None:
    cited = [_cited(make_taken(published=""))]

    assert "PY  -" not in citations.as_ris(cited)
    assert "year =" not in citations.as_bibtex(cited)
    assert "issued" not in citations.as_csl_json(cited)


def test_says_what_was_corrected_and_what_cqc_printed() -> None:
    cited = _cited(make_taken(text="Staff learned.", score=4))

    assert cited.notes[3:] == (
        "The text is as corrected by an editor; printed: “Staff “learned” 12%, they said.”.",
        "The score is as corrected by an editor; printed: 3.",
    )


def test_says_that_a_finding_is_gone() -> None:
    assert "No longer in the report." in _cited(make_taken(status="gone")).notes


def test_a_long_quotation_is_linked_by_its_first_and_last_words() -> None:
    words = [f"word{number}" for number in range(100)]

    link = citations.text_fragment(PERMALINK, " ".join(words))

    start, end = link.removeprefix(f"{PERMALINK}#:~:text=").split(",")
    assert unquote(start).split() == words[:6]
    assert unquote(end).split() == words[-6:]


@given(st.text(min_size=1))
def test_a_link_to_words_holds_no_sign_that_means_something_else(words: str) -> None:
    fragment = citations.text_fragment("https://e.org/", words.encode("utf-8", "ignore").decode())

    value = fragment.removeprefix("https://e.org/#:~:text=")
    assert not set("-&# ") & set(value)


@pytest.mark.parametrize("text", ["}\nTY  - BOOK", "{", "a\r\nER  - \r\n", "100% & $5_#~^\\"])
def test_no_text_breaks_out_of_its_field(text: str) -> None:
    cited = [_cited(make_taken(text=text, heading=text))]

    assert len(rispy.loads(citations.as_ris(cited))) == 1
    library = parse_string(citations.as_bibtex(cited))
    assert (len(library.entries), library.failed_blocks) == (1, [])


def _cited(finding: ListedFinding) -> Citation:
    return citations.cite_finding(finding, lambda path: f"https://example.org{path}", TODAY)
