"""The time for a hostile page grows with its size and no faster."""

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from reports.parsing.errors import ReadError
from reports.parsing.formats import read_html
from reports.parsing.formats.html_tree import MAX_ATTRIBUTES, published_address


def attributes(count: int, form: str = "{}") -> str:
    return " ".join(form.format(f"a{number}") for number in range(count))


@pytest.mark.parametrize("form", ["{}", "{}=1", '{}="<b >"', "{} = '/>'", "/{}"])
def test_a_tag_with_more_attributes_than_any_page_has_is_refused(form: str):
    enough = f"<p {attributes(MAX_ATTRIBUTES, form)}>Words.</p>"
    too_many = f'<!-- <p a=" --><p {attributes(MAX_ATTRIBUTES + 1, form)}>Words.</p>'

    assert read_html(enough.encode()).text == "Words.\n"
    with pytest.raises(ReadError) as raised:
        read_html(too_many.encode())

    assert raised.value.code == "too-large"
    assert raised.value.message == (
        "the page has a tag with more than 200 attributes; save it again"
    )


@pytest.mark.parametrize(
    "around",
    [
        "<!-- {} -->",
        "<script>if (1) {} </script>",
        "<STYLE media='a'>{}</STYLE>",
        "<textarea>{}</textarea>",
        "<p title='{}'></p>",
        "</b {}>",
    ],
)
def test_what_only_looks_like_a_tag_is_kept_as_text(around: str):
    tag = f"<p {attributes(500)}>"

    assert read_html(f"{around.format(tag)}<main>Words.</main>".encode()).text == "Words.\n"


class Counted(etree.ElementBase):
    """An element that counts the steps of a walk, and refuses to be searched by a path."""

    given = 0

    def iter(self, *tags: Any) -> Iterator[Any]:
        for element in super().iter(*tags):
            Counted.given += 1
            yield element

    def xpath(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("a path over all comments takes the square of their number")


def test_each_comment_is_looked_at_once_for_the_address(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Counted, "given", 0)
    parser = etree.HTMLParser()
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Counted))
    page = "<p>" + "<!-- a -->" * 500 + "<!-- saved from url=(0022)https://www.cqc.org.uk/a -->"

    assert published_address(etree.fromstring(page, parser)) == "https://www.cqc.org.uk/a"
    assert Counted.given == 501
