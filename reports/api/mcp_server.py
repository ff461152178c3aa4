"""A read-only MCP server over the same data as the API: for AI assistants.

Each tool answers with the words as published and their place, so that an assistant can quote by
copying and a reader can check the quotation. Only `manage.py mcp` imports this module: it needs the
optional extra `mcp`.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from reports import quotes
from reports.api import shaping
from reports.exports import taken_by_id
from reports.models import Finding, listed
from reports.search import SearchQuery, public_ids, search

INSTRUCTIONS = (
    "Findings of the Care Quality Commission on English local authorities. Quote only the “text” "
    "of a finding, word for word, and give its “words_url”. Pass every quotation to "
    "check_quotation before you answer, and keep only those with the verdict exact or same. "
    "Topics, evidence and figures are inferred by this site, not published by CQC."
)
MOST = 20
READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def search_findings(
    words: str = "", authority: str = "", statement: str = "", score: str = "", limit: int = 10
) -> dict[str, Any]:
    """Search findings by words, authority (slug such as “york”), quality statement (slug such as
    “safeguarding”) and score (1 to 4 or “unscored”). At most 20 come back; total says how many
    there are."""
    asked = {"q": words, "authority": authority, "statement": statement, "score": score}
    query, problems = SearchQuery.from_params(
        {name: value for name, value in asked.items() if value}
    )
    if problems:
        raise ToolError(" ".join(problems))
    ids = public_ids(query, max(1, min(limit, MOST)))
    return {
        "total": search(query).total,
        "findings": [_with_spans(shaping.finding(row, absolute_url)) for row in taken_by_id(ids)],
    }


def read_finding(finding: str) -> dict[str, Any]:
    """One finding by its id, with its place in the source text of the report."""
    rows = Finding.objects.readable().filter(public_id=finding)
    found = [shaping.finding(row, absolute_url) for row in listed(rows)]
    if not found:
        raise ToolError(f"There is no finding “{finding}”: search for it first.")
    return _with_spans(found[0])


def compare_authorities(authorities: list[str], statement: str) -> dict[str, Any]:
    """What CQC found under one quality statement (slug) at each of up to 5 authorities (slugs):
    score and findings side by side."""
    if not 1 <= len(authorities) <= 5:
        raise ToolError("Name one to five authorities by their slugs.")
    if not all([statement, *authorities]):
        # An empty value would be no filter, and the answer about something else.
        raise ToolError("Name the quality statement and each authority by its slug.")
    return {
        "statement": statement,
        "authorities": [
            {"authority": slug, **search_findings(authority=slug, statement=statement, limit=MOST)}
            for slug in dict.fromkeys(authorities)
        ],
    }


def check_quotation(text: str) -> dict[str, Any]:
    """Compare quotations with what CQC published. Put quotations between quotation marks; without
    marks the whole text is one. The verdict is exact, same, altered, spliced, elsewhere, not-held
    or cannot-check; only exact and same may be quoted."""
    checked = quotes.check(text[:200_000])
    return {
        "quotations": [shaping.judgement(row, absolute_url) for row in checked.judgements],
        "left_out": checked.left_out,
        "fingerprint": quotes.corpus_state().fingerprint,
    }


TOOLS: tuple[Callable[..., dict[str, Any]], ...] = (
    search_findings,
    read_finding,
    compare_authorities,
    check_quotation,
)


def make_server() -> MCPServer:
    server = MCPServer(name="adult-social-care-findings", instructions=INSTRUCTIONS)
    for tool in TOOLS:
        server.add_tool(
            sync_to_async(tool), name=tool.__name__, description=tool.__doc__, annotations=READ_ONLY
        )
    return server


def absolute_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _with_spans(found: dict[str, Any]) -> dict[str, Any]:
    """The finding with the place of the words in its text, and in the report's source."""
    row = Finding.objects.select_related("paragraph").get(public_id=found["id"])
    source = [list(span) for span in row.paragraph.spans] if row.paragraph else []
    return {
        **found,
        "added": found["added"].isoformat(),
        "span": {"start": 0, "end": len(found["text"])},
        "source_spans": source,
    }
