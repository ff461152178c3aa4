"""Requests to OpenSearch. Its faults are raised as the errors of the seam."""

import json
import os
import time
from collections.abc import Iterable, Mapping
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NotReachedError
from opensearchpy.exceptions import TransportError

from reports.search.engines.opensearch.address import Address
from reports.search.engines.seam import EngineAwayError, EngineError, IndexMissingError

PATIENCE = 10.0  # seconds for an answer
CONNECTIONS = 8  # kept open, one for each thread of a process
PAUSE = 1.0  # seconds in which nobody here asks again after no answer came
# Not authorised; no node, or no copy of a shard, can answer at the moment.
AWAY = {401, 403, 502, 503, 504}
NOT_FOUND, TOO_MANY = 404, 429
BULK = {"content-type": "application/x-ndjson"}

Json = dict[str, Any]


class EngineBusyError(EngineAwayError):
    """OpenSearch has too much to do, or too little memory, to take this at the moment."""


class Client:
    def __init__(self, address: Address) -> None:
        self._address = address
        self._pid = 0
        self._client: OpenSearch | None = None
        self._away_until = 0.0

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, object] | None = None,
        patience: float | None = None,
    ) -> Json:
        """The answer to one request. `body` becomes JSON; text is sent as it is. Raises the seam's
        IndexMissingError, EngineAwayError and EngineError."""
        if time.monotonic() < self._away_until:
            raise EngineAwayError("OpenSearch did not answer a moment ago.")
        try:
            answer: Json = self._connected().transport.perform_request(
                method,
                path,
                params={**(params or {}), "request_timeout": patience or PATIENCE},
                body=body,
                headers=BULK if isinstance(body, str) else None,
            )
        except NotReachedError as error:
            self._away_until = time.monotonic() + PAUSE
            raise EngineAwayError(str(error)) from error
        except TransportError as error:
            raise fault(error.status_code, str(error)) from error
        return answer

    def exists(self, path: str) -> bool:
        try:
            return bool(self.ask("HEAD", path))
        except IndexMissingError:
            return False

    def searches(self, index: str, bodies: Iterable[Json]) -> list[Json]:
        """The answers to several searches, in one request."""
        lines = [line for body in bodies for line in ({"index": index}, body)]
        if not lines:
            return []
        answers: list[Json] = self.ask("POST", "/_msearch", as_lines(lines))["responses"]
        for answer in answers:
            if "error" in answer:
                raise fault(answer["status"], str(answer["error"]))
        return answers

    def _connected(self) -> OpenSearch:
        """A forked child must not share the connections of its parent."""
        if self._client is None or self._pid != os.getpid():
            address = self._address
            self._pid = os.getpid()
            self._client = OpenSearch(
                hosts=[{"host": address.host, "port": address.port}],
                http_auth=(address.user, address.password) if address.user else None,
                use_ssl=address.tls,
                ca_certs=address.ca or None,
                pool_maxsize=CONNECTIONS,
                max_retries=1,  # a connection that was kept open may have ended meanwhile
            )
        return self._client


def as_lines(lines: Iterable[object]) -> str:
    return "".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in lines)


def fault(status: int | str, message: str) -> Exception:
    if status == NOT_FOUND:
        return IndexMissingError(message)
    if status == TOO_MANY:
        return EngineBusyError(message)
    return EngineAwayError(message) if status in AWAY else EngineError(message)
