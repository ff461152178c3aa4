"""The forms that editors fill in."""

from reports.desk.forms.actions import TAGS, BulkForm, JoinForm, PromoteForm, SplitForm
from reports.desk.forms.answers import AnswerForm
from reports.desk.forms.values import FORM_OF, CorrectionForm
from reports.display.form_fields import ReasonForm
