import pytest

from reports.parsing.errors import ReadError
from reports.parsing.formats import read_word
from reports.parsing.formats.zipped import MEBIBYTE
from tests.parsing.formats.samples import word_of, zip_of

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "%s</Relationships>"
)


def package(relations: str, encoding: str = "utf-8") -> bytes:
    """A package with nothing but relations."""
    parts = [("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", relations.encode(encoding))]
    return zip_of(parts)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def text_of(*body: str) -> str:
    return read_word(word_of("".join(body))).text


def refusal(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as raised:
        read_word(data)
    return raised.value


def test_headings_are_known_by_style_by_outline_and_by_bold_type():
    text = text_of(
        paragraph(run("By style"), properties="<w:pStyle w:val='H'/>"),
        paragraph(run("By outline"), properties="<w:outlineLvl w:val='2'/>"),
        paragraph(run("By ", "<w:b/>"), run("bold", "<w:b w:val='1'/>")),
        paragraph(run("Not ", "<w:b/>"), run("quite")),
        paragraph(run("A bold sentence.", "<w:b/>")),
        paragraph(run("Not bold", "<w:b w:val='0'/>")),
    )

    assert text == (
        "## By style\n\n### By outline\n\n###### By bold\n\nNot quite\n\n"
        "A bold sentence.\n\nNot bold\n"
    )


def test_styles_say_what_a_paragraph_is_as_do_those_they_are_based_on():
    def style(identifier: str, name: str, rest: str = "") -> str:
        kind = f"w:type='paragraph' w:styleId='{identifier}'"
        return f"<w:style {kind}><w:name w:val='{name}'/>{rest}</w:style>"

    styles = (
        style("Own", "Own heading", "<w:pPr><w:outlineLvl w:val='0'/></w:pPr>"),
        style("Based", "Based", "<w:basedOn w:val='Own'/>"),
        style("Ring", "Ring", "<w:basedOn w:val='Ring'/>"),
        style("TOC1", "toc 1"),
        style("Number", "List Number"),
        style("Bullet", "List Bullet 2"),
        style("Item", "Our item", "<w:basedOn w:val='Bullet'/>"),
        style("Strong", "Strong text", "<w:rPr><w:b/></w:rPr>"),
    )
    names = (
        *("Own", "Based", "Ring", "TOC1", "Number", "Number"),
        *("Bullet", "Item", "Strong", "Unknown"),
    )
    body = (paragraph(run(name), properties=f"<w:pStyle w:val='{name}'/>") for name in names)

    assert read_word(word_of("".join(body), styles="".join(styles))).text == (
        "# Own\n\n# Based\n\nRing\n\n1. Number\n\n2. Number\n\n• Bullet\n\n• Item\n\n"
        "###### Strong\n\nUnknown\n"
    )


def test_tracked_insertions_are_read_and_deletions_are_not():
    text = text_of(
        paragraph(
            run("One "),
            f"<w:ins>{run('new')}</w:ins>",
            "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
            f"<w:moveFrom>{run('gone')}</w:moveFrom><w:moveTo>{run(' here')}</w:moveTo>",
        ),
        f"<w:ins>{paragraph(run('Two.'))}</w:ins>",
    )

    assert text == "One new here\n\nTwo.\n"


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    joined = paragraph(run("First "), properties="<w:rPr><w:del/></w:rPr>")

    assert text_of(joined, paragraph(run("second."))) == "First second.\n"
    assert text_of(joined) == "First\n"


def test_a_deleted_row_is_left_out():
    row = f"<w:trPr><w:del/></w:trPr><w:tc>{paragraph(run('Gone'))}</w:tc>"

    assert text_of(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>", paragraph(run("Stays."))) == "Stays.\n"


def test_links_fields_controls_and_breaks_keep_their_text():
    text = text_of(
        paragraph(
            f"<w:hyperlink>{run('a link')}</w:hyperlink>",
            "<w:r><w:tab/><w:t>tab</w:t><w:noBreakHyphen/><w:t>stop</w:t><w:br/></w:r>",
            "<w:r><w:instrText>PAGE</w:instrText></w:r>",
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('control')}</w:sdtContent></w:sdt>",
            run("im\u00adprove"),
            run("hidden", "<w:vanish/>"),
        ),
        f"<w:sdt><w:sdtContent>{paragraph(run('Block.'))}</w:sdtContent></w:sdt>",
    )

    assert text == "a link tab-stop\ncontrolimprove\n\nBlock.\n"


def test_a_table_of_contents_is_left_out():
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    contents = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr>"
        f"<w:sdtContent>{paragraph(run('Assessing needs 3'))}</w:sdtContent></w:sdt>"
    )

    assert text_of(contents, paragraph(run("Words."))) == "Words.\n"


