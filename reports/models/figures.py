"""The figures that published findings quote, each with its value, unit and measure."""

from typing import Self

from django.db import models

from reports.models.findings import Finding


class FigureQuerySet(models.QuerySet["Figure"]):
    def clear(self) -> Self:
        """Figures for which a rule could say what they measure."""
        return self.filter(clear=True)


class Figure(models.Model):
    """One figure of one published finding. Derived from the finding's text and its `figures`:
    it is made again in the transaction that changes the finding, and nobody edits it."""

    class Whose(models.TextChoices):
        LOCAL = "local", "This authority"
        ENGLAND = "england", "England"
        REGION = "region", "The region"
        SIMILAR = "similar", "Similar authorities"
        TARGET = "target", "A target"

    class Direction(models.TextChoices):
        UP = "up", "Rising"
        DOWN = "down", "Falling"
        SAME = "same", "Unchanged"

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="figure_rows")
    position = models.PositiveSmallIntegerField(help_text="Order within the finding, from 0.")
    text = models.TextField(help_text="Word for word as in the finding.")
    value = models.DecimalField(
        max_digits=18,
        decimal_places=4,
        null=True,
        help_text="Of a pair, the later or the counted number. Empty if the rules cannot say.",
    )
    unit = models.CharField(max_length=40, blank=True, help_text="%, £, days, people, rank ...")
    measure = models.TextField(blank=True, help_text="The noun phrase that says what it measures.")
    whose = models.CharField(max_length=10, choices=Whose.choices, blank=True)
    period = models.CharField(max_length=80, blank=True, help_text="The words that say when.")
    direction = models.CharField(max_length=5, choices=Direction.choices, blank=True)
    clear = models.BooleanField(help_text="Whether the rules could say what it measures.")

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["finding", "position"]
        constraints = [
            models.UniqueConstraint(name="one_figure_per_position", fields=["finding", "position"])
        ]

    def __str__(self) -> str:
        return self.text
