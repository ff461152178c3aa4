"""All results that are kept, made in one go."""

from reports.facts import framework
from reports.reading.coverage import coverage
from reports.reading.language import language
from reports.reading.profiles import profiles
from reports.reading.tensions import tensions


def work_out_everything() -> int:
    """How many results there are. Those that are up to date cost a query each."""
    everyone = profiles()
    coverage(everyone)
    tensions(everyone)
    made = 2
    for statement in framework.STATEMENTS:
        language(everyone, statement.slug, 3, 2)  # and with them every other pair
        made += 1
    return made
