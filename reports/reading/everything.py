"""Works out all results that are kept."""

from reports.facts import framework
from reports.reading.coverage import coverage
from reports.reading.language import language
from reports.reading.profiles import profiles
from reports.reading.tensions import tensions


def work_out_everything() -> int:
    """Returns the number of results. A result that is up to date costs one query."""
    everyone = profiles()
    coverage(everyone)
    tensions(everyone)
    made = 2
    for statement in framework.STATEMENTS:
        language(everyone, statement.slug, 3, 2)  # and with them every other pair
        made += 1
    return made
