"""What the styles and lists of a Word document say of its paragraphs.

Looked up once for a document: python-docx searches the whole styles part for every paragraph.
"""

import re
from dataclasses import dataclass, field
from itertools import count

from docx.document import Document
from docx.oxml.ns import qn
from docx.styles.style import BaseStyle, ParagraphStyle
from lxml.etree import _Element

from reports.parsing.formats.read import BULLET

HEADING_STYLE = re.compile(r"heading (\d)")
LISTS_DEEP = 9
BODY_TEXT_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Look:
    """What a style makes of a paragraph: `level` is that of a heading, 0 for none, `list_id` that
    of the list it belongs to. `is_contents` marks a table of contents."""

    level: int = 0
    bold: bool = False
    list_id: str = ""
    bullet: bool | None = None
    is_contents: bool = False


@dataclass
class Styles:
    """The looks of a document's styles by their id; that of paragraphs without a style is ""."""

    looks: dict[str, Look]

    @classmethod
    def of(cls, document: Document) -> "Styles":
        looks = {style.style_id: _look(style) for style in document.styles}
        default = next(
            (
                style
                for style in document.styles
                if isinstance(style, ParagraphStyle) and style.element.get(qn("w:default")) == "1"
            ),
            None,
        )
        looks[""] = looks[default.style_id] if default is not None else Look()
        return cls(looks)

    def __getitem__(self, style_id: str) -> Look:
        return self.looks.get(style_id, self.looks[""])


def _look(style: BaseStyle) -> Look:
    chain = list(_ancestry(style))
    names = [(each.name or "").lower() for each in chain]
    return Look(
        level=_level(chain, names),
        bold=next((bold for each in chain if (bold := _bold(each)) is not None), False),
        list_id=next(filter(None, map(_list_id, chain)), ""),
        bullet=_bullet_by_name(names),
        is_contents=any(name.startswith(("toc ", "table of ")) for name in names),
    )


def _ancestry(style: BaseStyle | None) -> "list[BaseStyle]":
    """A style and those it is based on; a damaged document can make a ring of them."""
    chain: list[BaseStyle] = []
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        chain.append(style)
        seen.add(style.style_id)
        style = getattr(style, "base_style", None)
    return chain


def _level(chain: list[BaseStyle], names: list[str]) -> int:
    for style, name in zip(chain, names, strict=True):
        if found := HEADING_STYLE.match(name):
            return int(found[1]) or 1
        if name == "title":
            return 1
        outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level := outline_level(outline):
            return level
    return 0


def outline_level(outline: _Element | None) -> int:
    """The level of a heading that an outline level makes, from 1, or 0 for body text."""
    value = "" if outline is None else outline.get(qn("w:val"), "")
    return int(value) + 1 if value.isdecimal() and int(value) < BODY_TEXT_LEVEL else 0


def _bold(style: BaseStyle) -> bool | None:
    font = getattr(style, "font", None)
    return None if font is None else font.bold


def _list_id(style: BaseStyle) -> str:
    number = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    return "" if number is None else number.get(qn("w:val"), "")


def _bullet_by_name(names: list[str]) -> bool | None:
    if any(name.startswith("list bullet") for name in names):
        return True
    return False if any(name.startswith("list number") for name in names) else None


@dataclass
class Lists:
    """The lists of a document: whether a level has bullets, and how far its numbers have come."""

    bullets: dict[tuple[str, str], bool]
    counters: dict[tuple[str, str], "count[int]"] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: _Element | None) -> "Lists":
        if numbering is None:
            return cls({})
        formats = {
            (abstract.get(qn("w:abstractNumId"), ""), level.get(qn("w:ilvl"), "0")): _is_bullet(
                level
            )
            for abstract in numbering.iter(qn("w:abstractNum"))
            for level in abstract.iter(qn("w:lvl"))
        }
        bullets: dict[tuple[str, str], bool] = {}
        for number in numbering.iter(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            abstract_id = "" if link is None else link.get(qn("w:val"), "")
            for level in map(str, range(LISTS_DEEP)):
                bullet = formats.get((abstract_id, level), True)
                bullets[number.get(qn("w:numId"), ""), level] = bullet
        return cls(bullets)

    def mark(self, list_id: str, level: str, look: Look) -> str:
        """What stands before the next item of a list: a bullet, or its number."""
        bullet = (
            look.bullet if look.bullet is not None else self.bullets.get((list_id, level), True)
        )
        if bullet:
            return BULLET
        return f"{next(self.counters.setdefault((list_id, level), count(1)))}. "


def _is_bullet(level: _Element) -> bool:
    number_format = level.find(qn("w:numFmt"))
    return number_format is None or number_format.get(qn("w:val")) in {"bullet", "none"}