def test_rows_of_data_stand_on_one_line_and_layout_tables_do_not():
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    inner = f"<w:tbl>{row(paragraph(run('In')), paragraph(run('Out')))}</w:tbl>"
    text = text_of(
        f"<w:tbl>{row(paragraph(run('Safeguarding')), paragraph(), paragraph(run('3')))}",
        row(paragraph(run("One.")) + paragraph(run("Two.")), paragraph(run("Three."))),
        row(inner),
        "</w:tbl>",
    )

    assert text == "| Safeguarding |  | 3 |\n\nOne.\n\nTwo.\n\nThree.\n\n| In | Out |\n"


def test_a_cell_within_a_content_control_is_of_its_row():
    def cell(text: str) -> str:
        return f"<w:tc>{paragraph(run(text))}</w:tc>"

    control = f"<w:sdt><w:sdtContent>{cell('3')}</w:sdtContent></w:sdt>"

    assert text_of(f"<w:tbl><w:tr>{cell('Safeguarding')}{control}</w:tr></w:tbl>") == (
        "| Safeguarding | 3 |\n"
    )


@pytest.mark.parametrize(("number", "text"), [("5", "• One"), ("0", "One")])
def test_a_paragraph_says_itself_that_it_is_of_a_list(number: str, text: str):
    place = f"<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{number}'/></w:numPr>"

    assert text_of(paragraph(run("One"), properties=place)) == f"{text}\n"


def test_a_text_box_follows_its_paragraph_once():
    box = f"<w:txbxContent>{paragraph(run('Boxed.'))}</w:txbxContent>"
    office = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    alternatives = (
        f"<mc:AlternateContent xmlns:mc='{office}'><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )

    assert text_of(paragraph(f"<w:r>{alternatives}</w:r>", run("Words."))) == "Words.\n\nBoxed.\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged"),
        (b"not Word", "damaged"),
        (b"PK\x03\x04 broken", "damaged"),
        (zip_of([("a.txt", b"one")]), "damaged"),
        (word_of("<w:p>"), "damaged"),
        (word_of("<w:p/>"), "empty"),
        (package("<Relationships>"), "damaged"),
        (package(RELATIONS % ""), "damaged"),
        (word_of("<w:p/>")[:300], "damaged"),
        (OLE + bytes(600), "unsupported-format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (word_of(paragraph(run("&c;")), document_type=BOMB), "damaged"),
        (word_of(paragraph(run("a" * 25 * MEBIBYTE))), "too-large"),
    ],
    ids=[
        *("empty", "text", "broken zip", "another zip", "broken XML", "blank"),
        *("broken relations", "no document", "cut", "old Word"),
        *("locked", "entity bomb", "zip bomb"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str):
    assert refusal(data).code == code


def test_strict_open_xml_says_what_to_do():
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    strict = RELATIONS % f'<Relationship Id="a" Type="{kind}" Target="a.xml"/>'

    assert refusal(package(strict)).code == "unsupported-format"


def test_entities_are_refused_in_any_encoding():
    assert refusal(package("\ufeff" + BOMB, "utf-16-le")).code == "damaged"
