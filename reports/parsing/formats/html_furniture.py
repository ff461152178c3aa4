"""Separates the content of a web page from the site around it.

Only the structure of the page decides, never its words:

- The content is `<main>`, or the element with the role `main`, or the only `<article>`: the first
  of these that exists once and has text. Otherwise it is the whole body.
- In it, never part of the page: scripts and styles, controls, navigation, `<aside>`, `<footer>`,
  what is hidden, dialogs, and containers whose class or id names them a cookie banner,
  breadcrumb, menu, pager, share or skip link. Outside `<main>` also `<header>`.
- What holds the page's `<h1>` or `<main>` is never furniture, whatever it is called, and neither
  is a closed accordion or tab, which the reader of the page can open.
"""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from reports.parsing.formats.html_hidden import INVISIBLE, has_name, hidden_names

NEVER_READ = frozenset(
    (
        *("head", "script", "style", "noscript", "template", "link", "meta"),
        *("button", "input", "select", "option", "textarea", "datalist"),
        *("iframe", "object", "embed", "svg", "math", "canvas", "audio", "video", "map", "img"),
    )
)
FURNITURE_TAGS = frozenset(("nav", "aside", "footer", "dialog", "menu"))
FURNITURE_ROLES = frozenset(
    (
        *("navigation", "banner", "contentinfo", "complementary", "search"),
        *("dialog", "alertdialog", "menu", "menubar", "toolbar"),
    )
)
# Only elements that group others are judged by name: `<h2 id="cookies">` is a heading.
NAMED_CONTAINERS = frozenset(("div", "section", "ul", "ol", "form", "span", "a", "p"))
FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?|onetrust|cybot\w*|breadcrumbs?|navbar|menu|pager|pagination|"
    r"skip(?:link)?|share|sharing|addtoany)(?:$|[\s_-])",
    re.IGNORECASE,
)
MAIN_PATHS = (".//main", ".//*[@role='main']", ".//article")


def main_parts(root: _Element) -> Iterator[_Element]:
    """The elements that may hold the page, the likeliest first."""
    for path in MAIN_PATHS:
        found = _visible(root.findall(path))
        # The only one, not counting those within it.
        if found and len(found) == 1 + len(_visible(found[0].findall(path))):
            yield found[0]
    body = root.find("body")
    yield root if body is None else body


def _visible(elements: Iterable[_Element]) -> list[_Element]:
    return [element for element in elements if not _is_hidden(element)]


class Furniture:
    """The parts of one page that belong to the site."""

    def __init__(self, root: _Element, main: _Element) -> None:
        self.header_is_furniture = main.tag in {"html", "body"}
        self.holds_page = _with_ancestors(root.iter("h1", "main"))
        self.hidden_names = hidden_names(root)

    def has(self, element: _Element) -> bool:
        """Whether an element is the site's rather than the page's."""
        if element.tag in NEVER_READ:
            return True
        if element in self.holds_page:
            return False
        return (
            element.tag in FURNITURE_TAGS
            or (element.tag == "header" and self.header_is_furniture)
            or _is_hidden(element)
            or has_name(element, self.hidden_names)
            or _is_named_furniture(element)
        )


def _with_ancestors(elements: Iterable[_Element]) -> set[_Element]:
    found: set[_Element] = set()
    for element in elements:
        for each in (element, *element.iterancestors()):
            if each in found:
                break
            found.add(each)
    return found


def _is_named_furniture(element: _Element) -> bool:
    if element.get("role", "").lower() in FURNITURE_ROLES:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in NAMED_CONTAINERS and bool(FURNITURE_NAME.search(names))


def _is_hidden(element: _Element) -> bool:
    if element.get("role") == "tabpanel" or element.get("hidden") == "until-found":
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden", "").lower() == "true"
        or bool(INVISIBLE.search(element.get("style", "")))
    )
