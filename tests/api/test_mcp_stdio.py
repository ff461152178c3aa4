"""`manage.py mcp` as an assistant starts it: a process of its own, over standard input and
output."""

import asyncio
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from mcp import Client, StdioServerParameters

from tests.support.own_process import run_script

FILL = """
import django
django.setup()
from django.core.management import call_command
call_command("ingest", "seeds", verbosity=0)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with the five seeds."""
    folder = tmp_path_factory.mktemp("site")
    filled = run_script(FILL, folder)
    assert filled.returncode == 0, filled.stderr
    return folder


def test_an_assistant_starts_the_server_and_quotes_what_it_reads(site: Path) -> None:
    async def ask() -> None:
        # DEBUG logs every query: a line of it among the answers would break the protocol.
        server = StdioServerParameters(
            command=sys.executable,
            args=["manage.py", "mcp"],
            cwd=settings.BASE_DIR,
            env={
                "PATH": os.environ["PATH"],
                "VAR_DIR": str(site),
                "LOG_LEVEL": "DEBUG",
                "SITE_URL": "https://cqc.example.org",
            },
        )
        async with Client(server) as client:
            tools = (await client.list_tools()).tools
            assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)

            found = await _answer(client, "search_findings", words="training", authority="haringey")
            first = found["findings"][0]
            assert 0 < len(found["findings"]) <= found["total"]
            assert first["url"].startswith("https://cqc.example.org/findings/")

            read = await _answer(client, "read_finding", finding=first["id"])
            assert (read["text"], read["source_spans"]) == (first["text"], first["source_spans"])

            compared = await _answer(
                client,
                "compare_authorities",
                authorities=["haringey", "harrow"],
                statement="learning",
            )
            assert all(each["total"] for each in compared["authorities"])

            words = " ".join(read["text"].split()[:12])
            false = words.replace(words.split()[5], "never", 1)
            checked = await _answer(client, "check_quotation", text=f"“{words}” and “{false}”")
            assert [each["verdict"] for each in checked["quotations"]] == ["exact", "altered"]
            assert checked["quotations"][0]["places"][0]["spans"]

            refused = await client.call_tool("read_finding", {"finding": "nothing"})
            assert refused.is_error
            assert "There is no finding “nothing”" in str(refused.content[0])

    # A browser test can have left a running event loop in this thread.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, ask()).result()


async def _answer(client: Client, tool: str, **arguments: object) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)
