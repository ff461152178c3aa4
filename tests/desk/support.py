"""Sends the fields of a page's form as a browser would send them."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """Collects the fields of the forms of a page, as a browser would submit them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.area: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "textarea":
            self.area = found["name"]
            self._add(self.area, "")
        elif tag == "select":
            self.select = found["name"]
        elif tag == "option" and self.select and self.forms:
            # Where none is selected, the first one is.
            if "selected" in found or self.select not in self.forms[-1]:
                self.forms[-1][self.select] = [found["value"]]
        elif tag == "input" and self._is_sent(found):
            self._add(found["name"], found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.area and self.forms:
            self.forms[-1][self.area][-1] += data

    def _is_sent(self, attributes: dict[str, str]) -> bool:
        kind = attributes.get("type", "text")
        ticked = kind not in ("checkbox", "radio") or "checked" in attributes
        return "name" in attributes and kind != "submit" and ticked

    def _add(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1].setdefault(name, []).append(value)


def fields(response: Any, holding: str = "note", *, last: bool = False) -> dict[str, list[str]]:
    """The first (or last) form with a field of this name, with its texts as the page has them."""
    parser = _Fields()
    parser.feed(response.text)
    for form in reversed(parser.forms) if last else parser.forms:
        if holding in form:
            return {
                name: [value.removeprefix("\r\n").removeprefix("\n") for value in values]
                for name, values in form.items()
                if name != "csrfmiddlewaretoken"
            }
    raise AssertionError(f"No form with {holding}")


def submit(client: Any, url: str, page: Any = None, **values: Any) -> Any:
    """Fill in the form of a page (opened first, if not given) and send it to the address. A page
    of the queue has the form that marks the item as correct before it."""
    filled = fields(page or client.get(url), last=True)
    return client.post(url, {"reason": "parsing"} | filled | values)


def look_and_save(client: Any, url: str, **values: Any) -> Any:
    """Look at what will change, then save exactly that."""
    shown = submit(client, url, **values, step="look")
    assert shown.status_code == 200, shown.text
    return submit(client, url, shown, step="save")
