"""What the styles and lists of a Word document say about its paragraphs.

They are read once for a document, because python-docx would search the whole styles part for every
paragraph, and for every style that another is based on.
"""

import re
from dataclasses import dataclass, field
from itertools import count

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

from reports.parsing.formats.read import BULLET

STYLE = qn("w:style")
OFF = frozenset(("0", "false", "off"))
HEADING_STYLE = re.compile(r"heading ([0-9])")
LISTS_DEEP = 9
OUTLINE_LEVELS = frozenset("012345678")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says about a paragraph: `level` is its level as a heading, 0 if it is none,
    `list_id` the list it belongs to. `is_contents` marks a table of contents."""

    level: int = 0
    bold: bool | None = None
    list_id: str = ""
    bullet: bool | None = None
    is_contents: bool = False

    def over(self, base: "Look") -> "Look":
        """This look laid over that of the style it is based on."""
        return Look(
            self.level or base.level,
            base.bold if self.bold is None else self.bold,
            self.list_id or base.list_id,
            base.bullet if self.bullet is None else self.bullet,
            self.is_contents or base.is_contents,
        )


@dataclass
class Styles:
    """The looks of a document's styles by their id, which is "" for paragraphs without a style."""

    looks: dict[str, Look]

    @classmethod
    def of(cls, document: Document) -> "Styles":
        styles = document.styles.element.iter(STYLE)
        elements = {style.get(qn("w:styleId"), ""): style for style in styles}
        own = {style_id: _own_look(element) for style_id, element in elements.items()}
        looks: dict[str, Look] = {}
        for style_id in elements:
            _inherit(style_id, elements, own, looks)
        default = next((i for i, e in elements.items() if _is_default(e)), None)
        looks[""] = looks[default] if default is not None else Look()
        return cls(looks)

    def __getitem__(self, style_id: str) -> Look:
        return self.looks.get(style_id, self.looks[""])


def _inherit(
    style_id: str,
    elements: dict[str, _Element],
    own: dict[str, Look],
    looks: dict[str, Look],
) -> None:
    """Find the look of a style and of the styles it is based on, each once, because in a damaged
    document they can form a circle."""
    chain: dict[str, None] = {}
    base = style_id
    while base in elements and base not in looks and base not in chain:
        chain[base] = None
        base = value_of(elements[base], "w:basedOn")
    look = looks.get(base, Look())
    for each in reversed(chain):
        look = own[each].over(look)
        looks[each] = look


def _own_look(style: _Element) -> Look:
    """The look of a style without those it is based on."""
    name = value_of(style, "w:name").lower()
    bold = style.find(f"{qn('w:rPr')}/{qn('w:b')}")
    found = HEADING_STYLE.match(name)
    level = (int(found[1]) or 1) if found else 1 if name == "title" else outline_level(style)
    return Look(
        level=level,
        bold=None if bold is None else is_on(bold),
        list_id=value_of(style, "w:pPr", "w:numPr", "w:numId"),
        bullet=_bullet_by_name(name),
        is_contents=name.startswith(("toc ", "table of ")),
    )


def _is_default(style: _Element) -> bool:
    return style.get(qn("w:default")) == "1" and style.get(qn("w:type")) == "paragraph"


def value_of(element: _Element, *path: str) -> str:
    """The value that an element below this one gives; empty if there is none."""
    found = element.find("/".join(map(qn, path)))
    return "" if found is None else found.get(qn("w:val"), "")


def is_on(switch: _Element | None) -> bool:
    return switch is not None and switch.get(qn("w:val"), "1") not in OFF


def outline_level(element: _Element) -> int:
    """The level as a heading that a style or a paragraph gives, from 1, or 0 for body text."""
    value = value_of(element, "w:pPr", "w:outlineLvl")
    # One ASCII digit; 9 is body text.
    return int(value) + 1 if value in OUTLINE_LEVELS else 0


def _bullet_by_name(name: str) -> bool | None:
    if name.startswith("list bullet"):
        return True
    return False if name.startswith("list number") else None


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
            abstract_id = value_of(number, "w:abstractNumId")
            for level in map(str, range(LISTS_DEEP)):
                bullet = formats.get((abstract_id, level), True)
                bullets[number.get(qn("w:numId"), ""), level] = bullet
        return cls(bullets)

    def mark(self, list_id: str, level: str, look: Look) -> str:
        """The mark of the next item of a list: a bullet, or its number."""
        bullet = (
            look.bullet if look.bullet is not None else self.bullets.get((list_id, level), True)
        )
        if bullet:
            return BULLET
        return f"{next(self.counters.setdefault((list_id, level), count(1)))}. "


def _is_bullet(level: _Element) -> bool:
    number_format = level.find(qn("w:numFmt"))
    return number_format is None or number_format.get(qn("w:val")) in {"bullet", "none"}
