"""What stands in a page, found by simple CSS selectors: names, .classes and descendants."""

from html.parser import HTMLParser
from typing import Protocol

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(Protocol):
    @property
    def content(self) -> bytes: ...


class _Element:
    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        self.name = name
        self.attributes = attributes
        self.text = ""

    def matches(self, selector: str) -> bool:
        name, *classes = selector.split(".")
        own = (self.attributes.get("class") or "").split()
        return name in ("", self.name) and all(wanted in own for wanted in classes)


class _Finder(HTMLParser):
    def __init__(self, selector: str) -> None:
        super().__init__()
        self.selectors = selector.split()
        self.path: list[_Element] = []
        self.found: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, dict(attrs))
        *ancestors, wanted = self.selectors
        if element.matches(wanted) and self._inside(ancestors):
            self.found.append(element)
        if tag not in VOID:
            self.path.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.path and self.path.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.path:
            element.text += data

    def _inside(self, ancestors: list[str]) -> bool:
        waiting = list(ancestors)
        for element in self.path:
            if waiting and element.matches(waiting[0]):
                waiting.pop(0)
        return not waiting


def hrefs(page: Page, selector: str) -> list[str]:
    return [element.attributes["href"] or "" for element in _find(page, selector)]


def texts(page: Page, selector: str) -> list[str]:
    return [" ".join(element.text.split()) for element in _find(page, selector)]


def _find(page: Page, selector: str) -> list[_Element]:
    finder = _Finder(selector)
    finder.feed(page.content.decode())
    return finder.found
