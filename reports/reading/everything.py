"""Works out all results that are kept."""

from django.db.models.functions import Substr

from reports.facts import framework
from reports.models import Assessment
from reports.reading.coverage import coverage
from reports.reading.language import language
from reports.reading.profiles import profiles
from reports.reading.tensions import tensions


def work_out_everything() -> int:
    """Returns the number of results. A result that is up to date costs one query."""
    everyone = profiles()
    coverage(everyone, renew=True)
    tensions(everyone, renew=True)
    made = 2
    for statement in framework.STATEMENTS:
        language(everyone, statement.slug, 3, 2, renew=True)  # and with them every other pair
        made += 1
    for year in _years():
        coverage(profiles(year), year, renew=True)
        made += 1
    return made


def _years() -> list[str]:
    """The years in which the assessments held were published."""
    dated = Assessment.objects.exclude(published="").order_by()
    years = dated.values_list(Substr("published", 1, 4), flat=True)
    return sorted(years.distinct())
