import builtins
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from reports.search.engines.configured import current_engine


def test_opensearch_without_its_library_says_what_to_install(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_URL = "opensearch://nowhere.example/missing-library"
    for name in list(sys.modules):
        if name.startswith(("opensearchpy", "reports.search.engines.opensearch")):
            monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("opensearchpy"):
            raise ModuleNotFoundError(name, name="opensearchpy")
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImproperlyConfigured, match=r"pip install 'opensearch-py>=3\.1,<4'"):
        current_engine()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("elastic://host/cqc", "SEARCH_URL does not name an index: write tantivy:////folder"),
        ("opensearch://ada:sesame@host/CQC", "SEARCH_URL is wrong: “CQC” cannot begin"),
    ],
)
def test_a_wrong_address_is_named_without_its_password(
    settings: Settings, url: str, sentence: str
) -> None:
    settings.SEARCH_URL = url
    with pytest.raises(ImproperlyConfigured, match=sentence) as raised:
        current_engine()
    assert "sesame" not in str(raised.value)
