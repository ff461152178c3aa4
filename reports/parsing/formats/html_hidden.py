"""Finds what a page contains but does not show (by its style sheet, by its classes, by marks of
deletion), and what it contains twice."""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from reports.parsing.formats.read import is_note_mark, plain

DELETED = frozenset(("del", "s", "strike"))
INVISIBLE = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden", re.IGNORECASE)
# What is written for screen readers only. In the middle of a sentence it repeats or explains.
VISUALLY_HIDDEN = frozenset(
    (
        *("visually-hidden", "visuallyhidden", "visually-hidden-focusable", "sr-only"),
        *("govuk-visually-hidden", "screen-reader-text", "element-invisible", "show-for-sr"),
    )
)
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
BRACE = re.compile(r"[{}]")
SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][\w-]{1,80})", re.IGNORECASE)
MAX_STYLE = 500_000
ENOUGH_OF_MARK = 8
LONG = 80
# Two statements of a report can share the text of "What people expect": about 400 characters.
COPY_BLOCKS = 3
COPY_LENGTH = 500


def hidden_names(root: _Element) -> frozenset[str]:
    """The classes, as `.name`, and ids, as `#name`, that the page's style sheet hides
    everywhere."""
    styles = "\n".join(element.text or "" for element in root.iter("style"))
    return frozenset(_hidden_selectors(COMMENT.sub(" ", styles[:MAX_STYLE])))


def has_name(element: _Element, names: frozenset[str]) -> bool:
    """Whether an element has one of these classes or ids."""
    if not names:
        return False
    classes = (f".{name}" for name in element.get("class", "").split())
    return f"#{element.get('id', '')}" in names or not names.isdisjoint(classes)


def _hidden_selectors(styles: str) -> Iterator[str]:
    """The simple selectors, without a tag, whose rules hide elements. What is in `@media` and the
    like holds only for some screens."""
    depth, start, selectors = 0, 0, ""
    for brace in BRACE.finditer(styles):
        text = styles[start : brace.start()]
        if brace[0] == "{":
            if depth == 0:
                selectors = text
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and INVISIBLE.search(text) and "@" not in selectors:
                for selector in selectors.split(","):
                    if found := SELECTOR.fullmatch(selector.strip()):
                        yield found[1]
        start = brace.end()


def is_unread(element: _Element, before: str) -> bool:
    """Whether an element within a line is not part of its text: deleted, for screen readers only,
    or the mark of a note. `before` is the text before it."""
    if element.tag in DELETED:
        return True
    if element.tag == "sup":
        text = plain("".join(element.itertext()))
        return len(text) <= ENOUGH_OF_MARK and is_note_mark(text, before)
    return not VISUALLY_HIDDEN.isdisjoint(element.get("class", "").split())


def without_copies(blocks: Iterable[str]) -> list[str]:
    """The blocks without those that repeat earlier ones: a copy of a part for another screen, or
    a paragraph printed twice in a row."""
    kept: list[str] = []
    first: dict[str, int] = {}
    run: list[str] = []
    expected = -1
    for block in blocks:
        place = first.get(block)
        if run and place == expected:
            run.append(block)
            expected += 1
            continue
        kept += _unless_copied(run, kept)
        run, expected = [], -1
        if place is None:
            first[block] = len(kept)
            kept.append(block)
        else:
            run, expected = [block], place + 1
    return kept + _unless_copied(run, kept)


def _unless_copied(run: list[str], kept: list[str]) -> list[str]:
    if len(run) == 1:
        return [] if kept[-1:] == run and len(run[0]) >= LONG else run
    is_copy = len(run) >= COPY_BLOCKS and sum(map(len, run)) >= COPY_LENGTH
    return [] if is_copy else run
