"""What people fill in: corrections by editors, reports of errors by readers."""

from reports.desk.forms.corrections import FORM_OF, CorrectionForm
from reports.desk.forms.fields import (
    ReasonForm,
    SlugsField,
    asks_for,
)
from reports.desk.forms.findings import TAGS, BulkForm, JoinForm, PromoteForm, SplitForm
from reports.desk.forms.reader_reports import AnswerForm, ReaderReportForm

__all__ = [
    "FORM_OF",
    "TAGS",
    "AnswerForm",
    "BulkForm",
    "CorrectionForm",
    "JoinForm",
    "PromoteForm",
    "ReaderReportForm",
    "ReasonForm",
    "SlugsField",
    "SplitForm",
    "asks_for",
]
