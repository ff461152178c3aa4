"""What an editor does in several steps on the desk, in one call."""

from reports.corrections import Why, change, correcting, find_target, planned_move
from reports.models import Assessment, Authority, Conflict


def identify(assessment: Assessment, authority: Authority, why: Why) -> Assessment:
    """Set the authority of an assessment, and return the assessment that its sections have then."""
    values = {"authority": authority.slug}
    move = planned_move(assessment, values)
    change(assessment, values, why)
    return move.into if move else Assessment.objects.get(pk=assessment.pk)


def keep(conflict: Conflict, why: Why) -> None:
    """Answer a conflict with the value that readers see."""
    with correcting() as batch:
        batch.keep(conflict, why)


def take(conflict: Conflict, why: Why) -> None:
    """Answer a conflict with the value that the parser reads now."""
    change(find_target(conflict), {conflict.field: conflict.parsed}, why)
