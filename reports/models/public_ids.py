"""Which public ids are in use."""

from collections.abc import Callable, Iterable

from reports.models.assessments import Assessment, Section
from reports.models.findings import Finding


def taken_ids(model: type[Assessment | Section | Finding]) -> Callable[[set[str]], Iterable[str]]:
    """A function for `identifiers.allocate`: given public ids, it returns those in use in this
    model."""

    def find_taken(ids: set[str]) -> Iterable[str]:
        return model._default_manager.filter(public_id__in=ids).values_list("public_id", flat=True)

    return find_taken
