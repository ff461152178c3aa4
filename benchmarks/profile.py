"""Where the time of a page goes: the whole response, in this process, without a server."""

import argparse
import cProfile
import pstats

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.urls import reverse

from benchmarks.queries import all_queries

ROUNDS = 5
SHOWN = 45


def main(options: argparse.Namespace) -> None:
    requests = list(_requests())
    handler = WSGIHandler()
    _answer(handler, requests)
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(ROUNDS):
        _answer(handler, requests)
    profile.disable()
    statistics = pstats.Stats(profile)
    print(f"{statistics.total_tt / len(requests) / ROUNDS * 1000:.1f} ms a page, while watched")
    for order in ("tottime", "cumulative"):
        statistics.sort_stats(order).print_stats(SHOWN)


def _requests() -> list[dict[str, object]]:
    factory = RequestFactory(SERVER_NAME="127.0.0.1")
    queries = (ask.search_query().query_string() for ask in all_queries())
    return [factory.get(f"{reverse('findings')}?{query}").environ for query in queries]


def _answer(handler: WSGIHandler, requests: list[dict[str, object]]) -> None:
    for request in requests:
        response = handler(dict(request), lambda status, headers: None)
        b"".join(response)
        response.close()
