from html import escape

from hypothesis import given
from hypothesis import strategies as st

from reports.display.figures import with_figures


def test_marks_each_figure_where_it_is() -> None:
    assert with_figures("Of 12 people, 9 out of 12 agreed.", ["9 out of 12", "12"]) == (
        'Of <span class="figure">12</span> people, <span class="figure">9 out of 12</span> agreed.'
    )


def test_escapes_text_and_figures() -> None:
    assert with_figures("<b>5 & 6</b>", ["5 & 6"]) == (
        '&lt;b&gt;<span class="figure">5 &amp; 6</span>&lt;/b&gt;'
    )
    assert with_figures("<b>", []) == "&lt;b&gt;"


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_every_word_is_kept(text: str, figures: list[str]) -> None:
    html = with_figures(text, figures)

    assert html.replace('<span class="figure">', "").replace("</span>", "") == escape(text)
