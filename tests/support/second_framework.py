"""Runs the site with a second framework version and prints what it makes of one report, as JSON.

The versions are read when the program starts, so this is a program of its own:

    python -m tests.support.second_framework FOLDER_OF_VERSIONS REPORT
"""

import json
import sys
from pathlib import Path

import django

from reports.facts import framework_versions

framework_versions.FOLDER = Path(sys.argv[1])
django.setup()

from django.core.management import call_command  # noqa: E402 (the versions must be set before)
from django.test import Client  # noqa: E402

from reports import search  # noqa: E402
from reports.models import Assessment  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("ingest", sys.argv[2], stdout=sys.stderr)
    assessment = Assessment.objects.get()
    everything = search.search(search.SearchQuery())
    [theme] = [group for group in everything.facets if group.name == "theme"]
    browser = Client(HTTP_HOST="localhost")
    facts = {
        "framework": assessment.framework,
        "sections": [
            [section.statement, section.name, section.score, section.score_description]
            for section in assessment.sections.current().in_report_order()
        ],
        "found": search.search(search.SearchQuery(statement=("hearing-people",))).total,
        "theme facet": [value.label for value in theme.values if value.count],
        "authority page": browser.get("/authorities/barnet/").content.decode(),
        "problems": list(assessment.problems.values_list("code", flat=True)),
    }
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
