from io import StringIO
from unittest.mock import Mock

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


def test_without_room_for_it_the_index_in_use_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    make_finding("known")
    call_command("reindex")
    full = ValueError("An IO error occurred: 'No space left on device'")  # as Tantivy says it
    with monkeypatch.context() as patch:
        patch.setattr(
            "reports.search.engines.tantivy.writing.IndexBeingBuilt.fill", Mock(side_effect=full)
        )
        with pytest.raises(CommandError, match="still in use: An IO error"):
            call_command("reindex")
    assert found("known") == ["known"]
