"""What an operator sees of a site of two workers: figures for Prometheus, and a log of JSON."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from cqc_site import metrics
from tests.support.own_process import serving
from tests.support.ports import free_port

ASKED = 24
BEHIND_THE_PROXY = {"X-Request-ID": "asked-by-the-proxy"}


@dataclass(frozen=True)
class Site:
    port: int
    metrics_port: int
    log: Path

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        return self._get(self.port, path, {"Host": "localhost", **headers})

    def figures(self) -> str:
        return self._get(self.metrics_port, "/metrics", {})[2]

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def _get(
        self, port: int, path: str, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], str]:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return response.status, dict(response.getheaders()), body


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("observed")
    site = Site(free_port(), free_port(), folder / "log")
    with serving(
        folder / "var",
        site.log,
        PORT=str(site.port),
        METRICS_PORT=str(site.metrics_port),
        WEB_CONCURRENCY="2",
        TRUST_PROXY="127.0.0.1",
        LOG_FORMAT="json",
        LOG_REQUESTS="1",
        LOG_LEVEL="INFO",
    ):
        yield site


def test_the_figures_are_those_of_all_workers(observed: Site) -> None:
    for _ in range(ASKED):
        assert observed.get("/about/")[0] == 200
    figures = observed.figures()

    found = re.findall(
        r'^cqc_answer_seconds_count\{method="GET",route="about/",status="200"\} (\S+)$',
        figures,
        re.MULTILINE,
    )
    assert [float(count) for count in found] == [ASKED]
    assert "cqc_database_up 1.0" in figures
    assert "cqc_outbox_waiting 0.0" in figures
    assert "cqc_index_ready 0.0" in figures


def test_readers_cannot_see_the_figures(observed: Site) -> None:
    assert observed.get("/metrics")[0] == 404


def test_each_line_of_the_log_is_json_and_names_its_request(observed: Site) -> None:
    _, headers, _ = observed.get("/authorities/?name=words-of-a-reader", **BEHIND_THE_PROXY)

    assert headers["X-Request-ID"] == "asked-by-the-proxy"
    [line] = [line for line in observed.lines() if line["request_id"] == "asked-by-the-proxy"]
    assert (line["level"], line["logger"]) == ("INFO", "cqc_site.metrics")
    assert (line["path"], line["route"], line["status"]) == ("/authorities/", "authorities/", "200")
    assert line["seconds"] > 0
    assert "words-of-a-reader" not in observed.log.read_text("utf-8")


def test_a_bad_host_is_a_line_without_a_traceback(observed: Site) -> None:
    status, headers, _ = observed.get("/about/", Host="elsewhere.example")

    assert status == 400
    found = [line for line in observed.lines() if line["request_id"] == headers["X-Request-ID"]]
    [refused] = [line for line in found if line["logger"].startswith("django.security")]
    assert refused["level"] == "WARNING"
    assert "elsewhere.example" in refused["message"]
    assert not any("exc_info" in line for line in found)
    assert "Traceback" not in observed.log.read_text("utf-8")


@pytest.mark.django_db
def test_a_slow_query_is_logged_without_its_values(
    settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SLOW_QUERY_MS = 0
    before = metrics.SLOW_QUERIES._value.get()
    own = connections.create_connection("default")
    try:
        own.cursor().execute("SELECT %s AS words", ["what a reader searched for"])
    finally:
        own.close()

    [*_, message] = [record.getMessage() for record in caplog.records]
    assert message == "Slow query, 0.0 s: SELECT %s AS words"
    assert "what a reader searched for" not in caplog.text
    assert metrics.SLOW_QUERIES._value.get() > before


@pytest.mark.django_db
def test_a_quick_query_is_not_logged(settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.SLOW_QUERY_MS = 60_000
    own = connections.create_connection("default")
    try:
        own.cursor().execute("SELECT 1")
    finally:
        own.close()

    assert caplog.records == []
