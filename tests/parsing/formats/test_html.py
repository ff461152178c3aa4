import time

import pytest

from reports.parsing.errors import ReadError
from reports.parsing.formats import read_html

OG_URL = '<meta property="og:url" content="https://www.cqc.org.uk/a">'
TITLE = "London Borough of Barnet: local authority assessment"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def text_of(body: str, head: str = "") -> str:
    return read_html(page(body, head)).text


def test_only_the_main_part_of_a_page_is_read():
    text = text_of(
        "<header><h2>Site</h2></header><nav>Menu</nav><main><h1>A title</h1><p>Words.</p></main>"
        "<div><p>Related.</p></div><footer>©</footer>"
    )

    assert text == "# A title\n\nWords.\n"


def test_a_page_without_main_is_read_without_its_furniture():
    text = text_of(
        "<div class='cookie-banner'>We use cookies.</div><header><h1>A title</h1><nav>Menu</nav>"
        "</header><ol class='breadcrumb'><li>Home</li></ol><p>Words.</p><script>no()</script>"
        "<p hidden>Hidden.</p><p style='display: none'>Hidden.</p><aside>Related</aside>"
        "<footer>©</footer>"
    )

    assert text == "# A title\n\nWords.\n"


def test_a_main_part_without_words_is_not_a_main_part():
    assert (
        text_of("<main><div id='app'></div><script>no()</script></main><h1>A</h1><p>Words.</p>")
        == "# A\n\nWords.\n"
    )


def test_a_page_that_only_a_script_would_show_is_read():
    text = read_html(b"<body style='visibility: hidden' class='menu'><p>Words.</p></body>").text

    assert text == "Words.\n"


def test_what_holds_the_title_is_never_furniture():
    text = text_of("<div class='cookie page'><h1>A title</h1><p>Words.</p></div>")

    assert text == "# A title\n\nWords.\n"


def test_what_holds_one_of_several_main_parts_is_never_furniture():
    text = text_of("<main><p>One.</p></main><div class='menu'><main><p>Two.</p></main></div>")

    assert text == "One.\n\nTwo.\n"


def test_what_is_left_out_separates_words_only_where_it_was_between_lines():
    assert text_of("<h1>A</h1>One<nav>Menu</nav>two <img> three<script>no()</script>.") == (
        "# A\n\nOne\n\ntwo three.\n"
    )


def test_headings_that_are_named_like_furniture_stay():
    text = text_of("<main><h1>A</h1><h2 id='cookies'>Cookies</h2><p class='share'>B.</p></main>")

    assert "## Cookies" in text


def test_closed_accordions_and_tabs_are_read():
    text = text_of(
        "<main><h1>A</h1><div hidden='until-found'><p>One.</p></div>"
        "<div role='tabpanel' hidden><p>Two.</p></div><details><summary>Three</summary>"
        "<p>Four.</p></details></main>"
    )

    assert text == "# A\n\nOne.\n\nTwo.\n\nThree\n\nFour.\n"


def test_lists_keep_bullets_and_numbers():
    text = text_of(
        "<h1>A</h1><ul><li><p>One<div>Score: 2</div></li><li>Two<ol><li>In<li>Out</ol></ul>"
    )

    assert text == "# A\n\n• One\n\nScore: 2\n\n• Two\n\n1. In\n\n2. Out\n"


def test_rows_of_data_stand_on_one_line_and_layout_tables_do_not():
    text = text_of(
        "<h1>A</h1><table><tr><th>Area<th>Score<tr><td><p>Safeguarding</p><td></td><td>3</table>"
        "<table><tr><td><h2>B</h2><p>One.</p><td><p>Two.</p><p>Three.</p></table>"
    )

    assert (
        text
        == "# A\n\n| Area | Score |\n\n| Safeguarding |  | 3 |\n\n## B\n\nOne.\n\nTwo.\n\nThree.\n"
    )


def test_a_cell_over_several_columns_keeps_its_row_as_wide_as_the_others():
    text = text_of(
        "<table><tr><th>Wait<th colspan=2>Days<tr><td>Home care<td>3<td>2</table><p>Words.</p>"
    )

    assert text == "| Wait | Days |  |\n\n| Home care | 3 | 2 |\n\nWords.\n"


