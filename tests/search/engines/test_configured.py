from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from reports.search.engines.configured import current_engine
from reports.search.engines.tantivy import TantivyEngine


def test_a_wrong_address_of_opensearch_is_named_without_its_password(settings: Settings) -> None:
    settings.SEARCH_URL = "opensearch://ada:sesame@host/CQC"

    with pytest.raises(
        ImproperlyConfigured, match="SEARCH_URL is wrong: “CQC” cannot begin"
    ) as raised:
        current_engine()

    assert "sesame" not in str(raised.value)


def test_capitals_in_the_scheme_are_the_same_scheme(settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_URL = f"Tantivy:///{tmp_path}"

    assert isinstance(current_engine(), TantivyEngine)
