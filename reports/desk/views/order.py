"""Moving a finding within its section, with as few changed places as possible."""

from collections.abc import Sequence

from reports.models import Finding


def moved(findings: Sequence[Finding], which: Finding, *, up: bool) -> list[tuple[Finding, int]]:
    """The findings that get a new place when one of them moves up or down by one, in order.
    Findings are ordered by place, and those with the same place in the order they were made. The
    two swap places; if they had the same place, the later ones move down.
    """
    here = findings.index(which) if which in findings else -1
    there = here + (-1 if up else 1)
    if here < 0 or not 0 <= there < len(findings):
        return []
    order = list(findings)
    order[here], order[there] = order[there], order[here]
    wanted = [finding.position for finding in findings]
    places: list[tuple[Finding, int]] = []
    last = (-1, 0)
    for finding, position in zip(order, wanted, strict=True):
        place = max(position, last[0])
        if (place, finding.pk) <= last:
            place += 1
        last = (place, finding.pk)
        if place != finding.position:
            places.append((finding, place))
    return places
