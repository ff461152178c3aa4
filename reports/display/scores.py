"""Scores as HTML. Made in Python, because a page can show more than a thousand of them."""

from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.models import Section

NOT_KNOWN = SafeString('–<span class="visually-hidden"> not known</span>')


def score_cell(score: int | None, url: str = "") -> SafeString:
    """A score without CQC's words, as a link to what is behind it if `url` is given."""
    if url:
        inside = f'class="score-cell score-{score or "none"}" href="{escape(url)}"'
        return SafeString(f"<a {inside}>{score or NOT_KNOWN}</a>")
    if score:
        return SafeString(f'<span class="score-cell score-{score}">{score}</span>')
    return SafeString(f'<span class="quiet">{NOT_KNOWN}</span>')


def score_in_full(section: Section) -> SafeString:
    """A section's score with pips and CQC's words."""
    return _in_full(section.score, section.score_description)


@lru_cache(maxsize=32)
def _in_full(score: int | None, words: str) -> SafeString:
    section = {"score": score, "score_description": words}
    return render_to_string("_score.html", {"section": section})
