"""What people fill in: corrections by editors, reports of errors by readers."""

from reports.desk.forms.corrections import FORM_OF, CorrectionForm
from reports.desk.forms.fields import (
    ReasonForm,
    SlugsField,
    evidence_field,
    figures_field,
    topics_field,
)
from reports.desk.forms.findings import BulkForm, JoinForm, PromoteForm, SplitForm
from reports.desk.forms.reader_reports import AnswerForm, ReaderReportForm

__all__ = [
    "FORM_OF",
    "AnswerForm",
    "BulkForm",
    "CorrectionForm",
    "JoinForm",
    "PromoteForm",
    "ReaderReportForm",
    "ReasonForm",
    "SlugsField",
    "SplitForm",
    "evidence_field",
    "figures_field",
    "topics_field",
]
