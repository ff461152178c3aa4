"""What the styles and lists of a Word document say about its paragraphs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from lxml.etree import _Element

from reports.parsing.formats.read import BULLET

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def qn(name: str) -> str:
    """The name of a tag or an attribute as lxml writes it, such as `w:p`."""
    return f"{{{NAMESPACE}}}{name.removeprefix('w:')}"


STYLE = qn("w:style")
OFF = frozenset(("0", "false", "off"))
HEADING_STYLE = re.compile(r"heading ([0-9])")
# The kinds of number that are shown as a bullet; a level without one has a bullet too.
BULLETS = frozenset(("bullet", "none", ""))
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
    def of(cls, parts: Iterable[_Element]) -> "Styles":
        elements = {
            style.get(qn("w:styleId"), ""): style for part in parts for style in part.iter(STYLE)
        }
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
    bold = found(style, "w:rPr", "w:b")
    named = HEADING_STYLE.match(name)
    level = (int(named[1]) or 1) if named else 1 if name == "title" else outline_level(style)
    return Look(
        level=level,
        bold=None if bold is None else is_on(bold),
        list_id=value_of(style, "w:pPr", "w:numPr", "w:numId"),
        bullet=_bullet_by_name(name),
        is_contents=name.startswith(("toc ", "table of ")),
    )


def _is_default(style: _Element) -> bool:
    return style.get(qn("w:default")) == "1" and style.get(qn("w:type")) == "paragraph"


def found(element: _Element, *path: str) -> _Element | None:
    """The element below this one at a path of tags."""
    return element.find("/".join(map(qn, path)))


def value_of(element: _Element, *path: str) -> str:
    """The value that the element at a path gives; empty if there is none."""
    below = found(element, *path)
    return "" if below is None else below.get(qn("w:val"), "")


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
    """The lists of a document: the format that each has, by their ids, the kind of number of each
    level of a format, and how far the numbers of each list have come."""

    formats: dict[str, str] = field(default_factory=dict)
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    counters: dict[tuple[str, str], "count[int]"] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Iterable[_Element]) -> "Lists":
        lists = cls()
        for part in parts:
            for each in part.iter(qn("w:num")):
                lists.formats[each.get(qn("w:numId"), "")] = value_of(each, "w:abstractNumId")
            for each in part.iter(qn("w:abstractNum")):
                format_id = each.get(qn("w:abstractNumId"), "")
                for level in each.iter(qn("w:lvl")):
                    place = (format_id, level.get(qn("w:ilvl"), "0"))
                    lists.numbers[place] = value_of(level, "w:numFmt")
        return lists

    def mark(self, list_id: str, level: str, look: Look) -> str:
        """The mark of the next item of a list: a bullet, or its number."""
        number = self.numbers.get((self.formats.get(list_id, ""), level), "")
        if number in BULLETS if look.bullet is None else look.bullet:
            return BULLET
        return f"{next(self.counters.setdefault((list_id, level), count(1)))}. "