def test_line_breaks_and_white_space_are_those_a_reader_sees():
    text = text_of(
        "<h1>A</h1><p>Score: 2<br>2&nbsp;- Evidence\n   shows</p><p>One.<br><br>Two.</p>"
        "<p>co<b>produc</b>tion im&shy;prove&#8203;ment<!-- a comment --> goes on</p>"
        "<pre>First line\nsecond line</pre>"
    )

    assert text == (
        "# A\n\nScore: 2\n2 - Evidence shows\n\nOne.\n\nTwo.\n\n"
        "coproduction improvement goes on\n\nFirst line\nsecond line\n"
    )


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (
            "<main><h1>Assessing needs</h1></main>",
            f"<title>{TITLE} - Care Quality Commission</title>",
        ),
        (f"<header><h1>{TITLE}</h1></header><main><h2>Assessing needs</h2></main>", ""),
        (f"<main><p>{TITLE}</p><h1>Assessing needs</h1></main>", f"<title>{TITLE} | CQC</title>"),
    ],
    ids=["in the head", "outside the main part", "there already"],
)
def test_the_line_that_names_the_authority_comes_first(body: str, head: str):
    text = text_of(body, head)

    assert text.lstrip("# ").startswith(TITLE)
    assert text.count(TITLE) == 1


def test_a_page_without_heading_has_its_window_title():
    assert text_of("<main><p>Words.</p></main>", "<title>Needs | A mirror</title>") == (
        "# Needs\n\nWords.\n"
    )


