"""What an editor's correction means: how it is made, recorded, merged, questioned and undone; and
how the values of an assessment follow from its sources and its editors."""

from reports.corrections.actions import (
    change,
    change_all,
    find_target,
    in_the_way,
    join,
    promote,
    revert,
    split,
    withdraw,
)
from reports.corrections.correcting import correcting
from reports.corrections.derived import note_sections, renumber
from reports.corrections.moving import (
    find_or_create_assessment,
    outcome_follows,
    planned_move,
)
from reports.corrections.review import edited_fields, edited_fields_of, history, merge, review
from reports.corrections.settle import settle
from reports.corrections.why import StaleEditError, Why
from reports.corrections.withdrawing import bring_back, follow_withdrawal, leaving_with
