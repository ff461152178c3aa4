"""Figures for Prometheus: how often, how fast and how well the site answers.

They have a separate port (`METRICS_PORT`), so that readers cannot see them. With several
workers each writes its counts to a file in PROMETHEUS_MULTIPROC_DIR, and an answer adds them up.
"""

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.db.backends.signals import connection_created
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily as Gauge
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from reports.models import IndexChange
from reports.search.engines.configured import current_engine
from reports.search.engines.seam import CannotSearchError

logger = logging.getLogger(__name__)

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
ANSWERS = Histogram(
    "cqc_answer_seconds", "Time to answer", ["route", "method", "status"], buckets=BUCKETS
)
SLOW_QUERIES = Counter("cqc_slow_queries_total", "Database queries slower than SLOW_QUERY_MS")
UNKNOWN = "(no such page)"


def measure(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Count and time each answer, and log it if LOG_REQUESTS is set. Neither includes the words of
    a search."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - began
        match = request.resolver_match
        labels = {
            "route": match.route if match else UNKNOWN,
            "method": request.method or "",
            "status": str(response.status_code),
        }
        ANSWERS.labels(**labels).observe(seconds)
        if settings.LOG_REQUESTS:
            logger.info(
                "%s %s %s in %.0f ms",
                request.method,
                request.path_info,
                response.status_code,
                seconds * 1000,
                extra=labels | {"path": request.path_info, "seconds": round(seconds, 4)},
            )
        return response

    return middleware


def log_slow_queries(connection: Any, **kwargs: Any) -> None:
    """A receiver of `connection_created`. The values of a query are not logged, because they may be
    what a reader searched for."""
    connection.execute_wrappers.append(_timed)


connection_created.connect(log_slow_queries)


def _timed(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = time.perf_counter() - began
        if seconds * 1000 >= settings.SLOW_QUERY_MS:
            SLOW_QUERIES.inc()
            logger.warning("Slow query, %.1f s: %s", seconds, sql[:2_000])


def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application on the port of the metrics."""
    if environ.get("PATH_INFO") != "/metrics":
        start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"The figures are at /metrics.\n"]
    start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
    return [page()]


def page() -> bytes:
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        text = b""
    else:
        text = generate_latest(REGISTRY)
    registry.register(PresentState())
    return text + generate_latest(registry)


class PresentState(Collector):
    """Figures about the present state, worked out for each answer."""

    def collect(self) -> Iterator[Gauge]:
        yield Gauge("cqc_index_ready", "1 if there is an index to search", _index_ready())
        free = shutil.disk_usage(Path(settings.VAR_DIR)).free
        yield Gauge("cqc_disk_free_bytes", "Room left where the site writes", free)
        try:
            waiting = IndexChange.objects.waiting().count()
        except Error:
            yield Gauge("cqc_database_up", "1 if the database answers", 0)
        else:
            yield Gauge("cqc_database_up", "1 if the database answers", 1)
            yield Gauge("cqc_outbox_waiting", "Changes that the index does not have yet", waiting)
        finally:
            connection.close()


def _index_ready() -> int:
    try:
        return int(current_engine().ready())
    except CannotSearchError:
        return 0
