"""The 153 local authorities."""

from django.db import models
from django.urls import reverse

from reports.facts import framework, gazetteer


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def load_gazetteer(self) -> None:
        """Create or update every authority of the gazetteer."""
        names = ["slug", "name", "official_name", "kind", "region", "aliases"]
        rows = (
            Authority(gss_code=entry.gss_code, **{name: getattr(entry, name) for name in names})
            for entry in gazetteer.entries()
        )
        self.bulk_create(
            rows, update_conflicts=True, unique_fields=["gss_code"], update_fields=names
        )

    def with_several_assessments(self) -> "AuthorityQuerySet":
        return (
            self.annotate(assessed=models.Count("assessments"))
            .filter(assessed__gt=1)
            .order_by("name")
        )


class Authority(models.Model):
    """One of the 153 local authorities. Every `migrate` loads them from the gazetteer."""

    slug = models.SlugField(unique=True)
    gss_code = models.CharField("ONS code", max_length=9, unique=True)
    name = models.CharField(max_length=100)
    official_name = models.CharField(max_length=100)
    kind = models.CharField(
        max_length=30, choices=[(kind.slug, kind.name) for kind in framework.AUTHORITY_KINDS]
    )
    region = models.CharField(
        max_length=30, choices=[(region.slug, region.name) for region in framework.REGIONS]
    )
    aliases = models.JSONField(default=list, blank=True)
    population = models.PositiveIntegerField(
        null=True, blank=True, help_text="From a table of context. Empty until a table is loaded."
    )
    deprivation = models.FloatField(
        null=True,
        blank=True,
        help_text="An average score; higher is more deprived. Empty until a table is loaded.",
    )
    context_source = models.CharField(
        max_length=200, blank=True, help_text="Who published the population and the deprivation."
    )

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("authority", args=[self.slug])