@pytest.mark.parametrize(
    ("before", "head"),
    [
        ("", '<link rel="canonical" href="https://www.cqc.org.uk/a">'),
        ("", OG_URL),
        ("<!-- saved from url=(0022)https://www.cqc.org.uk/a -->", ""),
        ("<!--\n Page saved with SingleFile\n url: https://www.cqc.org.uk/a\n-->", ""),
        ("", '<link rel="canonical" href="/a">' + OG_URL),
    ],
    ids=["canonical", "og:url", "saved from", "SingleFile", "a relative one does not count"],
)
def test_the_address_is_what_the_page_says_it_is(before: str, head: str):
    assert read_html(before.encode() + page("<p>Words.</p>", head)).address == (
        "https://www.cqc.org.uk/a"
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://[", "", "https://"])
def test_what_is_not_an_address_is_left_out(address: str):
    assert not read_html(page("<p>A.</p>", f'<link rel="canonical" href="{address}">')).address


CURLY = "<h1>A</h1><p>People’s – “views”</p>"


@pytest.mark.parametrize(
    "data",
    [
        page(CURLY),
        b"\xef\xbb\xbf" + page(CURLY),
        ('<meta charset="windows-1252">' + CURLY).encode("cp1252"),
        ('<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">' + CURLY).encode(
            "cp1252"
        ),
        CURLY.encode("cp1252"),
        ('<meta charset="hex">' + CURLY).encode(),
        ('<meta charset="utf-16">' + CURLY).encode(),
        ('<meta charset="iso-8859-12">' + CURLY).encode(),
        CURLY.encode("utf-16"),
        CURLY.encode("utf-16-le"),
        CURLY.encode("utf-16-be"),
        b'<?xml version="1.0" encoding="UTF-8"?>' + page(CURLY),
    ],
)
def test_pages_are_decoded_as_browsers_do(data: bytes):
    assert read_html(data).text == "# A\n\nPeople’s – “views”\n"


def test_a_damaged_byte_does_not_change_the_encoding():
    assert read_html(page(CURLY) + b"\xff").text.startswith("# A\n\nPeople’s – “views”")


def test_a_page_nested_deeply_is_read():
    assert text_of("<div>" * 1500 + "<p>Deep.</p>" + "</div>" * 1500 + "<p>After.</p>") == (
        "Deep.\n\nAfter.\n"
    )


@pytest.mark.parametrize("tag", ["div", "b", "ul", "table"])
def test_a_page_nested_beyond_reason_is_refused_soon(tag: str):
    started = time.process_time()

    with pytest.raises(ReadError) as raised:
        read_html(page(f"<{tag}>" * (1_000_000 // len(tag))))

    assert raised.value.code == "too-large"
    assert time.process_time() - started < 5


def test_hidden_parts_in_each_other_take_no_longer():
    body = "<div hidden>" * 1000 + "<p>a</p>" * 50_000 + "<h1>A title</h1>"
    started = time.process_time()

    assert "# A title" in text_of(body)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (page("<nav>Menu</nav>", "<title>A</title>"), "empty"),
        (b"<!-- x -->", "empty"),
        (b"%PDF-1.7\0\1\2\3\4" * 9, "binary"),
    ],
)
def test_what_is_not_a_page_is_refused(data: bytes, code: str):
    with pytest.raises(ReadError) as raised:
        read_html(data)

    assert raised.value.code == code


def test_headings_by_role_and_by_bold_type_are_marked():
    text = text_of(
        "<h1>A</h1><div role='heading' aria-level='4'>B</div><p><strong>C</strong></p>"
        "<p><b>D</b> goes on.</p><p><b>A whole sentence.</b></p>"
    )

    assert text == "# A\n\n#### B\n\n###### C\n\nD goes on.\n\nA whole sentence.\n"


def test_marks_of_notes_are_dropped_and_notes_kept_apart():
    text = text_of(
        "<h1>A</h1><p>It was 28 days<sup><a href='#n'>1</a></sup> on the 5<sup>th</sup>, in 12 m"
        "<sup>2</sup>.</p><section role='doc-endnotes'><ol><li>A survey. ↩</ol></section>"
    )

    assert text == "# A\n\nIt was 28 days on the 5th, in 12 m2.\n\n[^1]: A survey.\n"


def test_what_is_deleted_or_hidden_by_the_style_sheet_is_not_read():
    text = text_of(
        "<h1>A</h1><p>The <del>old</del><ins>new</ins> plan<span class='sr-only'> (opens)</span>"
        ".</p><p class='x gone'>No.</p><p id='off'>No.</p><p class='phone'>Yes.</p>",
        "<style>.a, p.gone { color: red; display:none } #off{visibility: hidden}"
        " @media print { .phone { display: none } }</style>",
    )

    assert text == "# A\n\nThe new plan.\n\nYes.\n"


def test_a_part_that_is_there_twice_is_read_once():
    words = (
        "Staff told us of the many ways in which they had listened to people and to carers. " * 3
    )
    part = f"<h2>B</h2><p>{words}</p><p>{words[::-1]}</p><p>{words.upper()}</p>"

    assert text_of(f"<h1>A</h1>{part}<div>{part}</div>") == text_of(f"<h1>A</h1>{part}")


@pytest.mark.parametrize(("length", "times"), [(79, 2), (80, 1)])
def test_a_long_paragraph_that_is_printed_twice_in_a_row_is_read_once(length: int, times: int):
    words = "w" * length

    assert (
        text_of(f"<main><p>{words}</p><p>{words}</p></main>") == "\n\n".join([words] * times) + "\n"
    )
    assert text_of(f"<p>{words}</p><p>Others.</p><p>{words}</p>").count(words) == 2


@pytest.mark.parametrize(
    ("lengths", "times"), [((200, 200, 100), 1), ((200, 200, 99), 2), ((250, 250), 2)]
)
def test_a_part_is_a_copy_from_three_blocks_and_five_hundred_characters_on(
    lengths: tuple[int, ...], times: int
):
    blocks = [letter * length for letter, length in zip("abc", lengths, strict=False)]
    part = "".join(f"<p>{block}</p>" for block in blocks)

    assert text_of(f"{part}<p>Others.</p>{part}").split("\n\n").count(blocks[0]) == times


def test_a_row_keeps_its_empty_cells_and_one_cell_alone_is_a_paragraph():
    rows = ("<td>Carers</td><td></td>", "<td>One | two</td>", "<td></td><td></td>")
    table = "".join(f"<tr>{row}</tr>" for row in rows)

    assert text_of(f"<table>{table}</table>") == "| Carers |  |\n\nOne | two\n"
