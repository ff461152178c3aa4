"""Results worked out across findings, kept until the data they were made from changes."""

from django.db import models


class WorkedOut(models.Model):
    """One result of `reports.reading`, and the state of the corpus that it was made from. Derived:
    it can be deleted at any time and is made again when it is next needed."""

    name = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=200, help_text="See `reports.reading.worked_out`.")
    data = models.JSONField()
    seconds = models.FloatField(default=0, help_text="How long it took to work out.")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "worked out"

    def __str__(self) -> str:
        return self.name
