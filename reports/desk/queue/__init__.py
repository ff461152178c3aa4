"""The items that wait for an editor, and why.

Every reason is a query, so the queue is never out of date. An item leaves the queue when
an editor has decided what it asks, or when the report is read again and the problem is gone.
"""

from functools import partial

from django.db.models import F

from reports.desk.queue import waiting
from reports.desk.queue.items import Listing, QueueReason, address_of

_about_assessments = partial(
    QueueReason,
    describe=waiting.about_assessment_problem,
    target="assessment__public_id",
    seen=F("message"),
)
REASONS = (
    QueueReason(
        "unidentified",
        "Authority not identified",
        "No document says whose assessment it is.",
        waiting.unidentified,
        waiting.about_assessment,
    ),
    QueueReason(
        "conflicts",
        "Conflicts",
        "An editor changed a value, and a later reading of the report says something else.",
        waiting.conflicts,
        waiting.about_conflict,
    ),
    _about_assessments(
        "disagreements",
        "Scores that disagree",
        "Two sources give different values. Readers see none until an editor decides.",
        waiting.disagreements,
    ),
    _about_assessments(
        "twice",
        "Quality statements from two reports",
        "An assessment has two reports on one quality statement. Readers see both.",
        partial(waiting.problems_of_assessments, "statement-twice"),
    ),
    _about_assessments(
        "arithmetic",
        "Arithmetic that does not fit",
        "The scores, the percentage and the rating do not follow from one another.",
        partial(waiting.problems_of_assessments, "percent-arithmetic", "rating-arithmetic"),
    ),
    QueueReason(
        "unparsed",
        "Text that was not understood",
        "Words of a report that readers do not see.",
        waiting.unparsed,
        waiting.about_unparsed,
        target="sha256",
        seen=F("unparsed"),
    ),
    QueueReason(
        "documents",
        "Other problems in documents",
        "Problems found when a document was read.",
        waiting.document_problems,
        waiting.about_document_problem,
        target="document__sha256",
        seen=waiting.PLACE_AND_MESSAGE,
    ),
    QueueReason(
        "inference",
        "Nothing inferred",
        "Findings that no rule could give a topic, or an evidence category.",
        waiting.not_inferred,
        waiting.about_not_inferred,
        target="public_id",
        seen=F("text"),
        in_bulk=True,
    ),
    QueueReason(
        "reader-reports",
        "Reports from readers",
        "Errors that readers say they found.",
        waiting.reader_reports,
        waiting.about_reader_report,
    ),
)
REASON_BY_SLUG = {reason.slug: reason for reason in REASONS}


def counts() -> tuple[tuple[QueueReason, int], ...]:
    """Every reason with the number of its items."""
    return tuple((reason, reason.count()) for reason in REASONS)
