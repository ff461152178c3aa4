from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports.models import IndexChange
from reports.search.engines.configured import current_engine
from tests.search.making import found, make_finding

pytestmark = pytest.mark.django_db


def test_reindex_builds_the_index_and_says_what_it_did() -> None:
    make_finding("known")
    IndexChange.objects.all().delete()
    out = StringIO()
    call_command("reindex", stdout=out)
    assert out.getvalue().startswith("Indexed 1 findings in ")
    assert found("known") == ["known"]


def test_reindex_does_not_run_beside_another() -> None:
    with (
        current_engine().rebuilding(timeout=0),
        pytest.raises(CommandError, match="Another rebuild"),
    ):
        call_command("reindex")
