"""Lists that are shown a page at a time. All use `_pages.html` for the links."""

from collections.abc import Iterator
from typing import Any, cast

from django.core.paginator import Page, Paginator


class NumberedPage(Page):
    @property
    def numbers(self) -> Iterator[str | int]:
        """The first and the last page, this one and its neighbours; an ellipsis in the gaps."""
        return self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)


class _Pages(Paginator):
    def _get_page(self, *page: Any) -> NumberedPage:
        return NumberedPage(*page)


def page_of(rows: Any, number: str | int | None, size: int) -> NumberedPage:
    """Page `number` of `rows`, which have a length and can be sliced. If `number` is not a number,
    it is the first page; if there are fewer pages, the last."""
    return cast(NumberedPage, _Pages(rows, size).get_page(number))
