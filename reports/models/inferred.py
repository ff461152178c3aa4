"""The columns for inferred values: on `Paragraph` as parsed, on `Finding` as readers see them."""

from django.db import models

from reports.facts import inferred
from reports.models.fields import EDITABLE

_HELP = f"Inferred, not published by CQC. {EDITABLE}"


def _list_field(name: str, help_text: str = _HELP) -> models.JSONField:
    label = inferred.BY_NAME[name].label.lower()
    return models.JSONField(label, default=list, blank=True, help_text=help_text)


class InferredFields(models.Model):
    """One column for each entry of `reports.facts.inferred`, under the same name."""

    topics = _list_field("topics", f"The most important first. {_HELP}")
    groups = _list_field("groups")
    evidence = _list_field("evidence")
    figures = _list_field("figures", f"Numbers it quotes, word for word. {_HELP}")
    tone = models.CharField(
        max_length=20,
        blank=True,
        default="",
        choices=list(inferred.TONE.choices.items()),
        help_text=_HELP,
    )

    class Meta:
        abstract = True
