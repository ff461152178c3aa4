"""Changes an index, builds new ones, and replaces old ones by them."""

import secrets
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from time import sleep

from reports.models import SearchIndex
from reports.search.engines.opensearch.address import Address
from reports.search.engines.opensearch.client import (
    NOT_FOUND,
    Client,
    EngineBusyError,
    Json,
    as_lines,
    fault,
)
from reports.search.engines.opensearch.schema import MAPPINGS, fields_of, index_settings
from reports.search.engines.seam import IndexMissingError, SearchDocument, StaleWriteError

CHUNK = 1_000  # findings sent at once while an index is built
THREADS = 2  # that wait for OpenSearch while the next findings are read
PATIENCE = 120.0  # seconds for a chunk, a refresh, an index
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # seconds before a busy node gets a chunk again
CONFLICT = 409


class OpenSearchWriter:
    """Writes with a version, so that OpenSearch rejects a write that is older than what it has,
    even if that was deleted."""

    def __init__(self, client: Client, index: str, version: int, *, alias: bool) -> None:
        self._client = client
        self._index = index
        # If there is no alias of that name nothing is written, so that no index is made by
        # accident.
        self._params = {"refresh": "true", "require_alias": str(alias).lower()}
        self._version = {"version": version, "version_type": "external_gte"}

    def replace(self, public_ids: Iterable[str], documents: Iterable[SearchDocument]) -> None:
        gone = dict.fromkeys(public_ids)
        lines: list[object] = []
        for document in documents:
            gone.pop(document.public_id, None)
            lines.append({"index": {"_id": document.public_id, **self._version}})
            lines.append(fields_of(document))
        lines += [{"delete": {"_id": public_id, **self._version}} for public_id in gone]
        if lines:
            path = f"/{self._index}/_bulk"
            _check(self._client.ask("POST", path, as_lines(lines), self._params, PATIENCE))


class IndexBeingBuilt:
    def __init__(self, client: Client, address: Address, alias: str) -> None:
        self.name = f"{alias}-{secrets.token_hex(4)}"
        self._client = client
        self._address = address
        self._alias = alias
        self._published = False
        body = {"settings": index_settings(address), "mappings": MAPPINGS}
        client.ask("PUT", f"/{self.name}", body, patience=PATIENCE)

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            sent: deque[Future[None]] = deque()
            for lines in _chunks(documents):
                sent.append(pool.submit(self._send, lines))
                if len(sent) > THREADS:
                    sent.popleft().result()
            for last in sent:
                last.result()
        self._client.ask("POST", f"/{self.name}/_refresh", patience=PATIENCE)

    def writer(self, version: int) -> AbstractContextManager[OpenSearchWriter]:
        return nullcontext(OpenSearchWriter(self._client, self.name, version, alias=False))

    def publish(self) -> None:
        """Switch in one step, so that a search reads either the old index or the new one. The old
        one stays until the next rebuild, because searches that have begun still read it."""
        copies = {"index": {"number_of_replicas": self._address.replicas}}
        self._client.ask("PUT", f"/{self.name}/_settings", copies, patience=PATIENCE)
        actions: list[Json] = [{"add": {"index": self.name, "alias": self._alias}}]
        former = searched(self._client, self._alias)
        actions += [{"remove": {"index": old, "alias": self._alias}} for old in former]
        self._client.ask("POST", "/_aliases", {"actions": actions}, patience=PATIENCE)
        self._published = True

    def remove_unless_published(self) -> None:
        if not self._published:
            self._client.ask("DELETE", f"/{self.name}", patience=PATIENCE)

    def _send(self, lines: str) -> None:
        """A node that is busy, or has too little memory for a moment, is asked again."""
        for pause in PAUSES:
            try:
                return self._write(lines)
            except EngineBusyError:
                sleep(pause)
        return self._write(lines)

    def _write(self, lines: str) -> None:
        path = f"/{self.name}/_bulk"
        _check(self._client.ask("POST", path, lines, {"require_alias": "false"}, PATIENCE))


def searched(client: Client, alias: str) -> list[str]:
    """The indexes behind the alias: one, or none."""
    try:
        return list(client.ask("GET", f"/_alias/{alias}"))
    except IndexMissingError:
        return []


def sweep(client: Client, prefix: str, alias: str) -> None:
    """Remove indexes that are no longer searched: the one before, what a killed rebuild left, and
    those of other versions of this program that nobody has used for so long that changes are no
    longer queued for them. Call it while no other rebuild can run."""
    told = set(SearchIndex.objects.values_list("place", flat=True)) - {alias}
    for name, index in client.ask("GET", f"/{prefix}-v*/_alias").items():
        in_use = alias in index["aliases"] or name.rpartition("-")[0] in told
        if not in_use:
            client.ask("DELETE", f"/{name}", patience=PATIENCE)


def _chunks(documents: Iterable[SearchDocument]) -> Iterator[str]:
    remaining = iter(documents)
    while chunk := list(islice(remaining, CHUNK)):
        yield as_lines(
            line
            for document in chunk
            for line in ({"index": {"_id": document.public_id}}, fields_of(document))
        )


def _check(answer: Json) -> None:
    """Raise the seam's error for the first fault in the answer to a bulk write."""
    if not answer["errors"]:
        return
    for item in answer["items"]:
        [done] = item.values()
        if done["status"] < 300 or (done["status"] == NOT_FOUND and "error" not in done):
            continue
        said = str(done.get("error"))
        raise StaleWriteError(said) if done["status"] == CONFLICT else fault(done["status"], said)
