"""The API answers as its description says, whatever it is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from pytest_django import Settings

from reports.api import api

EXAMPLES = 25
OPERATIONS = [
    (method, path)
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method in methods
]


@pytest.fixture
def application(seeded: None, settings: Settings) -> Iterator[Any]:
    """The site as a server calls it, on the test's own connection. The client of schemathesis does
    not unpack what is compressed."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "GZip" not in name]
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_as_described(application: Any, method: str, path: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)

    @examples(
        max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(case=schema[path][method.upper()].as_strategy())
    def call(case: Any) -> None:
        case.call_and_validate()

    call()


def test_is_openapi_3_1() -> None:
    assert api.get_openapi_schema()["openapi"].startswith("3.1")
