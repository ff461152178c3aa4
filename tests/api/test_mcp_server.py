import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from mcp import Client

from reports.api.mcp_server import make_server
from reports.models import Finding
from tests.support.seeds import ingest_seeds


def in_a_thread(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What the coroutine returns. A browser test can have left a running event loop in this thread,
    and only one can run in a thread."""

    def run() -> Any:
        try:
            return asyncio.run(coroutine)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(run).result()


def call(tool: str, **arguments: object) -> Any:
    """The tool's answer, as an assistant gets it."""

    async def ask() -> Any:
        async with Client(make_server()) as client:
            return await client.call_tool(tool, arguments)

    return in_a_thread(ask())


def test_all_tools_are_read_only() -> None:
    async def ask() -> Any:
        async with Client(make_server()) as client:
            return await client.list_tools()

    tools = in_a_thread(ask()).tools
    assert {tool.name for tool in tools} == {
        "search_findings",
        "read_finding",
        "compare_authorities",
        "check_quotation",
    }
    assert all(tool.annotations.read_only_hint for tool in tools)


@pytest.mark.django_db(transaction=True)
def test_an_assistant_searches_reads_compares_and_checks() -> None:
    ingest_seeds()
    found = _answer(call("search_findings", words="coproduction", authority="haringey"))

    first = found["findings"][0]
    row = Finding.objects.get(public_id=first["id"])
    assert first["text"] == row.text
    assert first["source_spans"] == row.paragraph.spans
    assert _answer(call("read_finding", finding=first["id"]))["span"]["end"] == len(row.text)

    compared = _answer(
        call("compare_authorities", authorities=["haringey", "york"], statement="learning")
    )
    assert [entry["authority"] for entry in compared["authorities"]] == ["haringey", "york"]

    words = " ".join(row.text.split()[:8])
    [checked] = _answer(call("check_quotation", text=words))["quotations"]
    assert (checked["verdict"], checked["places"][0]["finding"]) == ("exact", row.public_id)

    for authorities, statement in ((["haringey"], ""), ([""], "learning")):
        unnamed = call("compare_authorities", authorities=authorities, statement=statement)
        assert "Name the quality statement and each authority" in unnamed.content[0].text

    refused = call("search_findings", score="9")
    assert refused.is_error
    assert "score=9" in refused.content[0].text


def _answer(result: Any) -> Any:
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)
